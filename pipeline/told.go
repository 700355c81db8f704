package pipeline

import (
	"slices"
	"strings"

	"sitrep/extractors/names"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
)

// Title returns the sender's title, else the one that the text tells.
func (reading *Reading) Title() string {
	if reading.Article.Title != "" {
		return reading.Article.Title
	}
	if parts := reading.Doc.PartsOf(text.Title); len(parts) > 0 {
		return strings.TrimLeft(strings.Join(strings.Fields(reading.Doc.Slice(parts[0])), " "), "# ")
	}
	return ""
}

// author returns the author that was sent, else the first that the text names.
func (reading *Reading) author() string {
	if reading.Article.Author != "" {
		return reading.Article.Author
	}
	if told := reading.Authors(); len(told) > 0 {
		return told[0]
	}
	return ""
}

// Authors returns the names of those whom the text tells as its authors.
func (reading *Reading) Authors() []string {
	var out []string
	for _, who := range reading.Facts.People {
		if who.Author {
			out = append(out, who.Name)
		}
	}
	return out
}

// aside reports whether who is named only where other articles are linked to.
func aside(doc *text.Document, who *people.Person) bool {
	return !who.Author && !slices.ContainsFunc(who.Mentions, func(m people.Mention) bool { return !doc.RoleAt(m.Start).Aside() })
}

// NamesInDatelines returns the persons and organisations found in datelines
// outside brackets, where agencies stand: there should be none.
func (reading *Reading) NamesInDatelines() []string {
	var out []string
	for _, line := range reading.Doc.PartsOf(text.Dateline) {
		open := text.Span{Start: line.Start, End: line.Start + strings.IndexAny(reading.Doc.Slice(line)+"(", "([")}
		for _, m := range reading.Facts.Names {
			if (m.Type == names.Organisation || m.Type == names.Person) && m.Span.Overlaps(open) {
				out = append(out, reading.Doc.Slice(m.Span))
			}
		}
		for _, who := range reading.Facts.People {
			for _, m := range who.Mentions {
				if m.Span.Overlaps(open) && !slices.Contains(out, reading.Doc.Slice(m.Span)) {
					out = append(out, reading.Doc.Slice(m.Span))
				}
			}
		}
	}
	return out
}
