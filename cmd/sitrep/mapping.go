package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/tabwriter"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// showMapping writes what was read from where for each field of an article: a path
// in the record, what a page states, or the article's own text.
func showMapping(r *pipeline.Reading) ([]byte, error) {
	a := &r.Article
	rec := r.Records().Article
	var b bytes.Buffer
	fmt.Fprintf(&b, "read as %s\n", a.Form)
	w := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	for f, value := range [article.Fields]string{a.GivenID, a.Title, a.Body, published(a), a.URL, a.Source, a.Author, a.Language} {
		field, from := article.Field(f), a.Origin[f]
		if from == "" {
			value, from = fromText(r, &rec, field, value)
		}
		if field == article.Body && value != "" {
			value = fmt.Sprintf("%d characters: %s", len([]rune(value)), value)
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\n", field, glance(value), from)
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	if a.Partial {
		fmt.Fprintln(&b, "  partial: only a part of the text was sent")
	}
	if a.Doubt != "" {
		fmt.Fprintf(&b, "  in doubt: %s\n", a.Doubt)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func published(a *article.Article) string {
	if a.Published.At != "" {
		return a.Published.At
	}
	return a.Published.Day.String()
}

// fromText returns what the article's own text told of a field that the record did
// not have.
func fromText(r *pipeline.Reading, rec *pipeline.ArticleRecord, f article.Field, value string) (string, string) {
	switch f {
	case article.Title:
		if title := r.Title(); title != "" {
			return title, "the text"
		}
	case article.Author:
		if rec.Author != nil {
			return *rec.Author, "the text"
		}
	case article.Published, article.Language:
		if value != "" {
			return value, "the text"
		}
	}
	return "-", "not found"
}

// glance shortens a value for a column, and takes what a terminal obeys out of it.
func glance(s string) string {
	const width = 72
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < 0x20 || r == ' ' || r >= 0x7f && r < 0xa0 }), " ")
	if runes := []rune(s); len(runes) > width {
		s = string(runes[:width]) + "…"
	}
	if s == "" {
		return "-"
	}
	return s
}
