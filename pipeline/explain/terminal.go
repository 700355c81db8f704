package explain

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"sitrep/pipeline"
)

// A Terminal says how text is written for reading.
type Terminal struct {
	Color   bool // else marks are written as in [Iraq|IQ]
	Columns int  // 0: lines are as long as the text has them
}

// Write writes what was read in an article, and why.
func (t Terminal) Write(w io.Writer, r *pipeline.Reading) error {
	s := &screen{Terminal: t, painter: bracketed{}}
	if t.Color {
		s.painter = coloured{}
	}
	s.article(see(r))
	_, err := io.WriteString(w, s.out.String())
	return err
}

// The looks of what is no mark.
const (
	heading style = "1"
	faint   style = "2"
)

// styles are of the 16 colours, which people set to what they can read, and
// underlined, for those who cannot tell them apart.
var styles = [...]style{trigger: "1;7", again: "7", dropped: "2;4", actor: "1;4;36", target: "1;4;35", speaker: "4;34", status: "1;33", place: "4;32", date: "4;33", count: "4;31",
	person: "4;36", reference: "36", country: "4;32", group: "4;35", aside: "2"}

// coloured marks by colour alone.
type coloured struct{}

func (coloured) style(m *mark) style { return styles[m.Kind] }
func (coloured) before(*mark) string { return "" }
func (coloured) after(*mark) string  { return "" }

// bracketed marks by brackets: [Iraq|actor].
type bracketed struct{}

func (bracketed) style(*mark) style   { return "" }
func (bracketed) before(*mark) string { return "[" }

func (bracketed) after(m *mark) string {
	if m.Label != "" {
		return "|" + m.Label + "]"
	}
	return "|" + m.Kind.String() + "]"
}

// A screen is the text of one article.
type screen struct {
	Terminal
	painter
	out strings.Builder
}

func (s *screen) article(v view) {
	s.put("", "", s.written(v.Title, heading))
	for _, f := range v.About {
		s.put("  ", "             ", append(s.written(pad(f.Name, 11), faint), written(f.Value, "")...))
	}
	s.head("TEXT")
	s.legend()
	s.put("  ", "  ", cells(v.Text, s.painter))
	for i := range v.Events {
		s.event(&v.Events[i])
	}
	for _, x := range v.Sections {
		s.head(strings.ToUpper(x.Name))
		for i := range x.Rows {
			s.row(&x.Rows[i])
		}
	}
	s.out.WriteString("\n")
}

func (s *screen) event(e *event) {
	s.head(strings.TrimSuffix("EVENT "+strconv.Itoa(e.Number)+"  "+e.Type+", "+e.Status+"  "+e.Sides, "  "))
	s.put("  “", "   ", append(oneLine(cells(e.Sentence, s.painter)), cell{'”', ""}))
	for i := range e.Rows {
		s.row(&e.Rows[i])
	}
}

func (s *screen) row(r *row) {
	const blank = "               "
	var line []cell
	if r.Name != "" {
		line = s.written(pad(r.Name, 13), faint)
	}
	if r.Words != "" {
		line = append(line, s.written(r.Words, styles[r.Kind])...)
		line = append(line, written("  ", "")...)
	}
	for i, f := range r.Facts {
		if i > 0 {
			line = append(line, s.written("; ", faint)...)
		}
		line = append(line, s.written(f.Name+": ", faint)...)
		line = append(line, written(f.Value, "")...)
	}
	s.put("  ", blank, line)
	if r.Where != nil {
		where := append(s.written("in: “", faint), oneLine(cells(r.Where, s.painter))...)
		s.put(blank, blank, append(where, s.written("”", faint)...))
	}
}

func (s *screen) head(title string) {
	s.out.WriteString("\n")
	s.put("", "", s.written(title, heading))
}

// legend tells what the colours mean; brackets tell it themselves.
func (s *screen) legend() {
	if !s.Color {
		return
	}
	var line []cell
	for _, k := range legend() {
		line = append(append(line, s.written(k.String(), styles[k])...), cell{' ', ""})
	}
	s.put("  ", "  ", line)
}

// written paints words, unless there are no colours.
func (s *screen) written(words string, st style) []cell {
	if !s.Color {
		st = ""
	}
	return written(words, st)
}

// put writes cells behind an indent, and what does not fit in the line behind another.
func (s *screen) put(first, rest string, list []cell) {
	left := func(indent string) int {
		if s.Columns <= 0 {
			return 0
		}
		return max(20, s.Columns-utf8.RuneCountInString(indent))
	}
	indent := first
	for _, line := range lines(list, left(first), left(rest)) {
		if len(line) > 0 {
			s.out.WriteString(indent)
		}
		encode(&s.out, line)
		s.out.WriteString("\n")
		indent = rest
	}
}

// pad returns s with spaces up to n characters, at least one.
func pad(s string, n int) string { return s + strings.Repeat(" ", max(1, n-len(s))) }
