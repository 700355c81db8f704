package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxSentence is the largest number of tokens in a sentence. A longer one is
// cut, so that what reads a sentence at a time stays linear in the text.
const maxSentence = 400

// split cuts tokens into sentences. breaks holds, in ascending order, offsets at
// which one must begin: paragraphs and parts.
func (d *Document) split(breaks []int) {
	first := 0
	for i := range d.Tokens {
		next := i + 1
		if next == len(d.Tokens) {
			d.endSentence(first, next)
			break
		}
		for len(breaks) > 0 && breaks[0] <= d.Tokens[i].Start {
			breaks = breaks[1:]
		}
		forced := len(breaks) > 0 && breaks[0] <= d.Tokens[next].Start
		if forced || next-first >= maxSentence || d.ends(first, i) {
			d.endSentence(first, next)
			first = next
		}
	}
}

func (d *Document) endSentence(first, last int) {
	d.Sentences = append(d.Sentences, Sentence{d.Covering(first, last), first, last})
}

// ends reports whether token i closes the sentence begun at token first.
func (d *Document) ends(first, i int) bool {
	switch w := d.Word(i); {
	case w == "." || w == "!" || w == "?":
		if isClosing(d.Word(i+1)) && d.touches(i+1) || i > 0 && i-first < 1 {
			return false
		}
		return d.begins(i+1, first, i)
	case isClosing(w):
		j := i - 1
		for j > first && isClosing(d.Word(j)) {
			j--
		}
		p := d.Word(j)
		if p != "." && p != "!" && p != "?" || !d.touches(i) || isClosing(d.Word(i+1)) && d.touches(i+1) {
			return false
		}
		return d.begins(i+1, first, i)
	case strings.Trim(w, ".") == "" || w == "…":
		return d.begins(i+1, first, i) && !d.touches(i+1)
	case strings.HasSuffix(w, ".") && len(w) > 1:
		word := strings.ToLower(w[:len(w)-1])
		return (endsSentence[word] || strings.Contains(word, ".")) && isCapital(d.Word(i+1)) && starters[d.Lower(i+1)]
	}
	return false
}

// begins reports whether token i may begin a sentence after the end mark at
// token end of the sentence begun at first.
func (d *Document) begins(i, first, end int) bool {
	w := d.Word(i)
	r, _ := utf8.DecodeRuneInString(w)
	if end == first+1 && d.touches(end) && isNumber(d.Word(first)) {
		return false // "1. Troops leave": a list number
	}
	if isOpening(w) {
		r, _ = utf8.DecodeRuneInString(d.Word(i + 1))
	}
	return !unicode.IsLower(r)
}

// touches reports whether no blank stands between token i and the one before.
func (d *Document) touches(i int) bool {
	return i > 0 && i < len(d.Tokens) && d.Tokens[i].Start == d.Tokens[i-1].End
}

func isClosing(w string) bool {
	switch w {
	case `"`, "”", "’", "'", "''", ")", "]", "»", "›":
		return true
	}
	return false
}

func isOpening(w string) bool {
	switch w {
	case `"`, "“", "‘", "'", "``", "(", "[", "«", "„", "-", "–", "—", "•", "*":
		return true
	}
	return false
}

func isCapital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}

func isNumber(w string) bool {
	for i := range len(w) {
		if !isDigit(w, i) {
			return false
		}
	}
	return w != ""
}
