package text

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What ends a dateline, the agency or day in it, the month in it.
var (
	datelineEnd = regexp.MustCompile(`\s[-_–—―]+\s|\s[–—]+|\)\s*[-_–—―:]+|\s--+|[\pL.)][–—]|\)\s+[^\s(,]|:\s|\s[|]\s|\. /[A-Z-]{2,12}/\.`)
	agencyRE    = regexp.MustCompile(`[(\[](?:[A-Z0-9][^()]{1,40}|dpa|epd|apa|sda|afp|ap|ntb|tt|pap)\)`)
	monthRE     = regexp.MustCompile(`(?i)\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b`)
	tassRE      = regexp.MustCompile(`^[A-Z]{3,}[A-Z -]*, \w+ \d{1,2}\. /[A-Z-]{2,12}/\.`)
)

// No dateline is longer.
const maxDateline = 140

// dateline returns the span of the dateline that opens paragraph i, empty if
// there is none: "ERBIL, Kurdistan Region of Iraq – ", "LONDON, March 5 - ".
func (a *anatomist) dateline(i int) Span {
	if a.dated || a.roles[i] != News || i > a.news+5 {
		return Span{}
	}
	p := a.paragraphs[i]
	n := a.datelineLength(a.text[p.Start:p.End])
	a.dated = n > 0
	return Span{p.Start, p.Start + n}
}

// datelineLength returns the length of the dateline that opens paragraph, 0
// without one.
func (a *anatomist) datelineLength(paragraph string) int {
	head := paragraph[:min(len(paragraph), maxDateline)]
	for _, m := range datelineEnd.FindAllStringIndex(head, 3) {
		end := m[1]
		mark := strings.TrimSpace(head[m[0]:end])
		if strings.HasPrefix(mark, ")") && !strings.ContainsAny(mark, "-_–—―:") {
			end = m[0] + 1 // "NEW DELHI, June 3 (PTI) |The army"
			mark = ")"
		}
		after := strings.TrimLeft(paragraph[end:], " ")
		r, _ := utf8.DecodeRuneInString(after)
		place := strings.TrimRight(head[:m[0]+1], " :-_–—―|")
		signed := agencyRE.MatchString(place) || isShouted(place) && monthRE.MatchString(place) && mark != "|" // nothing else is
		if strings.Count(after, " ") < 4 && !signed || unicode.IsLower(r) && !strings.HasPrefix(after, "al-") {
			continue
		}
		if a.opensNews(place, mark) {
			return len(strings.TrimRight(head[:end], " "))
		}
	}
	if m := tassRE.FindString(head); m != "" { // "MOSCOW, June 3. /TASS/. The army"
		return len(m)
	}
	return 0
}

// opensNews reports whether place, which mark ends, is all of a dateline: a place
// in capitals, or one with a day or an agency in brackets.
func (a *anatomist) opensNews(place, mark string) bool {
	words := strings.FieldsFunc(place, func(r rune) bool { return unicode.IsSpace(r) || r == ',' })
	if len(words) == 0 || len(words) > 14 {
		return false
	}
	small := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLower(r) && !monthRE.MatchString(w) {
			small++
		}
	}
	dated := monthRE.MatchString(place) && strings.ContainsAny(place, "0123456789")
	agency := agencyRE.MatchString(place + strings.TrimSpace(mark))
	if small > 2 || !isCapital(words[0]) && !agency && !dated || cues().kicker.labels(strings.ToLower(place)) {
		return false
	}
	shouted := isShouted(words[0])
	switch {
	case mark == ")":
		return agency && (shouted || dated)
	case strings.HasSuffix(mark, ":") && !agency && !dated: // "ISLAMABAD: The army", but not "REPORTER: Thank you"
		return shouted && len(words) <= 3 && !a.spoken && strings.ToUpper(place) == place && !strings.ContainsAny(place, "0123456789.")
	case mark == "|":
		return len(words) <= 4 && shouted
	case strings.HasPrefix(mark, "."):
		return dated
	}
	return shouted || agency || dated
}

// isShouted reports whether place begins with a word in capitals.
func isShouted(place string) bool {
	word, _, _ := strings.Cut(place, " ")
	return len(word) > 1 && strings.ToUpper(word) == word && isCapital(word)
}

// alone reports whether the line is a dateline on a line of its own: "KABUL,
// Afghanistan (August 3, 2011)", "BAGHDAD 1996-08-31".
func (l *line) alone() bool {
	return l.short(90) && isShouted(l.text) && !cues().stamp.open(l.lower) && aloneRE.MatchString(l.text)
}

// shouted reports whether the line is nothing but a place in capitals: "PORT SUDAN".
func (l *line) shouted() bool {
	return l.short(40) && len(l.text) > 2 && strings.ToUpper(l.text) == l.text && strings.Count(l.text, " ") < 3 &&
		strings.Trim(l.text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ,'- ") == "" && !cues().label.labels(l.lower) && !cues().box.labels(l.lower) && !cues().desk.labels(l.lower) && !cues().kicker.labels(l.lower)
}

var aloneRE = regexp.MustCompile(`^[A-Z][A-Z-]{2}[A-Z .'-]*(?:, ?\p{Lu}[\pL.'-]*(?: (?:\p{Lu}[\pL.'-]*|of|and|the)){0,4}){0,2},? \(?(?i:` + writtenDay + `|` + monthName + ` \d{1,2}\)|\d{1,2} ` + monthName + `\))\)?[ :.–—-]*$|^[A-Z]{3}[A-Z .'-]*(?:, ?\p{Lu}[\pL.' -]*)?(?: \([A-Z][^()]{1,40}\))? (?:[_–—-]|--)$`)

// isSpoken reports whether paragraphs are turns of speakers: "OKELLO: We agreed."
func (a *anatomist) isSpoken() bool {
	n := 0
	for i := range a.lines {
		if l := &a.lines[i]; len(l.text) > 3 && l.mayName() && speakerRE.MatchString(l.text[:min(len(l.text), 60)]) {
			if n++; n > 1 {
				return true
			}
		}
	}
	return false
}

// mayName reports whether the line may begin as speakerRE says: most lines begin with
// a capital and a small letter.
func (l *line) mayName() bool {
	switch first, second := l.text[0], l.text[1]; {
	case first == 'Q' || first == 'A' || first == '[':
		return true
	default:
		return 'A' <= first && first <= 'Z' && !('a' <= second && second <= 'z')
	}
}

var speakerRE = regexp.MustCompile(`^[A-Z][A-Z .,'-]{0,40}: |^(?:Q|A|Question|Answer)[:.] |^\[[A-Z][\pL .,-]{2,40}\] `)
