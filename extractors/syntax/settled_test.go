package syntax

import (
	"math/rand/v2"
	"testing"

	"sitrep/extractors/text"
)

func TestSettled(t *testing.T) {
	s := settler{}
	for n := range 200 {
		s.see([]key{1}, 7, true)
		s.see([]key{2}, 7+n%2, true) // either
		s.see([]key{3}, 7, n%4 > 0)  // in doubt
	}
	s.see([]key{4}, 7, true) // once
	table, rest, err := loadSettled(s.pack(nil, measure{often: 8, hardly: 33}))
	if err != nil || len(rest) > 0 {
		t.Fatal(err, len(rest))
	}
	for k, want := range map[key]int{1: 7, 2: 0, 3: 0, 4: 0, 5: 0} {
		if got := table.class([]key{k}); got != want {
			t.Errorf("case %d: class %d, want %d", k, got, want)
		}
	}
	if got := table.class([]key{5, 1, 2}); got != 7 {
		t.Errorf("the first settled is class %d", got)
	}
}

func TestFilter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	f := newFilter(1000, tableRate)
	var in, out keys
	for range maxKeys - 1 {
		in.list[in.n] = key(rng.Uint32())
		out.list[in.n] = key(rng.Uint32())
		f.add(in.list[in.n])
		in.n++
		out.n++
	}
	if f.apply(&in); in.n != maxKeys-1 {
		t.Errorf("of %d keys added %d pass", maxKeys-1, in.n)
	}
	if f.apply(&out); out.n > maxKeys/4 {
		t.Errorf("of %d others %d pass", maxKeys-1, out.n)
	}
}

// What is kept of words and pairs of words adds up to what all features say.
func TestMoverKeepsSums(t *testing.T) {
	p := NewParser()
	doc, rng := text.Read("", news), rand.New(rand.NewPCG(3, 4))
	for _, s := range doc.Sentences {
		p.words = read(p.words, doc, s.First, s.Last)
		p.tagger.run(doc, p.words)
		p.guesser.run(doc, p.words)
		var st state
		st.begin(p.words)
		p.begin(&st)
		for !st.done() {
			var k keys
			st.moveKeys(&k)
			if got, want := p.mover.score(&st), p.mover.table.sum(&k); got != want {
				t.Fatalf("%v, want %v", got, want)
			}
			m := move(rng.IntN(int(moves)))
			for !st.legal(m) {
				m = (m + 1) % moves
			}
			st.apply(m, Dep)
		}
	}
}
