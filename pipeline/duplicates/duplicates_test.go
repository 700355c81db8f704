package duplicates

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

const report = `Two hundred sappers were flown to the valley on Monday after the river had broken its banks in three places.
They brought boats and pumps and a bridge that can carry lorries, said the colonel who leads them.
The governor asked the people of the lower villages to leave their houses before night, for more rain is expected.
Schools in the province will stay closed until Thursday. Farmers who have lost cattle may ask for help at the town hall.
The last flood of that height was in the year in which the dam was built.`

func shingles(text string) Shingles { return Of(strings.FieldsSeq(text)) }

func TestOf(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0}, {"a", 1}, {"a b", 1}, {"a b c", 1}, {"a b c d", 2}, {"a b c a b c a", 3},
	} {
		if got := len(shingles(c.text)); got != c.want {
			t.Errorf("%q has %d shingles, want %d", c.text, got, c.want)
		}
	}
	if shingles("a b c").Jaccard(shingles("c b a")) != 0 {
		t.Error("the order of words does not matter")
	}
	if got := shingles(report).Simhash(); fmt.Sprintf("%016x", got) != "c8491f8bc5a21bd2" {
		t.Errorf("the simhash of a text is another than before: %016x", got)
	}
}

func TestNearAndFar(t *testing.T) {
	s := shingles(report)
	lines := strings.Split(report, "\n")
	lines[3] = "Trains do not run between the capital and the coast, and the army has closed the road over the pass to all but its own cars."
	for _, c := range []struct {
		name, text string
		near       bool
	}{
		{"another paragraph", strings.Join(lines, "\n"), true},
		{"another first word", strings.Replace(report, "Two", "Some two", 1), true},
		{"another text", strings.Repeat("The match was won in the last minute by a goal from far out, and the crowd ran onto the grass. ", 3), false},
	} {
		o := shingles(c.text)
		distance, alike := bits.OnesCount64(s.Simhash()^o.Simhash()), s.Jaccard(o)
		if (distance <= Near+4) != c.near || (alike >= AtLeast) != c.near {
			t.Errorf("%s: %d bits, %.2f", c.name, distance, alike)
		}
	}
}

// random returns texts of random words: copies of some, each with a share of its
// words replaced, and others.
func random(r *rand.Rand, n int) []Shingles {
	var texts [][]string
	for range n {
		var words []string
		if len(texts) > 0 && r.IntN(2) == 0 {
			words = slices.Clone(texts[r.IntN(len(texts))])
			for range r.IntN(1 + len(words)/6) {
				words[r.IntN(len(words))] = fmt.Sprint(r.IntN(5000))
			}
		} else {
			for range 50 + r.IntN(200) {
				words = append(words, fmt.Sprint(r.IntN(5000)))
			}
		}
		texts = append(texts, words)
	}
	out := make([]Shingles, n)
	for i, words := range texts {
		out[i] = Of(slices.Values(words))
	}
	return out
}

// Comparing every text with every other gives the same groups, but for pairs that
// are hardly alike enough.
func TestGroupsAreThoseOfAllPairs(t *testing.T) {
	texts := random(rand.New(rand.NewPCG(1, 2)), 400)
	all := newSets(len(texts))
	for i := range texts {
		for j := range i {
			all.joinAny(i, []int{j}, texts)
		}
	}
	want, got := all.groups(texts), Groups(texts)
	in := func(groups []Group) (n int) {
		for _, g := range groups {
			n += len(g.Members)
		}
		return n
	}
	if len(want) < 20 || in(got)*100 < in(want)*97 {
		t.Errorf("%d groups of %d texts, want %d of %d", len(got), in(got), len(want), in(want))
	}
	for _, g := range got {
		if !slices.IsSorted(g.Members) || g.Similarity[0] != 1 {
			t.Errorf("%v", g)
		}
	}
	if again := Groups(texts); !reflect.DeepEqual(got, again) {
		t.Error("the same texts gave other groups")
	}
}

func TestGroupsWithoutWords(t *testing.T) {
	if got := Groups([]Shingles{nil, shingles("a b c"), nil}); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// The time for twice as many texts is about twice as long, all copies of one or
// none.
func BenchmarkGroups(b *testing.B) {
	copies := make([]Shingles, 8000)
	for i := range copies {
		copies[i] = shingles(report)
	}
	for name, texts := range map[string][]Shingles{"mixed": random(rand.New(rand.NewPCG(1, 2)), 8000), "copies": copies} {
		for _, n := range []int{2000, 4000, 8000} {
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					Groups(texts[:n])
				}
				b.ReportMetric(float64(b.Elapsed()/time.Microsecond)/float64(b.N)/float64(n), "µs/text")
			})
		}
	}
}
