package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/duplicates"
)

// A nearDuplicate is an article in a group of them.
type nearDuplicate struct {
	At            string  `json:"at"` // file and line
	ArticleID     string  `json:"article_id"`
	GivenID       *string `json:"given_id"`
	Title         *string `json:"title"`
	Source        *string `json:"source"`
	URL           *string `json:"url"`
	PublishedDate *string `json:"published_date"`
	Simhash       string  `json:"simhash"`
	Similarity    float64 `json:"similarity"` // to the first of the group
}

// printNearDuplicates prints the groups of near-duplicates among the articles that
// args name, in the order of their files and lines.
func printNearDuplicates(cmd *cobra.Command, in *input, args []string, output string) error {
	if output != "jsonl" && output != "table" {
		return usage("--output %q: want jsonl or table with --near-duplicates", output)
	}
	var c collection
	unread := in.decoded(cmd, args, io.Discard, func(at pipeline.Position, a article.Article) ([]byte, error) {
		c.add(at, pipeline.FingerprintOf(a))
		return nil, nil
	})
	if unread != nil && c.articles == nil {
		return unread
	}
	write := writeGroups
	if output == "table" {
		write = writeGroupsTable
	}
	if err := write(cmd.OutOrStdout(), c.groups(), len(c.articles)); err != nil {
		return err
	}
	return unread
}

// A collection keeps the fingerprints of a batch, which come in any order.
type collection struct {
	sync.Mutex
	articles []fingerprinted
}

type fingerprinted struct {
	at pipeline.Position
	pipeline.Fingerprint
}

func (c *collection) add(at pipeline.Position, f pipeline.Fingerprint) {
	c.Lock()
	defer c.Unlock()
	c.articles = append(c.articles, fingerprinted{at, f})
}

func (c *collection) groups() [][]nearDuplicate {
	slices.SortFunc(c.articles, func(a, b fingerprinted) int {
		return cmp.Or(cmp.Compare(a.at.Topic, b.at.Topic), cmp.Compare(a.at.Offset, b.at.Offset))
	})
	texts := make([]duplicates.Shingles, len(c.articles))
	for i, a := range c.articles {
		texts[i] = a.Shingles
	}
	var out [][]nearDuplicate
	for _, g := range duplicates.Groups(texts) {
		var group []nearDuplicate
		for n, i := range g.Members {
			group = append(group, c.articles[i].nearDuplicate(g.Similarity[n]))
		}
		out = append(out, group)
	}
	return out
}

func (f *fingerprinted) nearDuplicate(similarity float64) nearDuplicate {
	return nearDuplicate{At: fmt.Sprintf("%s:%d", f.at.Topic, f.at.Offset), ArticleID: f.ArticleID, GivenID: given(f.GivenID), Title: given(f.Title),
		Source: given(f.Source), URL: given(f.URL), PublishedDate: given(f.PublishedDate), Simhash: f.Simhash, Similarity: float64(int(similarity*1000+0.5)) / 1000}
}

func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func writeGroups(w io.Writer, groups [][]nearDuplicate, _ int) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, g := range groups {
		if err := enc.Encode(map[string]any{"articles": g}); err != nil {
			return err
		}
	}
	return nil
}

func writeGroupsTable(w io.Writer, groups [][]nearDuplicate, articles int) error {
	t := &table{tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)}
	n := 0
	for _, g := range groups {
		n += len(g)
		t.row("SIMILARITY", "PUBLISHED", "SOURCE", "ID", "TITLE", "AT")
		for _, a := range g {
			title := strings.TrimSpace(oneLine(or(a.Title, "(no title)")))
			t.row(fmt.Sprintf("%.2f", a.Similarity), or(a.PublishedDate, "-"), or(a.Source, "-"), or(a.GivenID, a.ArticleID), title, a.At)
		}
		t.w.Flush()
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "%d of %d articles are near-duplicates; groups: %d\n", n, articles, len(groups))
	return err
}
