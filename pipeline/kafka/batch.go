package kafka

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

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

// Where the fields stand in a record batch of version 2
// (https://kafka.apache.org/documentation/#recordbatch).
const (
	sizeBytes  = 4 // kafka-go puts the size of the set in front
	crcAt      = 17
	attributes = 21 // the checksum is over everything from here
	producerAt = 43
	epochAt    = 51
	sequenceAt = 53
	headerEnd  = 61
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// transactionalBatch encodes records as one batch of a transaction, with its size
// in front, as a produce request carries it. kafka-go encodes the records and
// always names no producer, so that the header is patched.
func transactionalBatch(records []pipeline.Record, s stamp) ([]byte, error) {
	set := protocol.RecordSet{Version: 2, Attributes: protocol.Zstd | protocol.Transactional, Records: encode(records)}
	var b bytes.Buffer
	b.Grow(headerEnd + batchBytes/2)
	if _, err := set.WriteTo(&b); err != nil {
		return nil, fmt.Errorf("encode %d records: %w", len(records), err)
	}
	data := b.Bytes()
	if len(data) < sizeBytes+headerEnd {
		return nil, fmt.Errorf("kafka-go encoded %d records in %d bytes", len(records), len(data))
	}
	s.write(data[sizeBytes:])
	return data, nil
}

// write puts s into the header of batch.
func (s stamp) write(batch []byte) {
	binary.BigEndian.PutUint64(batch[producerAt:], uint64(s.producer))
	binary.BigEndian.PutUint16(batch[epochAt:], uint16(s.epoch))
	binary.BigEndian.PutUint32(batch[sequenceAt:], uint32(s.sequence))
	binary.BigEndian.PutUint32(batch[crcAt:], crc32.Checksum(batch[attributes:], castagnoli))
}
