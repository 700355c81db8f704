package dates

import (
	"strings"
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

func day(t testing.TB, s string) Day {
	t.Helper()
	stamp, err := ParseStamp(s)
	if err != nil {
		t.Fatal(err)
	}
	return stamp.Day
}

// Told on Saturday, 8 June 2019.
func TestFind(t *testing.T) {
	for _, sentence := range []string{
		"The talks began on [Saturday|2019-06-08] and the ship sailed on [Thursday|2019-06-06].",
		"The envoy will return on [Monday|2019-06-10].",
		"They met [yesterday|2019-06-07] and will meet again [tomorrow|2019-06-09].",
		"The base opened on [4 March 2011|2011-03-04] and closed in [December last year|2018-12].",
		"It was signed on [Aug. 2, 1998|1998-08-02], and again in [1999|1999].",
		"The crossing reopened in [mid-April|2019-04 MID] and shut in [early May|2019-05 START].",
		"A patrol was lost [three days ago|2019-06-05].",
		"The truce held for [six weeks|P6W].",
		"The convoy left [last month|2019-05] and the army expects another [next year|2020].",
		"They may march in step, Mr. May said; the sun rose at the 82nd Airborne's camp.",
		"The 1st Battalion paid $2,000 for 1914 sheep.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, m := range Find(doc, Anchor{Published: day(t, "2019-06-08")}) {
				got = append(got, marked.At(doc, m.Span, strings.TrimSpace(m.Value+" "+m.Mod)))
			}
			return got
		})
	}
}

// Without an anchor what is relative stays open, and says why.
func TestUnanchored(t *testing.T) {
	doc := text.Read("", "The talks that began on Saturday followed those of 4 March 2011.")
	found := Find(doc, Anchor{})
	if len(found) != 2 {
		t.Fatalf("found %+v", found)
	}
	if !found[0].First.IsZero() || found[0].Reason == "" {
		t.Errorf("Saturday: %+v", found[0])
	}
	if found[1].First != day(t, "2011-03-04") || found[1].Reason != "" {
		t.Errorf("4 March 2011: %+v", found[1])
	}
}

// Moving the day of publication by a week moves what is relative to it by a
// week, and nothing else.
func TestRelativeDatesFollowTheAnchor(t *testing.T) {
	doc := text.Read("", "The fleet sailed on Tuesday, a day after the vote; it returned yesterday, two days ago, tomorrow and on 4 March 2011.")
	base := day(t, "2019-06-08")
	before := Find(doc, Anchor{Published: base})
	after := Find(doc, Anchor{Published: base.AddDays(7)})
	if len(before) != len(after) || len(before) < 4 {
		t.Fatalf("%d and %d dates", len(before), len(after))
	}
	for i := range before {
		want := before[i].First
		if !want.IsZero() && doc.Slice(before[i].Span) != "4 March 2011" {
			want = want.AddDays(7)
		}
		if after[i].First != want {
			t.Errorf("%q: %v became %v", doc.Slice(before[i].Span), before[i].First, after[i].First)
		}
	}
}

func TestParseStamp(t *testing.T) {
	for _, c := range []struct{ in, day, at string }{
		{"2024-02-29", "2024-02-29", ""},
		{"2024-03-01T23:30:00-05:00", "2024-03-01", "2024-03-01T23:30:00-05:00"},
		{"Fri, 01 Mar 2024 10:00:00 GMT", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"1709287200", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"1709287200000", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"March 1, 2024", "2024-03-01", ""},
	} {
		s, err := ParseStamp(c.in)
		if err != nil || s.Day.String() != c.day || s.At != c.at {
			t.Errorf("%q: %v %q %v, want %s %q", c.in, s.Day, s.At, err, c.day, c.at)
		}
	}
	for _, in := range []string{"", "soon", "2023-02-29", "0001-01-01T00:00:00Z", "9999999999999999999"} {
		if s, err := ParseStamp(in); err == nil {
			t.Errorf("%q: %v", in, s)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("from 29 February to the night of the 31st, 1999-2000, mid-1980s, 10/05/25", true)
	f.Fuzz(func(t *testing.T, s string, anchored bool) {
		doc := text.Read("", s)
		var anchor Anchor
		if anchored {
			anchor.Published = day(t, "2019-06-08")
		}
		last := 0
		for _, m := range Find(doc, anchor) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("span %v after %d in %q", m.Span, last, s)
			}
			last = m.End
			if m.Value == "" || m.First.IsZero() != m.Last.IsZero() || m.Last.Before(m.First) {
				t.Fatalf("%q: value %q, %v to %v", doc.Slice(m.Span), m.Value, m.First, m.Last)
			}
		}
	})
}
