package article

import (
	"strings"
	"testing"
)

// The items of a feed are each a record, with the feed's title and language.
func TestSplitFeed(t *testing.T) {
	for name, feed := range map[string]string{
		"RSS": `<?xml version="1.0"?><rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><title>Wire</title><language>en</language><image><title>Logo</title></image>
<item><title>First</title><c:encoded>Text one.</c:encoded></item><item><title>Second</title><c:encoded>Text two.</c:encoded></item></channel></rss>`,
		"Atom": `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title><entry><title>First</title><content>Text one.</content></entry>
<entry><title>Second</title><content>Text two.</content></entry></feed>`,
		"RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Wire</title><language>en</language></channel><item><title>First</title><content:encoded>Text one.</content:encoded></item><item><title>Second</title><content:encoded>Text two.</content:encoded></item></rdf:RDF>`,
	} {
		items, err := SplitFeed([]byte(feed), Limits{})
		if err != nil || len(items) != 2 {
			t.Errorf("%s: %d items, %v", name, len(items), err)
			continue
		}
		for i, want := range []Article{{Title: "First", Body: "Text one."}, {Title: "Second", Body: "Text two."}} {
			a, err := Decode(items[i], Detect)
			if err != nil || a.Title != want.Title || a.Body != want.Body || a.Source != "Wire" || a.Language != "en" {
				t.Errorf("%s: %+v, %v, of %s", name, a, err, items[i])
			}
		}
	}
	if items, err := SplitFeed([]byte("<item><title>Alone</title></item>"), Limits{}); err != nil || len(items) != 1 || !strings.HasPrefix(string(items[0]), "<item>") {
		t.Errorf("an item alone: %q, %v", items, err)
	}
}

func FuzzSplitFeed(f *testing.F) {
	seed(f, func(s sample) bool { return s.file == "feeds.txt" })
	f.Fuzz(func(t *testing.T, raw []byte) {
		items, err := SplitFeed(raw, Limits{})
		if err == nil && len(items) == 0 {
			t.Fatal("no item and no error")
		}
		for _, item := range items[:min(len(items), 4)] {
			lawful(t, &Decoder{}, item, XML)
		}
	})
}
