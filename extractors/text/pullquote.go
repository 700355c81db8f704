package text

import "strings"

// No page sets more words apart than this.
const maxPullQuotes = 16

// pullQuotes finds paragraphs that say again, as decoration, what a paragraph of
// the news says, and the name set below: "We will not leave" / "Col. Ama Owusu".
func (a *anatomist) pullQuotes() {
	if a.spoken {
		return
	}
	asked := 0
	for i := a.news; i < len(a.paragraphs) && asked < maxPullQuotes; i++ {
		l := &a.lines[i]
		words := strings.Trim(l.text, " \"'“”‘’«».,!?…")
		if a.roles[i] != News && a.roles[i] != Section || !l.short(300) || strings.Count(words, " ") < 3 || l.bulleted() {
			continue
		}
		quoted := strings.ContainsAny(l.text[:min(3, len(l.text))], "\"“‘«")
		attributed := i+1 < len(a.paragraphs) && a.lines[i+1].attribution()
		if !quoted && !attributed && (a.roles[i] != Section || strings.Count(words, " ") < 5) {
			continue
		}
		asked++
		if quoted && attributed || a.saidElsewhere(i, words) {
			a.roles[i] = PullQuote
			if attributed {
				a.roles[i+1] = PullQuote
			}
		}
	}
}

// saidElsewhere reports whether a paragraph of the news beside i holds words.
func (a *anatomist) saidElsewhere(i int, words string) bool {
	for k := a.news; k < len(a.paragraphs); k++ {
		if p := a.paragraphs[k]; k != i && a.roles[k] == News && p.Len() > len(words)+20 && strings.Contains(a.text[p.Start:p.End], words) {
			return true
		}
	}
	return false
}

// attribution reports whether the line names who said the words above it:
// "— Col. Ama Owusu, sector commander".
func (l *line) attribution() bool {
	name := strings.TrimLeft(l.text, "-–—―~ ")
	return l.short(100) && len(name) < len(l.text) && isCapital(name) && !l.prose() && strings.Count(name, " ") >= 1
}
