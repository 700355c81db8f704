package people

import (
	"strings"

	"sitrep/extractors/text"
)

// bylined returns the names in the lines that name the author.
func (r *reading) bylined(taken []bool) []candidate {
	var out []candidate
	for i := 0; i < len(r.doc.Tokens); {
		end := i
		for end < len(r.doc.Tokens) && r.part[end] == text.Author && end-i < longestName && !taken[end] && r.signs(end) {
			end++
		}
		if end-i > 1 && (!shouting(r.doc.Word(i)) || r.given(i)) {
			out = append(out, candidate{first: i, last: end, rule: "byline"})
		}
		i = max(end, i+1)
	}
	return out
}

// given reports whether token i is a first name.
func (r *reading) given(i int) bool {
	_, ok := r.lex.given[fold(r.doc.Word(i))]
	return ok
}

// signs reports whether token i of a byline may be a word of the name.
func (r *reading) signs(i int) bool {
	w := r.doc.Word(i)
	return capitalised(w) && r.country[i] < 0 && !r.group[i] && !notBylines[r.doc.Lower(i)] || particles[w] && capitalised(r.doc.Word(i+1)) || r.article(i)
}

var notBylines = set("by author written posted reported reporting words story text correspondent reporter editor staff writer and the in with from for news agency associated press reuters afp ap our bureau desk service special published updated contributor")

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
		if !capitalised(r.doc.Word(i)) || taken[i] || capitalised(r.doc.Word(i-1)) ||
			r.doc.Tag(i-1) != "NN" && !strings.Contains(r.doc.Word(i-1), "-") {
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
