package text

import "strings"

// links finds headlines of other articles that stand in the news without a label:
// three lines and more in a row that are no sentences, as scrapers leave them. A
// single one is a subhead, and what a sentence with a colon announces is a list.
func (a *anatomist) links() {
	for i := a.news; i < len(a.paragraphs); {
		end, links := i, 0
		for end < len(a.paragraphs) && (a.isLink(end) || links > 0 && a.isCount(end)) {
			if a.isLink(end) {
				links++
			}
			end++
		}
		if links >= 3 && i > a.news && !strings.HasSuffix(a.lines[i-1].text, ":") {
			for ; i < end; i++ {
				a.roles[i] = Related
			}
		}
		i = max(end, i+1)
	}
	a.clips()
}

// isCount reports whether paragraph i says how old the article is that is linked to,
// or how much was said of it: "13 hours ago", "604 comments".
func (a *anatomist) isCount(i int) bool {
	l := &a.lines[i]
	return l.short(40) && (agoRE.MatchString(l.lower) || countRE.MatchString(l.lower))
}

// isLink reports whether paragraph i may be the headline of another article.
func (a *anatomist) isLink(i int) bool {
	l := &a.lines[i]
	last := l.text[len(l.text)-1]
	return (a.roles[i] == News || a.roles[i] == Section) && l.short(160) && !l.prose() && !l.bulleted() && isCapital(strings.TrimLeft(l.text, "‘'\"“")) &&
		strings.Count(l.text, " ") >= 3 && last != '.' && last != ':' && last != ',' && last != ';' && !a.spoken
}

// clips finds titles of films in the news, below their length: "2:34".
func (a *anatomist) clips() {
	if a.isLive() {
		return
	}
	for i := a.news; i+1 < len(a.paragraphs); i++ {
		if a.roles[i] == Timestamp && a.lines[i].short(6) && (a.roles[i+1] == Section || a.roles[i+1] == News) && !a.lines[i+1].prose() {
			a.roles[i], a.roles[i+1] = Related, Related
		}
	}
}

// isLive reports whether the text is a report in entries, each with its time.
func (a *anatomist) isLive() bool {
	n := 0
	for _, r := range a.roles {
		if r == Timestamp {
			n++
		}
	}
	return n >= 4
}
