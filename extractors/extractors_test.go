package extractors_test

import (
	"fmt"
	"strings"
	"testing"

	"sitrep/extractors"
	"sitrep/extractors/dates"
	"sitrep/extractors/evaldata"
	"sitrep/extractors/events"
	"sitrep/extractors/marked"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

// told is Saturday, 8 June 2019.
func told(t testing.TB) dates.Anchor {
	t.Helper()
	stamp, err := dates.ParseStamp("2019-06-08")
	if err != nil {
		t.Fatal(err)
	}
	return dates.Anchor{Published: stamp.Day}
}

// line tells an event on one line: type status trigger; its actors; > its
// targets; and what else is known.
func line(doc *text.Document, e events.Event) string {
	names := func(list []events.Participant) string {
		var out []string
		for _, p := range list {
			out = append(out, strings.TrimSpace(p.Name+" "+string(p.Country)))
		}
		return strings.Join(out, ", ")
	}
	parts := []string{fmt.Sprintf("%s %s %s", e.Type, e.Status, doc.Slice(e.Trigger)), names(e.Actors)}
	if len(e.Targets) > 0 {
		parts = append(parts, "> "+names(e.Targets))
	}
	if e.Origin != "" || e.Destination != "" {
		parts = append(parts, fmt.Sprintf("from %s to %s", e.Origin, e.Destination))
	}
	if e.Date != nil {
		parts = append(parts, e.Date.Value)
	}
	for _, c := range e.Counts {
		parts = append(parts, fmt.Sprintf("%d-%d", c.Min, c.Max))
	}
	if e.Speaker != nil {
		parts = append(parts, "says "+e.Speaker.Name)
	}
	if e.StatusDate != nil {
		parts = append(parts, "on "+e.StatusDate.Value)
	}
	return strings.Join(parts, "; ")
}

func TestEvents(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Norway sent 300 soldiers to Mali on Thursday.", "deploy occurred sent; Norway NO; from NO to ML; 2019-06-06; 300-300"},
		{"Norwegian President Kari Holm on Friday ordered the return of 300 Norwegian soldiers from Mali.",
			"withdraw ordered return; 300 Norwegian soldiers NO; from ML to NO; 300-300; says Kari Holm; on 2019-06-07"},
		{"Chad launched airstrikes on Libyan bases on Monday.", "strike occurred airstrikes; Chad TD; > Libyan bases LY; 2019-06-03"},
		{"Peru urged Ecuador to withdraw from the valley.", "withdraw requested withdraw; Ecuador EC; says Peru"},
		{"The rebels captured the town of Birao on Tuesday, killing 14 soldiers.", "seize occurred captured; rebels; > town; 2019-06-04; 14-14"},
		{"Serbia will send 50 marines to Angola.", "deploy planned send; Serbia RS; from RS to AO; 50-50"},
		{"Kenya and Somalia held talks in Djibouti on Wednesday.", "meet occurred talks; Kenya KE, Somalia SO; 2019-06-05"},
		{"Jets bombed a port in Libya and killed a guard on Tuesday.", "strike occurred bombed; ; > port LY; 2019-06-04; 1-1"},
		{"Peru and Chile denied planning to send soldiers to Bolivia.", "deploy denied send; Peru PE, Chile CL; from  to BO; says Peru"},
		{"The government rejected the accusation that its army had shelled the town.", "reject occurred rejected; government\nstrike possible shelled; its army; > town"},
		{"The quarrel of Peru and Chile is old. The border of Peru and Chile is long. Angola and its friends looked on. The army of Zambia was calm. Soldiers were killed in the fighting between the two countries.",
			"clash occurred fighting; Peru PE, Chile CL"},
		{"If Kenya attacks, Somalia will call up its reservists.", "attack possible attacks; Kenya KE\nmobilize planned call; Somalia SO"},
		{"Angola condemned the Zambian air strikes.", "accuse occurred condemned; Angola AO; > Zambian ZM\nstrike occurred air strikes; Zambian ZM"},
		{"The rebels attacked a convoy near Gao on Monday. Three soldiers were killed in the attack.", "attack occurred attacked; rebels ML; > convoy ML; 2019-06-03; 3-3"},
		{"Kenya accused Somalia of training the gunmen.", "accuse occurred accused; Kenya KE; > Somalia SO"},
		{"Some 300 Norwegian soldiers are stationed in Mali.", "deploy ongoing stationed; 300 Norwegian soldiers NO; from  to ML; 300-300"},
		{"Zambia seized control of the border town of Kasumba.", "seize occurred seized; Zambia ZM; > border town"},
		{"Turkey did not attack the camp.", "attack denied attack; Turkey TR; > camp"},
		{"Police arrested 12 demonstrators in Lima on Friday.", "detain occurred arrested; Police PE; > 12 demonstrators PE; 2019-06-07; 12-12"},
	} {
		doc := text.Read("", c.text)
		var got []string
		for _, e := range extractors.Extract(doc, told(t)).Events {
			got = append(got, line(doc, e))
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\nwant %s\n got %s", c.text, c.want, strings.Join(got, "\n     "))
		}
	}
}

func TestNoEvents(t *testing.T) {
	for _, s := range []string{
		"The striker scored twice and the visitors' defence surrendered after a siege of forty minutes; the coach praised both teams and their fans.",
		"Tensions have risen in the region.",
		"The army's budget is large.",
		"It rained.",
	} {
		doc := text.Read("", s)
		for _, e := range extractors.Extract(doc, told(t)).Events {
			t.Errorf("%s\n%s", s, line(doc, e))
		}
	}
}

// A number that counts troops is part of no date, and the other way round.
func checkNumbersOnce(t *testing.T, doc *text.Document, f extractors.Facts) {
	t.Helper()
	for _, d := range f.Dates {
		for _, c := range f.Troops {
			shared := text.Span{Start: max(d.Start, c.Start), End: min(d.End, c.End)}
			if c.What != troops.Others && d.Overlaps(c.Span) && hasNumber(doc, shared) {
				t.Errorf("the number in %q is in the date %q and in the count %q", doc.Slice(shared), doc.Slice(d.Span), doc.Slice(c.Span))
			}
		}
	}
}

// hasNumber reports whether a number in digits or words stands in s.
func hasNumber(doc *text.Document, s text.Span) bool {
	first, last := doc.TokensIn(s)
	for i := first; i < last; i++ {
		if doc.Tag(i) == "CD" || strings.ContainsAny(doc.Word(i), "0123456789") {
			return true
		}
	}
	return false
}

func TestNumbersStandOnce(t *testing.T) {
	for _, s := range []string{
		"In May 1500 soldiers crossed the river, and on June 12 soldiers fled.",
		"On 3 March 2000 troops left; in 2003 troops came back.",
		"Between 1990 and 2000 soldiers died; by 1998 some 2000 men of the army were dead.",
		"The 2004 soldiers and 12 marines of the 2010 mission served for 20 years.",
		"From 12 to 15 June troops marched; on the 4th 300 troops followed, in June 300 soldiers more.",
	} {
		doc := text.Read("", s)
		checkNumbersOnce(t, doc, extractors.Extract(doc, told(t)))
	}
}

func TestNumbersStandOnceInNews(t *testing.T) {
	for _, name := range []string{"troops_sentences", "articles_dated", "wikiwars", "web"} {
		for _, d := range evaldata.Read(t, "eval/dev/"+name+".jsonl") {
			doc := text.Read(d.Title, d.Text)
			checkNumbersOnce(t, doc, extractors.Extract(doc, told(t)))
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add("The U.S. ordered 500 troops to leave Iraq, which they were said to have attacked, shelled and fled; neighbours fought on.")
	f.Add("“If X attacks Y,” he said, they’ll retaliate.")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		for _, e := range extractors.Extract(doc, told(t)).Events {
			spans := []text.Span{e.Trigger, e.Evidence}
			spans = append(spans, e.Mentions...)
			for _, p := range append(append([]events.Participant(nil), e.Actors...), e.Targets...) {
				spans = append(spans, p.Span)
			}
			for _, p := range spans {
				if p.Start < 0 || p.End <= p.Start || p.End > len(s) {
					t.Fatalf("span %v of %s in %q", p, e.Type, s)
				}
			}
			if e.Confidence <= 0 || e.Confidence > 1 || e.Rule == "" {
				t.Fatalf("confidence %v, rule %q", e.Confidence, e.Rule)
			}
		}
	})
}

// What extraction costs beside prose's own reading of the same text: compare the
// two rates.
func BenchmarkBesideProse(b *testing.B) {
	var all strings.Builder
	for _, s := range samples.All() {
		if a, err := article.Decode(s.Raw, article.Detect); err == nil && a.Language == "" {
			all.WriteString(a.Body + "\n\n")
		}
	}
	body := all.String()[:20_000]
	marked.BesideProse(b, body, marked.Run{Name: "sitrep", Once: func() { extractors.Extract(text.Read("", body), told(b)) }})
}
