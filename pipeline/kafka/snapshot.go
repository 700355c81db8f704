package kafka

import (
	"context"

	"sitrep/pipeline"
)

// A Snapshot is a topic up to where each of its partitions ended when it was taken:
// behind the last record of a finished transaction.
type Snapshot struct {
	config Config
	topic  string
	ends   []int64
}

// TakeSnapshot asks where topic ends, over c's brokers and security; the other fields
// of c are not looked at.
func TakeSnapshot(ctx context.Context, c Config, topic string) (*Snapshot, error) {
	cluster := connect(c, topic)
	defer cluster.close()
	s := &Snapshot{config: c, topic: topic}
	n, err := cluster.partitions(ctx, topic)
	if err != nil {
		return nil, err
	}
	for p := range n {
		r := reader{cluster: cluster, topic: topic, partition: p}
		err := retry(ctx, silent(), "", func() error {
			end, err := r.find(ctx, Latest)
			s.ends = append(s.ends[:p], end)
			return denied(err, "read topic", topic)
		})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Read gives each the committed records of the snapshot, partition by partition in
// their order. An error of each ends it.
func (s *Snapshot) Read(ctx context.Context, each func(pipeline.Raw) error) error {
	for p := range s.ends {
		if err := s.read(ctx, p, each); err != nil {
			return err
		}
	}
	return nil
}

func (s *Snapshot) read(ctx context.Context, partition int, each func(pipeline.Raw) error) error {
	r, err := OpenReader(ctx, s.config, s.topic, partition, Earliest)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.next < s.ends[partition] {
		var raws []pipeline.Raw
		err := retry(ctx, silent(), "", func() (err error) {
			raws, err = r.fetch(ctx)
			return denied(err, "read topic", s.topic)
		})
		if err != nil {
			return err
		}
		for _, raw := range raws {
			if raw.Offset >= s.ends[partition] {
				return nil
			}
			if err := each(raw); err != nil {
				return err
			}
		}
	}
	return nil
}
