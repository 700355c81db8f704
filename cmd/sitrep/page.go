package main

import (
	"context"
	"os"

	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/registry"
	"sitrep/pipeline/web"
)

// page serves the page over what the topics of config hold, in whatever format if there
// are schemas for it, until stop is called. It tells where it is.
func (l *listenFlags) page(ctx context.Context, config kafka.Config, decoder *article.Decoder, schemas *registry.Registry, limits pipeline.Limits) (address string, stop func() error, err error) {
	server, err := l.open(os.Getenv(listenToken), int64(limits.Article), config.Logger)
	if err != nil {
		return "", nil, err
	}
	feed := web.NewFeed()
	page := web.New(web.Config{Decoder: decoder, Limits: limits, Feed: feed, Health: config.Health, Fetch: web.Fetch(config)})
	ctx, cancel := context.WithCancel(ctx)
	var g errgroup.Group
	g.Go(func() error {
		err := server.Serve(ctx, page.Handler())
		if err != nil { // articles go on
			config.Logger.Error("the page is served no more", "error", err)
		}
		return err
	})
	g.Go(func() error {
		feed.Follow(ctx, config, func(ctx context.Context, value []byte) ([]byte, error) {
			return schemas.JSON(ctx, pipeline.Events, value)
		})
		return nil
	})
	return server.URL(), func() error {
		cancel()
		return g.Wait()
	}, nil
}
