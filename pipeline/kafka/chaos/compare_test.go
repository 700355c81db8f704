package chaos

import (
	"fmt"
	"strings"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/kcat"
)

// A verdict is what comparing the output with the input has shown, in records.
type verdict struct {
	records    int // that should have come out
	lost       int
	doubled    int
	strange    int // that no input explains: other bytes, or dead letters of healthy articles
	disordered int
	examples   []string
}

func (v *verdict) note(n *int, format string, args ...any) {
	*n++
	if len(v.examples) < 10 {
		v.examples = append(v.examples, fmt.Sprintf(format, args...))
	}
}

func (v *verdict) clean() bool { return v.lost+v.doubled+v.strange+v.disordered == 0 }

// An origin is where a record was read, and which of its article's it is.
type origin struct {
	partition string
	offset    int64
	n         int
}

// compare looks at the records of one output topic beside those that the input
// gives.
func (v *verdict) compare(topic string, want map[string]origin, got []kcat.Record) {
	seen := map[string]kcat.Record{}
	type route struct {
		from string
		to   int
	}
	last := map[route]origin{}
	for _, r := range got {
		id := identity(r.Key, r.Value, r.Headers)
		from, known := want[id]
		if !known {
			v.note(&v.strange, "%s/%d at %d: no input gives it: %.200q", topic, r.Partition, r.Offset, id)
			continue
		}
		if first, ok := seen[id]; ok {
			v.note(&v.doubled, "%s/%d at %d was there at %d already, from %s at %d: %.100q", topic, r.Partition, r.Offset, first.Offset, from.partition, from.offset, id)
			continue
		}
		seen[id] = r
		way := route{from.partition, r.Partition}
		before, ok := last[way]
		if ok && (before.offset > from.offset || before.offset == from.offset && before.n > from.n) {
			v.note(&v.disordered, "%s/%d at %d comes from %d, behind what comes from %d", topic, r.Partition, r.Offset, from.offset, before.offset)
		}
		last[way] = from
	}
	v.records += len(want)
	for id := range want {
		if _, ok := seen[id]; !ok {
			v.note(&v.lost, "%s lacks %.200q", topic, id)
		}
	}
}

func identity(key, value []byte, headers string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %t %s\x00%t\x00", headers, key == nil, key, value == nil)
	b.Write(value)
	return b.String()
}

// expected returns what must come out of the input, by stream.
func expected(input []kcat.Record, topic string) map[pipeline.Stream]map[string]origin {
	want := map[pipeline.Stream]map[string]origin{pipeline.Events: {}, pipeline.Articles: {}, pipeline.DeadLetters: {}}
	memo := map[string][]pipeline.Record{}
	for _, in := range input {
		if in.Value == nil {
			continue
		}
		records, ok := memo[string(in.Value)]
		if !ok {
			records = pipeline.Process(pipeline.Raw{Value: in.Value, Position: pipeline.Position{Topic: topic}}, limits)
			memo[string(in.Value)] = records
		}
		from := fmt.Sprint(in.Partition)
		for n, r := range records {
			key := r.Key
			if r.Stream == pipeline.DeadLetters {
				key = in.Key
			}
			headers := printed(r, in)
			want[r.Stream][identity(key, r.Value, headers)] = origin{from, in.Offset, n}
		}
	}
	return want
}

// printed gives the headers of r, made without a position, as kcat prints them
// when r comes from in. Where an article comes from, and its trace, are all that
// differs between two that are equal.
func printed(r pipeline.Record, in kcat.Record) string {
	var parts []string
	if r.Stream == pipeline.DeadLetters {
		parts = append(parts, in.Headers)
	}
	for _, h := range r.Headers {
		value := string(h.Value)
		switch h.Key {
		case "sitrep_source_topic":
			parts = append(parts, in.Headers) // the trace stands before
		case "sitrep_source_partition", "__connect.errors.partition":
			value = fmt.Sprint(in.Partition)
		case "sitrep_source_offset", "__connect.errors.offset":
			value = fmt.Sprint(in.Offset)
		}
		parts = append(parts, h.Key+"="+value)
	}
	return strings.Join(parts, ",")
}
