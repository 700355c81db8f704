package evaluate

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"sitrep/pipeline/annotations"
)

// A Told is what was read about an article from its text alone.
type Told struct {
	ID        string
	Title     string
	Published string // YYYY-MM-DD, "" where no day is known
	Authors   []string
	Names     []string // persons and organisations found in datelines, agencies in brackets left out
}

// A FieldScore compares one field over the documents whose gold has it.
type FieldScore struct {
	Stated Share // of those whose text states it: right
	Found  Share // of those found: wrong
}

// MetadataScores measure what texts tell of themselves.
type MetadataScores struct {
	Documents                 int
	Title, Published, Authors FieldScore
	Yearless                  Share // of texts that state day and month alone: a day was told
	DatelineNames             int
	errors                    []string
}

// Metadata compares what was read with gold, document by document. A field counts
// as stated where the text holds its words: a day of publication in one of the
// written forms of a whole day, a title as it is, all authors by name.
func Metadata(gold []annotations.Document, told []Told) MetadataScores {
	s := MetadataScores{Documents: len(gold)}
	for i, g := range gold {
		t := told[i]
		words := norm(g.Text)
		title, published := norm(show(g.Title)), show(g.Published)
		s.Title.note(&s, "title", t.ID, title, norm(t.Title), strings.Contains(words, title))
		stated := states(g.Text, published)
		s.Published.note(&s, "published", t.ID, published, t.Published, stated)
		if !stated && statesYearless(g.Text, published) {
			s.Yearless.note(t.Published != "")
		}
		authors := nameSet(g.Authors)
		named := !slices.ContainsFunc(g.Authors, func(a string) bool { return !strings.Contains(words, norm(a)) })
		s.Authors.note(&s, "authors", t.ID, authors, nameSet(t.Authors), named)
		s.DatelineNames += len(t.Names)
		for _, n := range t.Names {
			s.errors = append(s.errors, fmt.Sprintf("dateline   %s: %q is taken for a person or an organisation", t.ID, n))
		}
	}
	return s
}

func nameSet(list []string) string {
	var out []string
	for _, n := range list {
		out = append(out, norm(n))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func (f *FieldScore) note(s *MetadataScores, field, id, gold, found string, stated bool) {
	if gold == "" {
		return
	}
	if stated {
		f.Stated.note(found == gold)
	}
	if found != "" {
		f.Found.note(found != gold)
	}
	if stated && found != gold || found != "" && found != gold {
		s.errors = append(s.errors, fmt.Sprintf("%-9s  %s: gold %q, found %q, stated %v", field, id, gold, cmp.Or(found, "none"), stated))
	}
}

// states reports whether text states day, month and year of a day in one of the
// forms in which they are written: "May 10, 2025", "10 MAY 25", "2025-05-10".
func states(text, day string) bool {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	month, n := monthAndDay(d)
	year := fmt.Sprintf(`,? ?(?:%d|'?%02d)\b`, d.Year(), d.Year()%100)
	digits := fmt.Sprintf(`\b%d[-/]0?%d[-/]0?%d(?:\b|T)|\b0?%[3]d[/.]0?%[2]d[/.]%[1]d\b|\b0?%[2]d/0?%[3]d/%[1]d\b`, d.Year(), int(d.Month()), d.Day())
	return regexp.MustCompile(`(?i)\b` + month + ` ?` + n + year + `|\b` + n + ` (?:of )?` + month + year + `|` + digits).MatchString(text)
}

// statesYearless reports whether the head of text states day and month.
func statesYearless(text, day string) bool {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return false
	}
	month, n := monthAndDay(d)
	return regexp.MustCompile(`(?i)\b` + month + ` ?` + n + `\b|\b` + n + ` ` + month + `\b`).MatchString(text[:min(len(text), 300)])
}

func monthAndDay(d time.Time) (month, day string) {
	long := d.Month().String()
	return fmt.Sprintf(`(?:%s|%s\.?|%s\.?)`, long, long[:min(4, len(long))], long[:3]), fmt.Sprintf(`0?%d(?:st|nd|rd|th)?`, d.Day())
}

func (s *MetadataScores) figures() []figure {
	field := func(name string, f FieldScore) figure {
		return figure{name: name, group: []figure{number("right", f.Stated.Count), number("stated", f.Stated.Of), quotient("r", f.Stated.Count, f.Stated.Of),
			number("found", f.Found.Of), number("wrong", f.Found.Count)}}
	}
	return []figure{number("documents", s.Documents), field("title", s.Title), field("published", s.Published), field("authors", s.Authors),
		number("yearless", s.Yearless.Of), number("yearless_told", s.Yearless.Count), number("dateline_names", s.DatelineNames)}
}

func (s *MetadataScores) table(b *bytes.Buffer) {
	fmt.Fprintf(b, "metadata read from the text alone, %d documents\n", s.Documents)
	fmt.Fprintf(b, "%-10s %7s %7s %7s  %7s %7s\n", "field", "stated", "right", "share", "found", "wrong")
	for _, row := range []struct {
		name string
		f    FieldScore
	}{{"title", s.Title}, {"published", s.Published}, {"authors", s.Authors}} {
		fmt.Fprintf(b, "%-10s %7d %7d %7s  %7d %7d\n", row.name, row.f.Stated.Of, row.f.Stated.Count, share(row.f.Stated), row.f.Found.Of, row.f.Found.Count)
	}
	fmt.Fprintf(b, "day and month without the year: %d, of which a day was told: %d\n", s.Yearless.Of, s.Yearless.Count)
	fmt.Fprintf(b, "names of persons and organisations in datelines: %d\n", s.DatelineNames)
}

func (s *MetadataScores) writeErrors(w io.Writer, n int) error {
	for _, e := range s.errors[:min(n, len(s.errors))] {
		if _, err := fmt.Fprintln(w, oneLine(e)); err != nil {
			return err
		}
	}
	return nil
}
