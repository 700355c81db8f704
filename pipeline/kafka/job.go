package kafka

import (
	"cmp"
	"context"
	"errors"

	"sitrep/pipeline"
)

// A Note is what a job keeps of a partition: an offset, and words of its own.
type Note struct {
	Offset int64 // negative when nothing has been kept
	Text   string
}

// A Job publishes as a member of a group does, records and note in one
// transaction, but is in no group: its notes are the offsets of a group that
// bears its name and never has members. Whoever opens a job of the same name
// shuts out who has it now.
type Job struct {
	out     *transactions
	claim   claim // decides where records go
	name    string
	brokers *cluster
}

// OpenJob takes the job of that name at the brokers of c. Its group and
// transactional id are the name; the topics of c must exist.
func OpenJob(ctx context.Context, c Config, name string) (*Job, error) {
	c.Group, c.Input = name, cmp.Or(c.Input, name)
	c, err := c.complete()
	if err != nil {
		return nil, err
	}
	if err := await(ctx, c, c.StartTimeout, c.reporter(""), c.Topics.names()...); err != nil {
		return nil, err
	}
	brokers := connect(c)
	return &Job{
		out:     &transactions{cluster: brokers, id: name, topics: c.Topics, maxBytes: c.MaxMessageBytes, log: c.reporter("job " + name)},
		claim:   claim{reader: reader{cluster: brokers}, topics: c.Topics, log: c.reporter("job " + name)},
		name:    name,
		brokers: brokers,
	}, nil
}

// Take shuts out whoever has the job, and aborts what that one left open. It is
// also what makes a job whole again after Commit has failed. It is told of which
// partitions the job keeps notes: one of them is in the last transaction.
func (j *Job) Take(ctx context.Context, at ...pipeline.Position) error {
	last := j.nobody("", 0)
	for _, p := range at {
		last = j.nobody(p.Topic, p.Partition)
		var d decision
		err := j.out.patiently(ctx, "asking for the last transaction", func() (err error) {
			d, err = j.out.unmarked(ctx, last)
			return err
		})
		if err != nil {
			return err
		}
		if d != undecided {
			break
		}
	}
	return j.out.open(ctx, last)
}

// nobody is how a job, which is in no group, commits an offset.
func (j *Job) nobody(topic string, partition int) membership {
	return membership{group: j.name, generation: -1, topic: topic, partition: partition}
}

// Noted returns what the job has kept of a partition.
func (j *Job) Noted(ctx context.Context, topic string, partition int) (Note, error) {
	var m mark
	err := retry(ctx, j.out.log, "asking for the checkpoint", func() (err error) {
		m, err = j.brokers.committed(ctx, j.name, topic, partition)
		return denied(err, "read the offsets of group", j.name)
	})
	return Note{m.offset, m.note}, err
}

// Commit publishes the records of b and keeps n of a partition, together or not at
// all. After an error what became of them is known only to Take and Noted.
func (j *Job) Commit(ctx context.Context, b pipeline.Batch, topic string, partition int, n Note) error {
	records, err := j.claim.address(ctx, b)
	if err != nil {
		return err
	}
	return j.out.publish(ctx, records, j.nobody(topic, partition), mark{offset: n.Offset, note: n.Text})
}

// Close ends the connections.
func (j *Job) Close() { j.brokers.close() }

// Passing tells errors of a job after which it may be taken again.
func Passing(err error) bool { return !final(err) && !errors.Is(err, context.Canceled) }
