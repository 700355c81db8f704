package dates

import (
	"testing"

	"sitrep/extractors/text"
)

// The line that says when an article came out, in the forms of many newsrooms.
func TestPublished(t *testing.T) {
	const news = "\n\nThe army said on Monday that it had left the town of Wa for good."
	for _, c := range []struct{ line, day, at string }{
		{"May. 10, 2025 • 2 min read", "2025-05-10", ""},
		{"Published 14:05 BST, 3 June 2024", "2024-06-03", "2024-06-03T14:05:00+01:00"},
		{"Updated: 2024-06-03T14:05+01:00", "2024-06-03", "2024-06-03T14:05:00+01:00"},
		{"2024-06-03T14:05:33.000Z", "2024-06-03", "2024-06-03T14:05:00Z"},
		{"Mon 3 Jun 2024 14.05 BST", "2024-06-03", "2024-06-03T14:05:00+01:00"},
		{"Tuesday, June 4, 2024 at 9:15 a.m. ET", "2024-06-04", "2024-06-04T09:15:00-04:00"},
		{"Thursday, January 4, 2024 at 9:15 p.m. ET", "2024-01-04", "2024-01-04T21:15:00-05:00"},
		{"4 June 2024, 09:15 GMT", "2024-06-04", "2024-06-04T09:15:00Z"},
		{"June 4, 2024 at 12:15 AM GMT+3", "2024-06-04", "2024-06-04T00:15:00+03:00"},
		{"Jun 4, 2024 9:15 AM (UTC-02:30)", "2024-06-04", "2024-06-04T09:15:00-02:30"},
		{"2024-06-04 09:15:22 +0000", "2024-06-04", "2024-06-04T09:15:00Z"},
		{"June 4 2024 1405 GMT", "2024-06-04", "2024-06-04T14:05:00Z"},
		{"Updated 0915 GMT (1715 HKT) June 4, 2024", "2024-06-04", "2024-06-04T09:15:00Z"},
		{"Tue Jun 4 09:15:22 UTC 2024", "2024-06-04", "2024-06-04T09:15:00Z"},
		{"March 29, 202411:43 AM ET", "2024-03-29", "2024-03-29T11:43:00-04:00"},
		{"4-Jun-2024", "2024-06-04", ""},
		{"4th June 2024 | 9:15pm", "2024-06-04", ""},
		{"20 Nov, 2019 05:47", "2019-11-20", ""},
		{"Posted on 4 June 2024 by Ama Owusu", "2024-06-04", ""},
		{"Updated 5 June 2024 10:00 BST | Published 4 June 2024 09:00 BST", "2024-06-04", "2024-06-04T09:00:00+01:00"},
		{"Issued on: 14/06/2024 - 09:15", "2024-06-14", ""},
		{"04/06/2024 09:15", "", ""}, // April or June
		{"June 4", "", ""},
		{"10:15 GMT", "", ""},
	} {
		s, _ := Published(text.Read("", "The army left the town\n"+c.line+news))
		if s.Day.String() != c.day || s.At != c.at {
			t.Errorf("%s: %s %s, want %s %s", c.line, s.Day, s.At, c.day, c.at)
		}
	}
}

// Datelines tell the day, and the year only where it is written.
func TestPublishedInDateline(t *testing.T) {
	const rest = " The army said that it had left the town of Wa for good and would not be back."
	for body, day := range map[string]string{
		"LIMA, 12 DEC 89 (AFP) -- [TEXT]" + rest:                                        "1989-12-12",
		"WA, Ghana (Aug. 6, 2012) –" + rest:                                             "2012-08-06",
		"SANTOS, BRAZIL, MARCH 11 -" + rest:                                             "",
		"LONDON, March 5 (Reuters) -" + rest + "\n\nIt was there since 5 May 1982.":     "",
		"Evening summary, March 6, 2011\n\nWA, Ghana (March 6) –" + rest:                "2011-03-06",
		"The army leaves Wa\n2011-03-S-019\nWA, Ghana (March 6) –" + rest:               "2011-03-06",
		"The army leaves Wa\n2011-03-S-019\nWA, Ghana (April 6) –" + rest:               "",
		"Updated: 5 June 2024\n\nACCRA, 3 June 2024 (GNA) -" + rest:                     "2024-06-03",
		"ACCRA, 3 June 2024 (GNA) -" + rest + "\n\n[SIGNED] THE COUNCIL\n\n2 JUNE 2024": "2024-06-03",
	} {
		if s, _ := Published(text.Read("", body)); s.Day.String() != day {
			t.Errorf("%s: %s, want %s", body, s.Day, day)
		}
	}
}

func FuzzPublished(f *testing.F) {
	for _, s := range []string{"LIMA, 12 DEC 89 (AFP) -- Ⱥ", "Updated 5 June 2024 Ⱥ Published 99:99 Z", "\u00a0ACCRA (March 6) –", "4-Jun-2024 0915 GMT+99", "Jan 4, 20249:1 ET"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		stamp, ok := Published(doc)
		if ok != stamp.Day.valid() || ok && (stamp.Span.Start < 0 || stamp.Span.End > len(s) || stamp.Span.Len() <= 0) {
			t.Fatalf("%q: %+v %v", s, stamp, ok)
		}
		if _, err := ParseStamp(stamp.At); stamp.At != "" && err != nil {
			t.Fatalf("%q: %s: %v", s, stamp.At, err)
		}
	})
}
