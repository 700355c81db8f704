package events

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// note keeps whose the rebels, soldiers and governments are that s names with a
// country or group, for "the rebels" later: "|Chadian| rebels", "Hezbollah fighters".
func (r *reader) note(s text.Sentence) {
	for i := s.First; i < s.Last; i++ {
		w := r.doc.Lower(i)
		if r.lex.kinds[w]&(Force|Armed|Government) == 0 || r.doc.Tag(i)[0] != 'N' {
			continue
		}
		if c, ok := r.ownerBefore(i, s.First); ok {
			r.told[w] = c
		}
	}
}

// ownerBefore returns the country that stands among the words right before token i,
// not before token first, and whether one stands there, or a group without one.
func (r *reader) ownerBefore(i, first int) (countries.Code, bool) {
	for k := i - 1; k >= max(first, i-3); k-- {
		switch f := r.facts[k]; {
		case led(r.doc.Lower(k)):
			return "", false
		case f.group >= 0:
			return r.found.Groups[f.group].Country, true
		case f.country >= 0 && f.person < 0:
			return r.found.Countries[f.country].Country, true
		}
		if t := r.doc.Tag(k); t[0] != 'J' && t[0] != 'N' && t != "POS" && t != "CD" && t != "VBN" {
			break
		}
	}
	return "", false
}

// recalled returns the country of those that p names only by "the rebels" or bare
// "rebels", where they were told before.
func (r *reader) recalled(p *phrase) (countries.Code, bool) {
	if p.name != "" || p.person >= 0 || p.inner != nil || p.count >= 0 || r.strange(p) || p.head > p.first+1 || p.head > p.first && !p.definite {
		return "", false
	}
	c, ok := r.told[r.doc.Lower(p.head)]
	if p.kind != Armed && c != r.lastCountry(p.head) {
		return "", false // countries were named since, each with a government and an army
	}
	return c, ok
}

// unions are nouns for the armed group, or the alliance, that was named before.
var unions = map[string]Kind{"group": Armed, "movement": Armed, "organisation": Armed, "organization": Armed, "faction": Armed, "alliance": Body, "bloc": Body}

// namedGroup returns the group that p stands for, nil if it stands for none: "the Islamic
// |group|" after "Hezbollah".
func (r *reader) namedGroup(p *phrase) *Participant {
	kind := unions[r.doc.Lower(p.head)]
	if kind == 0 || !p.definite || p.inner != nil || p.name != "" || p.country != "" || r.pos(p.head) == "NNP" {
		return nil
	}
	for k := p.first - 1; k >= max(0, p.first-back); k-- {
		f := r.facts[k].group
		if f < 0 || (r.found.Groups[f].Kind == countries.Armed) != (kind == Armed) {
			continue
		}
		g := r.found.Groups[f]
		return &Participant{Span: p.span, Name: g.Name, Kind: kind, Country: g.Country}
	}
	return nil
}

// lands are nouns for the country or town told before: "the |city|'s police".
var lands = map[string]bool{"city": true, "country": true, "nation": true, "territory": true, "region": true, "kingdom": true, "republic": true, "province": true,
	"state": true, "island": true, "town": true, "capital": true}

// landOf returns the country that the common noun at token i stands for: the one
// last named before it.
func (r *reader) landOf(i int) countries.Code {
	if !lands[r.doc.Lower(i)] || !r.phrase(i).definite {
		return ""
	}
	return r.lastCountry(i)
}

// lastCountry returns the country named last before token i.
func (r *reader) lastCountry(i int) countries.Code {
	for k := i - 1; k >= max(0, i-back); k-- {
		if f := r.facts[k]; f.country >= 0 && f.person < 0 && r.found.Countries[f.country].Country != "" && !led(r.doc.Lower(k)) {
			return r.found.Countries[f.country].Country
		}
	}
	return ""
}

// allied are the words for forces of several countries, which no article makes its own.
var allied = map[string]bool{"coalition": true, "allied": true, "international": true, "multinational": true, "foreign": true, "peacekeeping": true}

// multinational reports whether p says that it is of several countries: "coalition forces".
func (r *reader) multinational(p *phrase) bool {
	for k := max(r.sentence.First, min(p.first, p.head-2)); k < p.head; k++ {
		if allied[r.doc.Lower(k)] && r.tree.Head(k) == p.head {
			return true
		}
	}
	return false
}
