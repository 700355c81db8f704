package chaos

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"sitrep/pipeline"
	"sitrep/pipeline/samples"
)

// articles gives raw records in a seeded order: the samples as they are, and with
// an id of their own, some without a key, some tombstones; every poison-th is
// something that no reader of articles can take.
type articles struct {
	rand   *rand.Rand
	poison int // 0: none
	n      int
}

func newArticles(seed uint64, poison int) *articles {
	return &articles{rand: rand.New(rand.NewPCG(seed, 2)), poison: poison}
}

func (a *articles) next() pipeline.Raw {
	a.n++
	raw := pipeline.Raw{Key: fmt.Appendf(nil, "source %d", a.rand.IntN(50)), Value: a.value()}
	switch a.rand.IntN(100) {
	case 0:
		raw.Value = nil
	case 1, 2:
		raw.Key = nil
	}
	if a.poison > 0 && a.n%a.poison == 0 {
		raw.Value = a.hostile()
	}
	raw.Headers = []pipeline.Header{{Key: "traceparent", Value: fmt.Appendf(nil, "00-%032x-%016x-01", a.n, a.n)}}
	return raw
}

// value is a sample, of which there are as many as ids.
func (a *articles) value() []byte {
	all := samples.All()
	raw := all[a.rand.IntN(len(all))].Raw
	var fields map[string]any
	if json.Unmarshal(raw, &fields) != nil {
		return raw
	}
	fields["id"] = fmt.Sprintf("chaos-%d", a.rand.IntN(20))
	raw, err := json.Marshal(fields)
	if err != nil {
		panic(err) // it was JSON
	}
	return raw
}

func (a *articles) hostile() []byte {
	switch a.rand.IntN(5) {
	case 0:
		return []byte(`{"title":"cut off`)
	case 1:
		return []byte{0xff, 0xfe, 0xfd}
	case 2:
		return bytes.Repeat([]byte("["), 20_000)
	case 3:
		return []byte(`{"no":"text here"}`)
	}
	return bytes.Repeat([]byte("x"), limits.Article+1)
}

// limits let hostile articles be large without filling the disk.
var limits = pipeline.Limits{Article: 200_000, Time: pipeline.DefaultLimits.Time}
