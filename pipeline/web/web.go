// Package web is the page: events as they come, what is found in a text that somebody
// pastes, movements on a map, dead letters and the state of the service. It reads and
// never writes; all that it keeps is bounded. Who may see it, and what browsers may do
// with it, is for package guard.
package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"path"
	"runtime"

	"golang.org/x/sync/semaphore"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/problem"
)

//go:embed assets
var files embed.FS

// Config says what a Server shows.
type Config struct {
	Decoder *article.Decoder // nil: the usual shapes
	Limits  pipeline.Limits
	Feed    *Feed         // nil: there is only the view where one pastes a text
	Health  *kafka.Health // nil: no service runs in this process
	// Fetch reads the raw record of an event's article; nil: articles are not shown.
	Fetch func(context.Context, pipeline.Position) (pipeline.Raw, error)
}

// A Server answers for the page.
type Server struct {
	feed     *Feed
	state    *kafka.Health
	decoder  *article.Decoder
	limits   pipeline.Limits
	fetch    func(context.Context, pipeline.Position) (pipeline.Raw, error)
	watching chan struct{}       // one for each who watches
	reading  chan struct{}       // one for each article that is read
	fetching chan struct{}       // one for each raw record that is fetched
	memory   *semaphore.Weighted // for what is pasted
	epoch    string              // tells numbers of events of this process from another's
}

// New returns a server.
func New(c Config) *Server {
	s := &Server{feed: c.Feed, state: c.Health, decoder: c.Decoder, limits: c.Limits, fetch: c.Fetch,
		watching: make(chan struct{}, watchers), reading: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)),
		fetching: make(chan struct{}, 8), memory: semaphore.NewWeighted(64 << 20), epoch: rand.Text()[:8]}
	if s.decoder == nil {
		s.decoder = &article.Decoder{}
	}
	if s.limits.Article == 0 {
		s.limits = pipeline.DefaultLimits
	}
	return s
}

// Handler answers for the page and what it asks for. Everything else is 404, and other
// methods than those here 405.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /{$}", asset("index.html"))
	entries, err := files.ReadDir("assets")
	if err != nil {
		panic(err) // embedded
	}
	for _, e := range entries {
		mux.Handle("GET /assets/"+e.Name(), asset(e.Name()))
	}
	mux.HandleFunc("GET /api/world", func(w http.ResponseWriter, _ *http.Request) {
		give(w, struct {
			*world
			Live bool `json:"live"`
		}{theWorld(), s.feed != nil})
	})
	mux.HandleFunc("POST /api/try", s.try)
	if s.feed != nil {
		mux.HandleFunc("GET /api/events", s.watch)
		mux.HandleFunc("GET /api/article", s.open)
		mux.HandleFunc("GET /api/picture", s.picture)
		mux.HandleFunc("GET /api/deadletters", s.deadLetters)
		mux.HandleFunc("GET /api/health", s.health)
		mux.HandleFunc("GET /api/download/{name}", s.download)
	}
	return mux
}

var contentTypes = map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// asset serves a file of the page. Browsers ask each time whether it has changed.
func asset(name string) http.Handler {
	data, err := files.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // embedded
	}
	sum := sha256.Sum256(data)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentTypes[path.Ext(name)])
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write(data)
	})
}

// give answers in JSON.
func give(w http.ResponseWriter, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		problem.Write(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Write(data)
}
