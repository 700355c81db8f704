package main

import (
	"errors"
	"net/http"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/api"
	"sitrep/pipeline/article"
	"sitrep/pipeline/metrics"
	"sitrep/pipeline/web"
)

func serveCommand() *cobra.Command {
	limits := pipeline.DefaultLimits
	o := api.Options{Workers: runtime.GOMAXPROCS(0)}
	var decoder article.Decoder
	var listen listenFlags
	var health healthFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Extract from articles that are sent by HTTP, without Kafka",
		Long: `Serves POST /v1/extract: one article in, in whatever shape, and the records out that
the service would publish, as JSON or JSON Lines; GET /openapi.json describes it
(docs/serving.md). The address in a browser is a page where one pastes a text and sees
what is found in it, and why.

On other addresses than those of this machine clients must show a token, which is in
SITREP_LISTEN_TOKEN or a file: Authorization: Bearer …. Others are refused, and so are
requests for a host name that is not localhost, the address, or in --listen-host.
Connections are not encrypted: put a proxy with TLS before it where others listen in.

When there is more to do than is good, requests are answered with 503 and Retry-After.`,
		Example: `  sitrep serve
  curl --data-binary @article.txt -H 'Content-Type: text/plain' localhost:8080/v1/extract
  SITREP_LISTEN_TOKEN=… sitrep serve --listen 0.0.0.0:8080 --listen-host news.example.org`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(atLeast("--workers", o.Workers, 1), atLeast("--max-waiting", o.Waiting, 0), checkArticles(limits)); err != nil {
				return exitError{exitUsage, err}
			}
			measured := metrics.New(build())
			measured.Served()
			log := logger()
			tracer, err := startTracer(cmd.Context(), log)
			if err != nil {
				return err
			}
			defer tracer.Stop()
			o.Process, o.MaxArticle = watched(&decoder, limits, measured, tracer), limits.Article
			a := api.New(o)
			measured.InFlight(a.InFlight)
			server, err := listen.open(os.Getenv(listenToken), int64(limits.Article), log)
			if err != nil {
				return err
			}
			stop, err := health.serve(func() error { return nil }, measured, log)
			if err != nil {
				server.Close()
				return err
			}
			defer stop()
			mux := http.NewServeMux()
			a.Register(mux, measured.Route)
			mux.Handle("/", measured.Route("/", web.New(web.Config{Decoder: &decoder, Limits: limits}).Handler()))
			log.Info("serving", "at", server.URL())
			return server.Serve(cmd.Context(), mux)
		},
	}
	f := cmd.Flags()
	listen.flags(f, "8080", "the API and the page")
	f.IntVar(&o.Workers, "workers", o.Workers, "articles extracted at once")
	f.IntVar(&o.Waiting, "max-waiting", 0, "requests that wait for their turn at most (default: 8 for each worker)")
	health.flags(f)
	limitFlags(cmd, &limits)
	decodeFlags(f, &decoder)
	return cmd
}
