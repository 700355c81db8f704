package schema

// DuckDB writes the table for DuckDB, which stores what is nested as it is.
func DuckDB(t Table) ([]byte, error) {
	lines := columns(t.Fields, func(f Field) string {
		typed := duckType(f)
		switch {
		case f.Name == t.Key:
			return typed + " PRIMARY KEY"
		case f.Nullable:
			return typed
		}
		return typed + " NOT NULL"
	})
	return create(t.Name, lines, ""), nil
}

func duckType(f Field) string {
	typed := "STRUCT(" + members(f.Fields, duckType) + ")"
	if f.Kind != Struct {
		typed = [...]string{String: "VARCHAR", Integer: "BIGINT", Float: "DOUBLE", Boolean: "BOOLEAN", Date: "DATE", Time: "TIMESTAMPTZ"}[f.Kind]
	}
	if f.List {
		return typed + "[]"
	}
	return typed
}
