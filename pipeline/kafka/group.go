package kafka

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"golang.org/x/sync/errgroup"

	"sitrep/pipeline"
)

// stopLimit is how long a member that is told to stop may go on with what it has
// begun: less than the 30 s that Kubernetes gives.
const stopLimit = 20 * time.Second

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
	topics := append([]string{c.Input}, c.Topics.names()...)
	if err := await(ctx, c, c.StartTimeout, topics...); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	brokers := connect(c, topics...)
	defer brokers.close()
	m := &member{
		Config:   c,
		cluster:  brokers,
		pool:     pool,
		memory:   newBudget(c.MaxBytes),
		notes:    map[int]*mark{},
		balancer: &countingBalancer{topic: c.Input},
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
}

// run lives through one generation of the group after another.
func (m *member) run(ctx context.Context) error {
	group, err := m.join()
	if err != nil {
		return fmt.Errorf("kafka: %w", err)
	}
	// Leaving says at once that our partitions are free.
	defer group.Close()
	wait := firstWait
	for {
		gen, err := group.Next(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, kafkago.RebalanceInProgress) {
			continue
		}
		if err := denied(err, "join group", m.Group); final(err) {
			return err
		}
		if err != nil { // the group itself waits before it tries again
			m.Logger.Warn("cannot join the consumer group, trying again", "group", m.Group, "error", m.unreachable(err))
			continue
		}
		err = m.generation(ctx, group, gen)
		switch {
		case ctx.Err() != nil || final(err):
			return err
		case err == nil:
			wait = firstWait
		default:
			m.Logger.Error("partitions given back, joining again", "group", m.Group, "error", err, "after", wait)
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
		HeartbeatInterval: m.SessionTimeout / 10,
		SessionTimeout:    m.SessionTimeout,
		RebalanceTimeout:  3 * m.SessionTimeout,
		JoinGroupBackoff:  time.Second,
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
func (m *member) consume(reading, working context.Context, gen *kafkago.Generation, a kafkago.PartitionAssignment, sharers int) error {
	for wait := firstWait; ; wait = min(2*wait, longestWait) {
		err := m.session(reading, m.claim(working, gen, a, sharers))
		if err == nil || reading.Err() != nil || final(err) || membershipOver(err) {
			return err
		}
		m.Logger.Warn("going back to the last commit", "topic", m.Input, "partition", a.ID, "error", err, "after", wait)
		if pause(reading, wait) != nil {
			return nil
		}
	}
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
	log := m.Logger.With("topic", m.Input, "partition", a.ID)
	return &claim{
		reader:   reader{cluster: m.cluster, topic: m.Input, partition: a.ID, size: fetchSize(m.MaxBytes, sharers)},
		out:      m.publisher(a.ID, log),
		topics:   m.Topics,
		at:       membership{gen.GroupID, gen.MemberID, gen.ID, m.Input, a.ID},
		start:    m.From,
		gone:     m.OffsetGone,
		maxBatch: m.MaxBatch,
		prepare:  m.Prepare,
		memory:   m.memory,
		probe:    m.Probe,
		lastNote: m.notes[a.ID],
		deadline: working,
		log:      log,
	}
}

func (m *member) publisher(partition int, log *slog.Logger) publisher {
	if m.AtLeastOnce {
		return &direct{producer{m.cluster, m.MaxMessageBytes, log}}
	}
	return &transactions{cluster: m.cluster, id: transactionalID(m.Group, m.Input, partition), maxBytes: m.MaxMessageBytes, log: log}
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
	for pause(ctx, m.PartitionCheck) == nil {
		if shared < 0 {
			continue
		}
		n, err := m.partitions(ctx, m.Input)
		if err != nil {
			m.Logger.Warn("looking for new partitions failed, trying again", "topic", m.Input, "error", err)
			continue
		}
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
