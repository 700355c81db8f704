package schema

// Postgres writes the table for PostgreSQL. What is nested is jsonb: it is loaded from
// CSV as it stands.
func Postgres(t Table) ([]byte, error) {
	lines := columns(t.Fields, func(f Field) string {
		typed := postgresType(f)
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

func postgresType(f Field) string {
	if f.Nested() {
		return "jsonb"
	}
	return [...]string{String: "text", Integer: "bigint", Float: "double precision", Boolean: "boolean", Date: "date", Time: "timestamptz"}[f.Kind]
}
