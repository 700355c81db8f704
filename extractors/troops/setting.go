package troops

// A setting says what a sentence speaks of.
type setting struct {
	military, police, civilians, aviation, nations, rebels, battle, capitals bool
}

func (f *finder) setting() setting {
	var s setting
	letters, lower := 0, 0
	for i, tokens := f.first, 0; i < f.last; i += max(tokens, 1) {
		var w *word
		w, tokens = f.longest(i, func(w *word) bool { return w.mods != 0 || w.isTroops() })
		class := f.at(i).class
		if name := f.doc.Word(i); len(name) > 3 && isLetter(name[0]) {
			letters++
			if name[1] >= 'a' {
				lower++
			}
		}
		s.police = s.police || class&police != 0
		s.civilians = s.civilians || class&civilians != 0
		s.aviation = s.aviation || class&aviation != 0
		s.battle = s.battle || class&battle != 0
		s.nations = s.nations || w.mods&ofNations != 0
		s.rebels = s.rebels || w.mods&ofGroup != 0 || w.isTroops() && w.noun.force == NonState
		s.military = s.military || class&soldiery != 0 || w.mods&(ofGroup|ofNations|ofPeace) != 0 || w.isTroops() || w.isUnits() || f.isArmedForce(i)
	}
	s.capitals = letters > 1 && lower*8 < letters
	return s
}

func isLetter(b byte) bool { return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' }

// isTroops reports whether w counts troops wherever it stands.
func (w *word) isTroops() bool {
	return w.noun != nil && w.noun.what == Troops && w.noun.need == always
}

func (w *word) isUnits() bool { return w.noun != nil && w.noun.what == Units && w.noun.need == always }

// isArmedForce reports whether "force" or "forces" at i is one that fights:
// "security forces", "air force", "Danish forces".
func (f *finder) isArmedForce(i int) bool {
	if w := f.low(i); w != "forces" && w != "force" {
		return false
	}
	switch f.low(i - 1) {
	case "armed", "security", "air", "special", "rebel", "ground":
		return true
	}
	return f.countryAt(i-1) >= 0
}
