package text

import "regexp"

var stubToken = regexp.MustCompile(`[\pL\pN]+(?:[-.,'’][\pL\pN]+)*|\S`)

// Read (being written; this is a stand-in until the real one lands).
func Read(title, body string) *Document {
	d := &Document{Text: body}
	if title != "" {
		d.Text = title + "\n\n" + body
		d.Body = len(title) + 2
	}
	for _, m := range stubToken.FindAllStringIndex(d.Text, -1) {
		d.Tokens = append(d.Tokens, Token{Span{m[0], m[1]}, "NN"})
		d.lower = append(d.lower, fold(d.Text[m[0]:m[1]]))
	}
	first := 0
	for i, t := range d.Tokens {
		if w := d.Slice(t.Span); w == "." || i == len(d.Tokens)-1 {
			d.Sentences = append(d.Sentences, Sentence{d.Covering(first, i+1), first, i + 1})
			first = i + 1
		}
	}
	d.Parts = []Part{{Span{0, len(d.Text)}, News}}
	return d
}
