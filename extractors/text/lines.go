package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is the beginning of a paragraph, by which it is judged: a long paragraph
// is news, so that no rule needs more than this.
type line struct {
	text  string // as received, blanks made plain
	lower string // in lower case with straight apostrophes, marks before it left out
	whole bool   // the paragraph is no longer
	stamp *stamp // nil while not asked for
}

const maxLine = 600

func newLine(paragraph string) line {
	l := line{text: softened(paragraph[:min(len(paragraph), maxLine)]), whole: len(paragraph) <= maxLine}
	l.lower = strings.TrimLeft(fold(l.text), " -–—|•·>*#▶►")
	return l
}

// softened returns s with plain blanks, without moving what stands behind them.
func softened(s string) string {
	if !strings.ContainsRune(s, '\u00a0') && !strings.ContainsRune(s, '\u202f') {
		return s
	}
	return hardBlanks.Replace(s)
}

var hardBlanks = strings.NewReplacer("\u00a0", "  ", "\u202f", "   ")

// short reports whether the paragraph has less than n bytes.
func (l *line) short(n int) bool { return l.whole && len(l.text) < n }

// prose reports whether the line reads as one or more whole sentences.
func (l *line) prose() bool {
	words := 0
	for range strings.FieldsSeq(l.text) {
		words++
	}
	end := strings.TrimRight(l.text, "\"'”’)]» ")
	whole := !l.whole
	for _, mark := range [...]string{".", "!", "?", "…", ":"} {
		whole = whole || strings.HasSuffix(end, mark)
	}
	return whole && words >= 8 || words >= 30 || words >= 16 && strings.Contains(l.text, ". ")
}

// bulleted reports whether the line is an item of a list.
func (l *line) bulleted() bool {
	r, _ := utf8.DecodeRuneInString(l.text)
	return strings.ContainsRune("•·*-–—▪●◦‣", r) || numberedRE.MatchString(l.text)
}

var numberedRE = regexp.MustCompile(`^\d{1,2}[.)] `)

// asks reports whether the line speaks to the reader rather than quotes somebody.
func (l *line) asks() bool {
	if strings.ContainsAny(l.text, "\"“”") {
		return false
	}
	for w := range strings.FieldsSeq(l.lower) {
		switch strings.TrimRight(w, ".,!?:;") {
		case "you", "your", "you'll", "you're", "you've", "our", "us", "here":
			return true
		}
	}
	return false
}

// boilerplate reports whether the line is a button, a notice or a plea.
func (l *line) boilerplate() bool {
	c := cues()
	switch {
	case !l.short(400):
		return false
	case c.boilerplate.in(l.lower), isCopyright(l.lower), strings.HasPrefix(l.lower, "the post ") && strings.Contains(l.lower, " appeared first on "), c.button.open(l.lower), l.short(40) && countRE.MatchString(l.lower):
		return true
	case c.button.held(l.lower):
		return !l.prose() || l.asks()
	}
	return c.plea.open(l.lower) && (!l.prose() && l.short(60) || l.asks()) || l.short(250) && c.plea.held(l.lower) && l.asks()
}

// countRE counts what readers left: "203 comments", "New, 12 shares".
var countRE = regexp.MustCompile(`^(?:new, )?\d[\d,]* (?:comments?|shares?|views?|likes?|replies)\b`)

// isCopyright reports whether line claims the text rather than a picture: "© 2024 Ama News".
func isCopyright(line string) bool {
	_, after, found := strings.Cut(line, "©")
	after = strings.TrimLeft(after, " ")
	return found && (strings.HasPrefix(after, "19") || strings.HasPrefix(after, "20") || strings.HasPrefix(after, "copyright"))
}

// caption reports whether the line is the text of a picture or its credit.
func (l *line) caption() bool {
	c := &cues().caption
	return l.short(maxLine) && (l.credited() || strings.HasPrefix(l.lower, "©") || strings.Contains(l.lower, ". ©") || c.open(l.lower) || c.held(l.lower) || c.closes(strings.TrimRight(l.lower, " .)]|")) || c.closes(l.lower))
}

// credited reports whether the line ends with who took and who owns a picture: "… in Wa. (Ama Owusu/Accra Herald)".
func (l *line) credited() bool {
	return strings.HasSuffix(strings.TrimSuffix(l.text, "."), ")") && creditRE.MatchString(l.text)
}

var creditRE = regexp.MustCompile(`\(\p{Lu}[^()]{1,40}/ ?\p{Lu}[^()]{1,40}\)\.?$`)

// titular reports whether the line can be a headline.
func (l *line) titular() bool {
	n := len(strings.Fields(l.text))
	trails := strings.Count(l.text, " / ") + strings.Count(l.text, " » ") + strings.Count(l.text, " > ") + strings.Count(l.text, " | ") + strings.Count(l.text, " › ")
	trail := trails > 0 && n < 8 || trails > 1 || strings.HasPrefix(l.lower, "home ") && trails > 0
	return n >= 3 && n <= 30 && l.short(250) && !trail && !l.prose()
}

// worded reports whether the line has a letter, or is long: "___" and "0 / 0" are no words.
func (l *line) worded() bool { return !l.short(12) || strings.ContainsFunc(l.text, unicode.IsLetter) }

// barred reports whether the line is a row of buttons, "HOME | LINKS | CONTACT", or
// nothing but an address.
func (l *line) barred() bool {
	return l.short(200) && (strings.Count(l.text, " | ") > 1 && !l.prose() || !strings.Contains(l.text, " ") && (strings.Contains(l.text, "@") || strings.Contains(l.text, "://")))
}

// masthead reports whether the line is the name of a paper or a letterhead: "The
// Accra Herald", "Northern Command - Ghana".
func (l *line) masthead() bool {
	words := strings.Fields(l.text)
	if len(words) > 6 || !cues().masthead.closes(l.lower) && !strings.Contains(l.text, "- ") {
		return false
	}
	for _, w := range words {
		if !isCapital(w) && w != "of" && w != "the" && w != "-" {
			return false
		}
	}
	return true
}

// subhead reports whether the line is a short label between paragraphs.
func (l *line) subhead() bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(l.text, "‘'\"“"))
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.text, "’'\"”"))
	return l.short(100) && (unicode.IsUpper(first) || unicode.IsDigit(first)) && (unicode.IsLetter(last) || last == '?' || unicode.IsDigit(last) && !strings.Contains(l.text, ": ")) &&
		strings.Count(l.text, " ") < 12 && !l.bulleted()
}
