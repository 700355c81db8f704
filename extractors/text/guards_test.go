package text

import (
	"slices"
	"strings"
	"testing"
)

// What is told by cheap signs is what the slow way tells.

func TestPhraseSetHoldsAsContains(t *testing.T) {
	for _, set := range []*phraseSet{&cues().boilerplate.holds, &cues().caption.holds, &cues().bio.holds} {
		for _, phrase := range set.list {
			for _, line := range []string{phrase, "the camp " + phrase, phrase + " at dawn", phrase[1:], phrase[:len(phrase)-1], "a" + phrase[:3]} {
				want := slices.ContainsFunc(set.list, func(x string) bool { return strings.Contains(line, x) })
				if got := set.in(line); got != want {
					t.Errorf("%q: %v, want %v", line, got, want)
				}
			}
		}
	}
}

func TestCase(t *testing.T) {
	for _, w := range []string{"", "a", "A", "Wa", "WA", "wA", "U.S.", "1,200", "é", "É", "ÉTÉ", "Été", "ß", "ǅ", "ʼ", "MIXEDé", "中"} {
		up, low := strings.ToUpper(w), strings.ToLower(w)
		if IsUpper(w) != (up == w) || IsShouted(w) != (up == w && low != w) || IsCased(w) != (low != up) {
			t.Errorf("%q: %v %v %v", w, IsUpper(w), IsShouted(w), IsCased(w))
		}
	}
}

func TestMayDate(t *testing.T) {
	for line, want := range map[string]bool{
		"3 June 2024": true, "June 3, 2024": true, "Accra, 3rd of june 2024": true, "2024-06-03T14:05": true, "3.6.2024": true, "Mon Jun 3 14:05 GMT 2024": true, "3-Jun-24": true,
		"14 soldiers reached the camp": false, "At 14:05 the convoy left": false, "A dismayed 3": false,
	} {
		if got := mayDate(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
		if dayRE.MatchString(line) && !mayDate(line) {
			t.Errorf("%q holds a day", line)
		}
	}
}

func TestLastApostrophe(t *testing.T) {
	for _, w := range []string{"", "Ghana's", "Ghana’s", "O'Reilly’s", "’s", "n't", "camp", "Shia’", "é’é"} {
		i, _ := lastApostrophe(w)
		if want := strings.LastIndexAny(w, "'’"); i != want {
			t.Errorf("%q: %d, want %d", w, i, want)
		}
	}
}
