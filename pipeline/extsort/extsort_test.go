package extsort

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// Whatever fits into memory, items come by key, and those of a key as they were given.
func TestSorted(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	random := rand.New(rand.NewPCG(1, 1))
	for _, limit := range []int{1, 1000, 20_000, 1 << 30} {
		for _, n := range []int{0, 1, 3000} {
			if limit == 1 {
				n = min(n, 50) // a file each
			}
			s := New(limit)
			var want []string
			for i := range n {
				key := fmt.Sprint(random.IntN(200))
				want = append(want, fmt.Sprintf("%3s %6d", key, i))
				if err := s.Add(Item{key, fmt.Append(nil, i)}); err != nil {
					t.Fatal(err)
				}
			}
			slices.SortFunc(want, func(a, b string) int {
				var x, y, i, j int
				fmt.Sscan(a, &x, &i)
				fmt.Sscan(b, &y, &j)
				if k, l := fmt.Sprint(x), fmt.Sprint(y); k != l {
					return slices.Compare([]byte(k), []byte(l))
				}
				return i - j
			})
			var got []string
			for item, err := range s.Sorted() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, fmt.Sprintf("%3s %6s", item.Key, item.Value))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%d items with %d bytes of memory: %d came back", n, limit, len(got))
			}
			files, err := os.ReadDir(os.Getenv("TMPDIR"))
			if err != nil || (limit == 1 && len(files) != n) || (limit == 1<<30 && len(files) != 0) {
				t.Errorf("%d items with %d bytes of memory: %d files, %v", n, limit, len(files), err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			if files, _ := os.ReadDir(os.Getenv("TMPDIR")); len(files) != 0 {
				t.Errorf("%d files are left", len(files))
			}
		}
	}
}

func TestATornFileIsAnError(t *testing.T) {
	s := New(1)
	defer s.Close()
	for range 3 {
		if err := s.Add(Item{"key", make([]byte, 1000)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.runs[1].Truncate(12); err != nil {
		t.Fatal(err)
	}
	for _, err := range s.Sorted() {
		if err != nil {
			return
		}
	}
	t.Error("no error")
}
