package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/samples"
)

func demoCommand() *cobra.Command {
	var exit bool
	var listen listenFlags
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Run the whole line on sample articles, with nothing installed",
		Long: `Starts a Kafka broker inside this process, makes the topics, produces sample
articles in the shapes that newsrooms send, runs the service on them, and prints
the events that come out with the sentences they were read in. On a terminal it then
opens the page in a browser, where one sees them, pastes an article of one's own and
is shown what is found, until Ctrl-C. Nothing leaves the machine and nothing is left
behind.`,
		Example: `  sitrep demo
  sitrep demo --exit`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if exit || !isTerminal(cmd.OutOrStdout()) {
				return demo(cmd.Context(), cmd.OutOrStdout(), nil)
			}
			return demo(cmd.Context(), cmd.OutOrStdout(), &listen)
		},
	}
	cmd.Flags().BoolVar(&exit, "exit", false, "end when the events are printed, on a terminal too")
	listen.flags(cmd.Flags(), "127.0.0.1:0", "the page")
	return cmd
}

// browse opens an address in the browser of whoever sits before the screen, if somebody
// does.
func browse(address string) {
	var cmd *exec.Cmd
	switch {
	case runtime.GOOS == "darwin":
		cmd = exec.Command("open", address)
	case runtime.GOOS == "windows":
		cmd = exec.Command("rundll32", "url.dll,FileProtocolHandler", address)
	case os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "":
		cmd = exec.Command("xdg-open", address)
	default:
		return
	}
	if cmd.Start() == nil { // else the address is on the terminal
		go cmd.Wait()
	}
}

func isTerminal(out io.Writer) bool {
	f, ok := out.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

const demoInput = "articles.raw"

// demo prints what comes out and ends, or where it is to listen serves the page
// until ctx is done.
func demo(ctx context.Context, out io.Writer, listen *listenFlags) error {
	began := time.Now()
	broker, err := testbroker.Embedded()
	if err != nil {
		return err
	}
	defer broker.Close()
	config := kafka.Config{Brokers: broker.Addrs(), Group: "demo", Input: demoInput, Health: new(kafka.Health), Logger: slog.New(slog.DiscardHandler)}
	limits := pipeline.DefaultLimits
	if err := kafka.CreateTopics(ctx, config, kafka.Specs(demoInput, kafka.DefaultTopics, 3, limits.Article)...); err != nil {
		return err
	}
	var raws []pipeline.Raw
	for _, s := range samples.All() {
		raws = append(raws, pipeline.Raw{Key: []byte(s.Name), Value: s.Raw})
	}
	raws = append(raws, pipeline.Raw{Key: []byte("broken.json"), Value: []byte(`{"title": "Cut off in tra`)})
	if err := kafka.Produce(ctx, config.Brokers, demoInput, raws); err != nil {
		return err
	}

	var articles []pipeline.Raw
	running, stop := context.WithCancel(ctx)
	defer stop()
	pool := pipeline.NewPool(runtime.GOMAXPROCS(0), func(raw pipeline.Raw) []pipeline.Record { return pipeline.Process(raw, limits) })
	done := make(chan error, 1)
	go func() { done <- kafka.Run(running, config, pool) }()
	var dead []pipeline.Raw
	for len(articles)+len(dead) < len(raws) {
		select {
		case err := <-done:
			return fmt.Errorf("the service ended early: %w", err)
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
		if articles, err = kafka.ReadAll(ctx, config.Brokers, kafka.DefaultTopics.Articles); err != nil {
			return err
		}
		if dead, err = kafka.ReadAll(ctx, config.Brokers, kafka.DefaultTopics.DeadLetters); err != nil {
			return err
		}
	}
	events, err := kafka.ReadAll(ctx, config.Brokers, kafka.DefaultTopics.Events)
	if err != nil {
		return err
	}
	if err := report(out, articles, events, dead); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d articles in, %d events out in %.1f s. Next: sitrep extract -o table FILE, sitrep run --help\n", len(raws), len(events), time.Since(began).Seconds())
	if listen != nil {
		address, end, err := listen.page(ctx, config, &article.Decoder{}, nil, limits)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\nThe page: %s   (Ctrl-C ends it)\n", address)
		if isTerminal(out) {
			browse(address)
		}
		<-ctx.Done()
		if err := end(); err != nil {
			return err
		}
	}
	stop()
	return <-done
}

// report prints what stands in the output topics, by article.
func report(out io.Writer, articles, events, dead []pipeline.Raw) error {
	byArticle := map[string][]pipeline.EventRecord{}
	types := map[string]int{}
	for _, raw := range events {
		var e pipeline.EventRecord
		if err := json.Unmarshal(raw.Value, &e); err != nil {
			return err
		}
		byArticle[e.ArticleID] = append(byArticle[e.ArticleID], e)
		types[e.Type]++
	}
	statuses := map[string]int{}
	records := make([]pipeline.ArticleRecord, len(articles))
	for i, raw := range articles {
		if err := json.Unmarshal(raw.Value, &records[i]); err != nil {
			return err
		}
	}
	slices.SortFunc(records, func(a, b pipeline.ArticleRecord) int {
		return strings.Compare(or(a.PublishedDate, ""), or(b.PublishedDate, ""))
	})
	for _, a := range records {
		statuses[a.Status]++
		list := byArticle[a.ArticleID]
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b pipeline.EventRecord) int { return a.Trigger.Start - b.Trigger.Start })
		fmt.Fprintf(out, "%s  %s\n", or(a.PublishedDate, "no date   "), oneLine(or(list[0].Title, "(no title)")))
		for i := range list {
			writeEvent(out, "    ", &list[i])
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "events:       %s\n", tally(types))
	fmt.Fprintf(out, "articles:     %s\n", tally(statuses))
	for _, raw := range dead {
		h := headers(pipeline.Record{Headers: raw.Headers})
		fmt.Fprintf(out, "dead letter:  %s: %s\n", raw.Key, h["__connect.errors.exception.message"])
	}
	return nil
}

func tally(count map[string]int) string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(count)) {
		out = append(out, fmt.Sprintf("%d %s", count[k], k))
	}
	return strings.Join(out, ", ")
}
