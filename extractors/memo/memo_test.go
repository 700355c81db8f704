package memo

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestOf(t *testing.T) {
	var lengths Table[int]
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for n := range 3 * places {
				w := fmt.Sprint(n % (2 * places))
				if got := *lengths.Of(w, func(w string) int { return len(w) }); got != len(w) {
					t.Errorf("%q: %d", w, got)
				}
			}
		})
	}
	wg.Wait()
}

func TestCommonWordsAreFoundOnce(t *testing.T) {
	var table Table[string]
	for range 3 {
		table.Of("the", strings.ToUpper)
	}
	if got := *table.Of("the", func(string) string { return "found again" }); got != "THE" {
		t.Error(got)
	}
}
