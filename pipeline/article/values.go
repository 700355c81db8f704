package article

import (
	"html"
	"net/mail"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sitrep/extractors/dates"
	"sitrep/extractors/text"
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
	stamp, err := dates.ParseStamp(s)
	if err == nil || len(s) > 100 {
		return stamp, err
	}
	if t, layout, ok := otherTime(s); ok {
		return dates.ParseStamp(t.Format(layout))
	}
	if told, ok := dates.Published(text.Read("", s)); ok { // "Mon 3 Jun 2024 15.05 BST"
		return dates.Stamp{Day: told.Day, At: told.At}, nil
	}
	return stamp, err
}

// otherTimes are forms that databases and programs print; the layout they are
// written in again keeps the zone where there is one.
var otherTimes = []struct{ layout, as string }{
	{"2006-01-02 15:04:05-0700", time.RFC3339}, {"2006-01-02 15:04:05.999999999-07", time.RFC3339}, {time.UnixDate, time.RFC1123}, {time.RFC850, time.RFC1123},
	{time.RubyDate, time.RFC3339}, {time.ANSIC, time.DateOnly}, {"02.01.2006 15:04", time.DateOnly}, {"2.1.2006", time.DateOnly},
}

// otherTime reads a time of one of those forms, or days and months in figures if
// only one order is possible: 05/29/2007. It returns the layout to write it in.
func otherTime(s string) (time.Time, string, bool) {
	for _, form := range otherTimes {
		if t, err := time.ParseInLocation(form.layout, s, time.UTC); err == nil {
			return t, form.as, true
		}
	}
	day, _, _ := strings.Cut(s, " ")
	american, errA := time.Parse("1/2/2006", day)
	european, errE := time.Parse("2/1/2006", day)
	switch {
	case errA == nil && (errE != nil || american.Equal(european)):
		return american, time.DateOnly, true
	case errE == nil && errA != nil:
		return european, time.DateOnly, true
	}
	return time.Time{}, "", false
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
