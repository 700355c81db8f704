package schema

import (
	"fmt"
	"strings"
)

// quoted writes a name for any dialect here: some of ours are words of SQL (end, type).
func quoted(name string) string { return `"` + name + `"` }

// columns writes the columns of a table, a line each, with their types one under the
// other.
func columns(fields []Field, typed func(Field) string) []string {
	width := 0
	for _, f := range fields {
		width = max(width, len(quoted(f.Name)))
	}
	lines := make([]string, len(fields))
	for i, f := range fields {
		lines[i] = fmt.Sprintf("  %-*s %s", width, quoted(f.Name), typed(f))
	}
	return lines
}

// create writes a statement that makes a table, and what ends it.
func create(name string, lines []string, end string) []byte {
	return fmt.Appendf(nil, "CREATE TABLE IF NOT EXISTS %s (\n%s\n)%s;\n", name, strings.Join(lines, ",\n"), end)
}

// members writes the fields within a struct, each with its type.
func members(fields []Field, typed func(Field) string) string {
	var list []string
	for _, f := range fields {
		list = append(list, quoted(f.Name)+" "+typed(f))
	}
	return strings.Join(list, ", ")
}
