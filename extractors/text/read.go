package text

// Read reads an article: the title, when it came apart from the body, else "",
// and the body as received. Any input gives a document, in time linear in its
// length.
func Read(title, body string) *Document {
	d := newDocument(title, body)
	d.Tokens = tokenize(d.Text)
	d.lower = make([]string, len(d.Tokens))
	words := make([]*lexeme, len(d.Tokens))
	for i := range d.Tokens {
		words[i] = lexemeOf(d.Word(i))
		d.lower[i] = words[i].lower
	}
	d.anatomy()
	breaks := make([]int, len(d.Parts))
	for i, p := range d.Parts {
		breaks[i] = p.Start
	}
	d.split(breaks)
	d.recase()
	d.tag(words)
	return d
}

// newDocument puts a title and a body in one text.
func newDocument(title, body string) *Document {
	if title == "" {
		return &Document{Text: body}
	}
	return &Document{Text: title + "\n\n" + body, Body: len(title) + len("\n\n")}
}
