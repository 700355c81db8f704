package diff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"sitrep/pipeline"
)

// A Record is one of an event or of an article.
type Record struct {
	ArticleID string
	EventID   string // "" of an article's
	JSON      []byte
}

// ReadRecord tells what line is a record of.
func ReadRecord(line []byte) (Record, error) {
	var h struct {
		EventID   string `json:"event_id"`
		ArticleID string `json:"article_id"`
	}
	if err := json.Unmarshal(line, &h); err != nil {
		return Record{}, fmt.Errorf("no record: %w", err)
	}
	if h.ArticleID == "" {
		return Record{}, errors.New("no record of an event or article: it has no article_id")
	}
	return Record{h.ArticleID, h.EventID, line}, nil
}

// An Article is what one run says of an article.
type Article struct {
	ID       string
	Read     bool // the run has a record of it
	Events   []pipeline.EventRecord
	Stale    int // event records that are not current: see Gather
	Replaced int // records that a later one has replaced

	fields map[string]json.RawMessage // of its record
}

// Gather makes an Article of its records in the order in which they were written:
// the last of each counts. Where the article's own record is there, an event that
// it does not list is of an earlier text, or of an earlier version, and not current.
func Gather(id string, records []Record) (Article, error) {
	a := Article{ID: id}
	events := map[string]pipeline.EventRecord{}
	var order []string
	for _, r := range records {
		if r.EventID == "" {
			if a.Read {
				a.Replaced++
			}
			a.Read, a.fields = true, nil
			if err := json.Unmarshal(r.JSON, &a.fields); err != nil {
				return a, err
			}
			continue
		}
		var e pipeline.EventRecord
		if err := json.Unmarshal(r.JSON, &e); err != nil {
			return a, fmt.Errorf("event %s of article %s: %w", r.EventID, id, err)
		}
		if _, again := events[r.EventID]; again {
			a.Replaced++
		} else {
			order = append(order, r.EventID)
		}
		events[r.EventID] = e
	}
	listed, known, err := a.listed()
	for _, event := range order {
		if known && !listed[event] {
			a.Stale++
			continue
		}
		a.Events = append(a.Events, events[event])
	}
	return a, err
}

// listed returns the events that the article's record lists, if it is there.
func (a *Article) listed() (ids map[string]bool, known bool, err error) {
	raw, ok := a.fields["event_ids"]
	if !ok {
		return nil, false, nil
	}
	var list []string
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, false, err
	}
	ids = map[string]bool{}
	for _, id := range list {
		ids[id] = true
	}
	return ids, true, nil
}

// notOfArticle are fields of an article's record that are compared elsewhere, or
// that say who wrote it.
var notOfArticle = []string{"schema_version", "event_ids", "extractor_version", "models_sha256"}

// Changed returns the names of the fields in which two records of an article differ.
// A field that one of them does not know yet is no difference.
func Changed(older, newer *Article) (names []string) {
	for _, name := range slices.Sorted(maps.Keys(newer.fields)) {
		was, known := older.fields[name]
		if known && !bytes.Equal(was, newer.fields[name]) && !slices.Contains(notOfArticle, name) {
			names = append(names, name)
		}
	}
	return names
}

// Version returns the version of the extractor that read the article, "" where
// nobody tells.
func (a *Article) Version() string {
	var v struct{ extractor, models string }
	if a.fields != nil {
		_ = json.Unmarshal(a.fields["extractor_version"], &v.extractor) // else nobody tells
		_ = json.Unmarshal(a.fields["models_sha256"], &v.models)
	} else if len(a.Events) > 0 {
		v.extractor, v.models = a.Events[0].ExtractorVersion, a.Events[0].ModelsSHA256
	}
	if v.extractor+v.models == "" {
		return ""
	}
	return fmt.Sprintf("%s with models %.12s", v.extractor, v.models)
}
