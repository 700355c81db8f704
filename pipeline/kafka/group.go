package kafka

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
)

// stopLimit is how long a member that is told to stop may go on with what it has
// begun: less than the 30 s that Kubernetes gives.
const stopLimit = 20 * time.Second

// What a member does that may fail and is tried again, in the words of the log.
const (
	joining    = "joining the group"
	lookingAt  = "looking for new partitions"
	committing = "committing work"
)

const joinAgainAfter = time.Second

// Run consumes c.Input as a member of c.Group and publishes what pool makes of
// it, until ctx is cancelled: then it finishes what has begun, commits it, leaves
// the group and returns nil. The records of an article and the group's offset
// become visible in one transaction: each article is published once, whatever
// dies on the way (with c.AtLeastOnce: once or more). Those of one partition are
// published in their order.
//
// An error is what an operator has to see to: a configuration that cannot work,
// brokers or topics that are not there at the start, a permission that is
// missing, an offset that the topic does not hold any more, a record that the
// broker will never take, or work that could not be finished at the end. Whatever
// else breaks is logged and tried again.
func Run(ctx context.Context, c Config, pool *pipeline.Pool) error {
	c, err := c.complete()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, c.Health.stop)()
	err = live(ctx, c, pool)
	c.Health.ended(err)
	c.Logger.Info("ended", "done", c.Health.Counts())
	return err
}

// live is Run without its end.
func live(ctx context.Context, c Config, pool *pipeline.Pool) error {
	if c.AtLeastOnce {
		c.Logger.Warn("AT LEAST ONCE: publishing without transactions; after a crash articles are published again, " +
			"with the same keys, and consumers have to remove the doubles")
	}
	m := newMember(c, pool)
	defer m.close()
	if err := m.prepared(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	return m.run(ctx)
}

// member is this process in the consumer group.
type member struct {
	Config
	*cluster
	pool     *pipeline.Pool
	memory   *budget
	notes    map[int]*mark // by partition: the last that this process has noted
	balancer *countingBalancer
	// known is how many partitions the input had when we started; 0 when it has
	// been made anew since.
	known atomic.Int64
}

func newMember(c Config, pool *pipeline.Pool) *member {
	return &member{
		Config:   c,
		cluster:  connect(c, c.topics()...),
		pool:     pool,
		memory:   newBudget(c.MaxBytes),
		notes:    map[int]*mark{},
		balancer: &countingBalancer{topic: c.Input},
	}
}

// prepared waits for brokers and topics, and looks at what they are.
func (m *member) prepared(ctx context.Context) error {
	log := m.reporter("")
	if err := await(ctx, m.Config, m.StartTimeout, log, m.topics()...); err != nil {
		return err
	}
	return retry(ctx, log, "asking what the broker can do", func() error {
		if err := m.old(ctx, m.AtLeastOnce); err != nil {
			return err
		}
		n, err := m.partitions(ctx, m.Input)
		m.known.Store(int64(n))
		return err
	})
}

// run lives through one generation of the group after another.
func (m *member) run(ctx context.Context) error {
	group, err := m.join()
	if err != nil {
		return fmt.Errorf("kafka: %w", err)
	}
	// Leaving says at once that our partitions are free.
	defer group.Close()
	log := m.reporter("group " + m.Group)
	wait := firstWait
	for {
		gen, err := group.Next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, kafkago.RebalanceInProgress) {
			continue
		}
		if err := refusedGroup(err, m.Group, m.Input); final(err) {
			return err
		}
		if err != nil { // the group itself waits before it tries again
			log.failing(joining, m.unreachable(err), joinAgainAfter)
			continue
		}
		log.works(joining)
		m.Health.takes(partitions(gen.Assignments[m.Input]))
		err = m.generation(ctx, group, gen)
		m.Health.givesBack()
		switch {
		case ctx.Err() != nil || final(err):
			return err
		case err == nil:
			wait = firstWait
		default:
			log.failing(joining, err, wait)
			pause(ctx, wait)
			wait = min(2*wait, longestWait)
		}
	}
}

func (m *member) join() (*kafkago.ConsumerGroup, error) {
	return kafkago.NewConsumerGroup(kafkago.ConsumerGroupConfig{
		ID:                m.Group,
		Brokers:           m.Brokers,
		Topics:            []string{m.Input},
		Dialer:            &kafkago.Dialer{ClientID: clientID, Timeout: 5 * time.Second, TLS: m.TLS, SASLMechanism: m.SASL},
		GroupBalancers:    []kafkago.GroupBalancer{m.balancer},
		HeartbeatInterval: m.SessionTimeout / 20, // by which we hear that somebody has left
		SessionTimeout:    m.SessionTimeout,
		RebalanceTimeout:  3 * m.SessionTimeout,
		JoinGroupBackoff:  joinAgainAfter,
		StartOffset:       kafkago.FirstOffset,
	})
}

// generation works on the partitions that the group has given us until it takes
// them back, ctx is done, or one of them fails. Work that has begun is finished.
func (m *member) generation(ctx context.Context, group *kafkago.ConsumerGroup, gen *kafkago.Generation) error {
	done := make(chan error, 1)
	gen.Start(func(ended context.Context) {
		err := m.work(ctx, ended, gen)
		if ctx.Err() != nil || final(err) {
			// kafka-go joins again as soon as we return, unless it is closed by
			// then: the others would have to wait for somebody who leaves.
			go group.Close()
			<-ended.Done()
		}
		done <- err
	})
	return <-done
}

func (m *member) work(ctx, ended context.Context, gen *kafkago.Generation) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ended, stop)()

	working, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	within := func(limit time.Duration) func() {
		return func() {
			if pause(working, limit) == nil {
				giveUp()
			}
		}
	}
	defer context.AfterFunc(ctx, within(stopLimit))() // we are members until we leave
	limit := m.SessionTimeout * 2 / 3                 // then the group takes us for dead
	defer context.AfterFunc(ended, within(limit))()

	assigned := gen.Assignments[m.Input]
	m.Logger.Info("partitions taken", "group", m.Group, "topic", m.Input, "partitions", len(assigned), "generation", gen.ID)
	for _, a := range assigned {
		if m.notes[a.ID] == nil {
			m.notes[a.ID] = &mark{offset: -1}
		}
	}
	g, running := errgroup.WithContext(reading)
	defer context.AfterFunc(running, func() {
		if reading.Err() == nil { // one has failed, which ends all
			stop()
			within(limit)()
		}
	})()
	for _, a := range assigned {
		g.Go(func() error { return m.consume(running, working, gen, a, len(assigned)) })
	}
	g.Go(func() error { return m.watch(running) })
	g.Go(func() error { m.measure(running); return nil })
	err := g.Wait()
	switch {
	case errors.Is(err, errPartitionsAdded):
		m.Logger.Info("the topic has other partitions, sharing them out", "topic", m.Input)
		return nil
	case err != nil && working.Err() != nil:
		return fmt.Errorf("work was not finished in time, it will be done again: %w", err)
	}
	return err
}

// consume runs the pool on one partition, and begins again where the last commit
// ended when that fails for the moment.
func (m *member) consume(reading, deadline context.Context, gen *kafkago.Generation, a kafkago.PartitionAssignment, sharers int) error {
	log := m.partition(a.ID)
	defer m.Health.overAll(log.about)
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := m.session(reading, m.claim(deadline, gen, a, sharers))
		if err != nil {
			m.Health.count(restart(err))
		}
		if errors.Is(err, errRepartitioned) {
			m.known.Store(0)
		}
		if err == nil || reading.Err() != nil || final(err) || membershipOver(err) {
			return err
		}
		log.failing(committing, err, wait)
		if pause(reading, wait) != nil {
			return nil
		}
	}
}

// restart counts a session that has ended with err.
func restart(err error) Counts {
	c := Counts{Restarts: 1}
	if fenced(err) {
		c.Fenced = 1
	}
	return c
}

func partitions(assigned []kafkago.PartitionAssignment) []int {
	var ids []int
	for _, a := range assigned {
		ids = append(ids, a.ID)
	}
	return ids
}

// partition reports on a partition of the input.
func (m *member) partition(id int) reporter {
	return m.reporter(fmt.Sprintf("%s/%d", m.Input, id), "topic", m.Input, "partition", id)
}

func (m *member) session(reading context.Context, c *claim) error {
	defer c.release()
	err := c.open(reading)
	switch {
	case err == nil:
		err = m.pool.Run(reading, c, c)
	case reading.Err() != nil: // nothing has begun
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s/%d: %w", c.topic, c.partition, err)
	}
	return nil
}

func (m *member) claim(working context.Context, gen *kafkago.Generation, a kafkago.PartitionAssignment, sharers int) *claim {
	log := m.partition(a.ID)
	return &claim{
		reader:   reader{cluster: m.cluster, topic: m.Input, partition: a.ID, size: fetchSize(m.MaxBytes, sharers)},
		out:      m.publisher(a.ID, log),
		topics:   m.Topics,
		at:       membership{gen.GroupID, gen.MemberID, gen.ID, m.Input, a.ID},
		start:    m.begins(a.ID),
		gone:     m.OffsetGone,
		share:    max(1, m.MaxBatch/pipeline.Joined),
		prepare:  m.Prepare,
		memory:   m.memory,
		timed:    m.Timed,
		watched:  m.Committing,
		probe:    m.Probe,
		lastNote: m.notes[a.ID],
		deadline: working,
		log:      log,
	}
}

// begins returns where a partition without a mark begins. "Latest" is for what was
// there when we came: of a partition that came later all is new.
func (m *member) begins(partition int) Start {
	if m.From == Latest && int64(partition) >= m.known.Load() {
		return Earliest
	}
	return m.From
}

func (m *member) publisher(partition int, log reporter) publisher {
	if m.AtLeastOnce {
		return &direct{producer{m.cluster, m.MaxMessageBytes, log}}
	}
	return &transactions{cluster: m.cluster, id: transactionalID(m.Group, m.Input, partition), topics: m.Topics, maxBytes: m.MaxMessageBytes, log: log}
}

// membershipOver tells answers that say that the group has gone on without us.
func membershipOver(err error) bool {
	return errors.Is(err, kafkago.IllegalGeneration) || errors.Is(err, kafkago.UnknownMemberId) || errors.Is(err, kafkago.RebalanceInProgress)
}

// fetchSize lets idle partitions, which wait with an empty reservation, hold no
// more than half of the memory.
func fetchSize(maxBytes int64, partitions int) int32 {
	return int32(min(max(maxBytes/2/int64(partitions), 1), 4<<20))
}

var errPartitionsAdded = errors.New("the topic has other partitions than the group has shared out")

// watch returns errPartitionsAdded when the input has got partitions that nobody
// in the group has. Only the leader, who shared them out, can tell and can make
// the group share anew; in others it waits for ctx.
func (m *member) watch(ctx context.Context) error {
	shared := m.balancer.take()
	log := m.reporter("topic "+m.Input, "topic", m.Input)
	defer log.gaveUp(lookingAt)
	for pause(ctx, m.PartitionCheck) == nil {
		if shared < 0 {
			continue
		}
		n, err := m.partitions(ctx, m.Input)
		if err != nil {
			log.failing(lookingAt, err, m.PartitionCheck)
			continue
		}
		log.works(lookingAt)
		if n != shared {
			return errPartitionsAdded
		}
	}
	return nil
}

// countingBalancer is kafka-go's range balancer, and remembers how many
// partitions of topic it shared out.
type countingBalancer struct {
	kafkago.RangeGroupBalancer
	topic  string
	shared atomic.Int64 // partitions + 1; 0 when we did not lead
}

// AssignGroups is called by kafka-go in the group's leader.
func (b *countingBalancer) AssignGroups(members []kafkago.GroupMember, partitions []kafkago.Partition) kafkago.GroupMemberAssignments {
	n := int64(0)
	for _, p := range partitions {
		if p.Topic == b.topic {
			n++
		}
	}
	b.shared.Store(n + 1)
	return b.RangeGroupBalancer.AssignGroups(members, partitions)
}

// take returns how many partitions were shared out for this generation, or -1
// when another member did that.
func (b *countingBalancer) take() int { return int(b.shared.Swap(0)) - 1 }
