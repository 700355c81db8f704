package schema

import "strings"

// ClickHouse writes the table for ClickHouse: of several records with a key, merging
// keeps the last. Days and times are stored as they are written, and worked out in a
// column beside: ClickHouse before 26 makes 1900-01-01 of every earlier day without a
// word, and refuses a time that ends in a zone.
func ClickHouse(t Table) ([]byte, error) {
	worked := map[Kind]string{
		Date: "%s_day Nullable(Date32) MATERIALIZED if(%s BETWEEN '1900' AND '2299-12-31', toDate32OrNull(%s), NULL)",
		Time: "%s_utc Nullable(DateTime64(3, 'UTC')) MATERIALIZED parseDateTime64BestEffortOrNull(%s, 3, 'UTC')",
	}
	lines := columns(t.Fields, func(f Field) string { return clickType(f, f.Nullable) })
	for _, f := range t.Fields {
		if format, found := worked[f.Kind]; found {
			lines = append(lines, "  "+strings.ReplaceAll(format, "%s", f.Name))
		}
	}
	return create(t.Name, lines, " ENGINE = ReplacingMergeTree ORDER BY "+quoted(t.Key)), nil
}

// clickType returns the type of f. A tuple cannot be null: one that is left out has
// nulls for all its members.
func clickType(f Field, nullable bool) string {
	typed := [...]string{String: "String", Integer: "Int64", Float: "Float64", Boolean: "Bool", Date: "String", Time: "String", Struct: ""}[f.Kind]
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
