package text

// Read reads an article: the title, when it came apart from the body, else "",
// and the body as received. Any input gives a document, in time linear in its
// length.
func Read(title, body string) *Document {
	d := &Document{Text: body}
	if title != "" {
		d.Text = title + "\n\n" + body
		d.Body = len(title) + len("\n\n")
	}
	d.Tokens = tokenize(d.Text)
	d.lower = make([]string, len(d.Tokens))
	for i := range d.Tokens {
		d.lower[i] = fold(d.Word(i))
	}
	d.anatomy()
	breaks := make([]int, len(d.Parts))
	for i, p := range d.Parts {
		breaks[i] = p.Start
	}
	d.split(breaks)
	d.recase()
	d.tag()
	return d
}
