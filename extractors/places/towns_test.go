package places

import "testing"

func TestTowns(t *testing.T) {
	n := 0
	seen := map[int]bool{}
	for p := range Towns() {
		n++
		if p.Region() || p.Alias || p.Country == "" || seen[p.GeoNames] {
			t.Fatalf("%+v", p)
		}
		seen[p.GeoNames] = true
	}
	if n < 50_000 {
		t.Errorf("%d towns", n)
	}
}
