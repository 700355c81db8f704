package dates

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sitrep/extractors/text"
)

// first returns the first day of each date of s, published on day d.
func first(s string, d Day) (days []Day) {
	for _, m := range Find(text.Read("", s), Anchor{Published: d}) {
		days = append(days, m.First)
	}
	return days
}

// Moving the day of publication by n days moves what is counted in days by n.
func TestDaysFollowTheAnchor(t *testing.T) {
	s := "They met yesterday, today, two days ago, 40 days ago and last night; they will meet tomorrow, tonight and in three days."
	base := day(t, "2019-06-08")
	at := first(s, base)
	if len(at) != 8 {
		t.Fatalf("%d dates", len(at))
	}
	for n := -800; n <= 800; n++ {
		for i, d := range first(s, base.AddDays(n)) {
			if d != at[i].AddDays(n) {
				t.Fatalf("date %d: %v, and %d days later %v", i, at[i], n, d)
			}
		}
	}
}

// Moving it by a week moves days of the week by a week; on the days between they
// stay or move by a week, never more.
func TestWeekdaysFollowTheAnchor(t *testing.T) {
	s := "They met on Monday, last Tuesday and on Saturday night; they will meet on Thursday and next Friday. Last week it rained."
	base := day(t, "2019-06-08")
	for n := range 800 {
		d := base.AddDays(n)
		at, later, next := first(s, d), first(s, d.AddDays(7)), first(s, d.AddDays(1))
		for i := range at {
			if later[i] != at[i].AddDays(7) {
				t.Fatalf("date %d on %v: %v, a week later %v", i, d, at[i], later[i])
			}
			if next[i] != at[i] && next[i] != at[i].AddDays(7) {
				t.Fatalf("date %d on %v: %v, a day later %v", i, d, at[i], next[i])
			}
		}
	}
}

// What is counted in months or years moves when their boundary is crossed, and only
// then.
func TestMonthsAndYearsFollowTheAnchor(t *testing.T) {
	s := "It shut last month, this year, last year, two years ago and five months ago."
	same := []func(a, b Day) bool{sameMonth, sameYear, sameYear, sameYear, sameMonth}
	base := day(t, "2019-06-08")
	at := first(s, base)
	if len(at) != len(same) {
		t.Fatalf("%d dates", len(at))
	}
	for n := -800; n <= 800; n++ {
		d := base.AddDays(n)
		for i, moved := range first(s, d) {
			if same[i](base, d) != (moved == at[i]) {
				t.Fatalf("date %d: on %v %v, on %v %v", i, base, at[i], d, moved)
			}
		}
	}
}

func sameYear(a, b Day) bool { return a.Year == b.Year }

func sameMonth(a, b Day) bool { return sameYear(a, b) && a.Month == b.Month }

// What tells its own year does not move.
func TestAbsoluteDatesStay(t *testing.T) {
	s := "On 4 March 2011, in May 1999, in 1987, in the 1960s, on 25/04/2011, 10 Dec 87, in the spring of 1780, in Q3 2020 and from 12 to 15 June 2004 they met; two days later they left."
	base := day(t, "2019-06-08")
	at := first(s, base)
	if len(at) != 11 {
		t.Fatalf("%d dates", len(at))
	}
	for n := -40_000; n <= 40_000; n += 97 {
		for i, d := range first(s, base.AddDays(n)) {
			if d != at[i] {
				t.Fatalf("date %d: %v, and %d days later %v", i, at[i], n, d)
			}
		}
	}
}

// Where dates stand, and of what type they are, is in the words alone: the anchor
// only places them.
func TestTheAnchorFindsNothing(t *testing.T) {
	doc := text.Read("", "On Friday, in May, on 3 June 2004 and two days later they met; they will meet in five years, next week, now and on 10/05/25.")
	anchors := []Anchor{{}, {Narrative: true}, {Published: day(t, "2019-06-08")}, {Published: day(t, "1936-02-29")}}
	want := Find(doc, anchors[0])
	for _, a := range anchors[1:] {
		got := Find(doc, a)
		if len(got) != len(want) {
			t.Fatalf("%+v: %d dates, want %d", a, len(got), len(want))
		}
		for i := range got {
			if got[i].Span != want[i].Span || got[i].Type != want[i].Type {
				t.Errorf("%+v: %v %v, want %v %v", a, got[i].Type, doc.Slice(got[i].Span), want[i].Type, doc.Slice(want[i].Span))
			}
		}
	}
}

// No date depends on the clock.
func TestNoClock(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") && strings.Contains(string(source), "time.Now") {
			t.Errorf("%s reads the clock", f)
		}
	}
}

// A number that something else has been read from is part of no date.
func TestTakenNumbers(t *testing.T) {
	doc := text.Read("", "On May 12 soldiers fled, and in 2003 soldiers came back.")
	at := strings.Index(doc.Text, "12 soldiers")
	for _, m := range Find(doc, published(t), text.Span{Start: at, End: at + len("12 soldiers")}) {
		if m.Start <= at && at < m.End {
			t.Errorf("%q", doc.Slice(m.Span))
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("from 29 February to the night of the 31st, 1999-2000, mid-1980s, 10/05/25", "2019-06-08", false)
	f.Add("499 to 493 BC; two thousand million years ago, the 99999th day of that year, '89, FY15, 111230Z DEC 89", "0001-01-01", true)
	f.Add("last this that same next May, Mon., Tue, 24:00 a.m. GMT, a and a half year-ago quarter", "", false)
	f.Fuzz(func(t *testing.T, s, published string, narrative bool) {
		doc := text.Read("", s)
		anchor := Anchor{Narrative: narrative}
		if d, err := ParseDay(published); err == nil {
			anchor.Published = d
		}
		last := 0
		for _, m := range Find(doc, anchor) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("span %v after %d in %q", m.Span, last, s)
			}
			last = m.End
			if a := m.AnchorSpan; a.Start < 0 || a.End < a.Start || a.End > len(s) {
				t.Fatalf("%q: anchor %v", doc.Slice(m.Span), a)
			}
			if m.Value == "" || m.First.IsZero() != m.Last.IsZero() || m.Last.Before(m.First) || !m.First.IsZero() && (!m.First.valid() || !m.Last.valid()) {
				t.Fatalf("%q: value %q, %v to %v", doc.Slice(m.Span), m.Value, m.First, m.Last)
			}
			if m.First.IsZero() && m.Reason == "" && m.Type != Duration && m.Type != Set {
				t.Fatalf("%q: no interval and no reason", doc.Slice(m.Span))
			}
		}
	})
}
