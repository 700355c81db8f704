package text_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sitrep/extractors"
	"sitrep/extractors/dates"
	"sitrep/extractors/evaldata"
	"sitrep/extractors/events"
	"sitrep/extractors/text"
	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

// A sample of testdata/articles has what it tells of itself above a line of
// dashes, then its text, in which "{role}" opens each part.
type sample struct {
	name, title, published, at string
	authors                    []string
	text                       string
	parts                      []text.Part
}

var roleRE = regexp.MustCompile(`\{([a-z ]+)\}`)

func readArticles(t testing.TB) []sample {
	paths, err := filepath.Glob("testdata/articles/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, parseArticle(t, filepath.Base(path), string(raw)))
	}
	return out
}

func parseArticle(t testing.TB, name, raw string) sample {
	a := sample{name: name}
	head, body, found := strings.Cut(raw, "\n---\n")
	if !found {
		t.Fatalf("%s: no line of dashes", name)
	}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ":")
		switch value = strings.TrimSpace(value); key {
		case "title":
			a.title = value
		case "published":
			a.published = value
		case "at":
			a.at = value
		case "authors":
			if value != "" {
				a.authors = strings.Split(value, ", ")
			}
		default:
			t.Fatalf("%s: %q", name, line)
		}
	}
	at := 0
	for _, m := range roleRE.FindAllStringSubmatchIndex(body, -1) {
		a.text += body[at:m[0]]
		at = m[1]
		a.parts = append(a.parts, text.Part{Span: text.Span{Start: len(a.text), End: len(a.text)}, Role: roleNamed(t, name, body[m[2]:m[3]])})
	}
	a.text += body[at:]
	for i := range a.parts {
		end := len(a.text)
		if i+1 < len(a.parts) {
			end = a.parts[i+1].Start
		}
		a.parts[i].End = a.parts[i].Start + len(strings.TrimSpace(a.text[a.parts[i].Start:end]))
	}
	return a
}

func roleNamed(t testing.TB, article, name string) text.Role {
	for r := text.News; r <= text.Boilerplate; r++ {
		if r.String() == name {
			return r
		}
	}
	t.Fatalf("%s: no role %q", article, name)
	return 0
}

// What stands around the news is told from it in 95 of 100 paragraphs and fields.
func TestAnatomy(t *testing.T) {
	right, all := 0, 0
	for _, a := range readArticles(t) {
		doc := text.Read("", a.text)
		note := func(what, got, want string) {
			all++
			if got == want {
				right++
			} else {
				t.Logf("%s: %s is %q, want %q", a.name, what, got, want)
			}
		}
		for _, p := range a.parts {
			got := doc.RoleAt(p.Start)
			if last := doc.RoleAt(p.End - 1); last != p.Role {
				got = last
			}
			note("“"+doc.Slice(p.Span)[:min(p.Len(), 60)]+"”", got.String(), p.Role.String())
		}
		title := ""
		if spans := doc.PartsOf(text.Title); len(spans) > 0 {
			title = doc.Slice(spans[0])
		}
		stamp, _ := dates.Published(doc)
		note("the title", title, a.title)
		note("the day", stamp.Day.String(), a.published)
		note("the time", stamp.At, a.at)
		note("the authors", strings.Join(authors(doc), ", "), strings.Join(a.authors, ", "))
	}
	t.Logf("%d of %d right: %.3f", right, all, float64(right)/float64(all))
	if right*100 < all*95 {
		t.Errorf("only %d of %d are right", right, all)
	}
}

func authors(doc *text.Document) []string {
	var out []string
	for _, who := range extractors.Extract(doc, dates.Anchor{}).People {
		if who.Author && !slices.Contains(out, who.Name) {
			out = append(out, who.Name)
		}
	}
	return out
}

// Only the news tells events.
func TestEventsStandInTheNews(t *testing.T) {
	for _, a := range readArticles(t) {
		doc := text.Read("", a.text)
		for _, e := range extractors.Extract(doc, dates.Anchor{}).Events {
			for _, p := range a.parts {
				if p.Contains(e.Trigger) && p.Role != text.News {
					t.Errorf("%s: %q in a %s tells an event", a.name, doc.Slice(e.Trigger), p.Role)
				}
			}
		}
	}
}

// What comes before extraction, as shares of its time over the samples: to decode
// a raw article, and to find its parts.
func BenchmarkDecodeAndAnatomy(b *testing.B) {
	var decode, anatomy, extract time.Duration
	bytes := 0
	timed := func(of *time.Duration, f func()) {
		start := time.Now()
		f()
		*of += time.Since(start)
	}
	for b.Loop() {
		for _, s := range samples.All() {
			var a article.Article
			var err error
			timed(&decode, func() { a, err = article.Decode(s.Raw, article.Detect) })
			if err != nil || a.Language == "fr" {
				continue
			}
			bytes += len(a.Title) + len(a.Body)
			timed(&anatomy, func() { text.Parts(a.Title, a.Body) })
			doc := text.Read(a.Title, a.Body)
			timed(&extract, func() { extractors.Extract(doc, dates.Anchor{Published: a.Published.Day}) })
		}
	}
	b.ReportMetric(float64(bytes)/1e6/anatomy.Seconds(), "MB/s-anatomy")
	b.ReportMetric(100*decode.Seconds()/extract.Seconds(), "%-decode")
	b.ReportMetric(100*anatomy.Seconds()/extract.Seconds(), "%-anatomy")
}

// On web articles as scraped, what an event is made of stands in the news: never
// in a link, a box, a note or words about the author.
func TestEventsOfTheWebStandInTheNews(t *testing.T) {
	for _, d := range evaldata.Read(t, "eval/dev/web.jsonl") {
		doc := text.Read("", d.Text)
		for _, e := range extractors.Extract(doc, dates.Anchor{}).Events {
			for _, s := range spansOf(&e) {
				if doc.RoleAt(s.Start).Aside() {
					t.Errorf("%s: %q, of the event at %q, stands in a part of role %s", d.ID, doc.Slice(s), doc.Slice(e.Trigger), doc.RoleAt(s.Start))
				}
			}
		}
	}
}

func spansOf(e *events.Event) []text.Span {
	out := append([]text.Span{e.Trigger, e.Evidence}, e.Mentions...)
	for _, who := range append(slices.Clone(e.Actors), e.Targets...) {
		out = append(out, who.Span)
	}
	if e.Place != nil {
		out = append(out, e.Place.Span)
	}
	if e.Speaker != nil {
		out = append(out, e.Speaker.Span)
	}
	if e.Date != nil {
		out = append(out, e.Date.Span, e.Date.AnchorSpan)
	}
	return out
}
