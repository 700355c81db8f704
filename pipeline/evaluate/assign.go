package evaluate

import (
	"math"
	"slices"
)

// A cell is a pair of row and column.
type cell struct{ row, col int }

// assign returns the one-to-one pairs of rows and columns whose weights, all at
// least 0, have the greatest sum; pairs of weight 0 are left out. Hungarian
// method, in O(n²m) for n rows and m columns with n ≤ m.
func assign(w [][]int64) []cell {
	if len(w) == 0 || len(w[0]) == 0 {
		return nil
	}
	if len(w) <= len(w[0]) {
		return assignRows(w)
	}
	cells := assignRows(transpose(w))
	for i, c := range cells {
		cells[i] = cell{c.col, c.row}
	}
	return cells
}

func transpose(w [][]int64) [][]int64 {
	t := make([][]int64, len(w[0]))
	for j := range t {
		t[j] = make([]int64, len(w))
		for i := range w {
			t[j][i] = w[i][j]
		}
	}
	return t
}

// assignRows gives each row a column by shortest augmenting paths. Rows and
// columns count from 1; 0 stands for none.
func assignRows(w [][]int64) []cell {
	n, m := len(w), len(w[0])
	rowPrice, colPrice := make([]int64, n+1), make([]int64, m+1)
	rowOf, from := make([]int, m+1), make([]int, m+1)
	slack, done := make([]int64, m+1), make([]bool, m+1)
	for i := 1; i <= n; i++ {
		rowOf[0] = i
		for j := range slack {
			slack[j], done[j] = math.MaxInt64, false
		}
		at := 0
		for rowOf[at] != 0 {
			done[at] = true
			row, next, delta := rowOf[at], 0, int64(math.MaxInt64)
			for j := 1; j <= m; j++ {
				if done[j] {
					continue
				}
				if c := -w[row-1][j-1] - rowPrice[row] - colPrice[j]; c < slack[j] {
					slack[j], from[j] = c, at
				}
				if slack[j] < delta {
					delta, next = slack[j], j
				}
			}
			for j := range slack {
				if done[j] {
					rowPrice[rowOf[j]] += delta
					colPrice[j] -= delta
				} else {
					slack[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			rowOf[at] = rowOf[from[at]]
			at = from[at]
		}
	}
	var out []cell
	for j, row := range slices.All(rowOf) {
		if j > 0 && row > 0 && w[row-1][j-1] > 0 {
			out = append(out, cell{row - 1, j - 1})
		}
	}
	return out
}
