package people

import (
	"strings"

	"sitrep/extractors/text"
)

// quotations returns what stands between quotation marks, and for each token the
// index of its quotation or -1. A mark that is not closed in its paragraph quotes
// the rest of it, as where a speech goes on in the next.
func quotations(doc *text.Document) (quotes []span, at []int32) {
	at = make([]int32, len(doc.Tokens))
	open, part := -1, 0
	end := func(i int) {
		if open >= 0 {
			for k := open + 1; k < i; k++ {
				at[k] = int32(len(quotes))
			}
			quotes = append(quotes, span{open + 1, i})
			open = -1
		}
	}
	for i := range doc.Tokens {
		at[i] = -1
		for part < len(doc.Parts) && doc.Parts[part].End <= doc.Tokens[i].Start {
			part++
			end(i)
		}
		w := doc.Word(i)
		switch {
		case open >= 0 && closesQuote(w, doc.Word(open)):
			end(i)
		case (open < 0 || w == "“" || w == "``") && opensQuote(w):
			open = i
		}
	}
	end(len(doc.Tokens))
	return quotes, at
}

func opensQuote(w string) bool {
	switch w {
	case `"`, "“", "``", "«", "„", "‘", "`":
		return true
	}
	return false
}

func closesQuote(w, open string) bool {
	switch open {
	case "“", "„":
		return w == "”" || w == `"`
	case "``":
		return w == "''" || w == `"`
	case "«":
		return w == "»"
	case "‘", "`":
		return w == "’" || w == "'"
	}
	return w == `"` || w == "''" || w == "”"
}

// maxTitle is the most tokens that the title of a work has.
const maxTitle = 9

// work reports whether token i stands in a quotation that is the title of a work
// or a word spoken of, and not speech: "Angela's Ashes", "Hamlet". Its words of
// more than three letters are written large, and it is no whole sentence.
func (r *reading) work(i int) bool {
	if r.quote[i] < 0 {
		return false
	}
	q := r.quotes[r.quote[i]]
	for q.last > q.first && strings.ContainsAny(r.doc.Word(q.last-1), ".,;:!?") && len(r.doc.Word(q.last-1)) == 1 {
		q.last--
	}
	if q.last-q.first > maxTitle || q.first >= q.last || !capitalised(r.doc.Word(q.first)) || spoken[r.doc.Lower(q.first-2)] {
		return false
	}
	for k := q.first; k < q.last; k++ {
		if w := r.doc.Word(k); len(w) > 3 && !capitalised(w) && isWordy(w) {
			return false
		}
	}
	return true
}

// spoken are words before a quoted name that is somebody's all the same: a man
// known as "Carlos".
var spoken = set("as called alias named dubbed nicknamed codenamed aka guerre name pseudonym nickname")
