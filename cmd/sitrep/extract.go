package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
)

func extractCommand() *cobra.Command {
	var output string
	var mapping, near bool
	in := newInput()
	cmd := &cobra.Command{
		Use:   "extract [FILE|DIRECTORY|-]...",
		Short: "Extract from files or stdin, without Kafka",
		Long: `Reads articles from files, all files of directories, or stdin, and prints what is
found in them, in the order of the input. Files may be JSON in the dialects of
newsrooms, JSON Lines, HTML, feeds of RSS or Atom, web archives (WARC) or plain
text, and compressed with gzip or zstd.

Output:
  jsonl        the records that the service publishes, one a line: an article's
               events, then the article with all that was found in it
  table        the same for reading
  annotations  one document a line, with spans and events at offsets in code
               points into the text: the form of evaluation data

With --show-mapping nothing is extracted: for every article and field it prints what
was read and from where. A field that was read from the wrong place is set right with
--mapping, as --mapping body=data.article.body_html.

With --near-duplicates nothing is extracted: articles whose news is nearly the
same in words, whatever their headlines and addresses, are printed in groups, as
jsonl or as a table, with how much of the first one's words each has.

What cannot be read is named on stderr, the rest goes on, and the exit code is 3.`,
		Example: `  sitrep extract -o table article.txt
  curl -s https://example.org/news | sitrep extract -f html
  sitrep extract --show-mapping --mapping title=data.headline.main new-feed.jsonl
  sitrep extract articles.jsonl.gz | jq 'select(.type == "withdraw")'
  sitrep extract --near-duplicates -o table articles/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if near && mapping {
				return usage("--show-mapping and --near-duplicates: want one of them")
			}
			if near {
				return printNearDuplicates(cmd, in, args, output)
			}
			render, ok := renderers[output]
			if !ok {
				return usage("--output %q: want jsonl, table or annotations", output)
			}
			if mapping {
				render = showMapping
			}
			return in.each(cmd, args, cmd.OutOrStdout(), render)
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "jsonl", "what to print: jsonl, table or annotations")
	cmd.Flags().BoolVar(&mapping, "show-mapping", false, "print what each field was read from, instead of records")
	cmd.Flags().BoolVar(&near, "near-duplicates", false, "print groups of articles that are nearly the same, and extract nothing")
	in.flags(cmd)
	return cmd
}

func anchorFlag(cmd *cobra.Command, anchor *string) {
	cmd.Flags().StringVar(anchor, "anchor", "published", "what relative dates are relative to: published, narrative or none")
}

func parseAnchor(name string) (pipeline.Anchoring, error) {
	switch name {
	case "published":
		return pipeline.ByPublication, nil
	case "narrative":
		return pipeline.ByNarrative, nil
	case "none":
		return pipeline.Unanchored, nil
	}
	return 0, usage("--anchor %q: want published, narrative or none", name)
}

func limitFlags(cmd *cobra.Command, limits *pipeline.Limits) {
	cmd.Flags().IntVar(&limits.Article, "max-article-bytes", limits.Article, "larger articles become dead letters")
	cmd.Flags().DurationVar(&limits.Time, "max-article-time", limits.Time, "articles that take longer become dead letters")
}

// renderers write what was found in one article, with the newline at its end.
var renderers = map[string]func(*pipeline.Reading) ([]byte, error){
	"jsonl": func(r *pipeline.Reading) ([]byte, error) {
		records := r.Records()
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		for i := range records.Events {
			if err := enc.Encode(&records.Events[i]); err != nil {
				return nil, err
			}
		}
		err := enc.Encode(&records.Article)
		return b.Bytes(), err
	},
	"table": func(r *pipeline.Reading) ([]byte, error) {
		var b bytes.Buffer
		err := writeTable(&b, r.Records())
		return b.Bytes(), err
	},
	"annotations": func(r *pipeline.Reading) ([]byte, error) {
		d := r.Annotations()
		if err := d.Check(); err != nil {
			return nil, err
		}
		var b bytes.Buffer
		err := annotations.Write(&b, d)
		return b.Bytes(), err
	},
}

// A printer is the sink of extract: what was rendered goes to out, and dead
// letters are named on err.
type printer struct {
	out            *bufio.Writer
	err            io.Writer
	articles, dead int
}

func (p *printer) Commit(_ context.Context, b pipeline.Batch) error {
	p.articles += b.Raw
	for _, r := range b.Records {
		if r.Stream == pipeline.DeadLetters {
			p.dead++
			h := headers(r)
			fmt.Fprintf(p.err, "%s:%s: %s: %s\n", h["__connect.errors.topic"], h["__connect.errors.offset"],
				strings.TrimPrefix(h["__connect.errors.exception.class.name"], "sitrep."), h["__connect.errors.exception.message"])
			continue
		}
		if _, err := p.out.Write(r.Value); err != nil {
			return err
		}
	}
	return p.out.Flush()
}

func headers(r pipeline.Record) map[string]string {
	out := map[string]string{}
	for _, h := range r.Headers {
		out[h.Key] = string(h.Value)
	}
	return out
}
