package events

import "strings"

// A clause is a verb with its auxiliaries and those who take part in it.
type clause struct {
	verb    int // token
	first   int // first token of the verb group: "had not been |attacked"
	end     int // token after the verb and the words that belong to it
	passive bool
	subject *phrase
	object  *phrase
	by      []adjunct // prepositional phrases, in order
}

// An adjunct is a preposition and its noun phrase.
type adjunct struct {
	word string
	*phrase
}

var be = map[string]bool{"be": true, "am": true, "is": true, "are": true, "was": true, "were": true, "been": true, "being": true, "'s": true, "'re": true}

// group returns the first token of the verb group that ends in the verb at v,
// and whether it is passive.
func (r *reader) group(v int) (first int, passive bool) {
	first = v
	aux := false
	for first > r.sentence.First {
		w, tag := r.doc.Lower(first-1), r.doc.Tag(first-1)
		switch {
		case be[w]:
			if tag == "POS" {
				return first, aux
			}
			aux = true
		case tag == "MD", tag == "TO", tag == "RB", w == "have", w == "has", w == "had", w == "having", w == "do", w == "does", w == "did", w == "n't", w == "not", w == "to", w == "also", w == "reportedly", w == "get", w == "got":
			if w == "got" || w == "get" {
				aux = true
			}
		default:
			return first, aux && r.participle(v)
		}
		first--
	}
	return first, aux && r.participle(v)
}

// participle reports whether the verb form at v can be a past participle, which
// the tagger often takes for a past tense.
func (r *reader) participle(v int) bool {
	tag := r.doc.Tag(v)
	return tag == "VBN" || tag == "VBD" || (!strings.HasSuffix(r.doc.Lower(v), "ing") && tag != "VBG" && strings.HasSuffix(r.doc.Lower(v), "ed"))
}

// read makes the clause of the verb at v, whose own words end before end.
func (r *reader) clause(v, end int) clause {
	c := clause{verb: v, end: end}
	c.first, c.passive = r.group(v)
	next := end
	for r.doc.Tag(next) == "RB" && next < r.sentence.Last {
		next++
	}
	c.object = r.at(next)
	if c.object != nil && c.object.first != next {
		c.object = nil
	}
	bare := c.first == v && r.participle(v)
	before := r.at(v - 1)
	if bare && c.object == nil && before != nil && (r.doc.Tag(v) == "VBN" || r.doc.Lower(end) == "by") {
		c.passive = true // "the soldiers sent to Mali"
	}
	c.subject = r.subject(c.first, v, 0)
	if c.object != nil {
		next = c.object.end()
	}
	c.by = r.adjuncts(next)
	return c
}

// adjuncts returns the prepositional phrases from token i on, up to the next verb.
func (r *reader) adjuncts(i int) []adjunct {
	var out []adjunct
	for n := 0; i < r.sentence.Last && n < 24; n++ {
		w, tag := r.doc.Lower(i), r.doc.Tag(i)
		switch {
		case tag == "IN" || tag == "TO" || w == "to" || w == "near" || w == "amid":
			if w == "that" || w == "because" || w == "while" || w == "if" || w == "although" || w == "though" {
				return out
			}
			if isVerb(r.doc.Tag(i + 1)) {
				return out
			}
			if p := r.at(i + 1); p != nil && p.first == i+1 {
				if isFinite(r.doc.Tag(p.end())) && (w == "after" || w == "before" || w == "as" || w == "since") {
					return out
				}
				out = append(out, adjunct{w, p})
				i = p.end()
				for _, q := range r.after(p) {
					out = append(out, adjunct{w, q})
					i = q.end()
				}
				continue
			}
			i++
		case tag == "RB", w == ",", r.facts[i].date >= 0, w == "(", w == ")", tag == "DT":
			i++
		case r.at(i) != nil:
			if r.doc.Tag(i-1) == "," || r.facts[i-1].date >= 0 {
				// An apposition: "the base, a former school, in the north".
				if isFinite(r.doc.Tag(r.at(i).last)) {
					return out
				}
			}
			i = r.at(i).last
		default:
			return out
		}
	}
	return out
}

// after returns the phrases joined to p by "and" or commas, to its right.
func (r *reader) after(p *phrase) []*phrase {
	var out []*phrase
	for n := 0; n < 8; n++ {
		i := p.end()
		comma := false
		if r.doc.Lower(i) == "," {
			i, comma = i+1, true
		}
		and := r.doc.Lower(i) == "and" || r.doc.Lower(i) == "or"
		if and {
			i++
		}
		q := r.at(i)
		if (!and && !comma) || q == nil || q.first != i || isFinite(r.doc.Tag(q.end())) && r.doc.Lower(p.first-1) != "between" {
			break
		}
		if !and { // a list ends in "and"
			j := q.end()
			if r.doc.Lower(j) != "and" && r.doc.Lower(j) != "," || q.kind&political == 0 {
				break
			}
		}
		out = append(out, q)
		p = q
	}
	return out
}

// before returns the phrases joined to p by "and" or commas, to its left, and p.
func (r *reader) before(p *phrase) []*phrase {
	out := []*phrase{p}
	and := false
	for n := 0; n < 8; n++ {
		i := p.first - 1
		switch {
		case r.doc.Lower(i) == "and":
			and = true
			if r.doc.Lower(i-1) == "," {
				i--
			}
		case r.doc.Lower(i) == "," && and:
		default:
			return out
		}
		q := r.at(i - 1)
		if q == nil || q.end() != i && q.last != i || q.kind&political == 0 || p.kind&political == 0 {
			return out
		}
		out = append([]*phrase{q}, out...)
		p = q
	}
	return out
}

var subordinators = map[string]bool{"after": true, "before": true, "since": true, "until": true, "as": true, "while": true, "because": true,
	"that": true, "if": true, "although": true, "though": true, "whether": true, "when": true, "where": true, "unless": true, "once": true, "than": true}

// subject returns who does what the verb group from token g says: the nearest
// noun phrase to its left that no preposition and no other verb holds.
func (r *reader) subject(g, v, depth int) *phrase {
	if depth > 3 {
		return nil
	}
	if r.doc.Lower(g) == "to" || r.doc.Tag(g) == "TO" {
		return r.controller(g, depth)
	}
	i := g - 1
	// "the soldiers who attacked", "the group, which attacked"
	if w := r.doc.Lower(i); w == "who" || w == "which" || w == "that" && (r.doc.Tag(i) == "WDT" || r.at(i-1) != nil) {
		i--
		for r.doc.Lower(i) == "," {
			i--
		}
		if p := r.at(i); p != nil {
			return r.outer(p)
		}
		return nil
	}
	gerund := r.doc.Tag(v) == "VBG" && g == v
	if p := r.at(i); p != nil && !gerund {
		before := r.doc.Lower(p.first - 1)
		tag := r.doc.Tag(p.first - 1)
		held := tag == "IN" || tag == "TO" || (tag == "VBG" || tag == "VBN") && !r.auxiliary(p.first-1)
		if !held || subordinators[before] {
			return p
		}
	}
	if gerund {
		if p := r.at(i); p != nil {
			return r.outer(p) // "troops entering the town"
		}
	}
	for i >= r.sentence.First {
		if p := r.at(i); p != nil {
			tag, w := r.doc.Tag(p.first-1), r.doc.Lower(p.first-1)
			if (tag == "IN" || tag == "TO" || w == "to" || w == "of") && !subordinators[w] || r.facts[p.first].date >= 0 {
				i = p.first - 2
				continue
			}
			if !isVerb(tag) {
				return p
			}
			i = p.first - 1
			continue
		}
		tag := r.doc.Tag(i)
		switch {
		case isFinite(tag):
			first, _ := r.group(i)
			if w := r.doc.Lower(first - 1); w == "who" || w == "which" || r.doc.Tag(first-1) == "WDT" {
				i = first - 2
				continue
			}
			// A verb before: ours shares its subject ("… and attacked", "…, killing").
			return r.subject(first, i, depth+1)
		case r.doc.Lower(i) == ";", r.doc.Lower(i) == ":":
			return nil
		}
		i--
	}
	return nil
}

// auxiliary reports whether the participle at i has a finite form of its own
// before it ("was taking"), so that what follows is its object.
func (r *reader) auxiliary(i int) bool {
	first, _ := r.group(i)
	return first < i
}

// outer returns the phrase that p is part of: of "a group of trainees", the group.
func (r *reader) outer(p *phrase) *phrase {
	for _, q := range r.phrases {
		if q.inner == p {
			return q
		}
	}
	return p
}

// controller returns who does what an infinitive says: the object of the verb
// before it ("urged Israel to withdraw"), else that verb's subject.
func (r *reader) controller(g, depth int) *phrase {
	i := g - 1
	for i > r.sentence.First && (r.doc.Tag(i) == "RB" || r.facts[i].date >= 0) {
		i--
	}
	if p := r.at(i); p != nil {
		p = r.outer(p)
		if isNoun(r.doc.Tag(p.head)) && p.kind&political == 0 {
			// "the decision to withdraw": whose decision?
			if v := p.first - 1; isVerb(r.doc.Tag(v)) {
				first, _ := r.group(v)
				return r.subject(first, v, depth+1)
			}
			if p.country != "" {
				return p
			}
			return nil
		}
		return p
	}
	for i > r.sentence.First && !isVerb(r.doc.Tag(i)) && r.doc.Tag(i) != "JJ" {
		i--
	}
	first, _ := r.group(i)
	return r.subject(first, i, depth+1)
}
