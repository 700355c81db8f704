package main

import (
	"runtime"

	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
	"sitrep/pipeline/article"
	"sitrep/pipeline/evaluate"
)

// tellMetadata reads each text of gold with nothing beside it.
func tellMetadata(gold []annotations.Document) []evaluate.Told {
	out := make([]evaluate.Told, len(gold))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range gold {
		g.Go(func() error {
			r := pipeline.Examine(article.Article{GivenID: d.ID, Body: d.Text}, pipeline.ByPublication)
			out[i] = evaluate.Told{ID: d.ID, Title: r.Title(), Published: r.Article.Published.Day.String(), Authors: r.Authors(), Names: r.NamesInDatelines()}
			return nil
		})
	}
	_ = g.Wait() // reading has no errors
	return out
}
