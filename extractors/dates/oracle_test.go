package dates

import (
	"testing"

	dateparser "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"

	"sitrep/extractors/text"
)

// oracle returns what go-dateparser makes of a phrase, ok false where it makes
// nothing of it.
func oracle(phrase string, told Day) (d Day, unit date.Period, ok bool) {
	got, err := dateparser.Parse(&dateparser.Configuration{CurrentTime: told.time(), PreferredDateSource: dateparser.Past, Locales: []string{"en"}}, phrase)
	return dayOf(got.Time), got.Period, err == nil
}

// ours returns the one date of a sentence.
func ours(t *testing.T, sentence string, told Day) Mention {
	t.Helper()
	found := Find(text.Read("", sentence), Anchor{Published: told})
	if len(found) != 1 {
		t.Fatalf("%s: %d dates", sentence, len(found))
	}
	return found[0]
}

// On phrases of which the library is right we agree with it, whatever the day.
func TestAgreesWithDateparser(t *testing.T) {
	phrases := map[string][]string{"The talks of ": {
		"4 March 2011", "March 4, 2011", "4th of March 2011", "4 Mar 2011", "Aug. 2, 1998", "Sept 11, 2001", "Tuesday, 4 March 2014", "2011-03-04", "25/04/2011", "04/25/2011",
		"March 2011", "December 1987", "2011", "1999",
	}, "They met ": {
		"yesterday", "today", "tomorrow", "two days ago", "10 days ago", "400 days ago", "a year ago", "ten years ago", "six months ago", "two days from now",
		"last month", "last year", "next month", "next year", "noon today", "5 p.m. yesterday",
	}}
	for n := range 60 {
		told := day(t, "2019-11-27").AddDays(n)
		for before, list := range phrases {
			for _, phrase := range list {
				theirs, unit, ok := oracle(phrase, told)
				if !ok {
					t.Fatalf("the library does not read %q", phrase)
				}
				if got, want := ours(t, before+phrase+".", told).First, theirs.in(unitOf(unit)).first; got != want {
					t.Errorf("%q told on %v: %v, the library %v", phrase, told, got, want)
				}
			}
		}
	}
}

func unitOf(p date.Period) unit {
	switch p {
	case date.Month:
		return months
	case date.Year:
		return years
	}
	return days
}

// Where we differ on purpose, with what the library says, told on Saturday, 8 June
// 2019. "" is nothing.
func TestDiffersFromDateparser(t *testing.T) {
	told := day(t, "2019-06-08")
	for _, c := range []struct{ phrase, sentence, ours, library, why string }{
		{"Saturday", "They met on Saturday.", "2019-06-08", "2019-06-01", "news of a Saturday calls it so"},
		{"Monday", "They will meet on Monday.", "2019-06-10", "2019-06-03", "the tense looks forward"},
		{"June 20", "The talks of June 20 were called off.", "2019-06-20", "2018-06-20", "what is near needs no year"},
		{"three weeks ago", "They met three weeks ago.", "2019-05-13", "2019-05-18", "a week is meant, not a day"},
		{"last week", "They met last week.", "2019-05-27", "2019-06-01", "a week is meant, not a day"},
		{"10/05/25", "They met on 10/05/25.", "", "1925-10-05", "day and month could change places"},
		{"last Friday", "They met last Friday.", "2019-06-07", "", "not read by it"},
		{"December last year", "They met in December last year.", "2018-12-01", "", "not read by it"},
		{"mid-March", "They met in mid-March.", "2019-03-01", "", "not read by it"},
		{"fourth of July", "They will meet on the fourth of July.", "2019-07-04", "", "not read by it"},
		{"the 1990s", "They met in the 1990s.", "1990-01-01", "2019-06-07", "a decade, not a time of day"},
		{"Christmas", "They met at Christmas.", "2018-12-25", "", "not read by it"},
		{"in two weeks", "They will meet in two weeks.", "2019-06-17", "2019-06-22", "a week is meant, not a day"},
	} {
		theirs := ""
		if d, _, ok := oracle(c.phrase, told); ok {
			theirs = d.String()
		}
		if got := ours(t, c.sentence, told).First.String(); got != c.ours || theirs != c.library {
			t.Errorf("%q: ours %q, want %q; the library's %q, want %q (%s)", c.phrase, got, c.ours, theirs, c.library, c.why)
		}
	}
}
