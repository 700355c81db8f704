package people

import (
	"strings"

	"sitrep/extractors/names"
)

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
