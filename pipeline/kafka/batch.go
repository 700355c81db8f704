package kafka

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"runtime"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/segmentio/kafka-go/protocol"

	"sitrep/pipeline"
)

// A stamp says which producer wrote a batch, and which of its batches it is: how
// a broker drops what it has already, and refuses what an older producer sends.
type stamp struct {
	producer int64
	epoch    int16
	sequence int32 // of the batch's first record, on its partition
}

// unstamped is for batches outside of transactions: nobody drops their doubles.
var unstamped = stamp{-1, -1, -1}

// Where the fields stand in a record batch of version 2
// (https://kafka.apache.org/documentation/#recordbatch).
const (
	sizeBytes  = 4 // kafka-go puts the size of the set in front
	lengthAt   = 8 // of what follows the length
	crcAt      = 17
	attributes = 21 // the checksum is over everything from here
	producerAt = 43
	epochAt    = 51
	sequenceAt = 53
	headerEnd  = 61
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// transactionalBatch encodes records as one batch of a transaction, with its size
// in front, as a produce request carries it.
func transactionalBatch(records []pipeline.Record, s stamp) ([]byte, error) {
	return encodeBatch(records, protocol.Transactional, s)
}

// encodeBatch has kafka-go encode the records, and does the rest: kafka-go always
// names no producer, and packs with a window of 8 MiB, for which each of our
// consumers would need the memory.
func encodeBatch(records []pipeline.Record, kind protocol.Attributes, s stamp) ([]byte, error) {
	plain := plains.Get().(*bytes.Buffer)
	defer keep(plain)
	set := protocol.RecordSet{Version: 2, Attributes: kind, Records: encode(records)}
	if _, err := set.WriteTo(plain); err != nil {
		return nil, fmt.Errorf("encode %d records: %w", len(records), err)
	}
	const head = sizeBytes + headerEnd
	if plain.Len() < head {
		return nil, fmt.Errorf("kafka-go encoded %d records in %d bytes", len(records), plain.Len())
	}
	data := make([]byte, head, head+plain.Len()/2)
	copy(data, plain.Bytes())
	data = packer().EncodeAll(plain.Bytes()[head:], data)
	binary.BigEndian.PutUint32(data, uint32(len(data)-sizeBytes))
	s.write(data[sizeBytes:], kind|protocol.Zstd)
	return data, nil
}

// write puts s into the header of batch, with what follows from its content.
func (s stamp) write(batch []byte, kind protocol.Attributes) {
	binary.BigEndian.PutUint32(batch[lengthAt:], uint32(len(batch)-lengthAt-4))
	binary.BigEndian.PutUint16(batch[attributes:], uint16(kind))
	binary.BigEndian.PutUint64(batch[producerAt:], uint64(s.producer))
	binary.BigEndian.PutUint16(batch[epochAt:], uint16(s.epoch))
	binary.BigEndian.PutUint32(batch[sequenceAt:], uint32(s.sequence))
	binary.BigEndian.PutUint32(batch[crcAt:], crc32.Checksum(batch[attributes:], castagnoli))
}

// packer is shared: it packs as many batches at once as there are processors.
var packer = sync.OnceValue(func() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithWindowSize(256<<10), zstd.WithEncoderConcurrency(runtime.GOMAXPROCS(0)), zstd.WithZeroFrames(true))
	if err != nil {
		panic(err) // the options are right
	}
	return e
})

// plains are buffers for batches before they are packed.
var plains = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keep lets a buffer be used again, unless a large article has made it large.
func keep(b *bytes.Buffer) {
	if b.Cap() <= 2*batchBytes {
		b.Reset()
		plains.Put(b)
	}
}
