package pipeline

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/text"
	"sitrep/pipeline/article"
)

// Missing says what of an article was not sent.
type Missing struct {
	Reason     string // "" when the text seems whole
	Characters int    // how many are missing, 0 if nobody says
}

// missing tells whether a is only a part of what its newsroom published: by what
// the sender says, else by what the text says of itself.
func missing(a *article.Article, doc *text.Document) Missing {
	if a.Missing > 0 {
		return Missing{fmt.Sprintf("the sender left out %d characters of the text", a.Missing), a.Missing}
	}
	if a.Partial {
		return Missing{Reason: "only a summary or the beginning of the text was sent"}
	}
	if line := stub(doc); line != "" {
		return Missing{Reason: fmt.Sprintf("the rest of the text is elsewhere: %q", line)}
	}
	if breaksOff(a.Body) {
		return Missing{Reason: "the text breaks off"}
	}
	return Missing{}
}

// withheldRE matches what stands below the beginning of an article whose rest one
// must pay, register or go elsewhere for: "Subscribe to continue reading", "This
// story is for subscribers only", "You have 0 free articles left". "Subscribe to our
// newsletter" and "Read the full report" stand below whole articles.
var withheldRE = regexp.MustCompile(`(?i)` +
	`\b(subscribe|sign up|sign in|log ?in|register|pay|join|upgrade|create (an|a free) account|become a (member|subscriber))\b[^.!?]{0,40} to (continue|keep|finish) reading\b|` +
	`\bto (continue|keep|finish) reading\b[^.!?]{0,60}\b(subscri|sign|log|register|account|member|trial|article|story)|` +
	`\b(subscribe|sign up|sign in|log ?in|register|pay|join|upgrade)\b[^.!?]{0,30} to (read|unlock|access|view|see) (the|this) (full|whole|entire|rest|article|story|post|content)\b|` +
	`\b(to )?(read|unlock|access|view) (the (full|whole|entire|rest of (the|this))|this) (article|story|post|column)\b[^.!?]{0,40}\b(subscri|sign|log|register|account|member|trial|pay)|` +
	`\bread the (full|whole|entire|rest of the|rest of this|original) (article|story|post)( (on|at|here|in)\b|\W*$)|` +
	`\b(article|story|content|post|page|column|report)s? (is|are) (\w+ )?(exclusive(ly)? )?(only )?(for|to|available (only )?(to|for)|reserved for|exclusive to) (paying |paid |registered |premium |our )?(subscribers|members)\b|` +
	`\b(subscriber|member)s?[- ](only|exclusive) (article|story|content|post)|` +
	`\b(this is a premium|premium content|paid subscribers only|for subscribers only|subscribers only)\b|` +
	`\b(reached|used|exceeded) (your|the|all (of )?your) (\w+ ){0,3}(limit|free (articles|stories))|` +
	`\b(rest|remainder) of (this|the) (article|story|post|text) is (only )?(available|behind|for|reserved)`)

// Where the line that says so stands.
const (
	longestLabel = 400 // bytes of it
	shortRest    = 400 // bytes of news behind it
	fewParts     = 100 // parts of any kind behind it
)

// stub returns the line that says that the rest of the text must be paid for or
// read elsewhere; "" if none does, or if the text goes on behind it as whole
// articles do behind a button that a scraper has read.
func stub(doc *text.Document) string {
	behind := 0
	for i := len(doc.Parts) - 1; i >= max(0, len(doc.Parts)-fewParts) && behind <= shortRest; i-- {
		p := doc.Parts[i]
		line := doc.Slice(p.Span)
		if p.Start >= doc.Body && len(line) <= longestLabel && withheldRE.MatchString(line) {
			return cut(strings.Join(strings.Fields(line), " "), 80)
		}
		if p.Role == text.News {
			behind += p.Len()
		}
	}
	return ""
}

// aSummary is how long a text is at most that counts as broken off because it ends
// with dots.
const aSummary = 700

// breaksOff reports whether body ends as excerpts do: "the bridge was […]", and in
// a short one "the bridge was…".
func breaksOff(body string) bool {
	body = strings.TrimRightFunc(body, unicode.IsSpace)
	for _, sign := range []string{"[…]", "[...]", "[&hellip;]", "(...)", "(…)"} {
		if strings.HasSuffix(body, sign) {
			return true
		}
	}
	rest := strings.TrimSuffix(strings.TrimSuffix(body, "…"), "...")
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, " "))
	return len(rest) < len(body) && len(body) <= aSummary && (unicode.IsLower(last) || unicode.IsDigit(last))
}
