package events

import "testing"

// No sign makes an event less likely, and confidence is a share that leaves room for error.
func TestConfidenceIsMonotone(t *testing.T) {
	all := Signs(1<<len(signNames) - 1)
	for s := range all + 1 {
		c := s.confidence()
		if c <= 0 || c >= 1 {
			t.Errorf("%s: confidence %v", s, c)
		}
		for i := range signNames {
			if more := (s | 1<<i).confidence(); more < c {
				t.Errorf("%s: %v, with %s %v", s, c, signNames[i], more)
			}
		}
	}
	if none, every := Signs(0).confidence(), all.confidence(); none > 0.5 || every < 0.8 {
		t.Errorf("from %v to %v: confidence tells too little to filter by", none, every)
	}
}

func TestRate(t *testing.T) {
	all := []Event{
		{Type: Strike, signs: Transitive | Main, Actors: []Participant{{Country: "TD"}}},
		{Type: Strike, Place: &Place{}, Actors: []Participant{{Country: "TD", guessed: true}}},
		{Type: Meet, Place: &Place{near: true}},
	}
	rate(all)
	for i, want := range []Signs{Transitive | Main | Sided | First, Placed, First} {
		if got := all[i].Signs(); got != want || all[i].Confidence != want.confidence() {
			t.Errorf("event %d: %s (%v), want %s", i, got, all[i].Confidence, want)
		}
	}
}
