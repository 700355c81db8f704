package web

import (
	"net/http"
	"time"

	"sitrep/pipeline/kafka"
)

// A condition is what the page tells of the service and of itself.
type condition struct {
	Service *service          `json:"service"` // null where no service runs in this process
	Faults  map[string]string `json:"faults"`  // topics that this page cannot read, and why
	Events  flow              `json:"events"`
	Dead    flow              `json:"dead_letters"`
	Unread  int64             `json:"unread"` // records of the topic of events that are none
	Kept    int               `json:"kept"`
	Bytes   int               `json:"bytes"`
	Pages   int               `json:"pages"` // that watch
}

// A flow tells how many came since the start, and in each five seconds of the last
// minutes.
type flow struct {
	Total int64   `json:"total"`
	Bars  []int32 `json:"bars"`
}

// A service is the state of a member of the consumer group.
type service struct {
	Ready      string           `json:"ready"` // "" if it is; else why not
	Partitions []int            `json:"partitions"`
	Counts     kafka.Counts     `json:"counts"`
	Lags       []lag            `json:"lags"`
	Outcomes   map[string]int64 `json:"outcomes"` // articles by status
	Since      float64          `json:"since"`    // seconds since the last commit; -1 if there was none
	Troubles   []trouble        `json:"troubles"`
}

// A lag tells how far a partition is behind.
type lag struct {
	Partition int     `json:"partition"`
	Records   int64   `json:"records"`
	InFlight  int64   `json:"in_flight"`
	Held      int64   `json:"held"`
	Oldest    float64 `json:"oldest"` // seconds since Kafka got the oldest of them; 0 if there are none
}

type trouble struct {
	Doing string `json:"doing"`
	About string `json:"about"`
	Error string `json:"error"`
	Since string `json:"since"`
}

func (s *Server) health(w http.ResponseWriter, _ *http.Request) {
	c := condition{Faults: map[string]string{}, Pages: len(s.watching)}
	if s.state != nil {
		c.Service = serviceOf(s.state)
	}
	now := time.Now()
	f := s.feed
	f.mu.Lock()
	for topic, why := range f.faults {
		c.Faults[topic] = why
	}
	c.Events, c.Dead = flow{f.arrived.total, f.arrived.bars(now)}, flow{f.dead.total, f.dead.bars(now)}
	c.Unread, c.Kept, c.Bytes = f.unread, len(f.at), f.bytes
	f.mu.Unlock()
	give(w, c)
}

func serviceOf(h *kafka.Health) *service {
	out := &service{Partitions: h.Partitions(), Counts: h.Counts(), Troubles: []trouble{}, Lags: []lag{}, Outcomes: h.Tally().Articles, Since: -1}
	if err := h.Ready(); err != nil {
		out.Ready = err.Error()
	}
	for _, l := range h.Lags() {
		out.Lags = append(out.Lags, lag{l.Partition, l.Records, l.InFlight, l.Held, seconds(l.Oldest)})
	}
	if last := h.Commits().Last; !last.IsZero() {
		out.Since = seconds(last)
	}
	for _, t := range h.Troubles() {
		out.Troubles = append(out.Troubles, trouble{t.Doing, t.About, t.Err.Error(), t.Since.UTC().Format(time.RFC3339)})
	}
	return out
}

// seconds returns how long ago t was, 0 if it never was.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return time.Since(t).Round(100 * time.Millisecond).Seconds()
}
