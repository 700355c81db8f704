package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline/problem"
)

const (
	// watchers is how many may watch at once; each costs a connection.
	watchers = 64
	// beat is how often a watcher is told what is new: what comes at a thousand a
	// second is told in five messages.
	beat = 200 * time.Millisecond
	// stalled is how long a watcher may leave what it is told unread.
	stalled = 15 * time.Second
	// silence is how long a watcher is told nothing where nothing passes: proxies
	// hang up on those who say nothing.
	silence = 10 * time.Second
	// most is how many rows are told at once.
	most = 2000
)

// A message is what watchers are told.
type message struct {
	Reset  bool              `json:"reset"` // forget what was told before
	Rows   []json.RawMessage `json:"rows"`  // the newest first
	Gone   []string          `json:"gone"`  // ids of events that were taken back
	Missed int64             `json:"missed"`
	Kept   int               `json:"kept"` // events here that pass
}

// watch tells of events as they come, as server-sent events. It never waits for a
// reader longer than stalled, nor does anybody wait for it.
func (s *Server) watch(w http.ResponseWriter, r *http.Request) {
	by, err := parseFilter(r.URL.Query())
	if err != nil {
		problem.Write(w, http.StatusBadRequest, err.Error())
		return
	}
	select {
	case s.watching <- struct{}{}:
		defer func() { <-s.watching }()
	default:
		w.Header().Set("Retry-After", "10")
		problem.Write(w, http.StatusServiceUnavailable, fmt.Sprintf("%d pages are open already; close one", watchers))
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	t := teller{w, http.NewResponseController(w), s.epoch}
	next, ok := t.resume(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("last")))
	if !ok {
		next, err = t.begin(s.feed, by)
	}
	tick := time.NewTicker(beat)
	defer tick.Stop()
	spoke := time.Now()
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
		list, now, missed := s.feed.since(next)
		next = now
		m := message{Missed: missed}
		var dropped int64
		m.Rows, m.Gone, dropped = rows(list, by, most)
		m.Missed += dropped
		switch {
		case len(m.Rows)+len(m.Gone) > 0 || m.Missed > 0:
			err = t.tell(m, next)
		case time.Since(spoke) > silence:
			err = t.say(": still here\n\n")
		default:
			continue
		}
		spoke = time.Now()
	}
}

// A teller writes to one watcher.
type teller struct {
	w     http.ResponseWriter
	c     *http.ResponseController
	epoch string
}

// begin tells the newest of what is there.
func (t *teller) begin(f *Feed, by filter) (next int64, err error) {
	list, next, _ := f.since(0)
	m := message{Reset: true, Gone: []string{}}
	var dropped int64
	m.Rows, _, dropped = rows(list, by, most)
	m.Kept = len(m.Rows) + int(dropped)
	return next, t.tell(m, next)
}

// resume reads up to where a watcher that lost its connection was told.
func (t *teller) resume(id string) (int64, bool) {
	epoch, number, _ := strings.Cut(id, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	return n, err == nil && epoch == t.epoch && n >= 0
}

func (t *teller) tell(m message, next int64) error {
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return t.say(fmt.Sprintf("id: %s-%d\ndata: %s\n\n", t.epoch, next, data))
}

func (t *teller) say(s string) error {
	if err := t.c.SetWriteDeadline(time.Now().Add(stalled)); err != nil {
		return err
	}
	if _, err := t.w.Write([]byte(s)); err != nil {
		return err
	}
	return t.c.Flush()
}
