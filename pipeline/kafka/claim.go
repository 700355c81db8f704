package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline"
)

// claim is one partition of the input while it is ours: the pipeline.Source and
// the pipeline.Sink of one Pool.Run.
//
// It is opened, read and committed; after an error it is thrown away, and a new
// one finds on the broker what became of the last commit.
type claim struct {
	reader
	out      publisher
	topics   Topics
	at       membership
	start    Start  // where a group begins that has no mark
	gone     *Start // where to go on when the mark is not in the topic any more; nil: nowhere
	share    int    // of articles in one read
	prepare  func(context.Context, []pipeline.Raw) error
	memory   *budget
	turns    *turns
	lastNote *mark // the last that this process has noted on the partition
	log      *slog.Logger
	// deadline is done when work that has begun must be given up. It is kept
	// here because Pool.Run gives Commit a context that never ends.
	deadline context.Context

	deaths  deaths         // of processes that were here before
	noted   bool           // that we are here too
	singly  int            // how many records are still taken one by one
	single  chan struct{}  // holds one while such a record is in work
	pending []pipeline.Raw // fetched and not yet read
	unread  int64          // their size
	reads   inFlight
}

// A publisher makes records durable, and behind them the mark of a partition. It
// can be used again only while it gives no error.
type publisher interface {
	open(context.Context) error
	publish(context.Context, map[target][]pipeline.Record, membership, mark) error
}

// membership is what a commit has to show to be accepted, and of which partition
// it is.
type membership struct {
	group      string
	member     string
	generation int32
	topic      string
	partition  int
}

// open makes the partition ours and finds where to go on. Only when nobody else
// can commit any more is the mark asked for.
func (c *claim) open(ctx context.Context) error {
	c.single = make(chan struct{}, 1)
	if err := c.out.open(ctx); err != nil {
		return err
	}
	var m mark
	err := retry(ctx, c.log, "asking for the offset", func() (err error) {
		m, err = c.committed(ctx, c.at.group, c.topic, c.partition)
		return denied(err, "read the offsets of group", c.at.group)
	})
	if err != nil {
		return err
	}
	if m == *c.lastNote {
		m.deaths = deaths{} // it was us, and we live
	}
	c.next, c.deaths = m.offset, m.deaths
	if m.deaths.together >= togetherLimit || m.deaths.alone > 0 {
		c.singly = 2 * pipeline.Joined * c.share // what may have been in memory
		c.log.Warn("processes have died here, taking articles one by one", "offset", m.offset, "died", m.deaths.together, "died_alone", m.deaths.alone)
	}
	if m.offset < 0 {
		return c.begin(ctx, c.start)
	}
	return nil
}

// begin goes to s, and marks it unless that is where the topic begins: "latest"
// must not mean a later place after a crash.
func (c *claim) begin(ctx context.Context, s Start) error {
	err := retry(ctx, c.log, "looking for the place to start", func() (err error) {
		c.next, err = c.find(ctx, s)
		return err
	})
	if err != nil || s == Earliest {
		return err
	}
	return c.out.publish(c.deadline, nil, c.at, mark{offset: c.next})
}

// Read returns the next articles, at most a share. It waits through whatever may
// pass: a broker that restarts, a topic that somebody creates again.
func (c *claim) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for len(c.pending) == 0 {
		if err := retry(ctx, c.log, "reading", func() error { return c.fill(ctx) }); err != nil {
			return nil, err
		}
		if c.prepare == nil {
			continue
		}
		if err := retry(ctx, c.log, "preparing", func() error { return c.prepare(ctx, c.pending) }); err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if c.singly > 0 {
		return c.readAlone(ctx)
	}
	leave, err := c.turns.together(ctx)
	if err != nil {
		return nil, err
	}
	raws := c.take(c.share, leave)
	if !c.noted {
		return raws, c.note(raws[0], deaths{together: c.deaths.together + 1})
	}
	return raws, nil
}

// readAlone returns one record while nothing else is in work in this process, so
// that it is to blame if the process dies.
func (c *claim) readAlone(ctx context.Context) ([]pipeline.Raw, error) {
	select {
	case c.single <- struct{}{}: // what was read before is committed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	leave, err := c.turns.alone(ctx)
	if err != nil {
		return nil, err
	}
	raws := c.take(1, leave)
	c.singly--
	died := c.deaths.alone
	c.deaths = deaths{}
	if died >= aloneLimit {
		raws[0].Deadly = true
		return raws, nil
	}
	return raws, c.note(raws[0], deaths{alone: died + 1})
}

// shareBytes bounds a read of large articles, so that they are soon committed.
const shareBytes = 1 << 20

// take moves the next records, most at most, from the pending ones to those in work.
func (c *claim) take(most int, leave func()) []pipeline.Raw {
	n, size := 1, weigh(c.pending[0])
	for n < min(most, len(c.pending)) && size < shareBytes {
		size += weigh(c.pending[n])
		n++
	}
	raws := c.pending[:n:n]
	c.pending = c.pending[n:]
	c.unread -= size
	c.reads.push(inWork{n, size, leave})
	return raws
}

// note marks that work begins at first. Nothing else is being committed then.
func (c *claim) note(first pipeline.Raw, d deaths) error {
	c.noted = true
	*c.lastNote = mark{first.Offset, d}
	return c.out.publish(c.deadline, nil, c.at, *c.lastNote)
}

// fill fetches once, within the memory that is free.
func (c *claim) fill(ctx context.Context) error {
	reserved := int64(c.size)
	if err := c.memory.take(ctx, reserved); err != nil {
		return err
	}
	raws, err := c.fetch(ctx)
	c.unread = weigh(raws...)
	c.memory.give(reserved - c.unread)
	if errors.Is(err, kafkago.OffsetOutOfRange) {
		return c.missed(ctx)
	}
	if err != nil {
		return denied(err, "read topic", c.topic)
	}
	c.pending = raws
	return nil
}

// missed goes on where the operator has said when retention has removed what we
// would have read, or the topic was made anew.
func (c *claim) missed(ctx context.Context) error {
	if c.gone == nil {
		return fmt.Errorf("%w: %s/%d at %d: articles were removed before they were read, or the topic was made anew; "+
			"say where to go on with --offset-gone earliest or latest", errOffsetGone, c.topic, c.partition, c.next)
	}
	c.log.Error("the offset to read is not in the topic any more, going on elsewhere", "offset", c.next, "at", c.gone)
	return c.begin(ctx, *c.gone)
}

// Commit makes one batch durable: its records in the output topics, and the mark
// behind it in the group. It is the only place that does.
func (c *claim) Commit(_ context.Context, b pipeline.Batch) error {
	c.reads.worked(b.Raw)
	ctx := c.deadline
	records, err := c.address(ctx, b)
	if err != nil {
		return err
	}
	if err := c.out.publish(ctx, records, c.at, mark{offset: b.Last.Offset + 1}); err != nil {
		return err
	}
	c.memory.give(c.reads.pop(b.Raw))
	select {
	case <-c.single:
	default:
	}
	return nil
}

// address decides the topic and partition of each record. Records without a key
// follow the partition they come from, so that their order is kept too.
func (c *claim) address(ctx context.Context, b pipeline.Batch) (map[target][]pipeline.Record, error) {
	counts := map[string]int{}
	records := map[target][]pipeline.Record{}
	for _, rec := range b.Records {
		topic := c.topics.of(rec.Stream)
		if counts[topic] == 0 {
			err := retry(ctx, c.log, "publishing", func() (err error) {
				counts[topic], err = c.partitions(ctx, topic)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
		to := target{topic, b.Last.Partition % counts[topic]}
		if rec.Key != nil {
			to.partition = Partition(rec.Key, counts[topic])
		}
		records[to] = append(records[to], rec)
	}
	return records, nil
}

// release gives back what was read and not committed holds.
func (c *claim) release() {
	c.memory.give(c.reads.drain() + c.unread)
	c.pending, c.unread = nil, 0
}

// inFlight holds the reads between Read and Commit, oldest first.
type inFlight struct {
	mu   sync.Mutex
	work []inWork
}

// inWork is one read: how many records, their size in memory, and its turn to
// leave when they have been worked on.
type inWork struct {
	n     int
	size  int64
	leave func()
}

func (f *inFlight) push(w inWork) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.work = append(f.work, w)
}

// worked ends the turns of the oldest reads, of n records together.
func (f *inFlight) worked(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := 0; n > 0; i++ {
		f.work[i].leave()
		n -= f.work[i].n
	}
}

// pop takes off the oldest reads, of n records together.
func (f *inFlight) pop(n int) (size int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for n > 0 {
		size += f.work[0].size
		n -= f.work[0].n
		f.work = f.work[1:]
	}
	return size
}

func (f *inFlight) drain() (sum int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, w := range f.work {
		w.leave()
		sum += w.size
	}
	f.work = nil
	return sum
}
