package export

import (
	"io"

	"sitrep/pipeline"
)

// Lines writes the records as they were published, one a line.
func Lines(out io.Writer) Writer { return lines{out} }

type lines struct{ out io.Writer }

func (l lines) Write(_ *pipeline.EventRecord, published []byte) error {
	if _, err := l.out.Write(published); err != nil {
		return err
	}
	_, err := l.out.Write([]byte("\n"))
	return err
}

func (l lines) Close() error { return nil }
