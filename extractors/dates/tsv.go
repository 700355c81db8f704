package dates

import (
	"fmt"
	"strconv"
	"strings"
)

// table returns the rows of a file of tab-separated columns; short rows are
// filled up. A malformed file is a fault of the build.
func table(name, tsv string, columns int) [][]string {
	var rows [][]string
	for line := range strings.Lines(tsv) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row := strings.Split(line, "\t")
		if len(row) > columns {
			panic(fmt.Sprintf("%s: %q", name, line))
		}
		rows = append(rows, append(row, make([]string, columns-len(row))...))
	}
	return rows
}

func integer(name, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("%s: %v", name, err))
	}
	return n
}
