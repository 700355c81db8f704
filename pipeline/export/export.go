// Package export writes the latest current event records to files that data teams
// load: Parquet, CSV and JSON Lines. It reads records where they are given to it, and
// knows neither Kafka nor files of input.
package export

import (
	"fmt"

	"sitrep/pipeline"
)

// A Writer writes events in one format. Close ends the format, not what it writes to.
type Writer interface {
	// Write adds an event: as a record, and as the bytes that were published.
	Write(event *pipeline.EventRecord, published []byte) error
	Close() error
}

// Stats count what became of records.
type Stats struct {
	Read       int // event records
	Superseded int // of which a later one has the same id
	Retracted  int // by a tombstone
	Revised    int // not in the latest record of their article
	Filtered   int // left out by the filter
	Written    int
}

func (s Stats) String() string {
	return fmt.Sprintf("%d events written; of %d records read %d were superseded, %d retracted, %d of articles revised since, %d filtered out",
		s.Written, s.Read, s.Superseded, s.Retracted, s.Revised, s.Filtered)
}
