package pipeline

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"time"

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
	Time    time.Time     // of the record in the log, if that keeps it
	Shape   article.Shape // how Value is written
	Charset string        // its encoding, where the sender declares one
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
	Kind    string // for counting: an event's type, an article's status, a dead letter's reason
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
	slots   chan struct{} // one for each that is processed
	turn    chan struct{} // one for the read whose records are given out
}

// NewPool returns a pool that runs process on up to workers records at once.
// process must be a pure function that does not panic.
func NewPool(workers int, process func(Raw) []Record) *Pool {
	return &Pool{process, make(chan struct{}, max(1, workers)), make(chan struct{}, 1)}
}

// Joined is how many reads Run makes durable together at most.
const Joined = 8

// Run reads from src, processes in parallel and commits to sink in the order of
// src, until src ends (nil), ctx is cancelled (nil) or something breaks. While a
// batch is committed the next reads are taken and processed; those that are done
// by then are one batch, of Joined reads at most. A sink that is quick is given
// small batches, one that is slow large ones. At most twice as many reads are in
// memory. Work that has begun when ctx is cancelled is still committed.
func (p *Pool) Run(ctx context.Context, src Source, sink Sink) error {
	g, running := errgroup.WithContext(ctx)
	begun, ready := make(chan *reading), make(chan Batch, Joined-2)
	failed := make(chan struct{})
	g.Go(func() error {
		defer close(begun)
		for running.Err() == nil {
			raws, err := src.Read(running)
			if errors.Is(err, io.EOF) || (err != nil && running.Err() != nil) {
				return nil
			}
			if err != nil {
				return err
			}
			r := p.begin(running, raws)
			if r == nil {
				return nil
			}
			begun <- r
		}
		return nil
	})
	g.Go(func() error {
		defer close(ready)
		for r := range begun {
			select {
			case ready <- r.batch():
			case <-failed:
			}
		}
		return nil
	})
	g.Go(func() error {
		for b := range ready {
			// Work that has begun is finished, whatever happened to ctx.
			if err := sink.Commit(context.WithoutCancel(ctx), b.join(ready)); err != nil {
				close(failed)
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

// join appends what is ready after b.
func (b Batch) join(ready <-chan Batch) Batch {
	for range Joined - 1 {
		select {
		case next, ok := <-ready:
			if !ok {
				return b
			}
			b = Batch{append(b.Records, next.Records...), b.Raw + next.Raw, next.Last}
		default:
			return b
		}
	}
	return b
}

// reading is one read in work.
type reading struct {
	raws    []Raw
	results [][]Record
	work    sync.WaitGroup
}

// begin processes raws in parallel, each into its own slot, and returns when the
// last has begun. Reads have their turn one after the other, else all sources
// would be done late, none soon. It returns nil if ctx ends before the turn comes.
func (p *Pool) begin(ctx context.Context, raws []Raw) *reading {
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil
	}
	r := &reading{raws: raws, results: make([][]Record, len(raws))}
	for i := range raws {
		p.slots <- struct{}{}
		r.work.Go(func() {
			r.results[i] = p.process(raws[i])
			<-p.slots
		})
	}
	return r
}

// batch waits for the work.
func (r *reading) batch() Batch {
	r.work.Wait()
	return Batch{slices.Concat(r.results...), len(r.raws), r.raws[len(r.raws)-1].Position}
}
