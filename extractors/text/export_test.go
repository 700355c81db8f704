package text

// Parts finds the parts of an article alone.
func Parts(title, body string) []Part {
	d := newDocument(title, body)
	d.anatomy()
	return d.Parts
}
