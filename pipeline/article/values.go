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
	if err == nil || len(s) > 64 {
		return stamp, err
	}
	if t, layout, ok := otherTime(s); ok {
		return dates.ParseStamp(t.Format(layout))
	}
	return stamp, err
}

// otherTimes are forms that databases and programs print.
var otherTimes = []string{"2006-01-02 15:04:05-0700", "2006-01-02 15:04:05.999999999-07", time.UnixDate, time.RFC850, time.RubyDate}

// localTimes tell no zone.
var localTimes = []string{time.ANSIC, "02.01.2006 15:04", "02.01.2006", "2.1.2006"}

// otherTime reads a time of one of those forms, or days and months in figures if
// only one order is possible: 05/29/2007. It returns the form to write it in.
func otherTime(s string) (time.Time, string, bool) {
	for _, layout := range otherTimes {
		if t, err := time.Parse(layout, s); err == nil {
			return t, zoneForm(t), true
		}
	}
	for _, layout := range localTimes {
		if t, err := time.Parse(layout, s); err == nil {
			return t, time.DateOnly, true
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

// zoneForm is that of a day only where a zone is named and its offset is not known.
func zoneForm(t time.Time) string {
	if name, offset := t.Zone(); offset == 0 && name != "" && name != "UTC" && name != "GMT" {
		return time.DateOnly
	}
	return time.RFC3339
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
