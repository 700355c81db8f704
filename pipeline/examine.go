package pipeline

import (
	"sitrep/extractors"
	"sitrep/extractors/dates"
	"sitrep/extractors/text"
	"sitrep/pipeline/article"
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
	Reason  string // why Status is not StatusOK
}

// Examine reads an article and extracts what it tells.
func Examine(a article.Article, by Anchoring) *Reading {
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
	if r.Article.Language = languageOf(a.Title+"\n"+a.Body, a.Language); r.Article.Language != "en" {
		r.Status, r.Reason = StatusUnsupported, "the text is not English"
		return r
	}
	anchor := dates.Anchor{Narrative: by == ByNarrative}
	if by != Unanchored {
		anchor.Published = r.Article.Published.Day
	}
	r.Facts = extractors.Extract(r.Doc, anchor)
	switch {
	case a.Partial:
		r.Status, r.Reason = StatusPartial, "only a part of the text was sent"
	case len(r.Facts.Events) == 0:
		r.Status, r.Reason = StatusNoEvents, "no event found"
	default:
		r.Status, r.Reason = StatusOK, a.Doubt
	}
	return r
}
