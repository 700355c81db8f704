package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A paragraph is judged by its looks, so a long one is news: no rule reads more
// than this many bytes of it.
const maxLabel = 600

// A publication line states when the article came out or how long it reads.
var publicationRE = regexp.MustCompile(`(?i)\b\d{1,2} ?min(ute)?s?\.? read\b|^\W*(published|updated|posted|last updated|last modified|first published)\b.*\d|` +
	`\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}\b|\b\d{1,2}(st|nd|rd|th)?,? (jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? \d{4}\b|` +
	`\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{4}\b`)

// What ends a dateline, the agency in it, the month in it.
var (
	datelineEnd = regexp.MustCompile(`\s[-_–—]+\s|\)\s*[-_–—]+|\s--+|[\pL)][–—]`)
	agencyRE    = regexp.MustCompile(`\([A-Z][^()]{1,40}\)`)
	monthRE     = regexp.MustCompile(`(?i)\b(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b`)
)

// anatomy finds the parts of d: what stands before, around and after the news.
func (d *Document) anatomy() {
	if title := trim(d.Text, Span{0, d.Body}); title.Len() > 0 {
		d.Parts = append(d.Parts, Part{title, Title})
	}
	paragraphs := paragraphsOf(d.Text, d.Body)
	a := anatomist{text: d.Text, titled: d.Body > 0, paragraphs: paragraphs, roles: make([]Role, len(paragraphs))}
	a.head()
	a.rest()
	for i, p := range paragraphs {
		if line := a.dateline(i); line.Len() > 0 {
			d.Parts = append(d.Parts, Part{line, Dateline})
			p = trim(d.Text, Span{line.End, p.End})
		}
		if p.Len() > 0 {
			d.Parts = append(d.Parts, Part{p, a.roles[i]})
		}
	}
}

// An anatomist gives each paragraph its role.
type anatomist struct {
	text       string
	titled     bool // the title is known
	paragraphs []Span
	roles      []Role
	news       int    // the first paragraph of news
	author     string // the name in the byline
	dated      bool   // a dateline has been found
}

func (a *anatomist) line(i int) string {
	p := a.paragraphs[i]
	return a.text[p.Start:min(p.End, p.Start+maxLabel)]
}

// head finds what stands above the news: section, title, author, publication
// line, picture.
func (a *anatomist) head() {
	for a.news < len(a.paragraphs) && !a.isNews(a.news) {
		a.news++
	}
	if a.news == len(a.paragraphs) {
		a.news = 0 // nothing but short lines: a table, or one sentence
		if len(a.paragraphs) < 2 || a.titled || !looksLikeTitle(a.line(0)) {
			return
		}
		a.roles[0] = Title
		a.titled = true
		a.news = 1
		return
	}
	for i := range a.news {
		a.roles[i] = a.headRole(i)
	}
	for i := range a.news {
		if a.roles[i] == Section && a.titled && a.isByline(i) {
			a.roles[i] = Author
		}
		if a.roles[i] == Author && a.author == "" {
			a.author = bylineName(a.line(i))
		}
	}
}

func (a *anatomist) headRole(i int) Role {
	line := a.line(i)
	lower := strings.ToLower(line)
	switch {
	case isBylined(line):
		return Author
	case isBoxLabel(lower), isBoilerplate(lower):
		return Boilerplate
	case isCaption(lower):
		return Caption
	case isPublication(line, 120):
		return Publication
	case !a.titled && looksLikeTitle(line):
		a.titled = true
		return Title
	}
	return Section
}

// isByline reports whether paragraph i of the head is a name that stands beside
// the publication line.
func (a *anatomist) isByline(i int) bool {
	if !looksLikeName(a.line(i)) {
		return false
	}
	for j := max(0, i-2); j < min(a.news, i+3); j++ {
		if a.roles[j] == Publication {
			return true
		}
	}
	return false
}

// rest gives roles to the paragraphs from the first news on.
func (a *anatomist) rest() {
	box, bio := false, false // inside a box of links, inside the author's box
	for i := a.news; i < len(a.paragraphs); i++ {
		line := a.line(i)
		lower := strings.ToLower(line)
		prose := isProse(line)
		switch {
		case isBoxLabel(lower):
			a.roles[i] = Boilerplate
			box = true
		case isBio(lower), a.isAuthorBio(line), bio && a.author != "" && strings.HasPrefix(line, a.author):
			a.roles[i] = Bio
			bio = true
		case len(line) < 300 && isBoilerplate(lower):
			a.roles[i] = Boilerplate
		case isCaption(lower):
			a.roles[i] = Caption
		case !prose && isBylined(line) && len(line) < 100:
			a.roles[i] = Author
		case !prose && isPublication(line, 80):
			a.roles[i] = Publication
		case prose:
			box, bio = false, false
		case box:
			a.roles[i] = Boilerplate
		case bio:
			a.roles[i] = Bio
		case isSubhead(line) && i > a.news && i+1 < len(a.paragraphs):
			a.roles[i] = Section
		}
	}
}

// isAuthorBio reports whether line tells of the author rather than the news.
func (a *anatomist) isAuthorBio(line string) bool {
	line = strings.TrimLeft(line, " -–—")
	rest, found := strings.CutPrefix(line, "Author ")
	if a.author == "" {
		return found && looksLikeName(rest)
	}
	if found && strings.EqualFold(rest, a.author) {
		return true
	}
	return strings.HasPrefix(line, a.author) && (len(line) == len(a.author) || containsAny(strings.ToLower(line), professions))
}

// isNews reports whether paragraph i looks like the running text of an article.
func (a *anatomist) isNews(i int) bool {
	line := a.line(i)
	lower := strings.ToLower(line)
	if len(line) < 300 && (isBoilerplate(lower) || isBoxLabel(lower)) || isCaption(lower) {
		return false
	}
	return isProse(line) || datelineLength(line) > 0
}

// dateline returns the span of the dateline that opens paragraph i, empty if
// there is none: "ERBIL, Kurdistan Region of Iraq – ", "LONDON, March 5 - ".
func (a *anatomist) dateline(i int) Span {
	if a.dated || a.roles[i] != News || i > a.news+5 {
		return Span{}
	}
	p := a.paragraphs[i]
	n := datelineLength(a.text[p.Start:p.End])
	a.dated = n > 0
	return Span{p.Start, p.Start + n}
}

func datelineLength(line string) int {
	m := datelineEnd.FindStringIndex(line[:min(len(line), 140)])
	if m == nil {
		return 0
	}
	head := strings.TrimRight(line[:m[1]], " ")
	words := strings.FieldsFunc(line[:m[0]+1], func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(words) == 0 || len(words) > 14 {
		return 0
	}
	small := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !monthRE.MatchString(w) {
			small++
		}
	}
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[m[1]:], " "))
	if small > 2 || !isCapital(words[0]) || unicode.IsLower(after) {
		return 0
	}
	place := head[:m[0]+1]
	shouted := len(words[0]) > 1 && strings.ToUpper(words[0]) == words[0]
	if shouted || agencyRE.MatchString(head) || monthRE.MatchString(place) && strings.ContainsAny(place, "0123456789") {
		return len(head)
	}
	return 0
}

// looksLikeTitle reports whether a line in the head can be the headline.
func looksLikeTitle(line string) bool {
	n := len(strings.Fields(line))
	trail := n < 8 && (strings.Contains(line, " / ") || strings.Contains(line, " » ") || strings.Contains(line, " > ") || strings.Contains(line, " | "))
	return n >= 4 && n <= 30 && !trail && !isProse(line)
}

// looksLikeName reports whether line is nothing but two to five capitalised words.
func looksLikeName(line string) bool {
	words := strings.Fields(line)
	if len(words) < 2 || len(words) > 5 || len(line) > 60 || strings.ContainsAny(line, "0123456789:?!|") {
		return false
	}
	for _, w := range words {
		if !isCapital(w) && w != "and" && w != "de" && w != "van" && w != "bin" && !strings.HasPrefix(w, "al-") {
			return false
		}
	}
	return true
}

// isProse reports whether line reads as one or more whole sentences.
func isProse(line string) bool {
	words := strings.Count(line, " ") + 1
	end := strings.TrimRight(line, "\"'”’)]» ")
	whole := strings.HasSuffix(end, ".") || strings.HasSuffix(end, "!") || strings.HasSuffix(end, "?") || strings.HasSuffix(end, "…") || strings.HasSuffix(end, ":")
	return whole && words >= 8 || words >= 30 || words >= 16 && strings.Contains(line, ". ")
}

func isPublication(line string, limit int) bool {
	return len(line) < limit && strings.ContainsAny(line, "0123456789") && publicationRE.MatchString(line)
}

// isSubhead reports whether line is a short label between paragraphs.
func isSubhead(line string) bool {
	last, _ := utf8.DecodeLastRuneInString(line)
	return len(line) < 100 && (unicode.IsLetter(last) || unicode.IsDigit(last)) && strings.Count(line, " ") < 12
}

// paragraphsOf returns the paragraphs of text from offset start on, without the
// blanks around them: its lines, or, where lines are wrapped at a width, the
// runs of lines that belong together.
func paragraphsOf(text string, start int) []Span {
	lines := linesOf(text, start)
	wrapped := isWrapped(text, lines)
	width := 0
	for _, l := range lines {
		width = max(width, l.Len())
	}
	var out []Span
	for i, l := range lines {
		if l.Len() == 0 {
			continue
		}
		if wrapped && i > 0 && lines[i-1].Len() > 0 && continues(text, lines[i-1], l, width) {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, l)
	}
	return out
}

// linesOf returns the lines of text, trimmed; empty ones have length 0.
func linesOf(text string, start int) []Span {
	var out []Span
	for start < len(text) {
		end, size := len(text), 0
		for i, r := range text[start:] {
			if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
				end, size = start+i, utf8.RuneLen(r)
				break
			}
		}
		out = append(out, trim(text, Span{start, end}))
		start = end + size
	}
	return out
}

func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, size := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !isBlank(r) {
			break
		}
		s.Start += size
	}
	for s.Start < s.End {
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !isBlank(r) {
			break
		}
		s.End -= size
	}
	return s
}

// isWrapped reports whether lines are broken at a width rather than at the end
// of a paragraph: none is long, and most that are followed by another stop in
// the middle of a sentence.
func isWrapped(text string, lines []Span) bool {
	followed, open := 0, 0
	for i, l := range lines {
		if l.Len() > 110 {
			return false
		}
		if i+1 == len(lines) || l.Len() == 0 || lines[i+1].Len() == 0 {
			continue
		}
		followed++
		next, _ := utf8.DecodeRuneInString(text[lines[i+1].Start:])
		if l.Len() > 30 && !strings.ContainsRune(`.!?:”"`, rune(text[l.End-1])) && !unicode.IsUpper(next) {
			open++
		}
	}
	return open >= 2 && open*3 >= followed
}

// continues reports whether line l goes on with the paragraph that line before
// belongs to, in a text wrapped at width.
func continues(text string, before, l Span, width int) bool {
	if l.Start > 1 && (text[l.Start-1] == ' ' || text[l.Start-1] == '\t') && (text[before.End-1] == '.' || text[l.Start-2] == ' ') {
		return false // indented
	}
	next, _ := utf8.DecodeRuneInString(text[l.Start:])
	return unicode.IsLower(next) || before.Len()*10 >= width*7
}
