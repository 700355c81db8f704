package schema

import "fmt"

// A Format is a language that a Table can be written in.
type Format struct {
	Name      string
	Extension string // of files in it
	Write     func(Table) ([]byte, error)
}

// Formats are all of them.
var Formats = []Format{
	{"json-schema", ".json", JSONSchema},
	{"avro", ".avsc", Avro},
	{"clickhouse", ".clickhouse.sql", ClickHouse},
	{"postgres", ".postgres.sql", Postgres},
	{"duckdb", ".duckdb.sql", DuckDB},
}

// ParseFormat returns the format of that name.
func ParseFormat(name string) (Format, error) {
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("format %q: want json-schema, avro, clickhouse, postgres or duckdb", name)
}
