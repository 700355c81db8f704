package text

import (
	"regexp"
	"strings"
)

// A box is what a run of lines belongs to, once its label was read.
type box uint8

const (
	noBox     box = iota
	linkBox       // "Related articles" and the headlines below
	letterBox     // "Newsletter" and what it says
	bioBox        // "About the author" and the lines below
)

// rest gives roles to the paragraphs from the first news on.
func (a *anatomist) rest() {
	open := noBox
	for i := a.news; i < len(a.paragraphs); i++ {
		a.roles[i], open = a.bodyRole(i, open)
	}
}

// bodyRole returns the role of paragraph i, before which open is the box, and the
// box it stands in or opens.
func (a *anatomist) bodyRole(i int, open box) (Role, box) {
	l := &a.lines[i]
	c := cues()
	prose := l.prose()
	switch {
	case c.related.labels(l.lower), l.short(40) && strings.HasPrefix(l.lower, "latest ") && strings.HasSuffix(l.lower, " news"):
		return Related, linkBox
	case c.box.labels(l.lower):
		return Boilerplate, letterBox
	case c.label.labels(l.lower):
		return Boilerplate, noBox
	case a.title != "" && l.lower == a.title:
		return Title, noBox
	case l.short(maxLine) && c.correction.in(l.lower):
		return Correction, noBox
	case l.short(250) && c.related.open(l.lower) && !(prose && (l.quotes() || !strings.ContainsAny(l.text[:min(len(l.text), 30)], ":|"))):
		return Related, a.opened(i)
	case c.box.open(l.lower) && l.short(250):
		return Boilerplate, noBox
	case a.isBio(i), open == bioBox && a.author != "" && strings.HasPrefix(l.text, a.author):
		return Bio, bioBox
	case l.boilerplate():
		return Boilerplate, open
	case l.caption() && !(prose && l.quotes()):
		return Caption, noBox
	case !prose && l.bylined() && l.short(100):
		return Author, noBox
	case !prose && l.timestamp():
		return Timestamp, noBox
	case l.alone():
		return Dateline, noBox
	case (!prose || c.stamp.open(l.lower)) && l.publication() && !l.bulleted():
		return Publication, noBox
	case !l.worded(), l.barred():
		return Boilerplate, open
	case open == linkBox && l.linked(), open == letterBox && prose && l.short(140) && l.asks():
		return inBox(open), open
	case prose:
		return News, noBox
	case open != noBox:
		return inBox(open), open
	case (l.subhead() || a.isNumbered(i)) && !a.spoken && i > a.news && i+1 < len(a.paragraphs):
		return Section, noBox
	}
	return News, noBox
}

// opened returns the box below line i, which opens as links do: "More from Ghana"
// stands over some, "Read more: Ghana opens a camp" is one.
func (a *anatomist) opened(i int) box {
	if l := &a.lines[i]; l.prose() || strings.Contains(l.text, ":") {
		return noBox
	}
	return linkBox
}

func inBox(b box) Role {
	switch b {
	case linkBox:
		return Related
	case bioBox:
		return Bio
	}
	return Boilerplate
}

// linked reports whether a line in a box of links is a headline that asks: "Why is
// the army leaving the northern towns?"
func (l *line) linked() bool {
	return l.short(130) && strings.HasSuffix(l.text, "?") && !strings.Contains(l.text, ". ")
}

// quotes reports whether the line holds words in quotation marks.
func (l *line) quotes() bool { return strings.ContainsAny(l.text, "\"“”") }

// isNumbered reports whether paragraph i is a subhead with a number, "2. The bridge",
// rather than an item of a list.
func (a *anatomist) isNumbered(i int) bool {
	l := &a.lines[i]
	if !l.short(80) || !numberedRE.MatchString(l.text) || strings.HasSuffix(l.text, ".") || i+1 == len(a.paragraphs) {
		return false
	}
	next := &a.lines[i+1]
	return next.prose() && !next.bulleted()
}

// How services sign: "ub/jk (AFP, dpa)", "Owusu and Mensah reported from Accra, Boateng
// from Wa."
var (
	initialsRE = regexp.MustCompile(`^[a-z]{2,4}(?:[/,] ?[a-z]{2,4})* \([A-Z][^()]*\)$`)
	reportedRE = regexp.MustCompile(`^\p{Lu}[\pL'’-]+(?:(?: |, |,? and )\p{Lu}[\pL'’-]+){0,5} reported from \p{Lu}[^.]{2,100}\.$`)
)

// signsOff reports whether the line is how a service signs.
func (l *line) signsOff() bool {
	return strings.HasSuffix(l.text, ")") && initialsRE.MatchString(l.text) || strings.Contains(l.text, " reported from ") && reportedRE.MatchString(l.text)
}

// isBio reports whether paragraph i tells of the author rather than the news.
func (a *anatomist) isBio(i int) bool {
	l := &a.lines[i]
	c := cues()
	if !l.whole {
		return false
	}
	if c.bio.open(l.lower) || c.bio.held(l.lower) || l.signsOff() {
		return true
	}
	text := strings.TrimLeft(l.text, " -–—")
	rest, found := strings.CutPrefix(text, "Author ")
	if a.author == "" {
		return found && looksLikeName(rest)
	}
	if words := strings.SplitN(l.lower, " ", 3); len(words) == 3 && strings.Contains(a.byline, words[0]+" "+words[1]) && c.profession.held(words[2]) {
		return true
	}
	if found && strings.EqualFold(rest, a.author) {
		return true
	}
	return len(text) >= len(a.author) && strings.EqualFold(text[:len(a.author)], a.author) && (len(text) == len(a.author) || c.profession.held(l.lower))
}
