package pipeline

import (
	"fmt"
	"strings"

	"sitrep/extractors"
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
	"sitrep/pipeline/article"
	"sitrep/pipeline/language"
)

// An Anchoring says what relative dates are relative to.
type Anchoring uint8

// The anchorings.
const (
	ByPublication Anchoring = iota // the day of publication
	ByNarrative                    // the dates that the text has told before, as in histories
	Unanchored                     // nothing: they stay unresolved
)

// A Reading is an article, its text and what was found in it.
type Reading struct {
	Article article.Article // completed with what the text tells of itself
	Doc     *text.Document
	Facts   extractors.Facts
	Status  string
	Reason  string  // why Status is not StatusOK, and what is in doubt
	Missing Missing // what of the text was not sent
}

// open reads an article as far as its id, its words and its day need it.
func open(a article.Article, by Anchoring) *Reading {
	r := &Reading{Article: a}
	if !hasText(a.Body) {
		r.Doc = &text.Document{Text: a.Title + a.Body, Body: len(a.Title)}
		r.Status, r.Reason = StatusNoText, "the body has no words"
		return r
	}
	r.Doc = text.Read(a.Title, a.Body)
	if stamp, ok := dates.Published(r.Doc); ok && a.Published.Day.IsZero() && by == ByPublication {
		r.Article.Published = stamp
	}
	return r
}

// Examine reads an article and extracts what it tells.
func Examine(a article.Article, by Anchoring) *Reading { return examine(a, by, nil) }

func examine(a article.Article, by Anchoring, laps *laps) *Reading {
	r := open(a, by)
	defer r.doubt(a.Doubt)
	if r.Status != "" {
		laps.end(StepRead)
		return r
	}
	r.Missing = missing(&a, r.Doc)
	declared := r.Article.Language
	found := language.Of(declared, paragraphs(r.Doc)...)
	r.Article.Language = found.Code
	laps.end(StepRead)
	if found.Code != language.English {
		r.Status, r.Reason = StatusUnsupported, notEnglish(found.Code, declared)
		return r
	}
	anchor := dates.Anchor{Narrative: by == ByNarrative}
	if by != Unanchored {
		anchor.Published = r.Article.Published.Day
	}
	r.Facts = extractors.Extract(r.Doc, anchor)
	laps.end(StepExtract)
	r.Status, r.Reason = r.outcome()
	if declared != "" && declared != language.English {
		r.doubt(fmt.Sprintf("the text is English, though declared as %s", language.Name(declared)))
	}
	return r
}

// outcome returns the status of an article that was read, and its reason.
func (r *Reading) outcome() (status, reason string) {
	switch {
	case r.Missing.Reason != "" && len(r.Facts.Events) == 0:
		return StatusPartial, r.Missing.Reason + "; no event found"
	case r.Missing.Reason != "":
		return StatusPartial, r.Missing.Reason
	case len(r.Facts.Events) == 0:
		return StatusNoEvents, "no event found"
	}
	return StatusOK, ""
}

// doubt adds to the reason what could not be read or is not as it was declared.
func (r *Reading) doubt(what string) {
	switch {
	case what == "":
	case r.Reason == "":
		r.Reason = what
	default:
		r.Reason += "; " + what
	}
}

// paragraphs lists the texts of an article that tell its language: not boxes, nor
// what is said of the author.
func paragraphs(doc *text.Document) []string {
	var out []string
	for _, p := range doc.Parts {
		switch p.Role {
		case text.Title, text.Section, text.Dateline, text.News, text.PullQuote, text.Caption:
			out = append(out, doc.Slice(p.Span))
		}
	}
	if len(out) == 0 {
		return []string{doc.Text}
	}
	return out
}

func notEnglish(code, declared string) string {
	var b strings.Builder
	b.WriteString("the text is not English")
	if code != language.Unknown {
		b.WriteString(" but " + language.Name(code))
	}
	if declared != "" && declared != code {
		b.WriteString(", though declared as " + language.Name(declared))
	}
	return b.String()
}
