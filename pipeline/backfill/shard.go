package backfill

import (
	"fmt"

	"sitrep/pipeline"
)

// A Shard is every Of-th record of the input, from record Index on: shards
// 0/n to n-1/n are all of it, each record once. The zero Shard is everything.
type Shard struct{ Index, Of int }

// ParseShard reads "0/4".
func ParseShard(s string) (Shard, error) {
	var shard Shard
	var rest string
	n, _ := fmt.Sscanf(s+" end", "%d/%d %s", &shard.Index, &shard.Of, &rest)
	if n != 3 || rest != "end" || shard.Index < 0 || shard.Index >= shard.Of {
		return Shard{}, fmt.Errorf("%q is no shard such as 0/4, 1/4, 2/4 or 3/4", s)
	}
	return shard, nil
}

func (s Shard) String() string {
	if s.Of <= 1 {
		return ""
	}
	return fmt.Sprintf("%d-of-%d", s.Index, s.Of)
}

func (s Shard) has(ordinal int64) bool { return s.Of <= 1 || ordinal%int64(s.Of) == int64(s.Index) }

// suffix is what a shard adds to a name.
func (s Shard) suffix(between string) string {
	if s.Of <= 1 {
		return ""
	}
	return between + s.String()
}

// of returns those of raws that are in the shard; the first is record number at.
func (s Shard) of(raws []pipeline.Raw, at int64) []pipeline.Raw {
	if s.Of <= 1 {
		return raws
	}
	var out []pipeline.Raw
	for i, raw := range raws {
		if s.has(at + int64(i)) {
			out = append(out, raw)
		}
	}
	return out
}
