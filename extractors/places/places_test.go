package places

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// every calls do with each row.
func every(t *testing.T, do func(row string)) {
	t.Helper()
	if rows == "" || !strings.HasSuffix(rows, "\n") {
		t.Fatal("the table is empty or its last row is cut")
	}
	for row := range strings.Lines(rows) {
		do(strings.TrimSuffix(row, "\n"))
	}
}

func TestRowsAreSorted(t *testing.T) {
	last := ""
	every(t, func(row string) {
		name, _, _ := strings.Cut(row, "\t")
		key := Key(name)
		if key == "" || key < last {
			t.Fatalf("%q stands behind %q", key, last)
		}
		last = key
	})
}

func TestEveryRowIsAPlace(t *testing.T) {
	towns, regions := 0, 0
	every(t, func(row string) {
		p, ok := parse(row)
		switch {
		case !ok:
			t.Errorf("no place: %q", row)
		case len(p.Country) != 2 || p.Latitude < -90 || p.Latitude > 90 || p.Longitude < -180 || p.Longitude > 180 || p.Population < 0:
			t.Errorf("%+v of %q", p, row)
		case p.Region() && p.Admin == "":
			t.Errorf("a region without a code: %q", row)
		case p.Region():
			regions++
		default:
			towns++
		}
	})
	if towns < 40_000 || regions < 2_500 {
		t.Errorf("%d towns, %d regions", towns, regions)
	}
}

func TestEveryNameIsFound(t *testing.T) {
	every(t, func(row string) {
		name, _, _ := strings.Cut(row, "\t")
		found, n := Longest([]string{name})
		if n != 1 || found.None() {
			t.Errorf("%q is not found", name)
		}
	})
}

// show writes a place as "Mosul IQ-NI 99072 36.33 43.12".
func show(p Place) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %d %.0f,%.0f", p.Name, cmp.Or(p.Code(), p.Country), p.GeoNames, p.Latitude, p.Longitude))
}

func TestLookup(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Mosul", "Mosul IQ-NI 99072 36,43"},
		{"MOSUL", "Mosul IQ-NI 99072 36,43"},
		{"Kiev", "Kyiv UA-30 703448 50,31"},
		{"Medellin", "Medellín CO-ANT 3674962 6,-76"},
		{"Fallujah", "Al Fallūjah IQ-AN 99454 33,44"},
		{"Bavaria", "Bavaria DE-BY 0 49,11"},
	} {
		var got []string
		for _, p := range Lookup(c.name) {
			got = append(got, show(p))
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, name := range []string{"", " ", "Atlantis Below", "zzzz", "…", "\xff", "Ж"} {
		if got := Lookup(name); got != nil {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestMostPopulousFirst(t *testing.T) {
	got := Lookup("Hyderabad")
	if len(got) < 2 || got[0].Country != "IN" || got[1].Country != "PK" {
		t.Errorf("Hyderabad: %+v", got)
	}
}

func TestLongest(t *testing.T) {
	for _, c := range []struct {
		words string
		count int
	}{
		{"New York in May", 2}, {"Port Sudan 's", 2}, {"Mosul and", 1}, {"Mosul .", 1}, {"Mosul , Iraq", 1}, {"Sanx", 0}, {"In", 0}, {"Dar es Salaam", 3}, {"Deir ez-Zor", 2},
	} {
		if _, n := Longest(strings.Fields(c.words)); n != c.count {
			t.Errorf("%q: %d words, want %d", c.words, n, c.count)
		}
	}
}

func TestLongestDoesNotAllocate(t *testing.T) {
	words := []string{"Kiev", "and", "Port", "Sudan"}
	if n := testing.AllocsPerRun(100, func() {
		m, _ := Longest(words[2:])
		for p := range m.All() {
			_ = p
		}
		m, _ = Longest(words)
		for p := range m.All() {
			_ = p
		}
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkLongest(b *testing.B) {
	words := strings.Fields("Kiev Port Sudan The President said Mosul Xanadu New York")
	for i := range b.N {
		Longest(words[i%len(words):])
	}
}

func FuzzLongest(f *testing.F) {
	f.Add("New York", "City")
	f.Add("Ḩ’", "\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		m, n := Longest([]string{a, b})
		if n < 0 || n > 2 || (n == 0) != m.None() {
			t.Fatalf("%d words of %q %q", n, a, b)
		}
		for p := range m.All() {
			if p.Name == "" || !utf8.ValidString(p.Name) {
				t.Fatalf("%+v", p)
			}
		}
	})
}
