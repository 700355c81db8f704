package article

import (
	"html"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sitrep/extractors/dates"
)

// entityRE matches whole entities only: the & of "R&D" and "Q&lt" stays.
var entityRE = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// unescape reads the entities of HTML in a plain text, &amp;#8217; too: those that
// were written twice over.
func unescape(s string) string {
	for range 2 {
		if !strings.Contains(s, "&") {
			return s
		}
		s = entityRE.ReplaceAllStringFunc(s, html.UnescapeString)
	}
	return s
}

var tagRE = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,500})?/?>`)

// line makes one line of a title or a name: without tags, entities and breaks.
func line(s string) string {
	if s = unescape(s); strings.Contains(s, "<") {
		s = tagRE.ReplaceAllString(s, "")
	}
	if strings.ContainsAny(s, "\n\r\t") || strings.Contains(s, "  ") {
		return strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

// byline reads names of authors: without "By", separated by commas. An address is
// no name.
func byline(s string) string {
	var names []string
	for name := range strings.FieldsFuncSeq(line(s), func(r rune) bool { return r == ';' || r == '|' }) {
		name = unlabelled(strings.Trim(name, " ,"))
		if strings.Contains(name, "@") {
			name = mailbox(name)
		}
		if name != "" && !isURL(name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// unlabelled takes the "By" off a byline.
func unlabelled(author string) string {
	if len(author) > 3 && strings.EqualFold(author[:2], "by") && (author[2] == ' ' || author[2] == ':') {
		return strings.TrimSpace(author[3:])
	}
	return author
}

// mailbox returns the name in desk@post.example (Ida Moe) or Ida Moe
// <desk@post.example>, the forms of RSS.
func mailbox(s string) string {
	if before, comment, found := strings.Cut(s, "("); found && strings.Contains(before, "@") {
		return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(comment), ")"))
	}
	if a, err := mail.ParseAddress(s); err == nil {
		return a.Name
	}
	return ""
}

// parseTime reads a time as dates.ParseStamp does, and what databases make of it:
// seconds with a fraction, microseconds and nanoseconds.
func parseTime(s string) (dates.Stamp, error) {
	s = strings.TrimSpace(s)
	digits, _, _ := strings.Cut(s, ".")
	if _, err := strconv.ParseFloat(s, 64); err == nil && strings.Trim(digits, "0123456789") == "" {
		switch len(digits) {
		case 10, 13:
			s = digits
		case 16:
			s = digits[:13]
		case 19:
			s = digits[:13]
		}
	}
	return dates.ParseStamp(s)
}

// cut returns at most n bytes of s, ending at a rune border.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
