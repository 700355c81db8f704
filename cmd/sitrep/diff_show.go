package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"sitrep/pipeline"
	"sitrep/pipeline/diff"
)

// A diffShower shows differences to people, examples behind the tables, or to
// machines, as they come.
type diffShower struct {
	out    io.Writer
	json   bool
	most   int // examples of each kind; less than 0: all
	lost   []diff.Pair
	gained []diff.Pair
	fields map[string][]diff.Pair
	shown  map[string]int // for machines
}

// article takes the differences of one article.
func (s *diffShower) article(id string, pairs []diff.Pair, changed []string) error {
	if s.json && len(changed) > 0 && s.room("article") {
		if err := s.line(map[string]any{"kind": "article", "article_id": id, "fields": changed}); err != nil {
			return err
		}
	}
	for _, p := range pairs {
		if s.json {
			if err := s.object(p); err != nil {
				return err
			}
			continue
		}
		s.keep(p)
	}
	return nil
}

func (s *diffShower) room(kind string) bool {
	if s.shown == nil {
		s.shown = map[string]int{}
	}
	s.shown[kind]++
	return s.most < 0 || s.shown[kind] <= s.most
}

func (s *diffShower) object(p diff.Pair) error {
	switch {
	case p.New == nil && s.room("lost"):
		return s.line(map[string]any{"kind": "lost", "event": p.Old})
	case p.Old == nil && s.room("gained"):
		return s.line(map[string]any{"kind": "gained", "event": p.New})
	case len(p.Differ) > 0 && s.room("changed"):
		return s.line(map[string]any{"kind": "changed", "differences": p.Differ, "old": p.Old, "new": p.New})
	}
	return nil
}

func (s *diffShower) line(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// keep keeps p if it is one of the first of its kind. Articles come by their ids,
// which are hashes: the first are a fair sample.
func (s *diffShower) keep(p diff.Pair) {
	full := func(list []diff.Pair) bool { return s.most >= 0 && len(list) >= s.most }
	switch {
	case p.New == nil && !full(s.lost):
		s.lost = append(s.lost, p)
	case p.Old == nil && !full(s.gained):
		s.gained = append(s.gained, p)
	}
	for _, d := range p.Differ {
		if s.fields == nil {
			s.fields = map[string][]diff.Pair{}
		}
		if !full(s.fields[d.Field]) {
			s.fields[d.Field] = append(s.fields[d.Field], p)
		}
	}
}

func (s *diffShower) summary(names []string, sum *diff.Summary) error {
	if s.json {
		return s.line(struct {
			Kind  string   `json:"kind"`
			Sides []string `json:"sides"`
			*diff.Summary
		}{"summary", names, sum})
	}
	var b strings.Builder
	writeRun(&b, "OLD", names[0], &sum.Old)
	writeRun(&b, "NEW", names[1], &sum.New)
	writeCompared(&b, sum)
	if e := sum.Events; e.Lost+e.Gained+e.Changed == 0 {
		fmt.Fprintln(&b, "\nNo event differs.")
	} else {
		writeTypes(&b, sum)
		writeFields(&b, sum)
	}
	writeArticleFields(&b, sum)
	s.examples(&b, sum)
	_, err := io.WriteString(s.out, b.String())
	return err
}

func writeRun(w io.Writer, which, name string, r *diff.Run) {
	fmt.Fprintf(w, "%s  %s\n     %d articles, %d events", which, name, r.Articles, r.Events)
	if r.Stale > 0 {
		fmt.Fprintf(w, "; %d more that their articles do not list", r.Stale)
	}
	if r.Replaced > 0 {
		fmt.Fprintf(w, "; %d records that later ones replace", r.Replaced)
	}
	fmt.Fprintln(w)
	for _, v := range diff.Most(r.Versions) {
		if v != "" && len(r.Versions) > 1 {
			fmt.Fprintf(w, "     extractor %s: %d articles\n", v, r.Versions[v])
		} else if v != "" {
			fmt.Fprintf(w, "     extractor %s\n", v)
		}
	}
}

func writeCompared(w io.Writer, sum *diff.Summary) {
	if sum.OnlyOld > 0 {
		fmt.Fprintf(w, "\nOnly OLD has read %d articles, with %d events: they are not compared.", sum.OnlyOld, sum.EventsOnlyOld)
	}
	if sum.OnlyNew > 0 {
		fmt.Fprintf(w, "\nOnly NEW has read %d articles, with %d events: they are not compared.", sum.OnlyNew, sum.EventsOnlyNew)
	}
	if sum.OnlyOld+sum.OnlyNew > 0 {
		fmt.Fprintln(w)
	}
}

func columns(w io.Writer) *tabwriter.Writer {
	return tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
}

func writeTypes(w io.Writer, sum *diff.Summary) {
	fmt.Fprintln(w)
	t := columns(w)
	fmt.Fprintln(t, "TYPE\tOLD\tNEW\tSAME\tCHANGED\tGAINED\tLOST\t")
	row := func(name string, r diff.Row) {
		cells := []string{name}
		for _, n := range []int{r.Old, r.New, r.Same, r.Changed, r.Gained, r.Lost} {
			cells = append(cells, quiet(n))
		}
		fmt.Fprintln(t, strings.Join(cells, "\t")+"\t")
	}
	for _, name := range slices.Sorted(maps.Keys(sum.Types)) {
		row(name, sum.Types[name])
	}
	row("all", sum.Events)
	t.Flush()
}

// quiet is n, and a point for nothing, so that the eye finds what is there.
func quiet(n int) string {
	if n == 0 {
		return "."
	}
	return fmt.Sprint(n)
}

// turnsShown is how many turns of a field are shown beside its count.
const turnsShown = 4

func writeFields(w io.Writer, sum *diff.Summary) {
	if len(sum.Fields) == 0 {
		return
	}
	fmt.Fprintln(w, "\nCHANGED BY FIELD")
	width := len(fmt.Sprint(sum.Events.Changed))
	for _, name := range diff.Fields() {
		n := sum.Fields[name]
		if n == 0 {
			continue
		}
		var turns []string
		for i, turn := range diff.Most(sum.Turns[name]) {
			if i == turnsShown {
				turns = append(turns, "…")
				break
			}
			turns = append(turns, fmt.Sprintf("%s (%d)", turn, sum.Turns[name][turn]))
		}
		fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("  %*d  %-11s  %s", width, n, name, strings.Join(turns, ", ")), " "))
	}
}

func writeArticleFields(w io.Writer, sum *diff.Summary) {
	if len(sum.ArticleFields) == 0 {
		return
	}
	var parts []string
	for _, name := range diff.Most(sum.ArticleFields) {
		parts = append(parts, fmt.Sprintf("%s %d", name, sum.ArticleFields[name]))
	}
	fmt.Fprintf(w, "\nARTICLES CHANGED BY FIELD\n  %s\n", strings.Join(parts, ", "))
}

func (s *diffShower) examples(w io.Writer, sum *diff.Summary) {
	for _, list := range []struct {
		name  string
		of    int
		pairs []diff.Pair
	}{{"LOST", sum.Events.Lost, s.lost}, {"GAINED", sum.Events.Gained, s.gained}} {
		heading(w, list.name, len(list.pairs), list.of)
		for _, p := range list.pairs {
			e := p.Old
			if e == nil {
				e = p.New
			}
			writeEvent(w, "  ", e)
			writeWhere(w, e)
		}
	}
	for _, name := range diff.Fields() {
		pairs := s.fields[name]
		heading(w, "CHANGED "+name, len(pairs), sum.Fields[name])
		for _, p := range pairs {
			writeChange(w, name, p)
		}
	}
}

func heading(w io.Writer, what string, shown, of int) {
	switch {
	case shown == 0:
	case shown < of:
		fmt.Fprintf(w, "\n%s (%d of %d)\n", what, shown, of)
	default:
		fmt.Fprintf(w, "\n%s (%d)\n", what, of)
	}
}

// oneLineWide is how wide two values may be that stand in one line.
const oneLineWide = 80

func writeChange(w io.Writer, field string, p diff.Pair) {
	for _, d := range p.Differ {
		switch {
		case d.Field != field:
		case len(d.Old)+len(d.New) < oneLineWide:
			fmt.Fprintf(w, "  %s → %s\n", d.Old, d.New)
		default:
			fmt.Fprintf(w, "  %s\n→ %s\n", d.Old, d.New)
		}
	}
	if field != "sentence" {
		fmt.Fprintf(w, "            %s: “%s”\n", p.New.Type, marked(p.New))
	}
	writeWhere(w, p.New)
}

func writeWhere(w io.Writer, e *pipeline.EventRecord) {
	title := "without a title"
	if e.Title != nil {
		title = "in “" + oneLine(*e.Title) + "”"
	}
	fmt.Fprintf(w, "            %s, article %s\n", title, e.ArticleID)
}
