package kafka

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/fetch"

	"sitrep/pipeline"
)

// The values are those of Kafka's own UtilsTest.testMurmur2.
func TestMurmur2IsJavas(t *testing.T) {
	for key, want := range map[string]int32{
		"21":                         -973932308,
		"foobar":                     -790332482,
		"a-little-bit-long-string":   -985981536,
		"a-little-bit-longer-string": -1486304829,
		"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8": -58897971,
		"abc": 479470107,
	} {
		if got := int32(murmur2([]byte(key))); got != want {
			t.Errorf("murmur2(%q) = %d, want %d", key, got, want)
		}
		if p := Partition([]byte(key), 7); p != int(want&0x7fffffff)%7 {
			t.Errorf("Partition(%q, 7) = %d", key, p)
		}
	}
}

func TestConfigSaysWhatIsWrong(t *testing.T) {
	good := Config{Brokers: []string{"localhost:9092"}, Group: "g", Input: "in"}
	if c, err := good.complete(); err != nil || c.Topics != DefaultTopics || c.MaxBatch == 0 || c.Logger == nil {
		t.Errorf("complete: %+v, %v", c, err)
	}
	for want, spoil := range map[string]func(*Config){
		"no broker":             func(c *Config) { c.Brokers = nil },
		"is not host:port":      func(c *Config) { c.Brokers = []string{"localhost"} },
		"no consumer group":     func(c *Config) { c.Group = "" },
		"no input topic":        func(c *Config) { c.Input = "" },
		"both input and output": func(c *Config) { c.Input = DefaultTopics.Events },
		"negative":              func(c *Config) { c.MaxBatch = -1 },
	} {
		c := good
		spoil(&c)
		if _, err := c.complete(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}

func TestSplitKeepsOrderAndBounds(t *testing.T) {
	var records []pipeline.Record
	for _, size := range []int{10, batchBytes, 10, 300 << 10, 300 << 10, 300 << 10, 300 << 10, 4 << 20, 1} {
		records = append(records, pipeline.Record{Value: make([]byte, size)})
	}
	batches, err := split(target{"topic", 0}, records, 5<<20)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for _, batch := range batches {
		size := 0
		for _, rec := range batch {
			if len(rec.Value) != len(records[i].Value) {
				t.Fatalf("record %d is out of order", i)
			}
			i++
			size += recordSize(rec)
		}
		if len(batch) == 0 || (size > batchBytes && len(batch) > 1) {
			t.Errorf("batch of %d records and %d bytes", len(batch), size)
		}
	}
	if i != len(records) {
		t.Errorf("%d records of %d", i, len(records))
	}
}

func TestBudgetLetsOneThroughThatIsTooLarge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(100)
		if err := b.take(t.Context(), 1000); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.take(ctx, 1); err == nil {
			t.Error("there was nothing to take")
		}
		time.AfterFunc(time.Second, func() { b.give(1000) })
		if err := b.take(t.Context(), 1); err != nil {
			t.Error(err)
		}
		if b.free != 99 {
			t.Errorf("%d left, want 99", b.free)
		}
	})
}

// A batch that compaction has emptied, or whose end it has taken, must not stop
// the reader; an answer without a batch says nothing and must not move it.
func TestReaderPassesWhatCompactionLeft(t *testing.T) {
	batch := func(base int64, offsets ...int64) protocol.RecordReader {
		var records []protocol.Record
		for _, offset := range offsets {
			records = append(records, protocol.Record{Offset: offset})
		}
		return &protocol.RecordBatch{BaseOffset: base, Records: protocol.NewRecordReader(records...)}
	}
	for _, c := range []struct {
		name    string
		batches []protocol.RecordReader
		read    int
		next    int64
	}{
		{"no batch", nil, 0, 5},
		{"emptied batch", []protocol.RecordReader{batch(3)}, 0, 6},
		{"only older records", []protocol.RecordReader{batch(3, 3, 4)}, 0, 6},
		{"older and newer", []protocol.RecordReader{batch(3, 4, 5, 9)}, 2, 10},
		{"emptied, then more", []protocol.RecordReader{batch(3), batch(20, 21)}, 1, 22},
	} {
		r := &reader{next: 5}
		p := &fetch.ResponsePartition{}
		if c.batches != nil {
			p.RecordSet.Records = &protocol.RecordStream{Records: c.batches}
		}
		raws, err := r.records(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(raws) != c.read || r.next != c.next {
			t.Errorf("%s: %d records, next %d: want %d, %d", c.name, len(raws), r.next, c.read, c.next)
		}
	}
}

// broken is a batch of two records, of which the second cannot be read.
type broken struct{ read int }

func (b *broken) ReadRecord() (*protocol.Record, error) {
	if b.read++; b.read > 1 {
		return nil, errors.New("torn")
	}
	return &protocol.Record{Offset: 7}, nil
}

// What was read before a record that cannot be is not lost: it is read again.
func TestAFetchThatFailsInTheMiddleIsDoneAgain(t *testing.T) {
	r := reader{next: 7}
	p := &fetch.ResponsePartition{RecordSet: protocol.RecordSet{Records: &protocol.RecordStream{Records: []protocol.RecordReader{
		&protocol.RecordBatch{Records: &broken{}},
	}}}}
	if raws, err := r.records(p); err == nil || len(raws) > 0 || r.next != 7 {
		t.Errorf("%d records, %v, going on at %d: want an error, and to go on at 7", len(raws), err, r.next)
	}
}

// idlePublisher fails the test when anything is published.
type idlePublisher struct{ *testing.T }

func (idlePublisher) open(context.Context, membership) error { return nil }
func (p idlePublisher) publish(context.Context, map[target][]pipeline.Record, membership, mark) error {
	p.Error("published beside a commit")
	return nil
}

// Reads and commits go on beside one another: a place that is noted while a batch is
// being committed would be a transaction within its transaction.
func TestALaterPlaceIsNotNotedBesideACommit(t *testing.T) {
	c := claim{out: idlePublisher{t}, gone: &Latest}
	c.reads.push(inWork{records: 1})
	if err := c.missed(t.Context()); err == nil || !retriable(err) {
		t.Errorf("%v: want an error that passes when the batch is committed", err)
	}
}
