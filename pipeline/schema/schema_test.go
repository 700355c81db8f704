package schema

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/twmb/avro"
)

var update = flag.Bool("update", false, "write the schemas anew from the record types")

// The committed schemas say what the record types say; -update writes them.
func TestSchemasAreThoseOfTheRecords(t *testing.T) {
	for _, table := range []Table{Events(), Articles()} {
		for _, format := range Formats {
			want, err := format.Write(table)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("..", "schemas", table.Name+".v1"+format.Extension)
			if *update {
				if err := os.WriteFile(file, want, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := os.ReadFile(file); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s is not what the record type says (%v): make schemas", file, err)
			}
		}
	}
}

// A nullable list would be neither null nor list in half of the formats.
func TestListsAreNeverNull(t *testing.T) {
	var walk func(path string, fields []Field)
	walk = func(path string, fields []Field) {
		for _, f := range fields {
			if f.List && f.Nullable {
				t.Errorf("%s%s is a list that may be null", path, f.Name)
			}
			walk(path+f.Name+".", f.Fields)
		}
	}
	walk("events.", Events().Fields)
	walk("articles.", Articles().Fields)
}

func TestAvroIsAvro(t *testing.T) {
	for _, table := range []Table{Events(), Articles()} {
		text, err := Avro(table)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := avro.Parse(string(text)); err != nil {
			t.Errorf("%s: %v", table.Name, err)
		}
	}
}
