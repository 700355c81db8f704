package events

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"sitrep/extractors/syntax"
)

// A Signs is a set of what speaks for an event being what it is taken for.
type Signs uint8

// The signs.
const (
	Transitive Signs = 1 << iota // its object stands right behind it: "attacked |the port|", not "the attack"
	Main                         // it is told in its own right: not "rebels |backed| by Chad"
	Political                    // the sentence names those who act in politics or war: "Militants …"
	Sided                        // the text tells of which country the first actor is: "|Chad's| rebels"
	Placed                       // the action's own words tell where: "in Sarh"
	First                        // it is the first of its type in the article
)

var signNames = [...]string{"transitive", "main", "political", "sided", "placed", "first"}

// SignNames returns the names of all signs, that of bit i at i.
func SignNames() []string { return signNames[:] }

//go:embed confidence.tsv
var confidenceTSV string

// odds are the logarithms of what each sign adds to the odds of an event.
type odds struct {
	start float64 // without signs
	signs [len(signNames)]float64
}

var fitted = sync.OnceValue(func() *odds {
	var o odds
	for n, f := range rows(confidenceTSV, 2) {
		weight, err := strconv.ParseFloat(f[1], 64)
		i := slices.Index(signNames[:], f[0])
		switch {
		case err != nil || i < 0 && f[0] != "start":
			panic(fmt.Sprintf("confidence.tsv row %d: %q", n+1, f))
		case i < 0:
			o.start = weight
		default:
			o.signs[i] = weight
		}
	}
	return &o
})

// confidence returns what share of events with these signs is right: a logistic function,
// fitted to annotated articles by cmd/train, in which no sign speaks against an event.
func (s Signs) confidence() float64 {
	o := fitted()
	sum := o.start
	for i, x := range o.signs {
		if s&(1<<i) != 0 {
			sum += x
		}
	}
	return math.Round(100/(1+math.Exp(-sum))) / 100
}

// Signs returns what speaks for e.
func (e *Event) Signs() Signs {
	s := e.signs
	s.set(Sided, len(e.Actors) > 0 && e.Actors[0].Country != "" && !e.Actors[0].guessed)
	s.set(Placed, e.Place != nil && !e.Place.near)
	return s
}

// String names the signs.
func (s Signs) String() string {
	var out []string
	for i, name := range signNames {
		if s&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}

func (s *Signs) set(sign Signs, is bool) {
	if is {
		*s |= sign
	}
}

// behind is how many tokens after a verb the head of its object stands where the parser
// can hardly miss it.
const behind = 5

// signs returns what the sentence, of so much evidence for politics and war, tells for e.
func (r *reader) signs(e *Event, evidence int) Signs {
	var s Signs
	o := r.tree.Child(e.node, syntax.Obj)
	s.set(Transitive, o > e.node && o <= e.node+behind)
	s.set(Main, r.main(e.node))
	s.set(Political, evidence >= certain)
	return s
}

// main reports whether what hangs on the tree at node is told in its own right, and not
// of a noun or beside another action.
func (r *reader) main(node int) bool {
	for range 2 * maxClimb {
		if node < 0 {
			break
		}
		switch r.tree.Label(node) {
		case syntax.AclRelcl, syntax.Acl, syntax.Advcl, syntax.Nmod:
			return false
		}
		node = r.tree.Head(node)
	}
	return true
}

// rate gives all events of an article, in order, their confidence.
func rate(all []Event) {
	var told [len(typeNames)]bool
	for i := range all {
		e := &all[i]
		e.signs.set(First, !told[e.Type])
		told[e.Type] = true
		e.Confidence = e.Signs().confidence()
	}
}
