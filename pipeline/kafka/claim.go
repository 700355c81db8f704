package kafka

import (
	"context"
	"errors"
	"fmt"
	"time"

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
	timed    func(time.Duration)                     // if set, is told how long transactions took
	watched  func(pipeline.Batch) (ends func(error)) // if set, is told of commits
	lastNote *mark                                   // the last that this process has noted on the partition
	probe    func(context.Context, pipeline.Raw) (kills bool, err error)
	log      reporter
	// deadline is done when work that has begun must be given up. It is kept
	// here because Pool.Run gives Commit a context that never ends.
	deadline context.Context

	starts  int            // of processes that were here before, and died
	noted   bool           // that we are here too
	singly  int            // how many records are still tried one by one
	pending []pipeline.Raw // fetched and not yet read
	unread  int64          // their size
	reads   inFlight
}

// A publisher makes records durable, and behind them the mark of a partition. It
// can be used again only while it gives no error.
type publisher interface {
	open(context.Context, membership) error
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

// refused explains why the group does not take or give a mark. One on a topic that
// is not there any more must not be tried again: it would be taken for one on the
// topic that is made in its place.
func (m membership) refused(err error) error {
	if notThere(err) {
		return fmt.Errorf("topic %q: %w: %w", m.topic, errRepartitioned, err)
	}
	return refusedGroup(err, m.group, m.topic)
}

// refusedGroup says which permission is missing: groups and offsets want two.
func refusedGroup(err error, group, topic string) error {
	if errors.Is(err, kafkago.TopicAuthorizationFailed) {
		return denied(err, "read topic", topic)
	}
	return denied(err, "read as group", group)
}

// open makes the partition ours and finds where to go on. Only when nobody else
// can commit any more is the mark asked for.
func (c *claim) open(ctx context.Context) error {
	if err := c.out.open(ctx, c.at); err != nil {
		return err
	}
	var m mark
	err := retry(ctx, c.log, "asking for the offset", func() (err error) {
		m, err = c.committed(ctx, c.at.group, c.topic, c.partition)
		return c.at.refused(err)
	})
	if err != nil {
		return err
	}
	if m == *c.lastNote {
		m.starts = 0 // it was us, and we live
	}
	c.next, c.starts = m.offset, m.starts
	if m.starts >= suspicious {
		c.singly = 2 * pipeline.Joined * c.share // what may have been in memory
		c.log.Warn("processes have died here, trying articles one by one", "offset", m.offset, "died", m.starts)
	}
	if m.offset < 0 {
		if err := c.begin(ctx, c.start); err != nil {
			return err
		}
	}
	c.log.health.opens(c.partition, c.next)
	return nil
}

// begin goes to s, and marks it unless that is where the topic begins: "latest"
// must not mean a later place after a crash.
func (c *claim) begin(ctx context.Context, s Start) error {
	err := retry(ctx, c.log, "looking for the place to start", func() (err error) {
		c.next, err = c.find(ctx, s)
		return c.missing(ctx, err)
	})
	if err != nil || s == Earliest {
		return err
	}
	return c.publish(c.deadline, nil, mark{offset: c.next})
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
	n := c.share
	if c.singly > 0 {
		n = 1
	}
	raws := c.take(n)
	if !c.noted {
		if err := c.note(raws[0]); err != nil {
			return nil, err
		}
	}
	if c.singly > 0 {
		return raws, c.try(ctx, &raws[0])
	}
	return raws, nil
}

// try finds out whether raw kills who works on it.
func (c *claim) try(ctx context.Context, raw *pipeline.Raw) error {
	c.singly--
	if c.probe == nil || raw.Value == nil {
		return nil
	}
	return retry(ctx, c.log, "trying an article in a process of its own", func() (err error) {
		raw.Deadly, err = c.probe(ctx, *raw)
		return err
	})
}

// shareBytes bounds a read of large articles, so that they are soon committed.
const shareBytes = 1 << 20

// take moves the next records, most at most, from the pending ones to those in work.
func (c *claim) take(most int) []pipeline.Raw {
	n, size := 1, weigh(c.pending[0])
	for n < min(most, len(c.pending)) && size < shareBytes {
		size += weigh(c.pending[n])
		n++
	}
	raws := c.pending[:n:n]
	c.pending = c.pending[n:]
	c.unread -= size
	c.reads.push(inWork{n, size, nulls(raws)})
	return raws
}

// note marks that work begins at first. Nothing else is being committed then.
func (c *claim) note(first pipeline.Raw) error {
	c.noted = true
	*c.lastNote = mark{offset: first.Offset, starts: c.starts + 1}
	return c.publish(c.deadline, nil, *c.lastNote)
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
	if err == nil {
		c.log.health.of(c.partition, func(p *progress) { p.fetched(&c.reader, raws, c.unread) })
	}
	if errors.Is(err, kafkago.OffsetOutOfRange) {
		return c.missed(ctx)
	}
	if notThere(err) {
		// The group's offset may be gone too: go back, and ask for it.
		return fmt.Errorf("read topic %q: %w: %w", c.topic, errRepartitioned, c.missing(ctx, err))
	}
	if err != nil {
		return denied(err, "read topic", c.topic)
	}
	if len(raws) == 0 && c.reads.idle() {
		c.log.works(committing)
	}
	c.pending = raws
	return nil
}

// missing asks why the topic was not found, if that is what err says.
func (c *claim) missing(ctx context.Context, err error) error {
	if notThere(err) {
		if _, reason := c.partitions(ctx, c.topic); reason != nil {
			return reason
		}
	}
	return denied(err, "read topic", c.topic)
}

// errInWork passes by itself: a claim has one transaction at a time.
var errInWork = errors.New("the offset to read is not in the topic any more; what was read before is committed first")

// missed goes on where the operator has said when retention has removed what we
// would have read, or the topic was made anew.
func (c *claim) missed(ctx context.Context) error {
	if c.gone == nil {
		return fmt.Errorf("%w: %s/%d at %d: articles were removed before they were read, or the topic was made anew; "+
			"say where to go on with --offset-gone earliest or latest", errOffsetGone, c.topic, c.partition, c.next)
	}
	if !c.reads.idle() {
		return errInWork
	}
	c.log.Error("the offset to read is not in the topic any more, going on elsewhere", "offset", c.next, "at", c.gone)
	return c.begin(ctx, *c.gone)
}

// Commit makes one batch durable: its records in the output topics, and the mark
// behind it in the group. It is the only place that does.
func (c *claim) Commit(_ context.Context, b pipeline.Batch) (err error) {
	if c.watched != nil {
		ends := c.watched(b)
		defer func() { ends(err) }()
	}
	ctx := c.deadline
	records, err := c.address(ctx, b)
	if err != nil {
		return err
	}
	next := b.Last.Offset + 1
	if err := c.publish(ctx, records, mark{offset: next}); err != nil {
		return err
	}
	done := c.reads.pop(b.Raw)
	c.memory.give(done.size)
	c.log.works(committing)
	c.log.health.committed(b, done.nulls)
	c.log.health.of(c.partition, func(p *progress) { p.commits(b.Raw, next, done.size) })
	return nil
}

// publish makes records and a mark durable together, and counts that.
func (c *claim) publish(ctx context.Context, records map[target][]pipeline.Record, m mark) error {
	ends := c.log.health.begins(c.partition)
	err := c.out.publish(ctx, records, c.at, m)
	took := ends(err)
	if err == nil && c.timed != nil {
		c.timed(took)
	}
	return err
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
	c.log.health.of(c.partition, (*progress).drop)
}

// nulls returns how many of raws have no value.
func nulls(raws []pipeline.Raw) (n int64) {
	for _, raw := range raws {
		if raw.Value == nil {
			n++
		}
	}
	return n
}
