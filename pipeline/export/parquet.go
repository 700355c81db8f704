package export

import (
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"sitrep/pipeline"
	"sitrep/pipeline/schema"
)

// rowGroup is how many events are held in memory before they are written out.
const rowGroup = 20_000

// Parquet writes events as columns, compressed with zstd; lists and structs are
// Parquet's own.
func Parquet(out io.Writer) Writer {
	rows := schema.Events().Rows()
	s := parquet.NewSchema("events", parquet.SchemaOf(reflect.New(rows.Type).Interface()))
	return parquetWriter{rows, parquet.NewGenericWriter[any](out, s, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(rowGroup))}
}

type parquetWriter struct {
	rows schema.Rows
	out  *parquet.GenericWriter[any]
}

func (w parquetWriter) Write(e *pipeline.EventRecord, _ []byte) error {
	_, err := w.out.Write([]any{w.rows.Of(e)})
	return err
}

func (w parquetWriter) Close() error { return w.out.Close() }
