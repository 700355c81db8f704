// Package people finds persons by name, with their offices, and the words that
// stand for them. It does not know what they do.
package people

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A Mention is a person's name in the text, without titles.
type Mention struct {
	text.Span
	Rule string
}

// A Reference is a phrase or pronoun that stands for a person: "the prime minister".
type Reference struct {
	text.Span
	Rule string
}

// A Person is somebody whom the text names.
type Person struct {
	Name       string // the fullest form, as written
	Mentions   []Mention
	References []Reference
	Role       string         // office or rank, "" when the text tells none
	RoleSpan   text.Span      // where it does
	Country    countries.Code // whose official, by the words around the role
	Author     bool           // named in a byline and nowhere else
}

//go:embed titles.tsv
var titlesTSV string

//go:embed notnames.txt
var notNamesTXT string

type lists struct {
	notNames map[string]bool
	titles   map[string]string // class by the words, joined by blanks
	longest  int               // words in a title
}

var tables = sync.OnceValue(func() *lists {
	l := &lists{map[string]bool{}, map[string]string{}, 0}
	for _, w := range strings.Fields(strings.SplitN(notNamesTXT, "\n", 2)[1]) {
		l.notNames[w] = true
	}
	for _, line := range strings.Split(strings.TrimSpace(titlesTSV), "\n")[1:] {
		class, titles, _ := strings.Cut(line, "\t")
		for _, t := range strings.Split(titles, "|") {
			d := text.Read("", t)
			words := make([]string, len(d.Tokens))
			for i := range words {
				words[i] = strings.ToLower(strings.TrimSuffix(d.Word(i), "."))
			}
			key := strings.Join(words, " ")
			l.titles[key] = class
			l.longest = max(l.longest, len(words))
		}
	}
	return l
})

// particles may stand inside a name in lower case.
var particles = map[string]bool{"al": true, "el": true, "bin": true, "ben": true, "ibn": true, "abu": true, "van": true, "von": true, "de": true, "da": true,
	"del": true, "der": true, "den": true, "di": true, "dos": true, "du": true, "la": true, "le": true, "ul": true, "bint": true, "ould": true, "af": true, "e": true}

// roleNouns are offices in lower case, which stand before a name or after it.
var roleNouns = map[string]bool{"president": true, "minister": true, "premier": true, "spokesman": true, "spokeswoman": true, "spokesperson": true, "leader": true,
	"commander": true, "chief": true, "ambassador": true, "envoy": true, "general": true, "colonel": true, "secretary": true, "chairman": true, "chairwoman": true,
	"director": true, "governor": true, "mayor": true, "official": true, "analyst": true, "lawmaker": true, "senator": true, "negotiator": true, "king": true,
	"prince": true, "captain": true, "major": true, "lieutenant": true, "professor": true, "journalist": true, "correspondent": true, "cleric": true,
	"dictator": true, "founder": true, "head": true, "coordinator": true, "representative": true, "diplomat": true, "officer": true, "adviser": true,
	"advisor": true, "deputy": true, "prosecutor": true, "judge": true, "lawyer": true, "activist": true, "expert": true, "economist": true, "resident": true,
	"soldier": true, "pilot": true, "sergeant": true, "chancellor": true, "speaker": true, "member": true, "candidate": true, "warlord": true, "historian": true,
	"administrator": true, "engineer": true, "doctor": true, "teacher": true, "farmer": true, "wife": true, "son": true, "brother": true, "husband": true, "daughter": true, "father": true}

// A candidate is a run of words that may be a name.
type candidate struct {
	first, last int // tokens
	title       string
	titleFirst  int
	class       string
	tagged      bool // the tagger of names says so
}

type finder struct {
	doc     *text.Document
	lists   *lists
	country []int32 // by token: index of the country mention over it, or -1
	found   []countries.Mention
	group   []bool
	named   []names.Mention
	name    []int32 // by token: index of the name over it, or -1
}

// Find returns the persons named in doc, in the order of their first mentions.
func Find(doc *text.Document, named []names.Mention, found []countries.Mention) []Person {
	f := &finder{doc: doc, lists: tables(), found: found, country: make([]int32, len(doc.Tokens)), group: make([]bool, len(doc.Tokens)), named: named, name: make([]int32, len(doc.Tokens))}
	for i := range f.country {
		f.country[i], f.name[i] = -1, -1
	}
	for n, m := range named {
		for i := m.First; i < m.Last; i++ {
			f.name[i] = int32(n)
		}
	}
	for n, m := range found {
		for first, last := doc.TokensIn(m.Span); first < last; first++ {
			f.country[first] = int32(n)
		}
	}
	for _, g := range countries.FindGroups(doc) {
		for first, last := doc.TokensIn(g.Span); first < last; first++ {
			f.group[first] = true
		}
	}
	var all []candidate
	for _, s := range doc.Sentences {
		all = append(all, f.candidates(s)...)
	}
	return f.link(all)
}

func capitalised(w string) bool {
	if w == "" {
		return false
	}
	if w[0] < 0x80 {
		return w[0] >= 'A' && w[0] <= 'Z'
	}
	r := []rune(w)[0]
	return strings.ToLower(string(r)) != string(r)
}

// namely reports whether token i may be part of a name.
func (f *finder) namely(i int) bool {
	w := f.doc.Word(i)
	if f.group[i] {
		return false
	}
	if strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-") || strings.HasPrefix(w, "ul-") || strings.HasPrefix(w, "bin-") {
		return len(w) > 4
	}
	if !capitalised(w) || len(w) > 40 {
		return false
	}
	if len(w) == 2 && w[1] == '.' {
		return true
	}
	tag := f.doc.Tag(i)
	if f.lists.notNames[w] || f.country[i] >= 0 {
		return false
	}
	return strings.HasPrefix(tag, "NNP") || tag == "NN" || tag == "JJ" || tag == "FW" || tag == "NNS" || names.IsGiven(w)
}

// candidates splits a sentence into runs of name words, titles taken off.
func (f *finder) candidates(s text.Sentence) []candidate {
	var out []candidate
	for i := s.First; i < s.Last; {
		n, class := f.titleAt(i, s.Last)
		title, titleFirst := "", i
		if n > 0 {
			for { // "Foreign Minister Gen. X"
				m, c := f.titleAt(i+n, s.Last)
				if m == 0 {
					break
				}
				if class == "honorific" {
					class = c
				}
				n += m
			}
			title = f.doc.Slice(f.doc.Covering(i, i+n))
			i += n
		}
		if m := f.person(i); m != nil {
			out = append(out, candidate{first: i, last: m.Last, title: title, titleFirst: titleFirst, class: class, tagged: true})
			i = m.Last
			continue
		}
		end := i
		for end < s.Last && end-i < 7 && (end == i || f.person(end) == nil) {
			w := f.doc.Lower(end)
			if f.namely(end) {
				if n == 0 && end > i {
					if m, _ := f.titleAt(end, s.Last); m > 0 && f.lists.titles[w] != "rank" {
						break
					}
				}
				end++
				continue
			}
			if end > i && end+1 < s.Last && particles[w] && !f.group[end] && f.namely(end+1) {
				end++
				continue
			}
			// A name's apostrophe may be a token of its own: "Shia’ al-Sudani".
			if end > i && (w == "'" || f.doc.Tag(end) == "POS" && w == "'") && end+1 < s.Last && strings.HasPrefix(f.doc.Word(end+1), "al-") {
				end++
				continue
			}
			break
		}
		if end == i {
			if n == 0 {
				i++
			}
			continue
		}
		out = append(out, candidate{first: i, last: end, title: title, titleFirst: titleFirst, class: class})
		i = end
	}
	return out
}

// person returns the name of a person, as tagged, that token i is in.
func (f *finder) person(i int) *names.Mention {
	if i >= len(f.name) || f.name[i] < 0 || f.named[f.name[i]].Type != names.Person || f.group[i] {
		return nil
	}
	return &f.named[f.name[i]]
}

// otherwise reports whether c was tagged as something else than a person.
func (f *finder) otherwise(c *candidate) bool {
	for i := c.first; i < c.last; i++ {
		if f.name[i] < 0 {
			return false
		}
	}
	return true
}

// titleAt returns how many tokens from i on are a title, and its class.
func (f *finder) titleAt(i, last int) (int, string) {
	if i >= last || !capitalised(f.doc.Word(i)) {
		return 0, ""
	}
	key := ""
	n, class := 0, ""
	for j := i; j < last && j-i < f.lists.longest; j++ {
		if key != "" {
			key += " "
		}
		key += strings.TrimSuffix(f.doc.Lower(j), ".")
		if c, ok := f.lists.titles[key]; ok && capitalised(f.doc.Word(j)) {
			n, class = j-i+1, c
		}
	}
	return n, class
}

// sure reports by what rule c is surely a person, or "".
func (f *finder) sure(c *candidate) string {
	n := c.last - c.first
	first := f.doc.Word(c.first)
	role := f.doc.RoleAt(f.doc.Tokens[c.first].Start)
	for i := c.first; i < c.last; i++ {
		if w := f.doc.Word(i); len(w) > 1 && strings.ToUpper(w) == w && !strings.ContainsAny(w, ".-'’") && len(w) < 5 && role != text.Author {
			return "" // an acronym
		}
	}
	before := f.doc.Lower(c.first - 1)
	switch {
	case c.title != "":
		return "title"
	case role == text.Author && n >= 2:
		return "byline"
	case c.tagged && !f.ship(c) && !(n == 1 && f.country[c.first] >= 0):
		return "tagger"
	case f.otherwise(c):
		return ""
	case before == "uss" || before == "hms" || before == "ship" || before == "the" && !names.IsGiven(first):
		return ""
	case n >= 2 && f.arabic(c):
		return "particle"
	case roleNouns[before] && (n >= 2 || f.doc.Tag(c.first-1) == "NN") && f.doc.Lower(c.last) != "'s":
		return "role before"
	}
	return ""
}

func (f *finder) ship(c *candidate) bool {
	next := f.doc.Lower(c.last)
	return next == "carrier" || next == "airport" || next == "strike" || next == "library" || next == "international" || next == "street" || next == "university" || next == "hospital" || next == "airbase" || next == "stadium"
}

func (f *finder) arabic(c *candidate) bool {
	for i := c.first; i < c.last; i++ {
		w := f.doc.Lower(i)
		if i > c.first && (strings.HasPrefix(w, "al-") || strings.HasPrefix(w, "el-") || strings.HasPrefix(w, "ul-") || w == "bin" || w == "ibn" || w == "abu") {
			return true
		}
	}
	return false
}

// roleAfter reports whether an apposition after c tells an office or an age.
func (f *finder) roleAfter(c *candidate) bool {
	if f.doc.Word(c.last) != "," {
		return false
	}
	if w := f.doc.Word(c.last + 1); len(w) == 2 && w[0] >= '1' && w[0] <= '9' && f.doc.Word(c.last+2) == "," {
		return true
	}
	for i := c.last + 1; i < c.last+8 && i < len(f.doc.Tokens); i++ {
		w, tag := f.doc.Lower(i), f.doc.Tag(i)
		if roleNouns[w] {
			return true
		}
		if tag == "VBD" || tag == "VBZ" || w == "," || w == "." || w == "and" || w == "of" {
			return false
		}
	}
	return false
}

// link makes persons of the candidates: the sure ones first, then every word
// that is one of their surnames.
func (f *finder) link(all []candidate) []Person {
	var out []Person
	rule := make([]string, len(all))
	bySurname := map[string]int{}
	byName := map[string]int{}
	inNews := map[int]bool{}
	owner := make([]int, len(all))
	for i := range owner {
		owner[i] = -1
	}
	// Full names first, so that a surname finds its bearer wherever it stands.
	for pass := 0; pass < 2; pass++ {
		for i := range all {
			c := &all[i]
			if rule[i] != "" {
				continue
			}
			long := c.last-c.first >= 2
			if long != (pass == 0) {
				continue
			}
			why := f.sure(c)
			key := f.key(c)
			if n, ok := byName[key]; ok && why == "" {
				owner[i], rule[i] = n, "same name"
				continue
			}
			if why == "" {
				continue
			}
			rule[i] = why
			if n, ok := byName[key]; ok {
				owner[i] = n
				continue
			}
			if n, ok := bySurname[f.surname(c)]; ok && (!long || strings.HasSuffix(out[n].Name, " "+f.doc.Slice(f.doc.Covering(c.first, c.last)))) {
				owner[i] = n
				continue
			}
			owner[i] = len(out)
			byName[key] = len(out)
			if s := f.surname(c); s != "" {
				if _, taken := bySurname[s]; !taken {
					bySurname[s] = len(out)
				}
			}
			out = append(out, Person{Name: f.doc.Slice(f.doc.Covering(c.first, c.last))})
		}
	}
	for i := range all {
		c := &all[i]
		if rule[i] != "" {
			continue
		}
		n, ok := bySurname[f.surname(c)]
		if !ok || c.last-c.first > 2 || f.doc.Lower(c.first-1) == "the" || len(f.doc.Word(c.last-1)) < 3 {
			continue
		}
		if c.last-c.first == 2 && !strings.Contains(out[n].Name, f.doc.Word(c.first)) {
			continue
		}
		owner[i], rule[i] = n, "surname"
	}
	for i := range all {
		if owner[i] < 0 {
			continue
		}
		c, p := &all[i], &out[owner[i]]
		span := f.doc.Covering(c.first, c.last)
		p.Mentions = append(p.Mentions, Mention{span, rule[i]})
		role := f.doc.RoleAt(span.Start)
		if role != text.Author && role != text.Bio && role != text.Boilerplate {
			inNews[owner[i]] = true
		}
		if len(f.doc.Slice(span)) > len(p.Name) {
			p.Name = f.doc.Slice(span)
		}
		f.role(p, c)
	}
	f.compounds(out, bySurname)
	var kept []Person
	for n := range out {
		if len(out[n].Mentions) == 0 {
			continue
		}
		out[n].Name = strings.Join(strings.Fields(out[n].Name), " ")
		if !inNews[n] {
			if !f.byline(&out[n]) {
				continue
			}
			out[n].Author = true
		}
		kept = append(kept, out[n])
	}
	sortByFirst(kept)
	f.references(kept)
	return kept
}

// compounds finds persons inside words: "pro-Morales", "anti-Putin".
func (f *finder) compounds(people []Person, bySurname map[string]int) {
	for i := range f.doc.Tokens {
		prefix, name, found := strings.Cut(f.doc.Word(i), "-")
		if !found || !capitalised(name) || !stances[strings.ToLower(prefix)] {
			continue
		}
		if n, ok := bySurname[strings.ToLower(name)]; ok {
			end := f.doc.Tokens[i].End
			p := &people[n]
			p.Mentions = append(p.Mentions, Mention{text.Span{Start: end - len(name), End: end}, "compound"})
			slices.SortFunc(p.Mentions, func(a, b Mention) int { return a.Start - b.Start })
		}
	}
}

// stances are what may stand before a person's name in one word.
var stances = map[string]bool{"pro": true, "anti": true, "post": true, "pre": true, "non": true}

func (f *finder) byline(p *Person) bool {
	for _, m := range p.Mentions {
		if r := f.doc.RoleAt(m.Start); r == text.Author || r == text.Bio {
			return true
		}
	}
	return false
}

func sortByFirst(list []Person) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j].Mentions[0].Start < list[j-1].Mentions[0].Start; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// key is the name as compared: without case and signs.
func (f *finder) key(c *candidate) string {
	var b strings.Builder
	for i := c.first; i < c.last; i++ {
		b.WriteString(strings.TrimSuffix(f.doc.Lower(i), "."))
		b.WriteByte(' ')
	}
	return b.String()
}

// surname is the last word of a name, without its article.
func (f *finder) surname(c *candidate) string {
	w := f.doc.Lower(c.last - 1)
	for _, article := range []string{"al-", "el-", "ul-"} {
		w = strings.TrimPrefix(w, article)
	}
	if w == "jr." || w == "sr." || w == "jr" || w == "ii" || w == "iii" {
		return ""
	}
	return w
}

// role takes the office from the title before a name or the apposition after it.
func (f *finder) role(p *Person, c *candidate) {
	if c.title != "" && (p.Role == "" && c.class != "honorific" || c.class == "office" && !strings.Contains(p.Role, "Minister") && len(c.title) > len(p.Role)) {
		p.Role, p.RoleSpan = c.title, f.doc.Covering(c.titleFirst, c.first)
		if n := f.country0(c.titleFirst - 1); n >= 0 {
			p.Country = f.found[n].Country
		}
		return
	}
	if p.Role != "" {
		return
	}
	// "Iraqi foreign minister X", "spokesman X"
	i := c.first - 1
	if roleNouns[f.doc.Lower(i)] {
		start := i
		for start > 0 && (strings.HasPrefix(f.doc.Tag(start-1), "JJ") || strings.HasPrefix(f.doc.Tag(start-1), "NN")) && f.country[start-1] < 0 && i-start < 4 {
			start--
		}
		p.RoleSpan = f.doc.Covering(start, i+1)
		p.Role = f.doc.Slice(p.RoleSpan)
		if n := f.country0(start - 1); n >= 0 {
			p.Country = f.found[n].Country
		}
		return
	}
	if !f.roleAfter(c) {
		return
	}
	start := c.last + 1
	if f.doc.Tag(start) == "DT" {
		start++
	}
	var code countries.Code
	for j := start; j < start+8 && j < len(f.doc.Tokens); j++ {
		if f.country[j] >= 0 {
			code = f.found[f.country[j]].Country
			start = j + 1
			if f.doc.Tag(start) == "POS" {
				start++
			}
			continue
		}
		if roleNouns[f.doc.Lower(j)] {
			p.RoleSpan = f.doc.Covering(start, j+1)
			p.Role = f.doc.Slice(p.RoleSpan)
			if code == "" && f.doc.Lower(j+1) == "of" {
				if n := f.country0(j + 2); n >= 0 {
					code = f.found[n].Country
				}
			}
			p.Country = code
			return
		}
	}
}

// country0 returns the country mention at token i or, past a possessive, before it.
func (f *finder) country0(i int) int {
	if i > 0 && f.doc.Tag(i) == "POS" {
		i--
	}
	if i < 0 || i >= len(f.country) {
		return -1
	}
	return int(f.country[i])
}

// references finds "the prime minister" and the pronouns that stand for a person.
func (f *finder) references(people []Person) {
	offices := map[string]int{}
	for n := range people {
		if people[n].Author || people[n].Role == "" {
			continue
		}
		for _, o := range []string{strings.ToLower(people[n].Role)} {
			if old, ok := offices[o]; ok && old != n {
				offices[o] = -1 // two of them: nobody knows which
				continue
			}
			offices[o] = n
		}
	}
	at := make([]int, len(f.doc.Tokens))
	for i := range at {
		at[i] = -1
	}
	for n := range people {
		for _, m := range people[n].Mentions {
			if f.doc.RoleAt(m.Start) != text.News {
				continue
			}
			for first, last := f.doc.TokensIn(m.Span); first < last; first++ {
				at[first] = n
			}
		}
	}
	last, lastSentence := -1, -1
	for s, sentence := range f.doc.Sentences {
		for i := sentence.First; i < sentence.Last; i++ {
			if at[i] >= 0 && !people[at[i]].Author {
				last, lastSentence = at[i], s
				continue
			}
			switch f.doc.Lower(i) {
			case "he", "she":
				if last >= 0 && s-lastSentence <= 2 {
					people[last].References = append(people[last].References, Reference{f.doc.Tokens[i].Span, "pronoun"})
					lastSentence = s
				}
			case "the":
				n, end := f.office(i+1, sentence.Last, offices)
				if end > 0 && n >= 0 && (end >= sentence.Last || at[end] < 0) {
					people[n].References = append(people[n].References, Reference{f.doc.Covering(i, end), "office"})
					last, lastSentence = n, s
				}
			}
		}
	}
}

// office returns whose office the words at token i name, and the token after them.
func (f *finder) office(i, last int, offices map[string]int) (int, int) {
	key := ""
	for j := i; j < last && j-i < 4; j++ {
		if key != "" {
			key += " "
		}
		key += f.doc.Lower(j)
		if n, ok := offices[key]; ok && !strings.HasPrefix(f.doc.Tag(j+1), "NNP") && f.doc.Tag(j+1) != "POS" {
			return n, j + 1
		}
	}
	return -1, 0
}
