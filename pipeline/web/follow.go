package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// Plain gives a value of the topic of events as JSON, whatever format it was written in.
type Plain func(ctx context.Context, value []byte) ([]byte, error)

// Follow fills f with the newest events and dead letters that the topics of c hold,
// and with those that come, until ctx is done. Only committed records are read, in no
// group. What cannot be read is noted and tried again. plain may be nil.
func (f *Feed) Follow(ctx context.Context, c kafka.Config, plain Plain) {
	if c.Topics == (kafka.Topics{}) {
		c.Topics = kafka.DefaultTopics
	}
	event := f.Event
	if plain != nil {
		event = func(raw pipeline.Raw) {
			if value, err := plain(ctx, raw.Value); err == nil { // else it counts as unread
				raw.Value = value
			}
			f.Event(raw)
		}
	}
	var work sync.WaitGroup
	work.Go(func() { f.followTopic(ctx, c, c.Topics.Events, keptEvents, event) })
	work.Go(func() { f.followTopic(ctx, c, c.Topics.DeadLetters, keptLetters, f.Letter) })
	work.Wait()
}

// look is how often new partitions are looked for.
const look = 30 * time.Second

// followTopic reads all partitions of a topic, together from about where so many are
// behind it as are kept.
func (f *Feed) followTopic(ctx context.Context, c kafka.Config, topic string, kept int, take func(pipeline.Raw)) {
	var work sync.WaitGroup
	defer work.Wait()
	began := 0
	for ctx.Err() == nil {
		spans, err := held(ctx, c, topic)
		if err != nil {
			if ctx.Err() == nil {
				f.fault(topic, err.Error())
			}
			wait(ctx, f.again)
			continue
		}
		f.fault(topic, "")
		for ; began < len(spans); began++ {
			partition, tail := began, int64(kept/len(spans)+1)
			work.Go(func() { f.followPartition(ctx, c, topic, partition, tail, take) })
		}
		wait(ctx, look)
	}
}

// held returns what the partitions of a topic hold.
func held(ctx context.Context, c kafka.Config, topic string, chosen ...int) ([]kafka.Span, error) {
	return kafka.Spans(ctx, c, topic, kafka.Place{Start: kafka.Earliest}, kafka.Place{Start: kafka.Latest}, chosen...)
}

func (f *Feed) followPartition(ctx context.Context, c kafka.Config, topic string, partition int, tail int64, take func(pipeline.Raw)) {
	name := fmt.Sprintf("%s/%d", topic, partition)
	next := int64(0) // behind what was taken
	for ctx.Err() == nil {
		err := f.readOn(ctx, c, name, topic, partition, next, tail, func(raw pipeline.Raw) {
			next = raw.Offset + 1
			take(raw)
		})
		if ctx.Err() == nil {
			f.fault(name, err.Error())
			wait(ctx, f.again)
		}
	}
}

// readOn reads the last records of a partition, from next on if it is among them, and
// those that come.
func (f *Feed) readOn(ctx context.Context, c kafka.Config, name, topic string, partition int, next, tail int64, take func(pipeline.Raw)) error {
	spans, err := held(ctx, c, topic, partition)
	if err != nil {
		return err
	}
	r, err := kafka.OpenReader(ctx, c, topic, partition, kafka.Latest)
	if err != nil {
		return err
	}
	defer r.Close()
	r.SetOffset(begin(spans[0], next, tail))
	f.fault(name, "")
	for {
		raws, err := r.Next(ctx)
		if err != nil {
			return err
		}
		for _, raw := range raws {
			take(raw)
		}
	}
}

// begin returns where to read on. A partition that ends before next is another one,
// which was made anew.
func begin(held kafka.Span, next, tail int64) int64 {
	first := max(held.From, held.End-tail)
	if next > held.End {
		return first
	}
	return max(first, next)
}

func wait(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// Fetch returns a function that reads one raw record of c's input, and of no other
// topic, whatever the headers of an event say.
func Fetch(c kafka.Config) func(context.Context, pipeline.Position) (pipeline.Raw, error) {
	return func(ctx context.Context, at pipeline.Position) (pipeline.Raw, error) {
		if at.Topic != c.Input {
			return pipeline.Raw{}, fmt.Errorf("its article did not come by the topic %s", c.Input)
		}
		r, err := kafka.OpenReader(ctx, c, at.Topic, at.Partition, kafka.Earliest)
		if err != nil {
			return pipeline.Raw{}, err
		}
		defer r.Close()
		r.SetOffset(at.Offset)
		raws, err := r.Next(ctx)
		if err != nil {
			return pipeline.Raw{}, fmt.Errorf("its article cannot be read: %w", err)
		}
		if c.Prepare != nil {
			if err := c.Prepare(ctx, raws[:1]); err != nil {
				return pipeline.Raw{}, err
			}
		}
		if raws[0].Offset != at.Offset {
			return pipeline.Raw{}, fmt.Errorf("its article is not in %s any more", at.Topic)
		}
		return raws[0], nil
	}
}
