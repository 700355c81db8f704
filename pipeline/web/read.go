package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sitrep/extractors/dates"
	"sitrep/extractors/text"
	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/explain"
	"sitrep/pipeline/problem"
)

const (
	// longest is how long a text may be that is read for a page, in bytes: far above any
	// article, and read within seconds.
	longest = 400 << 10
	// patience is how long a page waits for its turn, and then for the reading.
	patience = 30 * time.Second
)

// shown keeps pages of long articles small.
var shown = explain.Bounds{Text: 60_000, Rows: 150}

// An answer is what a page gets of an article that was read.
type answer struct {
	explain.Data
	Form   string                `json:"form"`   // what it was taken for
	Dead   string                `json:"dead"`   // why it would be a dead letter
	Chosen int                   `json:"chosen"` // the event that was asked for, -1 if none
	Reason string                `json:"reason"` // why the article itself is not shown
	Record *pipeline.EventRecord `json:"record"` // the event, where it is shown without its article
}

// try reads what somebody pastes: text, HTML, JSON. ?published=2025-05-10 tells the day
// of an article that does not tell it itself.
func (s *Server) try(w http.ResponseWriter, r *http.Request) {
	published, err := day(r.URL.Query(), "published")
	if err != nil {
		problem.Write(w, http.StatusBadRequest, err.Error())
		return
	}
	value, release, err := s.body(http.MaxBytesReader(w, r.Body, int64(s.limits.Article)))
	defer release()
	if err != nil {
		s.unread(w, err)
		return
	}
	a, err := s.examine(r.Context(), pipeline.Raw{Value: value}, published)
	if err != nil {
		s.unread(w, err)
		return
	}
	give(w, a)
}

// body reads what is sent, in memory that all who send have together.
func (s *Server) body(r io.Reader) (value []byte, release func(), err error) {
	var held int64
	release = func() { s.memory.Release(held) }
	chunk := make([]byte, 32<<10)
	for {
		n, err := r.Read(chunk)
		if !s.memory.TryAcquire(int64(n)) {
			return nil, release, errBusy
		}
		held += int64(n)
		value = append(value, chunk[:n]...)
		if errors.Is(err, io.EOF) {
			return value, release, nil
		}
		if err != nil {
			return nil, release, err
		}
	}
}

// open shows the article of an event: its raw record is read again where it stands,
// and examined as the service did.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	e := s.feed.find(r.URL.Query().Get("event"))
	if e == nil {
		problem.Write(w, http.StatusNotFound, "this event is not among those kept here any more")
		return
	}
	a, err := s.articleOf(r.Context(), e)
	if err != nil && r.Context().Err() == nil {
		a, err = alone(e, err)
	}
	if err != nil {
		s.unread(w, err)
		return
	}
	give(w, a)
}

func (s *Server) articleOf(ctx context.Context, e *event) (*answer, error) {
	if s.fetch == nil || e.raw.Topic == "" || e.raw.Offset < 0 {
		return nil, errors.New("its record does not tell where the article stands")
	}
	raw, err := s.fetched(ctx, e.raw)
	if err != nil {
		return nil, err
	}
	a, err := s.examine(ctx, raw, "")
	if err != nil {
		return nil, err
	}
	for i := range a.Events {
		if a.Events[i].ID == e.id {
			a.Chosen = i
			return a, nil
		}
	}
	return nil, errors.New("read again, the article does not give this event: another version of sitrep found it, or it stands far down")
}

// fetched reads a raw record, in its turn.
func (s *Server) fetched(ctx context.Context, at pipeline.Position) (pipeline.Raw, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	select {
	case s.fetching <- struct{}{}:
		defer func() { <-s.fetching }()
		return s.fetch(ctx, at)
	case <-ctx.Done():
		return pipeline.Raw{}, errBusy
	}
}

// alone shows an event by its own record.
func alone(e *event, why error) (*answer, error) {
	a := &answer{Chosen: -1, Reason: why.Error(), Record: new(pipeline.EventRecord)}
	return a, json.Unmarshal(e.value, a.Record)
}

// examine reads a raw record in its turn: as many at once as there are slots. The slot
// is given back when the work is done, whoever waits for it.
func (s *Server) examine(ctx context.Context, raw pipeline.Raw, published string) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case s.reading <- struct{}{}:
	case <-ctx.Done():
		return nil, errBusy
	}
	type result struct {
		*answer
		error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-s.reading }()
		defer func() {
			if v := recover(); v != nil {
				done <- result{nil, deadLetter(fmt.Sprintf("it makes the extraction panic: %v", v))}
			}
		}()
		a, err := read(raw, s.decoder, published)
		done <- result{a, err}
	}()
	select {
	case r := <-done:
		return r.answer, r.error
	case <-ctx.Done():
		return nil, errBusy
	}
}

// read decodes and examines as the service does.
func read(raw pipeline.Raw, decoder *article.Decoder, published string) (*answer, error) {
	if strings.TrimSpace(string(raw.Value)) == "" {
		return nil, errEmpty
	}
	a, err := decoder.Decode(raw.Value, raw.Shape)
	if err != nil {
		return nil, deadLetter(err.Error())
	}
	if n := len(a.Title) + len(a.Body); n > longest {
		return nil, tooLong(n)
	}
	if published != "" && a.Published.Day.IsZero() {
		if _, told := dates.Published(text.Read(a.Title, a.Body)); !told {
			a.Published.Day = dayOf(published)
		}
	}
	return &answer{Data: explain.Read(pipeline.Examine(a, pipeline.ByPublication), shown), Form: cmp.Or(a.Form, "text"), Chosen: -1}, nil
}

func dayOf(s string) dates.Day {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return dates.Day{}
	}
	return dates.Day{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// A deadLetter says why the service would make a dead letter of what was read.
type deadLetter string

func (d deadLetter) Error() string { return string(d) }

// A tooLong is the size of a text that is not read for a page.
type tooLong int

func (n tooLong) Error() string {
	return fmt.Sprintf("the text has %s bytes; this page reads up to %s. For more: sitrep explain --html why.html FILE", grouped(int64(n)), grouped(longest))
}

var (
	errBusy  = errors.New("others are being read, and it was not done in time: try again")
	errEmpty = errors.New("nothing to read")
)

// unread says why there is nothing to show.
func (s *Server) unread(w http.ResponseWriter, err error) {
	var long tooLong
	var dead deadLetter
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &dead):
		give(w, answer{Dead: readable([]byte(dead), 400), Chosen: -1})
	case errors.As(err, &large):
		problem.Write(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("more than %d MiB: the service would make a dead letter of it", large.Limit>>20))
	case errors.As(err, &long):
		problem.Write(w, http.StatusRequestEntityTooLarge, err.Error())
	case errors.Is(err, errBusy):
		w.Header().Set("Retry-After", strconv.Itoa(2))
		problem.Write(w, http.StatusServiceUnavailable, err.Error())
	case errors.Is(err, errEmpty):
		problem.Write(w, http.StatusBadRequest, err.Error())
	default:
		problem.Write(w, http.StatusInternalServerError, err.Error())
	}
}
