package dates

import (
	"regexp"
	"strconv"
	"strings"

	"sitrep/extractors/text"
)

// Published returns the publication date that doc tells itself: in its
// publication line ("May. 10, 2025 • 2 min read"), else in its dateline, else in a
// line that says when it was changed or that stands below the news. A year that is
// not stated is never guessed.
func Published(doc *text.Document) (Stamp, bool) {
	best := claim{}
	for n, part := range stating(doc) {
		if n == maxStating {
			break
		}
		c := claimOf(doc, part)
		switch {
		case c.rank > best.rank:
			if c.Day == best.Day && c.At == "" {
				c.At = best.At
			}
			best = c
		case c.Day == best.Day && best.At == "":
			best.At = c.At
		}
	}
	return best.Stamp, best.rank > 0
}

// No article has more lines that state its day.
const maxStating = 20

// stating returns the publication lines and datelines of doc, in order.
func stating(doc *text.Document) []text.Part {
	var out []text.Part
	for _, p := range doc.Parts {
		if p.Role == text.Publication || p.Role == text.Dateline {
			out = append(out, p)
		}
	}
	return out
}

// A claim is a day on which the article may have come out, and how surely a part
// of the text says so: 0 for not at all.
type claim struct {
	Stamp
	rank int
}

func claimOf(doc *text.Document, part text.Part) claim {
	best := claim{}
	for _, m := range findIn(doc, part.Span) {
		var c claim
		switch {
		case m.Type != Date && m.Type != Time:
		case m.First.IsZero() || m.Precision != ByDay:
			if d := completed(doc, part, m); !d.IsZero() {
				c = claim{Stamp{Day: d, Span: m.Span}, 2}
			}
		default:
			c = claim{Stamp{Day: m.First, Span: m.Span}, rank(doc, part, m.Span)}
			c.At = clockTime(labelled(doc, part.Span, m.Span), m.First)
		}
		if c.rank > best.rank {
			best = c
		}
	}
	if best.rank == 0 {
		return gluedClaim(doc, part)
	}
	return best
}

// labelled returns the stretch of a line that the label of a day governs:
// "|Published 14:05 BST, 3 June| Updated 15:00 BST, 4 June".
func labelled(doc *text.Document, line, at text.Span) string {
	out := line
	for _, m := range labelRE.FindAllStringIndex(strings.ToLower(doc.Slice(line)), -1) {
		switch begin := line.Start + m[0]; {
		case begin < at.Start:
			out.Start = begin
		case begin >= at.End && begin < out.End:
			out.End = begin
		}
	}
	return doc.Slice(out)
}

// rank weighs a day by its label and place: "Published: |3 June|" before a bare
// day, the dateline, "Updated: |4 June|", and what stands below the news.
func rank(doc *text.Document, part text.Part, at text.Span) int {
	below := len(doc.PartsOf(text.News)) > 0 && part.Start > doc.PartsOf(text.News)[0].Start
	before := strings.ToLower(doc.Text[part.Start:at.Start])
	first, changed := false, false
	if label := labelRE.FindAllString(before, -1); len(label) > 0 && part.Role == text.Publication {
		last := label[len(label)-1]
		changed = last == "updat" || last == "modif" || last == "edited" || last == "changed"
		first = !changed
	}
	switch {
	case changed:
		return 1
	case part.Role == text.Dateline, below && first:
		return 2
	case below:
		return 1
	case first:
		return 4
	}
	return 3
}

var labelRE = regexp.MustCompile(`publish|post|issued|first|updat|modif|edited|changed|dated|release`)

// completed returns the day that m, a day of the dateline without its year, is
// where the head states the year: in the same day written whole ("Evening update
// March 6, 2011" over "KABUL (March 6)") or in the number of the release
// ("2011-03-S-019"). It is zero elsewhere.
func completed(doc *text.Document, part text.Part, m Mention) Day {
	var month, day int
	if rest, ok := strings.CutPrefix(m.Value, "XXXX-"); ok && len(rest) == 5 && part.Role == text.Dateline {
		month, _ = strconv.Atoi(rest[:2])
		day, _ = strconv.Atoi(rest[3:])
	}
	if month == 0 || day == 0 {
		return Day{}
	}
	head := text.Span{Start: max(doc.Body, part.Start-maxHead), End: part.Start}
	for _, other := range findIn(doc, head) {
		if other.Precision == ByDay && other.First.Month == month && other.First.Day == day {
			return other.First
		}
	}
	for _, number := range releaseRE.FindAllStringSubmatch(doc.Slice(head), -1) {
		year, _ := strconv.Atoi(number[1])
		if of, _ := strconv.Atoi(number[2]); of == month {
			return Day{year, month, day}
		}
	}
	return Day{}
}

// No head of a dateline is longer.
const maxHead = 1000

var releaseRE = regexp.MustCompile(`\b((?:19|20)\d\d)-(\d\d)-[A-Z]{1,4}-?\d{1,4}\b`)

// gluedRE is a day whose year the time follows without a blank, as scrapers leave
// it: "March 29, 202411:43 AM ET"; restamped one with the time inside: "Tue Jun 4
// 09:15:22 UTC 2024"; hyphened one like "4-Jun-2024".
var gluedRE = regexp.MustCompile(`(?i)\b([a-z]{3,9})\.? (\d{1,2}), ((?:19|20)\d\d)\d{1,2}:\d\d|\b([a-z]{3}) (\d{1,2}) [\d:]{5,8} [a-z]{1,4} ((?:19|20)\d\d)\b|\b(\d{1,2})-([a-z]{3})-((?:19|20)\d\d)\b`)

// gluedClaim reads a day in a form that only publication lines have.
func gluedClaim(doc *text.Document, part text.Part) claim {
	line := doc.Slice(part.Span)
	m := gluedRE.FindStringSubmatchIndex(line[:min(len(line), 200)])
	if m == nil || part.Role != text.Publication {
		return claim{}
	}
	group := func(n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return line[m[2*n]:m[2*n+1]]
	}
	month, day, year := group(1)+group(4)+group(8), group(2)+group(5)+group(7), group(3)+group(6)+group(9)
	e := lexicon()[strings.ToLower(month)]
	if e.kind != kindMonth {
		return claim{}
	}
	d := Day{Month: e.n}
	d.Year, _ = strconv.Atoi(year)
	d.Day, _ = strconv.Atoi(day)
	if !d.valid() {
		return claim{}
	}
	at := text.Span{Start: part.Start + m[0], End: part.Start + m[1]}
	return claim{Stamp{Day: d, At: clockTime(strings.Replace(line, year, year+" ", 1), d), Span: at}, rank(doc, part, at)}
}

// findIn returns the dates of the sentences in a part of doc, without an anchor.
func findIn(doc *text.Document, part text.Span) []Mention {
	s := newScanner(doc, nil)
	for i := max(0, doc.SentenceAt(part.Start)); i < len(doc.Sentences) && doc.Sentences[i].Start < part.End; i++ {
		s.sentence(i)
	}
	r := resolver{doc: doc}
	var found []Mention
	for i := range s.out {
		if m := r.resolve(&s.out[i]); part.Contains(m.Span) {
			found = append(found, m)
		}
	}
	return found
}
