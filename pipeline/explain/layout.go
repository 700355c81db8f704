package explain

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// A cell is a character and how it is painted.
type cell struct {
	r     rune
	style style
}

// A style is what a terminal is told to paint with: "1;36". "" is the ordinary one.
type style string

// A painter tells how marks look: by style, or by characters put around them.
type painter interface {
	style(*mark) style
	before(*mark) string
	after(*mark) string
}

// cells paints steps. What a terminal would obey is shown instead.
func cells(list []step, p painter) []cell {
	var out []cell
	styles := []style{""}
	put := func(s string) {
		for _, r := range s {
			out = append(out, cell{visible(r), styles[len(styles)-1]})
		}
	}
	for _, x := range list {
		switch {
		case x.Open != nil:
			styles = append(styles, p.style(x.Open))
			put(p.before(x.Open))
		case x.Close != nil:
			put(p.after(x.Close))
			styles = styles[:len(styles)-1]
		default:
			put(x.Text)
		}
	}
	return out
}

// written paints all of s in one style.
func written(s string, st style) []cell {
	var out []cell
	for _, r := range s {
		out = append(out, cell{visible(r), st})
	}
	return out
}

// Visible returns s with pictures of control characters: what a text says cannot make
// a terminal do anything.
func Visible(s string) string { return strings.Map(visible, s) }

// visible returns r, or for a control character a picture of it.
func visible(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return r
	case r == '\r':
		return ' '
	case r < ' ':
		return '␀' + r
	case r == 0x7f:
		return '␡'
	case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
		return unicode.ReplacementChar
	}
	return r
}

// oneLine returns cells with every run of blanks as one space, and none at the ends.
func oneLine(list []cell) []cell {
	var out []cell
	for _, c := range list {
		if !unicode.IsSpace(c.r) {
			out = append(out, c)
		} else if len(out) > 0 && out[len(out)-1].r != ' ' {
			out = append(out, cell{' ', c.style})
		}
	}
	if n := len(out); n > 0 && out[n-1].r == ' ' {
		out = out[:n-1]
	}
	return out
}

// lines breaks cells at newlines, and at spaces so that no line is wider than its
// columns, which the first has fewer or more of than the rest, unless a word is. A space
// at which a line is broken is left out. Without columns only newlines break.
func lines(list []cell, first, rest int) [][]cell {
	var out [][]cell
	columns := first
	start, space, used := 0, -1, 0 // the line, the last space in it, the columns it takes
	end := func(at, next int) {
		out = append(out, list[start:at])
		start, space, used, columns = next, -1, 0, rest
	}
	for i := 0; i < len(list); i++ {
		c := list[i]
		if c.r == '\n' {
			end(i, i+1)
			continue
		}
		if c.r == ' ' {
			space = i
		}
		if used += columnsOf(c.r); columns > 0 && used > columns && space > start {
			i = space
			end(space, space+1)
		}
	}
	return append(out, list[start:])
}

// columnsOf returns how wide a terminal shows r.
func columnsOf(r rune) int {
	switch k := width.LookupRune(r).Kind(); {
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
		return 0
	case k == width.EastAsianWide || k == width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// encode writes a line with the codes that a terminal paints by.
func encode(b *strings.Builder, line []cell) {
	last := style("")
	for _, c := range line {
		if c.style != last {
			if last != "" {
				b.WriteString("\x1b[0m")
			}
			if c.style != "" {
				b.WriteString("\x1b[" + string(c.style) + "m")
			}
			last = c.style
		}
		b.WriteRune(c.r)
	}
	if last != "" {
		b.WriteString("\x1b[0m")
	}
}
