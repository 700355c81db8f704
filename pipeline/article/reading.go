package article

import (
	"fmt"
	"net/url"
	"strings"

	"sitrep/extractors/dates"
	"sitrep/pipeline/language"
)

// A reading is one record while it is decoded. Of what is offered for a field the
// first that holds something is kept, so whoever offers first wins.
type reading struct {
	limits  Limits
	mapping Mapping
	schemas Schemas

	form      []string // what the record is, from the outside in
	values    [Fields]string
	origin    [Fields]string
	published dates.Stamp
	unmapped  []Field // where the mapping leads nowhere
	undated   string  // why no date that was offered could be read
	partial   bool
	missing   int   // characters
	feed      *node // that an item stands in
	packings  int   // records that stand one in the other
	over      error // a limit that a text was over
	doubts    []string
}

// is notes what the record is found to be.
func (r *reading) is(form string) { r.form = append(r.form, form) }

func (r *reading) doubt(format string, args ...any) {
	r.doubts = append(r.doubts, fmt.Sprintf(format, args...))
}

// offer gives a value for any field but the body, and where it was read.
func (r *reading) offer(f Field, value, origin string) {
	if r.values[f] != "" || strings.TrimSpace(value) == "" {
		return
	}
	switch f {
	case Published:
		stamp, err := parseTime(value)
		if err != nil {
			if r.undated == "" {
				r.undated = fmt.Sprintf("publication date %q: %v", cut(value, 60), err)
			}
			return
		}
		r.published = stamp
	case URL:
		if value = strings.TrimSpace(value); !isURL(value) {
			return
		}
	case Source:
		if isURL(value) {
			r.offer(URL, value, origin)
			return
		}
		value = line(value)
	case Author:
		if value = byline(value); strings.Trim(value, "0123456789") == "" { // the number of an account
			return
		}
	case Language:
		value = language.Code(value)
	case Title:
		value = line(value)
	}
	if value != "" {
		r.values[f], r.origin[f] = value, origin
	}
}

// article is what the reading came to.
func (r *reading) article() Article {
	a := Article{
		GivenID: r.values[ID], Title: r.values[Title], Body: r.values[Body], Published: r.published, URL: r.values[URL],
		Source: r.values[Source], Author: r.values[Author], Language: r.values[Language], Partial: r.partial, Missing: r.missing,
		Form: strings.Join(r.form, ", "), Origin: r.origin,
	}
	if r.values[Published] == "" && r.undated != "" {
		r.doubts = append(r.doubts, r.undated)
	}
	r.misled()
	if m := mojibake(a.Title + "\n" + a.Body); m != "" {
		r.doubt("%s", m)
	}
	if n := strings.Count(a.Body, "\x00"); n > 0 {
		r.doubt("the text holds %d NUL characters", n)
	}
	for _, text := range []*string{&a.GivenID, &a.Title, &a.Body, &a.Source, &a.Author} {
		*text = strings.ReplaceAll(*text, "\x00", "\ufffd") // no database keeps NUL in a text
	}
	a.Doubt = strings.Join(r.doubts, "; ")
	return a
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \n\t")
}
