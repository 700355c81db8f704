package events

import (
	"strings"

	"sitrep/extractors/text"
)

// longestTitle is how many words a headline has at most, shortestTitle at least.
const shortestTitle, longestTitle = 4, 20

// headline reports whether s is one among others that stand in the news as links
// to other articles: a line without a full stop beside another such line.
//
//	Rebels take northern port
//	Premier in talks on budget
func headline(doc *text.Document, s text.Sentence) bool {
	head, tail := strings.TrimRight(doc.Text[:s.Start], " \t\r"), strings.TrimLeft(doc.Text[s.End:], " \t\r")
	if !titled(doc.Slice(s.Span)) || head != "" && head[len(head)-1] != '\n' || tail != "" && tail[0] != '\n' {
		return false
	}
	head, tail = strings.TrimRight(head, " \t\r\n"), strings.TrimLeft(tail, " \t\r\n")
	after, _, _ := strings.Cut(tail, "\n")
	return titled(head[strings.LastIndexByte(head, '\n')+1:]) || titled(after)
}

// titled reports whether line may be a headline: it begins as one and does not end
// as sentences do.
func titled(line string) bool {
	line = strings.TrimSpace(line)
	if n := strings.Count(line, " ") + 1; n < shortestTitle || n > longestTitle {
		return false
	}
	return line[0] >= 'A' && line[0] <= 'Z' && !strings.ContainsAny(line[len(line)-1:], `.!?:;,"')]`) && !strings.HasSuffix(line, "”") && !strings.HasSuffix(line, "…")
}
