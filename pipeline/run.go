package pipeline

import (
	"context"
	"errors"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"sitrep/pipeline/article"
)

// A Header is a key and value beside a record, as in Kafka.
type Header struct {
	Key   string
	Value []byte
}

// A Position says where a record stands in the log it came from.
type Position struct {
	Topic     string
	Partition int
	Offset    int64
}

// A Raw is one record as it came in, before anybody has looked inside.
type Raw struct {
	Position
	Key     []byte
	Value   []byte // nil for a tombstone
	Headers []Header
	Shape   article.Shape // how Value is written
	Deadly  bool          // it kills who works on it: it becomes a dead letter unread
	Fault   error         // why the source could not read it: it becomes a dead letter
}

// A Stream is one of the topics that sitrep writes to.
type Stream uint8

// The streams, each with its contract in record.go.
const (
	Events Stream = iota
	Articles
	DeadLetters
)

// A Record is ready to be published: encoded, keyed and addressed.
type Record struct {
	Stream  Stream
	Key     []byte
	Value   []byte
	Headers []Header
}

// A Batch is what became of consecutive raw records: everything that is made
// durable together, in the order of the input.
type Batch struct {
	Records []Record
	Raw     int      // how many raw records went in
	Last    Position // the last of them
}

// A Source gives raw records in order.
type Source interface {
	// Read waits for the next raw records and returns at least one, or an
	// error: io.EOF at the end of a finite source, ctx.Err() when cancelled,
	// anything else when the source is broken.
	Read(ctx context.Context) ([]Raw, error)
}

// A Sink makes batches durable.
type Sink interface {
	// Commit publishes the records of b and the position up to which the input
	// is done. When it returns nil both are durable; an error ends the run, and
	// the batch will be read again.
	Commit(ctx context.Context, b Batch) error
}

// A Pool shares the processor's cores among all the sources of a process.
type Pool struct {
	process func(Raw) []Record
	slots   chan struct{}
}

// NewPool returns a pool that runs process on up to workers records at once.
// process must be a pure function that does not panic.
func NewPool(workers int, process func(Raw) []Record) *Pool {
	return &Pool{process: process, slots: make(chan struct{}, max(1, workers))}
}

// Run reads from src, processes in parallel and commits to sink in the order of
// src, until src ends (nil), ctx is cancelled (nil) or something breaks. A batch
// is one Read: while it is committed the next is read and processed, so at most
// two are in memory. What has been read when ctx is cancelled is still committed.
func (p *Pool) Run(ctx context.Context, src Source, sink Sink) error {
	g, running := errgroup.WithContext(ctx)
	ready := make(chan Batch)
	failed := make(chan struct{})
	g.Go(func() error {
		defer close(ready)
		for {
			raws, err := src.Read(running)
			if errors.Is(err, io.EOF) || (err != nil && running.Err() != nil) {
				return nil
			}
			if err != nil {
				return err
			}
			select {
			case ready <- p.batch(raws):
			case <-failed:
				return nil
			}
		}
	})
	g.Go(func() error {
		for b := range ready {
			// Work that has begun is finished, whatever happened to ctx.
			if err := sink.Commit(context.WithoutCancel(ctx), b); err != nil {
				close(failed)
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// batch processes raws in parallel, each into its own slot.
func (p *Pool) batch(raws []Raw) Batch {
	results := make([][]Record, len(raws))
	var wg sync.WaitGroup
	for i := range raws {
		p.slots <- struct{}{}
		wg.Go(func() {
			results[i] = p.process(raws[i])
			<-p.slots
		})
	}
	wg.Wait()
	b := Batch{Raw: len(raws), Last: raws[len(raws)-1].Position}
	for _, records := range results {
		b.Records = append(b.Records, records...)
	}
	return b
}
