package schema

import "fmt"

// ClickHouse writes the table for ClickHouse: of several records with a key, merging
// keeps the last. A time is stored as it is written, for ClickHouse before 26 refuses
// a Z at its end unless told otherwise, with the instant worked out beside it.
func ClickHouse(t Table) ([]byte, error) {
	lines := columns(t.Fields, func(f Field) string { return clickType(f, f.Nullable) })
	for _, f := range t.Fields {
		if f.Kind == Time {
			lines = append(lines, fmt.Sprintf("  %s Nullable(DateTime64(3, 'UTC')) MATERIALIZED parseDateTime64BestEffortOrNull(%s, 3, 'UTC')",
				quoted(f.Name+"_utc"), quoted(f.Name)))
		}
	}
	return create(t.Name, lines, " ENGINE = ReplacingMergeTree ORDER BY "+quoted(t.Key)), nil
}

// clickType returns the type of f. A tuple cannot be null: one that is left out has
// nulls for all its members.
func clickType(f Field, nullable bool) string {
	typed := [...]string{String: "String", Integer: "Int64", Float: "Float64", Boolean: "Bool", Date: "Date32", Time: "String", Struct: ""}[f.Kind]
	if f.Kind == Struct {
		typed = "Tuple(" + members(f.Fields, func(m Field) string { return clickType(m, m.Nullable || nullable) }) + ")"
	}
	switch {
	case f.List:
		return "Array(" + typed + ")"
	case nullable && f.Kind != Struct:
		return "Nullable(" + typed + ")"
	}
	return typed
}
