package kafka

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Health is what a member of the group knows of its ability to work. The zero
// Health is that of a member that has not started. It belongs to one Run.
type Health struct {
	mu         sync.Mutex
	joined     bool
	partitions []int
	stopping   bool
	failure    error // that ended Run
	troubles   map[trouble]*Trouble
	counts     Counts
	tally      Tally
	progress   map[int]*progress // by partition
	open       map[int]time.Time // by partition: when its transaction was begun
	last       time.Time         // commit
}

// A Trouble is something that fails and is tried again.
type Trouble struct {
	Doing string    // "reading"
	About string    // "articles.raw/3"
	Err   error     // of the last attempt
	Since time.Time // the first

	said   time.Time // when the log last had it
	saying string
}

// reason puts t in words: "topic "x" does not exist: create it (articles.raw/3:
// reading, since 2026-01-31T14:03:11Z, and 2 more)".
func (t Trouble) reason(more int) error {
	where, also := "", ""
	if t.About != "" {
		where = t.About + ": "
	}
	if more > 0 {
		also = fmt.Sprintf(", and %d more", more)
	}
	return fmt.Errorf("%w (%s%s, since %s%s)", t.Err, where, t.Doing, t.Since.UTC().Format(time.RFC3339), also)
}

func (t Trouble) rank() int {
	if t.Doing == committing {
		return 1
	}
	return 0
}

// trouble tells troubles apart.
type trouble struct{ about, doing string }

// Ready returns nil while the member works or would, if there were articles; else
// the reason why not, for an operator. A member for whom the group has no
// partition is ready.
func (h *Health) Ready() error {
	troubles := h.Troubles()
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.failure != nil:
		return h.failure
	case h.stopping:
		return errors.New("stopping")
	case len(troubles) > 0:
		return troubles[0].reason(len(troubles) - 1)
	case !h.joined:
		return errors.New("waiting for partitions of the group")
	}
	return nil
}

// Troubles returns what fails at the moment, the oldest first. What made a
// partition go back to its last commit comes behind what keeps it from going on.
func (h *Health) Troubles() []Trouble {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []Trouble
	for _, t := range h.troubles {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b Trouble) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), a.Since.Compare(b.Since), cmp.Compare(a.About, b.About), cmp.Compare(a.Doing, b.Doing))
	})
	return all
}

// Partitions returns those of the input that the member has at the moment. They
// are worked on, but for those that Troubles names.
func (h *Health) Partitions() []int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.partitions)
}

// Counts returns what has been done until now.
func (h *Health) Counts() Counts {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts
}

func (h *Health) count(c Counts) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.counts.add(c)
}

// takes says that the group has shared out the partitions, and which are ours.
func (h *Health) takes(partitions []int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.joined, h.partitions = true, partitions
	h.counts.Generations++
}

func (h *Health) givesBack() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.joined, h.partitions, h.progress = false, nil, nil
}

func (h *Health) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping = true
}

func (h *Health) ended(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stopping, h.failure = true, err
}

// sayAgain is after how long the log repeats a trouble that is still the same.
const sayAgain = 30 * time.Second

// failing notes a trouble and tells whether the log should have it.
func (h *Health) failing(of trouble, err error) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	t := h.troubles[of]
	if t == nil {
		if h.troubles == nil {
			h.troubles = map[trouble]*Trouble{}
		}
		t = &Trouble{Doing: of.doing, About: of.about, Since: now}
		h.troubles[of] = t
	}
	t.Err = err
	if text := err.Error(); text != t.saying || now.Sub(t.said) >= sayAgain {
		t.said, t.saying = now, text
		return true
	}
	return false
}

// over ends a trouble, and returns how long it was; 0 when there was none.
func (h *Health) over(of trouble) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	t := h.troubles[of]
	if t == nil {
		return 0
	}
	delete(h.troubles, of)
	return time.Since(t.Since)
}

// overAll ends the troubles of a partition that is not ours any more.
func (h *Health) overAll(about string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for of := range h.troubles {
		if of.about == about {
			delete(h.troubles, of)
		}
	}
}

// reporter tells the log and Health what becomes of one thing, most often a
// partition.
type reporter struct {
	*slog.Logger
	health *Health
	about  string
}

// reporter returns that of a thing; args are what log lines have.
func (c Config) reporter(about string, args ...any) reporter {
	return reporter{c.Logger.With(args...), c.Health, about}
}

// silent is for callers that are told by an error alone.
func silent() reporter { return reporter{slog.New(slog.DiscardHandler), new(Health), ""} }

// failing says that doing something fails and is tried again after a while. The
// log has it when it is new, and now and then.
func (r reporter) failing(doing string, err error, after time.Duration) {
	if r.health.failing(trouble{r.about, doing}, err) {
		r.Warn(doing+" fails, trying again", "error", err, "after", after)
	}
}

// works ends what failing has begun.
func (r reporter) works(doing string) {
	if d := r.health.over(trouble{r.about, doing}); d > 0 {
		r.Info(doing+" works again", "failed_for", d)
	}
}

// gaveUp ends it too, without success.
func (r reporter) gaveUp(doing string) { r.health.over(trouble{r.about, doing}) }

// retry does f again until it succeeds, fails for good or ctx is done.
func retry(ctx context.Context, r reporter, doing string, f func() error) error {
	wait, busy := firstWait, firstWait/50
	for {
		err := f()
		if err == nil {
			r.works(doing)
			return nil
		}
		if !retriable(err) || ctx.Err() != nil {
			r.gaveUp(doing)
			return err
		}
		delay := wait
		if passing(err) && busy < firstWait {
			delay, busy = busy, 2*busy
		} else {
			r.failing(doing, err, wait)
			wait = min(2*wait, longestWait)
		}
		if pause(ctx, delay) != nil {
			r.gaveUp(doing)
			return err
		}
	}
}

// pause waits, or returns why ctx is done.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
