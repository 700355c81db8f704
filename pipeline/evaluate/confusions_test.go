package evaluate

import (
	"slices"
	"strings"
	"testing"
)

func TestConfusions(t *testing.T) {
	gold := doc(span("Ines Duarte", "PER"), span("Otto Weiß", "PER"), span("Łódź", "LOC"), span("Tuesday", "DATE"))
	pred := doc(span("Duarte", "PERSON"), span("Otto Weiß", "ORG"), span("Chilean", "ORG"), span("clerks", "TROOP_COUNT"))
	got := Confusions(gold, pred, Options{Types: []string{"PERSON", "LOC", "ORG"}, Map: map[string]string{"PER": "PERSON"}})
	want := []Confusion{{"", "ORG", 1}, {"LOC", "", 1}, {"PERSON", "ORG", 1}}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	var b strings.Builder
	if err := WriteConfusions(&b, got[:1]); err != nil || !strings.Contains(b.String(), "gold nothing      found ORG") {
		t.Errorf("%q, %v", b.String(), err)
	}
}
