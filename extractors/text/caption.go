package text

// captions finds what stands above a line that only says whose the picture is:
// "Guards on the bridge in Wa" / "Getty Images".
func (a *anatomist) captions() {
	for i := 1; i < len(a.paragraphs); i++ {
		if !a.isCredit(i) {
			continue
		}
		a.roles[i] = Caption
		if l := &a.lines[i-1]; a.roles[i-1] == Section && l.short(200) && !l.prose() {
			a.roles[i-1] = Caption
		}
	}
}

// isCredit reports whether line i is nothing but the owner of a picture.
func (a *anatomist) isCredit(i int) bool {
	l := &a.lines[i]
	c := cues()
	return i > a.news && l.short(30) && (a.roles[i] == Caption && c.caption.closes(l.lower) || a.roles[i] == Section && c.desk.labels(l.lower))
}
