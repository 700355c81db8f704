package pipeline

import (
	"sitrep/extractors/text"
	"sitrep/pipeline/article"
)

// Missing says what of an article was not sent.
type Missing struct {
	Reason     string // "" when the text is whole
	Characters int    // how many are missing, if the sender says so
}

func missing(a *article.Article, doc *text.Document) Missing {
	if a.Partial {
		return Missing{Reason: "only a part of the text was sent"}
	}
	return Missing{}
}
