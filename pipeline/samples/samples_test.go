package samples

import (
	"bytes"
	"cmp"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/evaldata"
	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// expected is what a reader finds in a sample: a line of testdata/expected.jsonl.
type expected struct {
	Name, Title, Author, Published, Language, Status string
	People                                           []struct {
		Name string
		Role *string
	}
	Countries []string
	Troops    []struct {
		Text     string
		Min, Max *int64
	}
	Dates  []struct{ Text, Value string }
	Events []struct {
		Type, Status, Trigger string
		Actors                []string
		Date                  string
	}
}

func readExpected(t *testing.T) []expected {
	t.Helper()
	raw, err := os.ReadFile("testdata/expected.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []expected
	for line := range bytes.Lines(raw) {
		var e expected
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%v in %.60s", err, line)
		}
		out = append(out, e)
	}
	return out
}

func read(t *testing.T, raw []byte) pipeline.Records {
	t.Helper()
	a, err := article.Decode(raw, article.Detect)
	if err != nil {
		t.Fatal(err)
	}
	return pipeline.Examine(a, pipeline.ByPublication).Records()
}

// samples returns what was read from each sample, by name.
func results(t *testing.T) map[string]pipeline.Records {
	out := map[string]pipeline.Records{}
	for _, s := range All() {
		out[s.Name] = read(t, s.Raw)
	}
	return out
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// What stands around the news must be read rightly in every sample, or all that
// follows is wrong.
func TestArticlesAreReadWhole(t *testing.T) {
	got := results(t)
	want := readExpected(t)
	if len(got) != len(want) {
		t.Errorf("%d samples, %d expectations", len(got), len(want))
	}
	for _, e := range want {
		r, ok := got[e.Name]
		if !ok {
			t.Errorf("no sample %s", e.Name)
			continue
		}
		a := r.Article
		title := value(a.Title)
		if len(r.Events) > 0 {
			title = cmp.Or(value(r.Events[0].Title), title)
		}
		for _, c := range []struct{ what, got, want string }{
			{"author", value(a.Author), e.Author}, {"published", value(a.PublishedDate), e.Published},
			{"language", a.Language, e.Language}, {"status", a.Status, e.Status},
		} {
			if c.got != c.want {
				t.Errorf("%s: %s %q, want %q", e.Name, c.what, c.got, c.want)
			}
		}
		if title != e.Title && (a.Title != nil || len(r.Events) > 0) {
			t.Errorf("%s: title %q, want %q", e.Name, title, e.Title)
		}
	}
}

// A rate counts what was found of what a reader finds, and what was found beside it.
type rate struct{ hits, want, got int }

func (r *rate) compare(got, want []string) (missed, extra []string) {
	r.want += len(want)
	r.got += len(got)
	left := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			left = slices.Delete(left, i, i+1)
			r.hits++
			continue
		}
		missed = append(missed, w)
	}
	return missed, left
}

func (r rate) f1() float64 { return 2 * float64(r.hits) / float64(max(1, r.want+r.got)) }

// The floors keep what has been reached; docs/accuracy.md has the figures.
func TestFactsOfSamples(t *testing.T) {
	got := results(t)
	var people, countries, counts, dates, events rate
	show := func(name, what string, missed, extra []string) {
		if len(missed)+len(extra) > 0 {
			t.Logf("%s: %s missed %q, beside them %q", name, what, missed, extra)
		}
	}
	for _, e := range readExpected(t) {
		r := got[e.Name]
		var g, w []string
		for _, p := range r.Article.People {
			if !p.Author {
				g = append(g, p.Name)
			}
		}
		for _, p := range e.People {
			w = append(w, p.Name)
		}
		missed, extra := people.compare(g, w)
		show(e.Name, "people", missed, extra)

		missed, extra = countries.compare(r.Article.CountryCodes, e.Countries)
		show(e.Name, "countries", missed, extra)

		g, w = nil, nil
		for _, c := range r.Article.TroopCounts {
			g = append(g, bounds(c.Min, c.Max))
		}
		for _, c := range e.Troops {
			w = append(w, bounds(c.Min, c.Max))
		}
		slices.Sort(g)
		missed, extra = counts.compare(slices.Compact(g), w)
		show(e.Name, "troop counts", missed, extra)

		g, w = nil, nil
		for _, d := range r.Article.Dates {
			if d.Type == "DATE" || d.Type == "TIME" {
				g = append(g, d.Value)
			}
		}
		for _, d := range e.Dates {
			w = append(w, d.Value)
		}
		slices.Sort(g)
		slices.Sort(w)
		missed, _ = dates.compare(slices.Compact(g), slices.Compact(w))
		show(e.Name, "dates", missed, nil)

		g, w = nil, nil
		for _, ev := range r.Events {
			g = append(g, ev.Type)
		}
		for _, ev := range e.Events {
			w = append(w, ev.Type)
		}
		missed, extra = events.compare(g, w)
		show(e.Name, "events", missed, extra)
		if len(e.Events) == 0 && len(r.Events) > 0 {
			t.Errorf("%s: events of an article that has none: %q", e.Name, g)
		}
	}
	for _, c := range []struct {
		what  string
		rate  rate
		floor float64
	}{
		{"people", people, 0.70}, {"countries", countries, 0.97}, {"troop counts", counts, 0.75}, {"dates (recall)", rate{dates.hits, dates.want, dates.want}, 0.80}, {"event types", events, 0.65},
	} {
		t.Logf("%-15s F1 %.3f: %d of %d, %d found", c.what, c.rate.f1(), c.rate.hits, c.rate.want, c.rate.got)
		if c.rate.f1() < c.floor {
			t.Errorf("%s: F1 %.3f is below %.2f", c.what, c.rate.f1(), c.floor)
		}
	}
}

func bounds(low, high *int64) string {
	b, _ := json.Marshal([]*int64{low, high})
	return string(b)
}

// A withdrawal is the event that the twins turn on.
type withdrawal struct {
	status, from, speaker, day string
	troops                     int64
}

// twins are articles of one layout, scraped with its section word, caption glued
// to the headline, author's box and newsletter: of one kind, and of other
// countries, names, numbers and days.
var twins = []struct {
	name, author, published string
	person, role            string
	countries               []string // at least
	author2                 []string // countries that only the author's box names
	dates                   []string // at least
	withdrawal              withdrawal
	events                  []string // type and actor's country, at least
}{
	{"1-nepal-lebanon", "Prakriti Shahi-Thapa", "2024-10-03", "Bishnu Raj Adhikari-Lama", "Prime Minister", []string{"IL", "LB", "NP"}, []string{"BT", "IN"},
		[]string{"2022-02", "2024-10-02", "2024-09-30", "2023-11", "2024-07", "1978"}, withdrawal{"ordered", "LB", "Bishnu Raj Adhikari-Lama", "2024-10-02", 230}, []string{"strike IL", "strike LB", "deploy NP"}},
	{"2-uruguay-congo", "Martín Olivera Sosa", "2025-02-14", "Sandra Lazo Etchart", "Defense Minister", []string{"CD", "RW", "UY"}, []string{"AR", "BR", "PY"},
		[]string{"2023-08", "2025-02-13", "2025-02-11", "2024-10", "1999"}, withdrawal{"planned", "CD", "Sandra Lazo Etchart", "2025-02-13", 180}, []string{"seize ", "deploy UY"}},
	{"3-georgia-kosovo", "Nino Tsereteli", "2023-06-02", "Levan Kiknadze", "President", []string{"GE", "RS", "XK"}, []string{"AM", "AZ"},
		[]string{"2021-09", "2023-06-02", "2023-05-29", "2023-01", "1999"}, withdrawal{"ordered", "XK", "Levan Kiknadze", "2023-06-02", 95}, []string{"mobilize RS", "deploy GE"}},
	{"4-malawi-kenya", "Chisomo Banda", "2022-08-19", "Grace Phiri-Kunje", "Foreign Minister", []string{"KE", "MW", "SO"}, []string{"TZ", "ZM"},
		[]string{"2021-05", "2022-08-18", "2022-08-14", "2022-03", "1994"}, withdrawal{"ordered", "KE", "Grace Phiri-Kunje", "2022-08-18", 310}, []string{"strike SO", "strike KE", "deploy MW", "train KE"}},
	{"5-chile-bosnia", "Rodrigo Fuenzalida", "2024-04-27", "Maya Allende-Rojo", "Defence Minister", []string{"BA", "CL"}, []string{"BO", "PE"},
		[]string{"2022-06", "2024-04-27", "2024-04-24", "2024-04-25", "2023-09"}, withdrawal{"ordered", "BA", "Maya Allende-Rojo", "2024-04-27", 60}, []string{"attack ", "detain BA", "deploy "}},
	{"6-fiji-golan", "Losena Tuivaga", "2021-12-11", "Ratu Inoke Vunibola", "Prime Minister", []string{"FJ", "IL", "JO", "SY"}, []string{"NZ", "TO"},
		[]string{"2020-07", "2021-12-10", "2021-12-07", "2021-12-08", "2020-12", "2013"}, withdrawal{"ordered", "SY", "Ratu Inoke Vunibola", "2021-12-10", 140}, []string{"strike IL", "strike SY"}},
}

func TestTwins(t *testing.T) {
	for _, twin := range twins {
		t.Run(twin.name, func(t *testing.T) {
			raw, err := os.ReadFile("testdata/twins/" + twin.name + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			r := read(t, raw)
			if got := value(r.Article.Author); got != twin.author {
				t.Errorf("author %q", got)
			}
			if got := value(r.Article.PublishedDate); got != twin.published {
				t.Errorf("published %q", got)
			}
			var subjects []string
			for _, p := range r.Article.People {
				if p.Author != (p.Name == twin.author) {
					t.Errorf("person %q: author is %v", p.Name, p.Author)
				}
				if !p.Author {
					subjects = append(subjects, p.Name+", "+value(p.Role))
				}
			}
			if want := []string{twin.person + ", " + twin.role}; !slices.Equal(subjects, want) {
				t.Errorf("people %q, want %q", subjects, want)
			}
			if !slices.Equal(r.Article.CountryCodes, twin.countries) {
				t.Errorf("countries %q, want %q", r.Article.CountryCodes, twin.countries)
			}
			for _, c := range twin.author2 {
				if !slices.ContainsFunc(r.Article.Countries, func(m pipeline.CountryRecord) bool { return m.Country == c }) {
					t.Errorf("country %s of the author's box is no mention", c)
				}
			}
			for _, d := range twin.dates {
				if !slices.ContainsFunc(r.Article.Dates, func(m pipeline.DateRecord) bool { return m.Value == d }) {
					t.Errorf("no date %s", d)
				}
			}
			var events []string
			for _, e := range r.Events {
				for _, c := range append(e.ActorCountries, "") {
					events = append(events, e.Type+" "+c)
				}
			}
			for _, e := range twin.events {
				if !slices.Contains(events, e) {
					t.Errorf("no event %q in %q", e, events)
				}
			}
			checkWithdrawal(t, r.Events, twin.withdrawal)
			noEventsBelow(t, r.Events, string(raw), "\nAuthor ")
		})
	}
}

func checkWithdrawal(t *testing.T, events []pipeline.EventRecord, want withdrawal) {
	t.Helper()
	for _, e := range events {
		if e.Type != "withdraw" {
			continue
		}
		got := withdrawal{status: e.Status, from: value(e.OriginCountry), day: value(e.StatusDate)}
		if e.Speaker != nil {
			got.speaker = e.Speaker.Name
		}
		if e.TroopsMin != nil && e.TroopsMax != nil && *e.TroopsMin == *e.TroopsMax {
			got.troops = *e.TroopsMin
		}
		if got != want {
			t.Errorf("withdrawal %+v, want %+v", got, want)
		}
		return
	}
	t.Error("no withdrawal")
}

// noEventsBelow reports events read from the author's box and the newsletter.
func noEventsBelow(t *testing.T, events []pipeline.EventRecord, text, label string) {
	t.Helper()
	before, _, found := strings.Cut(text, label)
	if !found {
		t.Fatalf("no %q in the text", label)
	}
	for _, e := range events {
		if e.Trigger.Start >= len([]rune(before)) {
			t.Errorf("an event %s below the news: %q", e.Type, e.Evidence.Text)
		}
	}
}

// The article that sitrep began with; it stands beside the checkout.
func TestSeed(t *testing.T) {
	raw, err := os.ReadFile(evaldata.Path(t, "seed/article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	r := read(t, raw)
	if got := value(r.Article.PublishedDate); got != "2025-05-10" {
		t.Errorf("published %q", got)
	}
	var people []string
	for _, p := range r.Article.People {
		people = append(people, strings.Join([]string{p.Name, value(p.Role), value(p.Country), map[bool]string{true: "author"}[p.Author]}, "|"))
	}
	if want := []string{"Mohammed Shia’ al-Sudani|Prime Minister|IQ|", "Gashtyar Akram|||author"}; !slices.Equal(people, want) {
		t.Errorf("people %q", people)
	}
	codes := map[string]bool{}
	for _, c := range r.Article.Countries {
		codes[c.Country] = true
	}
	for _, c := range []string{"IQ", "PK", "IN", "GB", "TR"} {
		if !codes[c] {
			t.Errorf("no country %s", c)
		}
	}
	if len(codes) != 5 {
		t.Errorf("countries %v", codes)
	}
	dates := map[string]int{}
	for _, d := range r.Article.Dates {
		dates[strings.TrimSpace(d.Value+" "+value(d.Mod))]++
		if d.Text == "Saturday" && d.Value == "2025-05-10" {
			dates["Saturday"]++
		}
	}
	for _, d := range []string{"2025-05-10", "2023-12", "2024-12", "2025-03 MID", "2025-05-07", "1947", "1955"} {
		if dates[d] == 0 {
			t.Errorf("no date %s in %v", d, dates)
		}
	}
	if dates["Saturday"] != 2 {
		t.Errorf("%d of 2 Saturdays", dates["Saturday"])
	}
	for _, c := range r.Article.TroopCounts {
		if bounds(c.Min, c.Max) != "[500,500]" || value(c.Country) != "IQ" {
			t.Errorf("troop count %q: %s of %q", c.Text, bounds(c.Min, c.Max), value(c.Country))
		}
	}
	if len(r.Article.TroopCounts) == 0 {
		t.Error("no troop counts")
	}
	checkWithdrawal(t, r.Events, withdrawal{"ordered", "PK", "Mohammed Shia’ al-Sudani", "2025-05-10", 500})
	var events []string
	for _, e := range r.Events {
		if e.Type == "withdraw" && value(e.DestinationCountry) != "IQ" {
			t.Errorf("the withdrawal goes to %q", value(e.DestinationCountry))
		}
		events = append(events, strings.TrimSpace(strings.Join([]string{e.Type, strings.Join(e.ActorCountries, ","), value(e.DateStart)}, " ")))
	}
	for _, e := range []string{"strike IN", "strike PK", "deploy IQ 2024-12-01"} {
		if !slices.Contains(events, e) {
			t.Errorf("no event %q in %q", e, events)
		}
	}
	noEventsBelow(t, r.Events, string(raw), "Profile picture")
}
