package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraphsOf returns the paragraphs of text from offset start on, without the
// blanks around them: its lines, or, where lines are wrapped at a width, the
// runs of lines that belong together.
func paragraphsOf(text string, start int) []Span {
	lines := linesOf(text, start)
	wrapped := isWrapped(text, lines)
	width := 0
	for i, l := range lines {
		if i+1 < len(lines) && lines[i+1].Len() > 0 { // the head of a page is no line of a paragraph
			width = max(width, l.Len())
		}
	}
	var out []Span
	for i, l := range lines {
		if l.Len() == 0 {
			continue
		}
		if i > 0 && lines[i-1].Len() > 0 && (wrapped && continues(text, lines[i-1], l, width) || isBroken(text[out[len(out)-1].Start:out[len(out)-1].End], text[l.Start:l.End])) {
			out[len(out)-1].End = l.End
			continue
		}
		out = append(out, l)
	}
	return out
}

// isBroken reports whether before stops in the middle of a sentence that line goes on
// with, as scrapers leave a link: "Later the Ghana-led" / "force" / "left Wa."
func isBroken(before, line string) bool {
	first, _ := utf8.DecodeRuneInString(line)
	last := before[len(before)-1]
	tail := before[max(0, len(before)-maxLine):]
	if strings.IndexByte(".!?:;\"|)]", last) >= 0 || strings.HasSuffix(before, "”") || strings.Count(tail, " ") < 7 {
		return false
	}
	if unicode.IsLower(first) {
		l := newLine(line)
		return !cues().box.labels(l.lower) && !cues().label.labels(l.lower) && !cues().stamp.open(l.lower) && !l.bylined() && !l.boilerplate()
	}
	return len(tail) > 60 && leaning[tail[strings.LastIndexByte(tail, ' ')+1:]]
}

// leaning are words that no sentence and no headline ends with.
var leaning = map[string]bool{"the": true, "a": true, "an": true, "of": true, "and": true, "than": true, "from": true, "with": true, "just": true, "their": true, "its": true, "by": true, "to": true, "that": true, "That": true, "or": true, "as": true}

// linesOf returns the lines of text, trimmed; empty ones have length 0.
func linesOf(text string, start int) []Span {
	var out []Span
	for start < len(text) {
		end, size := len(text), 0
		for i, r := range text[start:] {
			if r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029' {
				end, size = start+i, utf8.RuneLen(r)
				break
			}
		}
		out = append(out, trim(text, Span{start, end}))
		start = end + size
	}
	return out
}

func trim(text string, s Span) Span {
	for s.Start < s.End {
		r, size := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !isBlank(r) {
			break
		}
		s.Start += size
	}
	for s.Start < s.End {
		r, size := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !isBlank(r) {
			break
		}
		s.End -= size
	}
	return s
}

// isWrapped reports whether lines are broken at a width rather than at the end
// of a paragraph: none beside another is long, and most that are followed by one
// stop in the middle of a sentence.
func isWrapped(text string, lines []Span) bool {
	followed, open := 0, 0
	for i, l := range lines {
		if i+1 == len(lines) || l.Len() == 0 || lines[i+1].Len() == 0 {
			continue
		}
		if l.Len() > 110 || lines[i+1].Len() > 110 {
			return false
		}
		followed++
		next, _ := utf8.DecodeRuneInString(text[lines[i+1].Start:])
		if l.Len() > 30 && !strings.ContainsRune(`.!?:”"`, rune(text[l.End-1])) && !unicode.IsUpper(next) {
			open++
		}
	}
	return open >= 2 && open*3 >= followed
}

// continues reports whether line l goes on with the paragraph that line before
// belongs to, in a text wrapped at width.
func continues(text string, before, l Span, width int) bool {
	if l.Start > 1 && (text[l.Start-1] == ' ' || text[l.Start-1] == '\t') && (text[before.End-1] == '.' || text[l.Start-2] == ' ') {
		return false // indented
	}
	next, _ := utf8.DecodeRuneInString(text[l.Start:])
	return unicode.IsLower(next) || before.Len()*10 >= width*7
}
