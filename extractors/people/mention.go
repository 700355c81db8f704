package people

import (
	"slices"
	"strings"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A candidate is a run of tokens that names a person, without titles.
type candidate struct {
	first, last int
	part        text.Span // of a compound, where the name stands in the word
	rule        string
	gender      gender // by the title before it
	form        form
	age         string         // "54"
	party       countries.Code // by the party behind the name: "R-Ohio"
	home        countries.Code // "Iraq's Saddam", "Lund of Norway"
	lead        int            // the token where the titles before it begin
	relative    bool           // named as whose relative somebody is
}

// longestName is the most tokens that a name has.
const longestName = 8

// mentions returns the spans that name persons, in order and not overlapping.
func (r *reading) mentions() []candidate {
	taken := make([]bool, len(r.doc.Tokens))
	var all []candidate
	take := func(list []candidate) {
		for _, c := range list {
			if c.first >= c.last || slices.Contains(taken[c.first:c.last], true) {
				continue
			}
			if c.form = r.formOf(&c); len(c.form.words) == 0 || !isWordy(r.doc.Slice(r.span(&c))) {
				continue
			}
			for i := c.first; i < c.last; i++ {
				taken[i] = true
			}
			all = append(all, c)
		}
	}
	take(r.tagged())
	take(r.titled(taken))
	take(r.bylined(taken))
	take(r.credited(taken))
	take(r.introduced(taken))
	all = r.withoutNoise(r.withoutThings(all))
	take(r.withoutThings(r.untagged(all, taken)))
	slices.SortFunc(all, func(a, b candidate) int { return a.first - b.first })
	return all
}

// tagged returns the names that the tagger found.
func (r *reading) tagged() []candidate {
	pieces := r.pieces()
	var out []candidate
	for k := 0; k < len(pieces); k++ {
		c := candidate{first: pieces[k].first, last: pieces[k].last, rule: "tagger"}
		for k+1 < len(pieces) && r.joins(c, pieces[k+1]) {
			k++
			c.last = pieces[k].last
		}
		c.last = r.extend(c.first, c.last)
		for k+1 < len(pieces) && pieces[k+1].first < c.last {
			k++
		}
		if r.trim(&c); !r.landed(&c) {
			out = append(out, c)
		}
	}
	return out
}

// pieces returns what the tagger has as persons, parted where a word in small
// letters or a number stands that is in no name: "Waugh b Lund 22 Moe". With "of"
// the whole is none: "Our Lady of Salvation".
func (r *reading) pieces() []span {
	var out []span
	for _, m := range r.named {
		if m.Type != names.Person {
			continue
		}
		first, n := m.First, len(out)
		for i := m.First; i <= m.Last; i++ {
			if i < m.Last && !r.parts(i) {
				continue
			}
			if i > first {
				out = append(out, span{first, i})
			}
			first = i + 1
			if w := r.doc.Lower(i); i < m.Last && (w == "of" || w == "the") {
				out = out[:n]
				break
			} else if i < m.Last && len(w) > 3 && isWordy(w) {
				out = out[:n] // "film legend Ann Moe"
			}
		}
	}
	return out
}

// parts reports whether token i, inside what was tagged as one name, parts it.
func (r *reading) parts(i int) bool {
	w := r.doc.Word(i)
	return isWordy(w) && !capitalised(w) && !particles[r.doc.Lower(i)] && !r.article(i) && strings.ToLower(w) == w || isNumber(w) || w == ";" || w == ":"
}

// landed reports whether c is a part of a country's name: "Sri".
func (r *reading) landed(c *candidate) bool {
	for i := c.first; i < c.last; i++ {
		if r.country[i] >= 0 {
			return true
		}
	}
	return false
}

// joins reports whether the name next goes on with c: right behind it ("Kamil" and
// "Murad"), or behind a nickname (John “J.D.” Dorrian).
func (r *reading) joins(c candidate, next span) bool {
	if next.last-c.first > longestName || r.sentence[next.first] != r.sentence[c.first] {
		return false
	}
	if next.first == c.last {
		_, end := r.lex.offices.longest(r.doc, next.first, next.last, true)
		return end == 0 && r.doc.Tag(next.first-1) != "POS"
	}
	return r.nickname(c.last) == next.first
}

// nickname returns the token behind the nickname that stands in quotation marks
// or brackets at token i, or -1.
func (r *reading) nickname(i int) int {
	w := r.doc.Word(i)
	if !opensQuote(w) && w != "(" {
		return -1
	}
	for j := i + 1; j < i+6 && j < len(r.doc.Tokens); j++ {
		if end := r.doc.Word(j); w == "(" && end == ")" || w != "(" && closesQuote(end, w) {
			inside := j - i - 1
			if inside == 0 || w == "(" && (inside > 1 || r.country[i+1] >= 0 || !capitalised(r.doc.Word(i+1))) {
				return -1
			}
			return j + 1
		}
	}
	return -1
}

// extend returns the end of a name with the words behind it that belong to it:
// suffixes, and what a particle or Arabic article joins.
func (r *reading) extend(first, last int) int {
	for last-first < longestName && last < len(r.sentence) && r.sentence[last] == r.sentence[first] {
		w := r.doc.Lower(last)
		switch {
		case suffixes[strings.TrimSuffix(w, ".")] && r.doc.Word(last) != w:
			return last + 1
		case w == "," && (r.doc.Word(last+1) == "Jr." || r.doc.Word(last+1) == "Sr."):
			return last + 2
		case r.article(last) && r.free(last):
			last++
		case r.join(last):
			last += 2
		case w == "'" && r.article(last+1): // "Shia’ al-Sudani"
			last += 2
		default:
			return last
		}
	}
	return last
}

// article reports whether token i is a name behind an Arabic article: "al-Abadi".
func (r *reading) article(i int) bool {
	head, rest, found := strings.Cut(r.doc.Word(i), "-")
	return found && articles[strings.ToLower(head)] && capitalised(rest)
}

// join reports whether tokens i and i+1 are a particle and the word that it joins
// to the name before: "bin Laden".
func (r *reading) join(i int) bool {
	w := r.doc.Word(i)
	return w != "" && particles[w] && w != "y" && w != "e" && w != "d" && w != "ag" && w != "and" && capitalised(r.doc.Word(i+1)) && r.free(i+1) && r.country[i+1] < 0
}

// free reports whether token i is part of no name but a person's.
func (r *reading) free(i int) bool {
	t := r.typeAt(i)
	return (t == names.None || t == names.Person) && !r.grouped(i)
}

// trim takes off c what is no name: titles before it, days and months and the
// word I at its ends.
func (r *reading) trim(c *candidate) {
	c.first = r.behindTitles(c.first, c.last)
	if o, end := r.lex.offices.longest(r.doc, c.first, c.last, true); o != nil && end == c.last && !r.surnameOf(c.first, c.last) {
		c.first = c.last // a title and no name
	}
	for c.first < c.last && notEnds[r.doc.Lower(c.last-1)] {
		c.last--
	}
	for c.first < c.last && notEnds[r.doc.Lower(c.first)] && c.last-c.first > 1 {
		c.first++
	}
}

// behindTitles returns the token behind the titles that open tokens [first, last).
func (r *reading) behindTitles(first, last int) int {
	for {
		o, end := r.lex.offices.longest(r.doc, first, last, true)
		if o == nil || end == last {
			return first
		}
		first = end
	}
}

// surnameOf reports whether the single title that a name consists of is a
// surname there: "Bishop" behind "Julie Bishop".
func (r *reading) surnameOf(first, last int) bool {
	return last-first == 1 && r.surnames()[r.doc.Lower(first)]
}

// surnames holds the last words of names of several words, as the tagger has
// them.
func (r *reading) surnames() map[string]bool {
	if r.lasts == nil {
		r.lasts = map[string]bool{}
		for _, m := range r.named {
			first, last := r.behindTitles(m.First, m.Last), m.Last-1
			for last > first && suffixes[strings.TrimSuffix(r.doc.Lower(last), ".")] {
				last--
			}
			if m.Type == names.Person && last > first {
				r.lasts[r.doc.Lower(last)] = true
			}
		}
	}
	return r.lasts
}

// notEnds are words that no name begins or ends with.
var notEnds = set(`i monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december
	the of and for but if when while as in on at by 's ' , . - he she it they we you his her their its this that`)

// titled returns the names that only a title before them shows: "Gen. Lund".
func (r *reading) titled(taken []bool) []candidate {
	var out []candidate
	for _, s := range r.doc.Sentences {
		for i := s.First; i < s.Last; {
			o, end := r.lex.offices.longest(r.doc, i, s.Last, true)
			if o == nil || taken[i] {
				i++
				continue
			}
			if last := r.run(end, s.Last, o); last > end && r.bears(o, i, last) && !taken[end] {
				c := candidate{first: end, last: r.extend(end, last), rule: "title"}
				r.trim(&c)
				out = append(out, c)
				end = last
			}
			i = end
		}
	}
	return out
}

// bears reports whether the title o at token i can show that tokens up to last
// are a name. In a headline in capitals few titles can.
func (r *reading) bears(o *office, i, last int) bool {
	if n := r.name[last-1]; n >= 0 && r.named[n].Type != names.Person && r.named[n].Last > last {
		return false // "President Lund University"
	}
	return !r.upper[i] || o.class == honorific || o.class == rank || o.class == state
}

// run returns the end of the run of name-like words that begins at token i.
func (r *reading) run(i, last int, o *office) int {
	end := i
	for end < last && end-i < 4 && r.namely(end) && (!r.upper[i] || r.loudly(i, end, o)) {
		end++
	}
	if end > i && (r.lex.things[r.doc.Word(end)]&after != 0 || r.doc.Word(end) == "&") {
		return i
	}
	return end
}

// loudly reports whether token end of a text in capitals goes on with the name
// that a title introduces at token i: as far as the tagger has a name there, else
// one word behind a rank or "MR.", two if the first is a first name.
func (r *reading) loudly(i, end int, o *office) bool {
	if r.name[i] >= 0 {
		return r.name[end] >= 0
	}
	_, given := r.lex.given[fold(r.doc.Word(i))]
	return (o.class == rank || o.class == honorific) && (end == i || given && end == i+1)
}

// namely reports whether token i may be a word of a name behind a title.
func (r *reading) namely(i int) bool {
	w := r.doc.Word(i)
	if !capitalised(w) || r.country[i] >= 0 || r.group[i] || notEnds[r.doc.Lower(i)] || notNames[w] || r.lex.things[w]&after != 0 {
		return false
	}
	if _, end := r.lex.offices.longest(r.doc, i, i+1, true); end > 0 {
		return false
	}
	switch r.doc.Tag(i) {
	case "NNP", "NNPS", "NN", "JJ", "FW":
		return len(w) > 1
	}
	return false
}

// notNames are words that follow a title but are no names: "General Assembly".
var notNames = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`Assembly Staff Command Post Department Administration Government Union Election Elections Party Cabinet Congress Parliament
		Motors Electric Mills Dynamics Manager Office Agreement Order Affairs General Hotel Service Services Security Police Force Forces Air Navy Republic State
		States Nations House White Senate Intelligence Defense Defence Foreign Interior Prime Deputy Vice Chief Assistant Islamic Arab People National Federal Joint United
		Royal Supreme Special New Mr Mrs Ms Dr Photo Times Today Tomorrow Yesterday Christmas Easter Eid God Christ Superior Officer Elect Designate Emeritus Debate Debates League
		Baseball Football Soccer Sports Sport Cup`) {
		m[w] = true
	}
	return m
}()

// bylined returns the names in the lines that name the author.
func (r *reading) bylined(taken []bool) []candidate {
	var out []candidate
	for i := 0; i < len(r.doc.Tokens); {
		end := i
		for end < len(r.doc.Tokens) && r.part[end] == text.Author && end-i < longestName && !taken[end] && r.signs(end) {
			end++
		}
		if end-i > 1 {
			out = append(out, candidate{first: i, last: end, rule: "byline"})
		}
		i = max(end, i+1)
	}
	return out
}

// signs reports whether token i of a byline may be a word of the name.
func (r *reading) signs(i int) bool {
	w := r.doc.Word(i)
	return capitalised(w) && r.country[i] < 0 && !r.group[i] && !notBylines[r.doc.Lower(i)] || particles[w] && capitalised(r.doc.Word(i+1)) || r.article(i)
}

var notBylines = set("by author written posted reported reporting words story text correspondent reporter editor staff writer and the in with from for news agency reuters afp ap our bureau desk service special published updated contributor")

// credited returns the names of those who took a picture: "(Ana Ruiz/AP)",
// "Reuters / Ana Ruiz".
func (r *reading) credited(taken []bool) []candidate {
	var out []candidate
	for i := range r.doc.Tokens {
		if r.doc.Word(i) != "/" {
			continue
		}
		if first := r.backwards(i, taken); agencies[r.doc.Word(i+1)] && i-first > 1 && opensCredit(r.doc.Word(first-1)) {
			out = append(out, candidate{first: first, last: i, rule: "credit"})
		}
		if last := r.forwards(i+1, taken); agencies[r.doc.Word(i-1)] && last-i > 2 {
			out = append(out, candidate{first: i + 1, last: last, rule: "credit"})
		}
	}
	return out
}

// opensCredit reports whether the name of who took a picture may follow w.
func opensCredit(w string) bool {
	return w == "" || w == "(" || w == ":" || w == "©" || w == "|" || w == "." || w == "by" || w == "By"
}

var agencies = set("AP AFP Reuters REUTERS EPA EFE TASS Tass Xinhua Anadolu AA DPA dpa PA UPI Getty Bloomberg Sputnik RIA Shutterstock Alamy")

// introduced returns the names of two words and more that an office in small
// letters introduces: "rebel commander Amadou Diarra".
func (r *reading) introduced(taken []bool) []candidate {
	var out []candidate
	for i := 1; i < len(r.doc.Tokens); i++ {
		if !capitalised(r.doc.Word(i)) || taken[i] || capitalised(r.doc.Word(i-1)) || r.doc.Tag(i-1) != "NN" {
			continue
		}
		if _, end := r.lex.offices.longest(r.doc, i-1, i, false); end != i {
			continue
		}
		if last := r.forwards(i, taken); last-i > 1 && last-i < 5 && r.nameless(i, last) && r.lex.things[r.doc.Word(last)]&after == 0 {
			out = append(out, candidate{first: i, last: last, rule: "office"})
		}
	}
	return out
}

// forwards and backwards return the other end of the run of words that begins,
// or ends, at token i, could be a name and are taken by none.
func (r *reading) forwards(i int, taken []bool) int {
	for k := i; ; k++ {
		if k == len(taken) || k-i == longestName || taken[k] || !r.namely(k) {
			return k
		}
	}
}

func (r *reading) backwards(i int, taken []bool) int {
	for k := i - 1; ; k-- {
		if k < 0 || i-k > longestName || taken[k] || !r.namely(k) {
			return k + 1
		}
	}
}

// nameless reports whether the tagger has no name in tokens [first, last).
func (r *reading) nameless(first, last int) bool {
	for i := first; i < last; i++ {
		if r.name[i] >= 0 {
			return false
		}
	}
	return true
}

func isNumber(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }
