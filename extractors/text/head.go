package text

import "strings"

// head finds what stands above the news: section, title, author, publication
// line, picture.
func (a *anatomist) head() {
	a.news = a.firstNews()
	if a.news == len(a.paragraphs) {
		a.bare()
		return
	}
	a.headline()
	for i := range a.news {
		if a.roles[i] == News {
			a.roles[i] = a.headRole(i)
		}
	}
	below := a.title == ""
	for i := range a.news {
		l := &a.lines[i]
		below = below || a.roles[i] == Title
		if a.roles[i] == Section && below && (a.besideByline(i) || l.signed()) {
			a.roles[i] = Author
		}
		if a.roles[i] == Author && !cues().desk.labels(l.lower) {
			a.byline += l.lower + "\n"
			if a.author == "" {
				a.author = bylineName(l.text)
			}
		}
	}
}

// bare gives roles to a text of nothing but short lines: a table, or one sentence,
// or a headline over one.
func (a *anatomist) bare() {
	a.news = 0
	if len(a.paragraphs) > 1 && a.title == "" && a.lines[0].titular() {
		a.titled(0)
		a.news = 1
	}
}

func (a *anatomist) titled(i int) {
	a.roles[i] = Title
	a.title = a.lines[i].lower
}

// firstNews returns the first paragraph of running text. What looks like it but
// stands above the byline is a headline in a whole sentence: "Ghana calls its 300
// peacekeepers home from the southern border." over "ACCRA 2021-03-04".
func (a *anatomist) firstNews() int {
	first := 0
	for first < len(a.paragraphs) && !a.isNews(first) {
		first++
	}
	if a.title != "" || first == len(a.paragraphs) || !a.lines[first].short(200) || a.hasTitle(first) || a.datelineLength(a.lines[first].text) > 0 {
		return first
	}
	for i := first + 1; i < min(first+4, len(a.paragraphs)); i++ {
		l := &a.lines[i]
		if l.bylined() || l.alone() || l.publication() {
			for j := i + 1; j < len(a.paragraphs); j++ {
				if a.isNews(j) {
					a.titled(first)
					return j
				}
			}
		}
	}
	return first
}

// hasTitle reports whether one of the first n lines can be the headline.
func (a *anatomist) hasTitle(n int) bool {
	for i := range n {
		if a.headRole(i) == Section && a.lines[i].titular() && !a.lines[i].masthead() {
			return true
		}
	}
	return false
}

// headline chooses the title among the lines of the head: the first that can be
// it, none below the byline.
func (a *anatomist) headline() {
	if a.title != "" {
		return
	}
	short, name := -1, -1
	for i := range a.news {
		l := &a.lines[i]
		role := a.headRole(i)
		if short >= 0 && (role == Publication || role == Author) {
			break
		}
		switch {
		case role != Section || !l.titular() || l.signed():
		case l.masthead():
			name = max(name, i)
		case len(strings.Fields(l.text)) >= 4 && !a.besideByline(i):
			a.titled(i)
			return
		case short < 0 && !a.besideByline(i):
			short = i
		}
	}
	if short < 0 {
		short = name
	}
	if short >= 0 {
		a.titled(short)
	}
}

// besideByline reports whether line i may be a name rather than a headline.
func (a *anatomist) besideByline(i int) bool { return a.lines[i].named() && a.besidePublication(i) }

func (a *anatomist) headRole(i int) Role {
	l := &a.lines[i]
	c := cues()
	switch {
	case a.title != "" && l.lower == a.title:
		return Title
	case l.bylined():
		return Author
	case l.alone(), a.title != "" && i == a.news-1 && l.shouted():
		return Dateline
	case a.spoken && speakerRE.MatchString(l.text):
		return News
	case l.publication(), l.stampedByline():
		return Publication
	case c.related.labels(l.lower), c.related.open(l.lower):
		return Related
	case c.box.labels(l.lower), c.label.labels(l.lower), c.box.open(l.lower):
		return Boilerplate
	case c.correction.in(l.lower):
		return Correction
	case l.caption():
		return Caption
	case l.boilerplate():
		return Boilerplate
	case !l.worded():
		return Boilerplate
	case a.title != "" && (strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ":")) && len(strings.Fields(l.text)) >= 4:
		return News // "Few wanted to stay."
	}
	return Section
}

// besidePublication reports whether the publication line stands near line i of the
// head.
func (a *anatomist) besidePublication(i int) bool {
	for j := max(0, i-2); j < min(a.news, i+3); j++ {
		if l := &a.lines[j]; j != i && (l.publication() || cues().stamp.open(l.lower)) {
			return true
		}
	}
	return false
}

// isNews reports whether paragraph i looks like the running text of an article.
func (a *anatomist) isNews(i int) bool {
	l := &a.lines[i]
	c := cues()
	if l.boilerplate() || l.caption() || c.correction.open(l.lower) || l.short(250) && (c.related.open(l.lower) || c.box.open(l.lower)) || l.bylined() && !l.prose() {
		return false
	}
	return l.prose() || a.datelineLength(a.text[a.paragraphs[i].Start:a.paragraphs[i].End]) > 0
}
