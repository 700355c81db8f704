package deadletters

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// A Plan says what a redrive does with each letter that its filter chooses.
type Plan struct {
	What    string
	Begun   time.Time      // of the redrive that this one goes on with; zero for none
	Send    []Letter       // to be sent
	To      map[string]int // how many, by where
	Done    int            // letters that were sent before
	Worn    int            // that were sent too often
	Newer   int            // that have come since the redrive began
	Refused []Refusal      // that cannot be sent

	run    string // that it goes on with
	starts int    // of that, in vain
	ends   []int64
	route  *route
}

// A Refusal is a letter that cannot be sent, and why.
type Refusal struct {
	Letter Letter
	Why    string
}

// plan sorts the letters of x, which was read up to ends. A redrive that was asked for in
// the same words and has not ended is gone on with.
func (r *Redrive) plan(x *Index, to *route, ends []int64) *Plan {
	run, unfinished := x.Unfinished(r.What())
	if !unfinished {
		return r.sort(x, to, ends)
	}
	p := r.sort(x, to, run.Ends)
	p.run, p.Begun = run.ID, run.Begun
	if run.left == len(p.Send) {
		p.starts = run.starts
	}
	return p
}

// endsOf returns where spans end, by partition.
func endsOf(spans []kafka.Span) []int64 {
	ends := make([]int64, len(spans))
	for _, s := range spans {
		ends[s.Partition] = s.End
	}
	return ends
}

// sort decides what is done with each letter of x.
func (r *Redrive) sort(x *Index, to *route, ends []int64) *Plan {
	p := &Plan{What: r.What(), To: map[string]int{}, ends: ends, route: to}
	for _, l := range x.Letters {
		switch {
		case !l.Open():
			p.Done++
		case l.At.Partition >= len(ends) || l.At.Offset >= ends[l.At.Partition]:
			p.Newer++
		case l.Attempts >= r.MaxAttempts:
			p.Worn++
		default:
			topic, why := to.check(&l)
			if why != "" {
				p.Refused = append(p.Refused, Refusal{l, why})
				continue
			}
			p.Send = append(p.Send, l)
			p.To[topic]++
		}
	}
	return p
}

// Extraction is where articles go that are not sent to a topic.
const Extraction = "extraction"

// A route knows where articles go.
type route struct {
	extract bool
	to      string         // topic for all; empty: where they came from
	deadly  bool           // those that kill are asked for by name
	topics  map[string]int // partitions of the topics that there are
	outputs kafka.Topics
	held    func(topic string) []kafka.Span // what a topic holds
}

func (r *Redrive) route(ctx context.Context) (*route, error) {
	topics, err := kafka.Partitions(ctx, r.Config)
	if err != nil {
		return nil, err
	}
	known := map[string][]kafka.Span{}
	held := func(topic string) []kafka.Span {
		if spans, ok := known[topic]; ok {
			return spans
		}
		// What cannot be asked for cannot be read.
		known[topic], _ = kafka.Spans(ctx, r.Config, topic, kafka.Place{Start: kafka.Earliest}, kafka.Place{Start: kafka.Latest})
		return known[topic]
	}
	deadly := slices.Contains(r.Filter.Reasons, pipeline.ReasonDeadly)
	need := []string{r.To}
	if r.Extract != nil {
		need = []string{r.Config.Topics.Events, r.Config.Topics.Articles}
	}
	for _, topic := range need {
		if topic != "" && topics[topic] == 0 {
			return nil, fmt.Errorf("topic %q does not exist: create it", topic)
		}
	}
	return &route{r.Extract != nil, r.To, deadly, topics, r.Config.Topics, held}, nil
}

// check returns where the article of l goes, or why it cannot be sent.
func (to *route) check(l *Letter) (topic, why string) {
	if topic, _, why = to.target(l, nil); why != "" {
		return "", why
	}
	switch {
	case !l.Ours:
		return "", "another program wrote it"
	case l.Stage == "read":
		return "", "its file could not be read to its end: sitrep backfill reads it again"
	case l.Reason == pipeline.ReasonDeadly && !to.extract && !to.deadly:
		return "", "it killed the service: use --extract, which tries it in a process of its own, or name it with --reason deadly"
	case l.Cut() && !to.holds(l.From):
		return "", goneFrom(l)
	}
	return topic, ""
}

// topicsOf returns the topics that letters of x may have been sent to, and will be.
func (to *route) topicsOf(x *Index) []string {
	topics := map[string]bool{to.outputs.DeadLetters: true}
	if to.extract {
		topics[to.outputs.Events], topics[to.outputs.Articles] = true, true
	}
	for _, l := range x.Letters {
		if topic, _, why := to.target(&l, nil); why == "" && !to.extract {
			topics[topic] = true
		}
	}
	return slices.Collect(maps.Keys(topics))
}

func (to *route) holds(p pipeline.Position) bool {
	if to.topics[p.Topic] <= p.Partition || p.Partition < 0 {
		return false
	}
	for _, s := range to.held(p.Topic) {
		if s.Partition == p.Partition {
			return s.From <= p.Offset && p.Offset < s.End
		}
	}
	return false
}

// target returns the topic and partition that the article of l goes to, or why it has
// none. It goes to the partition that it came from, where there is one, since nobody
// tells how its sender chose that.
func (to *route) target(l *Letter, key []byte) (topic string, partition int, why string) {
	if to.extract {
		return Extraction, 0, ""
	}
	if topic = to.to; topic == "" {
		topic = l.From.Topic
	}
	n := to.topics[topic]
	switch {
	case n == 0:
		return "", 0, fmt.Sprintf("it came from %q, which is no topic here: give --to TOPIC, or --extract", topic)
	case topic == to.outputs.Events || topic == to.outputs.Articles || topic == to.outputs.DeadLetters:
		return "", 0, fmt.Sprintf("topic %q is not one of raw articles", topic)
	case topic == l.From.Topic && l.From.Partition >= 0 && l.From.Partition < n:
		return topic, l.From.Partition, ""
	case key != nil:
		return topic, kafka.Partition(key, n), ""
	}
	return topic, max(0, l.From.Partition) % n, ""
}
