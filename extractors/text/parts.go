package text

// anatomy finds the parts of d: what stands before, around and after the news.
func (d *Document) anatomy() {
	if title := trim(d.Text, Span{0, d.Body}); title.Len() > 0 {
		d.Parts = append(d.Parts, Part{title, Title})
	}
	paragraphs := paragraphsOf(d.Text, d.Body)
	a := anatomist{text: d.Text, title: fold(d.Slice(trim(d.Text, Span{0, d.Body}))), paragraphs: paragraphs, lines: make([]line, len(paragraphs)), roles: make([]Role, len(paragraphs))}
	for i, p := range paragraphs {
		a.lines[i] = newLine(d.Slice(p))
	}
	a.spoken = a.isSpoken()
	a.head()
	a.rest()
	a.captions()
	a.links()
	a.pullQuotes()
	for i, p := range paragraphs {
		d.Parts = append(d.Parts, a.cut(i, p)...)
	}
}

// cut returns the parts of paragraph i, whose span is p: two where a byline and a
// day share a line, or a dateline opens the news.
func (a *anatomist) cut(i int, p Span) []Part {
	if line := a.dateline(i); line.Len() > 0 {
		return parts(a.text, p, line.End, Dateline, a.roles[i])
	}
	if a.roles[i] == Author || a.roles[i] == Publication {
		switch at, authorFirst := a.lines[i].bylineStamp(); {
		case at == 0:
		case authorFirst:
			return parts(a.text, p, p.Start+at, Author, Publication)
		default:
			return parts(a.text, p, p.Start+at, Publication, Author)
		}
	}
	return []Part{{p, a.roles[i]}}
}

// parts returns what of p stands before offset at and behind it.
func parts(text string, p Span, at int, before, behind Role) []Part {
	out := make([]Part, 0, 2)
	if s := trim(text, Span{p.Start, at}); s.Len() > 0 {
		out = append(out, Part{s, before})
	}
	if s := trim(text, Span{at, p.End}); s.Len() > 0 {
		out = append(out, Part{s, behind})
	}
	return out
}

// An anatomist gives each paragraph its role.
type anatomist struct {
	text       string
	title      string // in lower case, "" while it is not known
	paragraphs []Span
	lines      []line // of the paragraphs
	roles      []Role
	news       int    // the first paragraph of news
	author     string // the first name in the byline
	byline     string // all lines that name authors, in lower case
	spoken     bool   // the text is a talk
	dated      bool   // a dateline has been found
}
