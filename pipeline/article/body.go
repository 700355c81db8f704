package article

import (
	"errors"
	"html"
	"regexp"
	"strconv"
	"strings"
)

// A treatment says what is done to a text before it is the body.
type treatment uint8

const (
	asReceived treatment = iota // nothing
	fromField                   // a field of a record: markup becomes text, entities characters
)

// blockRE matches the markup of paragraphs, inlineRE that inside them.
var (
	blockRE  = regexp.MustCompile(`(?i)<(?:p|br|div|h[1-6]|ul|ol|li|section|article|figure|blockquote|table|main|body)(?:\s[^<>]{0,500})?\s*/?>`)
	inlineRE = regexp.MustCompile(`(?i)</(?:a|b|i|em|strong|span|u|sup|sub|small|mark|cite|time|abbr)>|<img\s[^<>]{0,500}>`)
)

// truncatedRE matches how services mark that they cut a text, and what they left
// out: "[+1234 chars]", "... [1234 chars]".
var truncatedRE = regexp.MustCompile(`\[\+?(\d{1,7}) char(?:acter)?s\]\s*$`)

// body offers a text of the article. It reports whether there is one now.
func (r *reading) body(text, origin string, t treatment) bool {
	if r.values[Body] != "" || strings.TrimSpace(text) == "" {
		return r.values[Body] != ""
	}
	if t == fromField {
		var err error
		if text, err = r.unmarked(text); err != nil {
			if limit := (*LimitError)(nil); errors.As(err, &limit) {
				r.over = err
			}
			r.doubt("%s: %v", origin, err)
			return false
		}
	}
	if m := truncatedRE.FindStringSubmatch(text[max(0, len(text)-64):]); m != nil {
		r.partial = true
		r.missing, _ = strconv.Atoi(m[1])
	}
	r.values[Body], r.origin[Body] = text, origin
	return text != ""
}

// unmarked makes plain text of what may be a page, a fragment of one, or text with
// entities; also where the markup itself was escaped: "&lt;p&gt;Troops …".
func (r *reading) unmarked(text string) (string, error) {
	head := text[:min(len(text), 64<<10)]
	if !strings.Contains(head, "<") && strings.Contains(head, "&lt;") {
		if once := html.UnescapeString(text); blockRE.MatchString(once[:min(len(once), 64<<10)]) {
			return r.unmarked(once)
		}
	}
	if strings.Contains(head, "<") {
		switch blocks := blockRE.MatchString(head); {
		case firstElement(text) == "html" && blocks:
			return r.pageText(text)
		case blocks || inlineRE.MatchString(head):
			return r.fragment(text, blocks)
		}
	}
	return unescape(text), nil
}
