package web

import (
	"context"
	"fmt"
	"sync"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// Follow fills f with the newest events and dead letters that the topics of c hold,
// and with those that come, until ctx is done. Only committed records are read, in no
// group. What cannot be read is noted and tried again.
func (f *Feed) Follow(ctx context.Context, c kafka.Config) {
	if c.Topics == (kafka.Topics{}) {
		c.Topics = kafka.DefaultTopics
	}
	var work sync.WaitGroup
	work.Go(func() { f.followTopic(ctx, c, c.Topics.Events, keptEvents, f.Event) })
	work.Go(func() { f.followTopic(ctx, c, c.Topics.DeadLetters, keptLetters, f.Letter) })
	work.Wait()
}

// again is how long to wait after a failure, and how often new partitions are looked for.
const again = 5 * time.Second

// followTopic reads all partitions of a topic, each from where kept records of the
// topic are behind it.
func (f *Feed) followTopic(ctx context.Context, c kafka.Config, topic string, kept int, take func(pipeline.Raw)) {
	var work sync.WaitGroup
	defer work.Wait()
	began := 0
	for ctx.Err() == nil {
		n, err := kafka.Partitions(ctx, c, topic)
		if err != nil && ctx.Err() == nil {
			f.fault(topic, err.Error())
		}
		if err == nil && began == 0 {
			f.fault(topic, "")
		}
		for ; began < n; began++ {
			partition, tail := began, int64(kept/n+1)
			work.Go(func() { f.followPartition(ctx, c, topic, partition, tail, take) })
		}
		wait(ctx, again)
	}
}

func (f *Feed) followPartition(ctx context.Context, c kafka.Config, topic string, partition int, tail int64, take func(pipeline.Raw)) {
	name := fmt.Sprintf("%s/%d", topic, partition)
	for ctx.Err() == nil {
		err := readOn(ctx, c, topic, partition, tail, func(raw pipeline.Raw) {
			f.fault(name, "")
			take(raw)
		})
		if ctx.Err() == nil {
			f.fault(name, err.Error())
			wait(ctx, again)
		}
	}
}

func readOn(ctx context.Context, c kafka.Config, topic string, partition int, tail int64, take func(pipeline.Raw)) error {
	r, err := kafka.OpenReader(ctx, c, topic, partition, kafka.Latest)
	if err != nil {
		return err
	}
	defer r.Close()
	if err := r.Back(ctx, tail); err != nil {
		return err
	}
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
