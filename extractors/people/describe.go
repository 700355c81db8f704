package people

import (
	"slices"
	"sort"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/text"
)

// A description is a phrase like "the former Iraqi prime minister".
type description struct {
	end       int
	class     class
	office    string // "" for "the 54-year-old"
	gender    gender
	modifiers []string
	land      countries.Code
	former    bool
	more      bool // a complement follows that tells more: "of the mission"
	age       string
}

// description ties the phrase at token i, a "the", to the person whom it stands
// for. It returns the token behind the phrase, or i when it is none.
func (f *referrer) description(i int, s text.Sentence) int {
	d, ok := f.describes(i, s)
	if !ok {
		return i
	}
	for k := i; k < d.end; k++ {
		if f.told[k] || f.at[k] >= 0 {
			return i
		}
	}
	n := f.meant(&d, i)
	e := entity{person: -1 - i, gender: d.gender, end: d.end, subject: f.isSubject(i, d.end, s)}
	if n >= 0 {
		p := &f.people[n]
		p.References = append(p.References, Reference{f.doc.Covering(i, d.end), "description"})
		e.person, e.gender = n, p.gender
	}
	f.meet(e, i)
	return d.end
}

// describes reads the phrase at token i up to its office, without complement.
func (f *referrer) describes(i int, s text.Sentence) (description, bool) {
	var d description
	for k := i + 1; k < min(i+8, s.Last); {
		w := f.doc.Lower(k)
		if c := f.countryAt(k); c != nil {
			d.land = c.Country
			k = f.past(k, c.End)
			if f.doc.Tag(k) == "POS" {
				return d, false
			}
			continue
		}
		if years, ok := strings.CutSuffix(w, "-year-old"); ok {
			d.age, d.end = years, k+1
			if k++; !f.nominal(k) {
				return d, true
			}
			continue
		}
		if o, end := f.officeAt(k, s.Last); o != nil && !f.goesOn(end) {
			d.class, d.office, d.gender, d.end = o.class, f.wordsOf(k, end), o.gender, end
			return d, f.complete(&d, s)
		}
		if !f.nominal(k) || f.at[k] >= 0 {
			return d, d.age != "" && k == d.end
		}
		if formerly[w] {
			d.former = true
		} else {
			d.modifiers = append(d.modifiers, w)
		}
		k++
	}
	return d, false
}

// goesOn reports whether the noun phrase goes on at token i, so that what stands
// before it only describes: "the army chief", "the president elect".
func (f *referrer) goesOn(i int) bool {
	return strings.HasPrefix(f.doc.Tag(i), "NN") && !calendar[f.doc.Lower(i)] || f.doc.Tag(i) == "JJ" && strings.HasPrefix(f.doc.Tag(i+1), "NN") || f.isNamed(i) ||
		particles[f.doc.Lower(i)] && capitalised(f.doc.Word(i+1))
}

func (f *referrer) isNamed(i int) bool { return i < len(f.at) && f.at[i] >= 0 }

func (f *referrer) wordsOf(first, last int) string {
	var out []string
	for i := first; i < last; i++ {
		out = append(out, officeKey(f.doc, i))
	}
	return strings.Join(out, " ")
}

// complete takes the country of "the president of Iraq" and notes any other
// complement. It reports false where the phrase introduces a name: "the
// president, Ali Demir,".
func (f *referrer) complete(d *description, s text.Sentence) bool {
	if f.doc.Word(d.end) == "," && f.isNamed(d.end+1) {
		return false
	}
	if w := f.doc.Lower(d.end); w == "of" || w == "for" || w == "to" && d.class > kin {
		end, land, only := f.object(d.end+1, s.Last)
		if end > d.end+1 && only {
			d.land, d.end = land, end
		} else if w != "to" || f.doc.Tag(d.end+1) != "VB" {
			d.more = true
		}
	}
	return true
}

// meant returns the index of the person whom d stands for, -1 where that is not
// plain.
func (f *referrer) meant(d *description, at int) int {
	if d.age != "" {
		if n, ok := f.ages[d.age]; ok && n >= 0 && f.people[n].Mentions[0].Start < f.doc.Tokens[at].Start {
			return n
		}
		return -1
	}
	if d.more {
		return -1
	}
	var fits []int
	for _, n := range f.officers(d) {
		if p := &f.people[n]; p.Mentions[0].Start < f.doc.Tokens[at].Start && f.holds(p, d) && !slices.Contains(fits, n) && !f.another(d, n, at) {
			fits = append(fits, n)
		}
	}
	switch {
	case len(fits) == 0:
		return -1
	case len(fits) == 1 && (d.unique() || f.lately(fits[0], at)):
		return fits[0]
	}
	return f.onlyLately(fits, at)
}

// unique reports whether d says enough that only one person of the text can be
// meant, however long ago: the head of a state, or an office with more words.
func (d *description) unique() bool {
	return d.class == state && d.office != "leader" || d.land != "" || d.class >= government && len(d.modifiers) > 0
}

// another reports whether somebody without a name has been given the office of d
// since person n was spoken of: "a Taliban commander ... the commander".
func (f *referrer) another(d *description, n, at int) bool {
	i, ok := f.unnamed[lastWord(d.office)]
	if !ok {
		return false
	}
	p := &f.people[n]
	next := sort.Search(len(p.Mentions), func(k int) bool { return p.Mentions[k].Start >= f.doc.Tokens[at].Start })
	return next == 0 || p.Mentions[next-1].Start < f.doc.Tokens[i].Start
}

// officers returns the persons who may hold the office of d.
func (f *referrer) officers(d *description) []int {
	if f.byOffice == nil {
		f.byOffice = map[string][]int{}
		for n := range f.people {
			if !f.people[n].Author {
				f.enlist(n)
			}
		}
	}
	return f.byOffice[lastWord(d.office)]
}

// enlist notes person n under the last words of the offices held, and as a leader
// whoever heads a state or belongs to one by name alone.
func (f *referrer) enlist(n int) {
	p := &f.people[n]
	note := func(key string) {
		if list := f.byOffice[key]; len(list) < maxNamesakes && !slices.Contains(list, n) {
			f.byOffice[key] = append(list, n)
		}
	}
	for _, r := range p.Roles {
		note(lastWord(r.office))
		if r.class == state {
			note("leader")
		}
	}
	if len(p.Roles) == 0 && p.home != "" {
		note("leader")
	}
}

// lastWord returns the last word of an office, as written in full.
func lastWord(office string) string {
	w := office
	if i := strings.Index(w, " of "); i > 0 {
		w = w[:i]
	}
	if i := strings.LastIndexAny(w, " -"); i >= 0 {
		w = w[i+1:]
	}
	if long, ok := inFull[w]; ok {
		return long
	}
	return w
}

// inFull gives the words of which titles are short forms.
var inFull = map[string]string{"gen": "general", "col": "colonel", "maj": "major", "capt": "captain", "lt": "lieutenant", "adm": "admiral", "brig": "brigadier", "sgt": "sergeant",
	"cpl": "corporal", "cmdr": "commander", "gov": "governor", "sen": "senator", "rep": "representative", "pm": "minister", "pvt": "private", "supt": "superintendent",
	"advisor": "adviser", "sheik": "sheikh", "shaikh": "sheikh"}

// holds reports whether a role of p is the office that d tells.
func (f *referrer) holds(p *Person, d *description) bool {
	if len(p.Roles) == 0 {
		return d.office == "leader" && d.land != "" && d.land == p.home && len(d.modifiers) == 0 && !d.former
	}
	return slices.ContainsFunc(p.Roles, func(r Role) bool {
		land := r.Country
		if land == "" {
			land = p.Country
		}
		switch {
		case d.land != "" && land != d.land, r.Former && !d.former, d.former && !r.Former:
			return false
		case d.office == "leader" && r.class == state:
			return d.land != "" && len(d.modifiers) == 0
		case !sameOffice(d, &r):
			return false
		}
		name := " " + strings.ToLower(r.Name) + " "
		return !slices.ContainsFunc(d.modifiers, func(w string) bool { return !strings.Contains(name, " "+w+" ") })
	})
}

// sameOffice reports whether d can be short for the office of r: "the minister"
// for a foreign minister but not for a prime minister, "the general" for a
// lieutenant general but not for an attorney general.
func sameOffice(d *description, r *Role) bool {
	whole := func(o string) string {
		switch o {
		case "pm", "premier":
			return "prime minister"
		}
		return o
	}
	a, b := whole(d.office), whole(r.office)
	if a == b {
		return true
	}
	if lastWord(a) != lastWord(b) || strings.HasPrefix(b, "vice") || strings.HasPrefix(a, "vice") || b == "prime minister" || a == "prime minister" || strings.HasPrefix(b, "deputy") {
		return false
	}
	return r.class != rank && d.class != rank && !strings.Contains(a, " ") || r.class == rank && d.class == rank && !strings.Contains(a, " ")
}

// lately reports whether person n was spoken of in the last sentences before
// token at.
func (f *referrer) lately(n, at int) bool {
	k := int(f.sentence[at])
	from := f.doc.Sentences[max(0, k-4)].Start
	p := &f.people[n]
	next := sort.Search(len(p.Mentions), func(i int) bool { return p.Mentions[i].Start >= f.doc.Tokens[at].Start })
	if next > 0 && p.Mentions[next-1].Start >= from {
		return true
	}
	return len(p.References) > 0 && p.References[len(p.References)-1].Start >= from
}

// onlyLately returns the one of fits who was spoken of in the last sentences.
func (f *referrer) onlyLately(fits []int, at int) int {
	found := -1
	for _, n := range fits {
		if !f.lately(n, at) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = n
	}
	return found
}
