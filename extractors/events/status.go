package events

import "strings"

// A reading says how real an action is and who said so.
type reading struct {
	status  Status
	set     bool
	speaker *phrase
	control int // token of the word that decided, or -1
	light   int // token of a light verb whose object is the action, or -1
	passes  bool
}

// modality returns what the verb group of the verb at v says of its reality.
func (r *reader) modality(first, v int) (Status, bool) {
	negative, infinitive := false, false
	status, set := Occurred, false
	for i := first; i < v; i++ {
		switch w := r.doc.Lower(i); w {
		case "not", "n't", "never":
			negative = true
		case "will", "shall", "'ll", "wo":
			status, set = Planned, true
		case "would":
			status, set = Planned, true
		case "could", "may", "might", "can", "ca":
			status, set = Possible, true
		case "should", "must", "ought":
			status, set = Requested, true
		case "to":
			infinitive = true
		case "is", "are", "'s", "'re":
			if r.doc.Tag(v) == "VBG" {
				status, set = Ongoing, true
			}
		}
	}
	if infinitive && !set && first < v && be[r.doc.Lower(first)] {
		status, set = Planned, true // "is to be withdrawn"
	}
	if negative {
		return Denied, true
	}
	return status, set
}

// governed reads how the words before token start (the first of a verb group or
// noun phrase) take the action as their content.
func (r *reader) governed(start int, infinitive bool) reading {
	out := reading{control: -1, light: -1}
	i := start - 1
	skipped := 0
	linked := infinitive
	for hops := 0; i >= r.sentence.First && hops < 12; hops++ {
		w, tag := r.doc.Lower(i), r.doc.Tag(i)
		if c, ok := r.control(i); ok {
			if c.say {
				return out
			}
			first, passive := i, false
			if isVerb(tag) {
				first, passive = r.group(i)
			}
			if c.light {
				if skipped > 0 {
					return out
				}
				out.light, out.passes = i, c.passes
				up := r.governed(first, r.doc.Lower(first) == "to")
				if s, set := r.modality(first, i); set {
					up.status, up.set = s, true
				}
				up.light, up.passes = i, c.passes
				return up
			}
			out.status, out.set, out.control = c.status, true, i
			if isVerb(tag) {
				if s, set := r.modality(first, i); set && s == Denied {
					out.status = Denied
				}
				if !passive {
					out.speaker = r.subject(first, i, 0)
				} else {
					for _, a := range r.adjuncts(i + 1) {
						if a.word == "by" {
							out.speaker = a.phrase
						}
					}
				}
			} else if p := r.at(i); p != nil { // "issued a directive for", "Iraq's request for"
				if up := r.governed(p.first, false); up.light >= 0 {
					first, _ := r.group(up.light)
					out.speaker = r.subject(first, up.light, 0)
				} else if p.country != "" || p.kind&political != 0 {
					out.speaker = p
				}
			}
			return out
		}
		switch {
		case tag == "RB", tag == "DT", tag == "TO", w == "to", w == "be", w == "been", w == "being", r.facts[i].date >= 0:
			i--
		case w == "for", w == "of", w == "on", w == "from", w == "against", w == "upon", w == "that", w == "about", w == "out", w == "in", w == "with":
			linked = true
			i--
		case r.at(i) != nil && skipped == 0 && (infinitive || linked) && r.doc.Lower(i) != ",":
			p := r.at(i)
			skipped++
			i = p.first - 1
		default:
			return out
		}
	}
	return out
}

func (r *reader) control(i int) (control, bool) {
	tag := r.doc.Tag(i)
	if isVerb(tag) {
		c, ok := r.lex.controls["v"+r.doc.Lower(i)]
		return c, ok
	}
	if isNoun(tag) {
		c, ok := r.lex.controls["n"+r.doc.Lower(i)]
		return c, ok
	}
	return control{}, false
}

// adjectives that say how real the noun after them is.
var adjectives = map[string]Status{"planned": Planned, "proposed": Planned, "upcoming": Planned, "imminent": Planned, "scheduled": Planned,
	"possible": Possible, "potential": Possible, "alleged": Possible, "suspected": Possible, "threatened": Threatened,
	"ongoing": Ongoing, "continuing": Ongoing, "continued": Ongoing, "ordered": Ordered, "requested": Requested, "future": Planned, "foiled": Denied}

// nounStatus reads the adjectives of a noun trigger.
func (r *reader) nounStatus(p *phrase) (Status, bool) {
	for i := p.first; i < p.last; i++ {
		if s, ok := adjectives[r.doc.Lower(i)]; ok {
			return s, true
		}
		if r.doc.Lower(i) == "no" {
			return Denied, true
		}
	}
	return Occurred, false
}

// conditional reports whether the clause whose verb group begins at first hangs
// on an "if" or "unless".
func (r *reader) conditional(first int) bool {
	for i := first - 1; i >= r.sentence.First && first-i < 12; i-- {
		switch w := r.doc.Lower(i); {
		case w == "if" || w == "unless" || w == "whether":
			return true
		case isFinite(r.doc.Tag(i)) || w == "," || w == ";":
			return false
		}
	}
	return false
}

// teller returns who reports the sentence: "…, said the minister", "according to".
func (r *reader) teller() *phrase {
	for i := r.sentence.First; i < r.sentence.Last; i++ {
		w := r.doc.Lower(i)
		if w == "according" && r.doc.Lower(i+1) == "to" {
			if p := r.at(i + 2); p != nil && p.kind&(political&^People) != 0 {
				return p
			}
		}
		c, ok := r.lex.controls["v"+w]
		if !ok || !c.say || !isVerb(r.doc.Tag(i)) || strings.HasSuffix(w, "ing") {
			continue
		}
		if p := r.at(i + 1); p != nil && p.kind&(Person|Government|Body|Force|Armed) != 0 && (r.doc.Tag(i-1) == "," || r.doc.Word(i-1) == "”" || r.doc.Tag(i-1) == "''") {
			return p
		}
		first, _ := r.group(i)
		if p := r.subject(first, i, 0); p != nil && p.kind&(political&^People) != 0 {
			return p
		}
	}
	return nil
}
