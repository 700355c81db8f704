package explain

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Positions are code points into the text that the steps make up, and the words that
// stand there are those of the row.
func TestDataPointsToItsWords(t *testing.T) {
	checked := 0
	for name, r := range readings(t) {
		raw, err := json.Marshal(Read(r, Bounds{Text: 1 << 20, Rows: 1 << 10}))
		if err != nil {
			t.Fatal(err)
		}
		var d shownData
		if err := json.Unmarshal(raw, &d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text := []rune(unmarked(t, d.Headline) + unmarked(t, d.Text))
		if string(text) != r.Doc.Text || len(d.Events) != len(r.Facts.Events) || d.LeftOut != 0 {
			t.Errorf("%s: %d of %d code points, %d events", name, len(text), utf8.RuneCountInString(r.Doc.Text), len(d.Events))
			continue
		}
		for _, e := range d.Events {
			for _, row := range e.Rows {
				for _, at := range row.At {
					checked++
					if got := flat(string(text[at[0]:at[1]])); got != row.Words {
						t.Errorf("%s: %s is %q, at %v stands %q", name, row.Name, row.Words, at, got)
					}
				}
			}
		}
		for _, s := range d.Sections {
			for _, row := range s.Rows {
				for _, at := range row.At {
					checked++
					if at[0] < 0 || at[0] >= at[1] || at[1] > len(text) {
						t.Errorf("%s: %s: %q at %v", name, s.Name, row.Words, at)
					}
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("%d positions are checked", checked)
	}
}

type shownData struct {
	Headline, Text []any
	LeftOut        int `json:"left_out"`
	EventsLeftOut  int `json:"events_left_out"`
	Events         []struct{ Rows []shownRow }
	Sections       []struct {
		Name    string
		Rows    []shownRow
		LeftOut int `json:"left_out"`
	}
}

type shownRow struct {
	Name, Words string
	At          [][2]int
}

// unmarked takes the marks off, which must be closed as often as they are opened.
func unmarked(t *testing.T, steps []any) string {
	t.Helper()
	var b strings.Builder
	depth := 0
	for _, s := range steps {
		switch x := s.(type) {
		case string:
			b.WriteString(x)
		case []any:
			depth++
		case float64:
			depth--
		}
		if depth < 0 {
			t.Error("a mark ends that has not begun")
		}
	}
	if depth != 0 {
		t.Errorf("%d marks do not end", depth)
	}
	return b.String()
}

// What is shown of a long article is bounded, and tells how much is left out.
func TestDataIsBounded(t *testing.T) {
	r := read("", strings.Repeat("Chad sent 400 soldiers to its border with Sudan on Tuesday. ", 50))
	raw, err := json.Marshal(Read(r, Bounds{Text: 100, Rows: 3}))
	if err != nil {
		t.Fatal(err)
	}
	var d shownData
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	if got := unmarked(t, d.Text); got != r.Doc.Text[:100] || d.LeftOut != len(r.Doc.Text)-100 {
		t.Errorf("%q, %d left out", got, d.LeftOut)
	}
	if len(d.Events)+d.EventsLeftOut != len(r.Facts.Events) || len(d.Events) > 3 {
		t.Errorf("%d events, %d left out, of %d", len(d.Events), d.EventsLeftOut, len(r.Facts.Events))
	}
	for _, s := range d.Sections {
		if len(s.Rows) > 3 {
			t.Errorf("%d of %s", len(s.Rows), s.Name)
		}
	}
}
