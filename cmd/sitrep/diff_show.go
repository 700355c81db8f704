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
	"sitrep/pipeline/explain"
)

// A diffShower shows differences to people, examples behind the tables, or to
// machines, as they come.
type diffShower struct {
	out          io.Writer
	json         bool
	most         int            // examples of each kind; less than 0: all
	shown        map[string]int // for machines, by kind
	lost, gained []diff.Pair
	changed      map[string][]diff.Pair // by field
}

// A diffLine is a difference for machines.
type diffLine struct {
	Kind        string                `json:"kind"`
	ArticleID   string                `json:"article_id,omitempty"`
	Fields      []string              `json:"fields,omitempty"`
	Event       *pipeline.EventRecord `json:"event,omitempty"`
	Differences []diff.Difference     `json:"differences,omitempty"`
	Old         *pipeline.EventRecord `json:"old,omitempty"`
	New         *pipeline.EventRecord `json:"new,omitempty"`
}

// article takes the differences of one article.
func (s *diffShower) article(id string, pairs []diff.Pair, changed []string) error {
	if s.json && len(changed) > 0 && s.room("article") {
		if err := s.line(diffLine{Kind: "article", ArticleID: id, Fields: changed}); err != nil {
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
		return s.line(diffLine{Kind: "lost", Event: p.Old})
	case p.Old == nil && s.room("gained"):
		return s.line(diffLine{Kind: "gained", Event: p.New})
	case len(p.Differ) > 0 && s.room("changed"):
		return s.line(diffLine{Kind: "changed", Differences: p.Differ, Old: p.Old, New: p.New})
	}
	return nil
}

func (s *diffShower) line(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// keep keeps p if it is one of the first of its kind; if it is changed, under the
// first of its fields that has room. Articles come by their ids, which are hashes:
// the first are a fair sample.
func (s *diffShower) keep(p diff.Pair) {
	full := func(list []diff.Pair) bool { return s.most >= 0 && len(list) >= s.most }
	switch {
	case p.New == nil && !full(s.lost):
		s.lost = append(s.lost, p)
	case p.Old == nil && !full(s.gained):
		s.gained = append(s.gained, p)
	}
	for _, d := range p.Differ {
		if s.changed == nil {
			s.changed = map[string][]diff.Pair{}
		}
		if !full(s.changed[d.Field]) {
			s.changed[d.Field] = append(s.changed[d.Field], p)
			return
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
		fmt.Fprintf(&b, "\nNo event differs in %d articles.\n", sum.Compared)
	} else {
		fmt.Fprintf(&b, "\nIn %d articles, of %d events %s are lost and %s changed; %d are gained.\n",
			sum.Compared, e.Old, share(e.Lost, e.Old), share(e.Changed, e.Old), e.Gained)
		if sum.Reweighed > 0 {
			fmt.Fprintf(&b, "Of those changed, %d differ in confidence or rule alone (--ignore confidence,rule).\n", sum.Reweighed)
		}
		writeTypes(&b, sum)
		writeFields(&b, sum)
	}
	writeArticleFields(&b, sum)
	s.examples(&b, sum)
	_, err := io.WriteString(s.out, explain.Visible(b.String()))
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

func share(n, of int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprintf("%d (%.1f %%)", n, 100*float64(n)/float64(max(of, 1)))
}

// writeTypes writes a row for each type in which something differs.
func writeTypes(w io.Writer, sum *diff.Summary) {
	fmt.Fprintln(w)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%-12s\tOLD\tNEW\tSAME\tCHANGED\tGAINED\tLOST\t\n", "TYPE")
	row := func(name string, r diff.Row) {
		cells := []string{fmt.Sprintf("%-12s", name)}
		for _, n := range []int{r.Old, r.New, r.Same, r.Changed, r.Gained, r.Lost} {
			cells = append(cells, quiet(n))
		}
		fmt.Fprintln(t, strings.Join(cells, "\t")+"\t")
	}
	var others diff.Row
	for _, name := range slices.Sorted(maps.Keys(sum.Types)) {
		if r := sum.Types[name]; r.Same == r.Old && r.Same == r.New {
			others.Add(r)
		} else {
			row(name, r)
		}
	}
	if others.Old > 0 {
		row("other types", others)
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
		heading(w, "CHANGED "+name, len(s.changed[name]), sum.Fields[name])
		for _, p := range s.changed[name] {
			writeChange(w, p)
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
const oneLineWide = 90

// writeChange writes an event as it is now, and all that was otherwise before.
func writeChange(w io.Writer, p diff.Pair) {
	fmt.Fprintf(w, "  %-9s “%s”\n", p.New.Type, marked(p.New))
	for _, d := range p.Differ {
		between := " → "
		if len(d.Old)+len(d.New) > oneLineWide {
			between = "\n" + strings.Repeat(" ", 22) + "→ "
		}
		fmt.Fprintf(w, "            %-11s %s%s%s\n", d.Field, d.Old, between, d.New)
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
