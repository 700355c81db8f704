package text

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Words that are mostly written small, a line each; made by cmd/train gazetteer.
//
//go:embed small.txt
var smallTXT string

var small = sync.OnceValue(func() map[string]bool {
	lines := strings.Split(strings.TrimSpace(smallTXT), "\n")
	m := make(map[string]bool, len(lines))
	for _, w := range lines[1:] {
		m[w] = true
	}
	return m
})

// IsSmall reports whether news writes the word w, given in lower case, mostly
// without a capital.
func IsSmall(w string) bool { return small()[w] }

// Form returns token i as it would be written in running text: the token as it
// stands, but "Gunmen" or "gunmen" for "GUNMEN" in a sentence all in capitals.
func (d *Document) Form(i int) string {
	if i >= 0 && i < len(d.forms) && d.forms[i] != "" {
		return d.forms[i]
	}
	return d.Word(i)
}

// recase fills forms for the sentences that are all in capitals.
func (d *Document) recase() {
	for _, s := range d.Sentences {
		if !d.shouted(s) {
			continue
		}
		if d.forms == nil {
			d.forms = make([]string, len(d.Tokens))
		}
		opens := true
		for i := s.First; i < s.Last; i++ {
			d.forms[i] = d.form(i, opens)
			if r, _ := utf8.DecodeRuneInString(d.Word(i)); unicode.IsLetter(r) {
				opens = false
			}
		}
	}
}

// shouted reports whether s has at least three words and nearly all letters of
// its longer words are capitals.
func (d *Document) shouted(s Sentence) bool {
	capitals, others := 0, 0
	for i := s.First; i < s.Last; i++ {
		w := d.Word(i)
		if len(w) < 2 || !isCapital(w) && d.lower[i] != w {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsLetter(r) {
			continue
		}
		if IsUpper(w) {
			capitals++
		} else {
			others++
		}
	}
	return capitals >= 3 && capitals > 6*others
}

// form returns token i of a sentence in capitals in running text; opens says that
// it is the first word.
func (d *Document) form(i int, opens bool) string {
	w := d.Word(i)
	low := strings.ToLower(w)
	if !IsUpper(w) || low == w || !isContraction(low) && d.isAcronym(i) {
		return w
	}
	if IsSmall(d.lower[i]) || isContraction(low) {
		if opens {
			return capitalise(low)
		}
		return low
	}
	var b strings.Builder
	for n, part := range strings.Split(low, "-") {
		if n > 0 {
			b.WriteByte('-')
		}
		if n > 0 && IsSmall(part) {
			b.WriteString(part)
		} else {
			b.WriteString(capitalise(part))
		}
	}
	return b.String()
}

// isAcronym reports whether token i is written in capitals anywhere: it stands
// alone in brackets, has dots, or no vowels.
func (d *Document) isAcronym(i int) bool {
	w := d.Word(i)
	if len(w) < 2 || strings.Contains(w, ".") && len(w) > 2 && w[1] == '.' {
		return true
	}
	before, after := d.Word(i-1), d.Word(i+1)
	return (before == "(" || before == "[") && (after == ")" || after == "]") && len(w) < 9 ||
		len(w) < 6 && !strings.ContainsAny(w, "AEIOUY") && !IsSmall(d.lower[i])
}

func isContraction(low string) bool {
	return strings.HasPrefix(low, "'") || strings.HasPrefix(low, "’") || low == "n't" || low == "n’t"
}

// capitalise returns s with its first letter large.
func capitalise(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
