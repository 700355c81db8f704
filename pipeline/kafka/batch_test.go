package kafka

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"testing"

	"github.com/klauspost/compress/zstd"
	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kbin"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/kversion"

	"sitrep/pipeline"
)

// The batch against kafka-go's own: only the producer's fields and what follows
// from how the records are packed differ, and the rest is what kafka-go wrote.
func TestOnlyTheProducerAndThePackingDiffer(t *testing.T) {
	records := []pipeline.Record{
		{Key: []byte("a"), Value: []byte("first"), Headers: []pipeline.Header{{Key: "h", Value: []byte("v")}}},
		{Value: []byte("second")},
		{Key: []byte("c")},
	}
	const producer, epoch, sequence = 0x0102030405060708, 0x0a0b, 0x11121314
	ours, err := transactionalBatch(records, stamp{producer, epoch, sequence})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := transactionalBatch(records, stamp{-1, -1, -1}) // as kafka-go leaves it
	if err != nil {
		t.Fatal(err)
	}
	var theirs bytes.Buffer
	set := protocol.RecordSet{Version: 2, Attributes: protocol.Zstd | protocol.Transactional, Records: encode(records)}
	if _, err := set.WriteTo(&theirs); err != nil {
		t.Fatal(err)
	}
	// The times within are those of the two calls.
	const firstTime, timesEnd = 27, 43
	same := func(a, b []byte) []byte {
		a, b = unpacked(t, a), unpacked(t, b)
		copy(a, b[:sizeBytes+lengthAt+4])
		copy(a[sizeBytes+firstTime:sizeBytes+timesEnd], b[sizeBytes+firstTime:sizeBytes+timesEnd])
		copy(a[sizeBytes+crcAt:sizeBytes+attributes], b[sizeBytes+crcAt:sizeBytes+attributes])
		return a
	}
	if want := unpacked(t, theirs.Bytes()); !bytes.Equal(same(plain, theirs.Bytes()), want) {
		t.Errorf("with no producer\n%x\nkafka-go writes\n%x", plain, want)
	}
	want := same(theirs.Bytes(), ours)
	copy(want[sizeBytes+producerAt:], []byte{1, 2, 3, 4, 5, 6, 7, 8, 0x0a, 0x0b, 0x11, 0x12, 0x13, 0x14})
	if got := unpacked(t, ours); !bytes.Equal(got, want) {
		t.Errorf("patched\n%x\nwant\n%x", got, want)
	}
	if size := binary.BigEndian.Uint32(ours); int(size) != len(ours)-sizeBytes {
		t.Errorf("size %d of %d bytes", size, len(ours))
	}
	if length := binary.BigEndian.Uint32(ours[sizeBytes+lengthAt:]); int(length) != len(ours)-sizeBytes-lengthAt-4 {
		t.Errorf("length %d of %d bytes", length, len(ours))
	}
	batch := ours[sizeBytes:]
	if got, want := binary.BigEndian.Uint32(batch[crcAt:]), crc32.Checksum(batch[attributes:], crc32.MakeTable(crc32.Castagnoli)); got != want {
		t.Errorf("checksum %x, want %x", got, want)
	}
}

// unpacked returns a batch with its records as they are before packing.
func unpacked(t *testing.T, data []byte) []byte {
	t.Helper()
	r, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	const head = sizeBytes + headerEnd
	out, err := r.DecodeAll(data[head:], bytes.Clone(data[:head]))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A batch of ours as another's decoder reads it: franz-go's.
func TestAnotherClientReadsThePatchedHeader(t *testing.T) {
	data, err := transactionalBatch([]pipeline.Record{{Value: []byte("x")}, {Value: []byte("y")}}, stamp{77, 3, 40})
	if err != nil {
		t.Fatal(err)
	}
	r := kbin.Reader{Src: data}
	if n := r.Int32(); int(n) != len(data)-sizeBytes {
		t.Errorf("size %d of %d bytes", n, len(data))
	}
	var batch kmsg.RecordBatch
	if err := batch.ReadFrom(r.Src); err != nil {
		t.Fatal(err)
	}
	const transactional, zstd = 1 << 4, 4
	if batch.ProducerID != 77 || batch.ProducerEpoch != 3 || batch.FirstSequence != 40 || batch.NumRecords != 2 || batch.LastOffsetDelta != 1 ||
		batch.Magic != 2 || batch.Attributes != transactional|zstd {
		t.Errorf("read as %+v", batch)
	}
}

// A broker (a real one in make integration) keeps the batch with the producer,
// epoch and sequence that were patched in, and gives it back as it was, but for
// what a broker itself writes.
func TestABrokerKeepsThePatchedHeader(t *testing.T) {
	s := newSetting(t, 1)
	c := connect(s.Config)
	defer c.close()
	tx := &transactions{cluster: c, id: s.Group, maxBytes: 1 << 20, log: silent()}
	if err := tx.open(t.Context(), membership{"group", "", -1, "topic", 0}); err != nil {
		t.Fatal(err)
	}
	to := target{s.Topics.DeadLetters, 0} // the others are compacted and want keys
	if err := tx.add(t.Context(), []target{to}); err != nil {
		t.Fatal(err)
	}
	first, second := []pipeline.Record{{Value: []byte("a")}, {Value: []byte("b")}}, []pipeline.Record{{Value: []byte("c")}}
	var sent [][]byte
	for i, list := range [][]pipeline.Record{first, second} {
		data, err := transactionalBatch(list, stamp{tx.producer, tx.epoch, int32(2 * i)})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time the broker says that it has it, or nothing
			if err := tx.send(t.Context(), []*outgoing{{to, []outBatch{{list, data}}}}); err != nil {
				t.Fatal(err)
			}
		}
		sent = append(sent, data[sizeBytes:])
	}
	if err := tx.end(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	kept := rawBatches(t, s.Brokers, to)
	if len(kept) < 2 {
		t.Fatalf("%d batches kept, want 2 and a marker", len(kept))
	}
	for i, data := range sent {
		// The broker writes offsets, the leader's epoch; and nothing else.
		got := bytes.Clone(kept[i])
		copy(got[:16], data[:16])
		if !bytes.Equal(got, data) {
			t.Errorf("batch %d is kept as\n%x\nsent as\n%x", i, got, data)
		}
	}
}

// rawBatches returns the record batches of a partition as a fetch gives them.
func rawBatches(t *testing.T, brokers []string, of target) (batches [][]byte) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(brokers...), kgo.MaxVersions(kversion.V2_5_0())) // later ones know topics by id
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	leader := leaderOf(t, brokers, of)
	req := kmsg.NewPtrFetchRequest()
	req.MaxBytes, req.MaxWaitMillis, req.ReplicaID = 1<<20, 500, -1
	topic := kmsg.NewFetchRequestTopic()
	topic.Topic = of.topic
	p := kmsg.NewFetchRequestTopicPartition()
	p.Partition, p.PartitionMaxBytes = int32(of.partition), 1<<20
	topic.Partitions = append(topic.Partitions, p)
	req.Topics = append(req.Topics, topic)
	kres, err := client.Broker(leader).RetriableRequest(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	data := kres.(*kmsg.FetchResponse).Topics[0].Partitions[0].RecordBatches
	for len(data) > 12 {
		n := 12 + int(binary.BigEndian.Uint32(data[8:]))
		batches, data = append(batches, data[:n]), data[n:]
	}
	return batches
}

func leaderOf(t *testing.T, brokers []string, of target) int {
	t.Helper()
	c := connect(Config{Brokers: brokers}, of.topic)
	defer c.close()
	res, err := c.client.Metadata(t.Context(), &kafkago.MetadataRequest{Topics: []string{of.topic}})
	if err != nil {
		t.Fatal(err)
	}
	return res.Topics[0].Partitions[of.partition].Leader.ID
}
