package article

import (
	"strings"
	"testing"
)

func TestMapping(t *testing.T) {
	const raw = `{"data":{"article.v2":{"body":"<p>Right.</p>"},"items":[{"t":"First"},{"t":"Second"}]},"title":"Wrong","body":"Wrong","meta":{"tags":{"@lang":"en"}},"doc-id":7}`
	for _, c := range []struct{ field, path, want, origin string }{
		{"title", "data.items[1].t", "Second", "data.items[1].t"},
		{"title", "data.items.1.t", "Second", "data.items.1.t"},
		{"title", "data.items[5].t", "Wrong", "title"}, // nothing there: the usual names
		{"title", "data.items", "Wrong", "title"},      // nor a text
		{"body", `data."article.v2".body`, "Right.", `data."article.v2".body`},
		{"language", "meta.tags.@lang", "en", "meta.tags.@lang"},
		{"id", "doc-id", "7", "doc-id"},
	} {
		var d Decoder
		if err := d.Mapping.Set(c.field, c.path); err != nil {
			t.Errorf("%s=%s: %v", c.field, c.path, err)
			continue
		}
		a, err := d.Decode([]byte(raw), Detect)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{"title": a.Title, "body": a.Body, "language": a.Language, "id": a.GivenID}[c.field]
		f, _ := ParseField(c.field)
		if got != c.want || a.Origin[f] != c.origin {
			t.Errorf("%s=%s: %q from %q", c.field, c.path, got, a.Origin[f])
		}
		if told := strings.Contains(a.Doubt, "mapping: nothing at "+c.path+"; "); told != (c.path != c.origin) {
			t.Errorf("%s=%s: in doubt: %q", c.field, c.path, a.Doubt)
		}
	}
	var m Mapping
	for _, bad := range []string{"", "a..b", "a[1", `"a`, "[]"} {
		if m.Set("title", bad) == nil {
			t.Errorf("%q is taken for a path", bad)
		}
	}
}

// In a feed a path leads through its elements.
func TestMappingOfFeed(t *testing.T) {
	var d Decoder
	if err := d.Mapping.Set("author", "byline.person"); err != nil {
		t.Fatal(err)
	}
	a, err := d.Decode([]byte(`<item><title>T</title><byline><person>Ida Moe</person></byline><description>Text.</description></item>`), Detect)
	if err != nil || a.Author != "Ida Moe" {
		t.Errorf("%+v, %v", a, err)
	}
}
