package names

import (
	"slices"
	"strings"

	"sitrep/extractors/text"
)

// datelines makes what datelines name places: "TEL AVIV, |MAR| 12 (AFP) -". Only in
// brackets an agency is named, and a month is no name.
func datelines(doc *text.Document, found []Mention) []Mention {
	for _, line := range doc.PartsOf(text.Dateline) {
		open := text.Span{Start: line.Start, End: line.End}
		if i := strings.IndexAny(doc.Slice(line), "(["); i >= 0 {
			open.End = line.Start + i
		}
		found = slices.DeleteFunc(found, func(m Mention) bool { return m.Overlaps(open) && isMonth(doc.Form(m.First)) })
		for i := range found {
			if m := &found[i]; m.Overlaps(open) && (m.Type == Person || m.Type == Organisation) {
				m.Type = Place
			}
		}
	}
	return found
}

// isMonth reports whether w is a month, whole or cut to three letters.
func isMonth(w string) bool {
	w = strings.ToLower(strings.TrimSuffix(w, "."))
	return len(w) >= 3 && slices.ContainsFunc([]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"},
		func(m string) bool { return w == m || w == m[:3] || w == "sept" })
}
