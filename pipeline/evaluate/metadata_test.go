package evaluate

import (
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

func pointer(s string) *string { return &s }

func TestMetadata(t *testing.T) {
	gold := []annotations.Document{
		{ID: "whole", Title: pointer("Ferry talks end"), Published: pointer("2024-06-03"), Authors: []string{"Ama Owusu"}, Text: "Ferry  talks end\nAma Owusu\n3rd June, 2024\nThey ended."},
		{ID: "cable", Published: pointer("1989-12-12"), Text: "LIMA, 12 DEC 89 (AFP) -- THEY ENDED."},
		{ID: "yearless", Title: pointer("Not in the text"), Published: pointer("1987-03-11"), Text: "SANTOS, MARCH 11 - They ended."},
		{ID: "silent", Published: pointer("2001-01-01"), Text: "They ended."},
	}
	told := []Told{
		{ID: "whole", Title: "Ferry talks end", Published: "2024-06-03", Authors: []string{"Ama Owusu"}},
		{ID: "cable", Published: "1989-12-13", Names: []string{"LIMA"}},
		{ID: "yearless"},
		{ID: "silent"},
	}
	s := Metadata(gold, told)
	for _, c := range []struct {
		what      string
		got, want Share
	}{
		{"title stated", s.Title.Stated, Share{1, 1}}, {"title wrong", s.Title.Found, Share{0, 1}},
		{"published stated", s.Published.Stated, Share{1, 2}}, {"published wrong", s.Published.Found, Share{1, 2}},
		{"authors stated", s.Authors.Stated, Share{1, 1}}, {"yearless told", s.Yearless, Share{0, 1}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", c.what, c.got, c.want)
		}
	}
	if s.DatelineNames != 1 {
		t.Errorf("%d names in datelines", s.DatelineNames)
	}
	r := Report{Metadata: &s}
	if share, ok := r.Lookup("metadata.published.r"); !ok || share != 0.5 {
		t.Errorf("metadata.published.r is %v", share)
	}
	var b strings.Builder
	if err := r.WriteTable(&b, false); err != nil || !strings.Contains(b.String(), "published        2       1   0.500") {
		t.Errorf("%v\n%s", err, &b)
	}
	b.Reset()
	if err := r.WriteErrors(&b, 10); err != nil || !strings.Contains(b.String(), `cable: gold "1989-12-12", found "1989-12-13", stated true`) {
		t.Errorf("%v\n%s", err, &b)
	}
}

// A day is stated where a text has it whole, in whatever form.
func TestStatesADay(t *testing.T) {
	for text, want := range map[string]bool{
		"KABUL (Aug. 6, 2012) –": true, "6 August 2012": true, "Aug 6th 2012": true, "06/08/2012": true, "8/6/2012": true, "2012-08-06T10:00Z": true, "6.8.2012": true, "6 AUG 12": true,
		"Aug. 6": false, "Aug. 16, 2012": false, "August 2012": false, "6 August 2013": false,
	} {
		if states(text, "2012-08-06") != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
