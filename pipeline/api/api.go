// Package api extracts from articles that are sent by HTTP, for those who have no
// Kafka. It answers with the records that the service publishes, and knows nothing
// of who may ask: package guard does.
package api

import (
	"context"
	_ "embed"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"sitrep/pipeline"
	"sitrep/pipeline/guard"
	"sitrep/pipeline/problem"
)

// Options say how articles are read and how many at once.
type Options struct {
	Process    func(pipeline.Raw) []pipeline.Record // makes an article's records, or its dead letter
	MaxArticle int                                  // bytes of one
	Workers    int                                  // articles extracted at once
	Waiting    int                                  // requests that wait for their turn at most, further ones are told to come again: 8 for each worker
	Bytes      int64                                // of articles in memory at once: 64 MiB, or more if one article may be larger
}

// An API extracts.
type API struct {
	Options
	memory  *semaphore.Weighted
	turn    chan struct{} // one for each article in work
	waiting atomic.Int64
}

// patience is how long a request waits for its turn.
const patience = 10 * time.Second

// Paths of the API, as openapi.json has them.
const (
	PathExtract = "/v1/extract"
	PathOpenAPI = "/openapi.json"
)

// New returns an API.
func New(o Options) *API {
	o.Workers = max(1, o.Workers)
	if o.Waiting == 0 {
		o.Waiting = 8 * o.Workers
	}
	o.Bytes = max(o.Bytes, 64<<20, int64(o.MaxArticle))
	return &API{Options: o, memory: semaphore.NewWeighted(o.Bytes), turn: make(chan struct{}, o.Workers)}
}

// InFlight returns how many articles are in work.
func (a *API) InFlight() int { return len(a.turn) }

// Register adds the API's paths to mux. Each handler goes through wrap, which may be
// nil.
func (a *API) Register(mux *http.ServeMux, wrap func(path string, h http.Handler) http.Handler) {
	if wrap == nil {
		wrap = func(_ string, h http.Handler) http.Handler { return h }
	}
	mux.Handle(PathExtract, wrap(PathExtract, only(http.MethodPost, a.extract)))
	mux.Handle(PathOpenAPI, wrap(PathOpenAPI, only(http.MethodGet, description)))
}

// only refuses other methods than one, and HEAD beside GET.
func only(method string, h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != method && (r.Method != http.MethodHead || method != http.MethodGet) {
			w.Header().Set("Allow", method)
			problem.Write(w, http.StatusMethodNotAllowed, "this path has only "+method)
			return
		}
		h(w, r)
	})
}

//go:embed openapi.json
var openAPI []byte

func description(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Write(openAPI) // who asked may have gone
}

func (a *API) extract(w http.ResponseWriter, r *http.Request) {
	form, ok := accepted(r.Header.Values("Accept"))
	if !ok {
		problem.Write(w, http.StatusNotAcceptable, "answers are application/json or application/x-ndjson")
		return
	}
	sent, err := declared(r.Header)
	if err != nil {
		problem.Write(w, http.StatusUnsupportedMediaType, err.Error())
		return
	}
	b := body{memory: a.memory, limit: int64(a.MaxArticle)}
	defer b.free()
	if err := b.read(r); err != nil {
		a.unread(w, err)
		return
	}
	if len(b.data) == 0 {
		problem.Write(w, http.StatusBadRequest, "the body is empty: send one article")
		return
	}
	done, err := a.admit(r.Context())
	if err != nil {
		busy(w, err)
		return
	}
	records := a.Process(pipeline.Raw{Value: b.data, Shape: sent.shape, Charset: sent.charset, Headers: traced(r.Header)})
	done()
	answer(w, form, records)
}

// traced returns the headers of a request that name its trace, as a raw record has
// them.
func traced(h http.Header) (headers []pipeline.Header) {
	for _, key := range []string{"traceparent", "tracestate"} {
		if value := h.Get(key); value != "" {
			headers = append(headers, pipeline.Header{Key: key, Value: []byte(value)})
		}
	}
	return headers
}

// errBusy says that there is more to do than is good.
var errBusy = errors.New("too much to do at the moment, come again")

// admit waits until it is a request's turn.
func (a *API) admit(ctx context.Context) (done func(), err error) {
	done = func() { <-a.turn }
	select {
	case a.turn <- struct{}{}:
		return done, nil
	default:
	}
	defer a.waiting.Add(-1)
	if a.waiting.Add(1) > int64(a.Waiting) {
		return nil, errBusy
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case a.turn <- struct{}{}:
		return done, nil
	case <-ctx.Done():
		return nil, errBusy
	}
}

// busy tells a client when to come again.
func busy(w http.ResponseWriter, err error) {
	w.Header().Set("Retry-After", strconv.Itoa(1))
	problem.Write(w, http.StatusServiceUnavailable, err.Error())
}

// unread answers a request whose body could not be read.
func (a *API) unread(w http.ResponseWriter, err error) {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		guard.TooLarge(w, min(large.Limit, int64(a.MaxArticle)))
	case errors.Is(err, errBusy):
		busy(w, err)
	default:
		w.Header().Set("Connection", "close")
		problem.Write(w, http.StatusRequestTimeout, "the body did not come, or not in time")
	}
}

// A body is what was sent, as far as it has come. Its memory is reserved as it comes,
// so that who is slow holds little.
type body struct {
	memory *semaphore.Weighted
	limit  int64
	data   []byte
	held   int64
}

func (b *body) read(r *http.Request) error {
	chunk := make([]byte, 32<<10)
	for {
		n, err := r.Body.Read(chunk)
		if int64(len(b.data)+n) > b.limit {
			return &http.MaxBytesError{Limit: b.limit}
		}
		if !b.memory.TryAcquire(int64(n)) {
			return errBusy
		}
		b.held += int64(n)
		b.data = append(b.data, chunk[:n]...)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (b *body) free() { b.memory.Release(b.held) }
