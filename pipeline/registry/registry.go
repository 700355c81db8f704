// Package registry fetches the schemas of raw records from a schema registry before
// the records are decoded, so that decoding itself asks nobody. It does not know
// what a schema means.
package registry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/sr"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// askAgain is when a schema is looked for again that the registry had not.
const askAgain = time.Minute

// maxReferences is how many schemas one may refer to, all told.
const maxReferences = 64

// A Registry knows the schemas of the records it has been shown. It can be used by
// several goroutines.
type Registry struct {
	client *sr.Client

	mu      sync.RWMutex
	known   map[int]*article.Schema
	missing map[int]missing
}

type missing struct {
	until time.Time
	why   error
}

// New returns a registry at the addresses given; user may be "".
func New(urls []string, user, password string) (*Registry, error) {
	options := []sr.ClientOpt{sr.URLs(urls...), sr.UserAgent("sitrep")}
	if user != "" {
		options = append(options, sr.BasicAuth(user, password))
	}
	client, err := sr.NewClient(options...)
	if err != nil {
		return nil, fmt.Errorf("schema registry: %w", err)
	}
	return &Registry{client: client, known: map[int]*article.Schema{}, missing: map[int]missing{}}, nil
}

// Prepare fetches the schemas of raws that are not known yet. That the registry has
// none of a number is no error: Schema tells it, and the record becomes a dead
// letter. An error means that the registry cannot be asked: nothing is decided, and
// the caller may try again.
func (r *Registry) Prepare(ctx context.Context, raws []pipeline.Raw) error {
	for _, raw := range raws {
		id, framed := article.SchemaID(raw.Value)
		if !framed || !r.unknown(id) {
			continue
		}
		if err := r.learn(ctx, id); err != nil {
			return fmt.Errorf("schema %d: %w", id, err)
		}
	}
	return nil
}

// Schema returns a schema that Prepare has fetched.
func (r *Registry) Schema(id int) (*article.Schema, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if s, found := r.known[id]; found {
		return s, nil
	}
	if m, found := r.missing[id]; found {
		return nil, m.why
	}
	return nil, errors.New("it has not been fetched")
}

func (r *Registry) unknown(id int) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	_, known := r.known[id]
	return !known && time.Now().After(r.missing[id].until)
}

// learn fetches a schema and what it refers to.
func (r *Registry) learn(ctx context.Context, id int) error {
	schema, err := r.fetch(ctx, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case isAnswer(err):
		r.missing[id] = missing{time.Now().Add(askAgain), err}
	case err != nil:
		return err
	default:
		r.known[id] = schema
		delete(r.missing, id)
	}
	return nil
}

func (r *Registry) fetch(ctx context.Context, id int) (*article.Schema, error) {
	got, err := r.client.SchemaByID(ctx, id)
	if err != nil {
		return nil, err
	}
	w := walk{client: r.client, seen: map[sr.SchemaReference]bool{}}
	if err := w.references(ctx, got.References); err != nil {
		return nil, err
	}
	return &article.Schema{Type: got.Type.String(), Text: got.Schema, References: w.texts}, nil
}

var errReferences = fmt.Errorf("it refers to more than %d schemas", maxReferences)

// isAnswer tells what the registry says of a schema from not being able to ask it.
func isAnswer(err error) bool {
	if errors.Is(err, errReferences) {
		return true
	}
	var answer *sr.ResponseError
	return errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound
}

// A walk collects the schemas that one refers to, each behind those that it refers
// to itself.
type walk struct {
	client *sr.Client
	seen   map[sr.SchemaReference]bool
	texts  []string
}

func (w *walk) references(ctx context.Context, list []sr.SchemaReference) error {
	for _, ref := range list {
		ref.Name = "" // what it is called differs; subject and version are the schema
		if w.seen[ref] {
			continue
		}
		if w.seen[ref] = true; len(w.seen) > maxReferences {
			return errReferences
		}
		got, err := w.client.SchemaByVersion(ctx, ref.Subject, ref.Version)
		if err != nil {
			return err
		}
		if err := w.references(ctx, got.References); err != nil {
			return err
		}
		w.texts = append(w.texts, got.Schema.Schema)
	}
	return nil
}

var _ article.Schemas = (*Registry)(nil)
