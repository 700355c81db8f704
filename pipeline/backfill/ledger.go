package backfill

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"sitrep/pipeline"
)

// An id is the key of an event or article, which is 128 bits in hex.
type id [16]byte

func parseID(key []byte) (x id, ok bool) {
	if len(key) != 2*len(x) {
		return x, false
	}
	_, err := hex.Decode(x[:], key)
	return x, err == nil
}

func (x id) key() []byte { return hex.AppendEncode(nil, x[:]) }

// An origin is the raw record that a record was made of. Topics have numbers, for
// there are few of them and many origins.
type origin struct {
	topic     int32 // 0: nobody knows
	partition int32
	offset    int64
}

// originOf reads the headers that say where a record came from.
func (l *ledger) originOf(headers []pipeline.Header) (o origin) {
	for _, h := range headers {
		switch h.Key {
		case "sitrep_source_topic":
			o.topic = l.number(string(h.Value))
		case "sitrep_source_partition":
			n, _ := strconv.ParseInt(string(h.Value), 10, 32)
			o.partition = int32(n)
		case "sitrep_source_offset":
			o.offset, _ = strconv.ParseInt(string(h.Value), 10, 64)
		}
	}
	return o
}

func (l *ledger) number(topic string) int32 {
	n, ok := l.topics[topic]
	if !ok {
		n = int32(len(l.topics) + 1)
		l.topics[topic] = n
	}
	return n
}

// A standing is what the output topics hold of an article.
type standing struct {
	events []id
	from   origin // of the article's record, if that is there
	text   uint64 // of its content_sha256; 0: nobody knows
}

// A ledger knows what stands in the output topics, and so what is to be retracted
// when an article is read anew. What it takes: see TestMemoryOfALedger.
//
// Its articles are those of the events' records and not those that the articles'
// records list: an article that was revised has left events that no record lists.
type ledger struct {
	mu       sync.Mutex
	articles map[id]standing
	madeOf   map[origin]id   // which article a raw record became
	gone     map[id]struct{} // events that stand in articles and have been retracted since
	// Articles whose record came, as the topic tells, behind one of a newer text.
	overtaken map[id]struct{}
	topics    map[string]int32

	// What the job reads of a topic ends before these offsets, by partition.
	ends map[int32]map[int32]int64

	pending  map[id]standing // what the batch that is being committed makes of them
	replaced map[origin]id
}

func newLedger() *ledger {
	return &ledger{articles: map[id]standing{}, madeOf: map[origin]id{}, gone: map[id]struct{}{}, overtaken: map[id]struct{}{}, topics: map[string]int32{},
		pending: map[id]standing{}, replaced: map[origin]id{}}
}

// event enters a record of the topic of events, its value in JSON.
func (l *ledger) event(raw pipeline.Raw) error {
	event, ok := parseID(raw.Key)
	if !ok {
		return nil // none of ours
	}
	if raw.Value == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.gone[event] = struct{}{}
		return nil
	}
	article, err := articleOf(raw.Value)
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.gone, event)
	if s := l.articles[article]; !slices.Contains(s.events, event) {
		s.events = append(slices.Grow(s.events, 1), event)
		l.articles[article] = s
	}
	return nil
}

// errNoEvent says that something else stands in the topic of events: it will the next
// time, too.
var errNoEvent = errors.New("no record of an event")

// articleOf reads which article the record of an event is of.
func articleOf(value []byte) (article id, err error) {
	var r struct {
		ArticleID string `json:"article_id"`
	}
	if err := json.Unmarshal(value, &r); err != nil {
		return article, fmt.Errorf("%w: %w", errNoEvent, err)
	}
	article, ok := parseID([]byte(r.ArticleID))
	if !ok {
		return article, fmt.Errorf("%w: article_id %q is not 32 hexadecimal digits", errNoEvent, r.ArticleID)
	}
	return article, nil
}

// article enters a record of the topic of articles.
func (l *ledger) article(raw pipeline.Raw) {
	article, ok := parseID(raw.Key)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.articles[article]
	before := l.passed(s)
	if s.from = (origin{}); raw.Value != nil {
		s.from, s.text = l.originOf(raw.Headers), textOf(raw.Value)
		l.madeOf[s.from] = article
	}
	switch after := l.passed(s); {
	case after:
		delete(l.overtaken, article)
	case before:
		l.overtaken[article] = struct{}{}
	}
	l.articles[article] = s
}

// textOf returns the first 64 bits of the content_sha256 of an article's record, 0
// where it has none. In JSON a quote within a text is escaped.
func textOf(value []byte) uint64 {
	const name = `"content_sha256":"`
	_, hash, _ := bytes.Cut(value, []byte(name))
	n, err := strconv.ParseUint(string(hash[:min(16, len(hash))]), 16, 64)
	if err != nil {
		return 0
	}
	return n
}

// reads tells the ledger what the job reads.
func (l *ledger) reads(parts []Part, at []Checkpoint) {
	l.ends = map[int32]map[int32]int64{}
	for i, p := range parts {
		n := l.number(p.Topic)
		if l.ends[n] == nil {
			l.ends[n] = map[int32]int64{}
		}
		l.ends[n][int32(p.Partition)] = at[i].End
	}
}

// size returns how many events stand in how many articles.
func (l *ledger) size() (events, articles int) {
	for article := range l.articles {
		events += len(l.standing(article).events)
	}
	return events, len(l.articles)
}

// standing returns what stands of an article when the batches before have been
// committed, and what comes before in this one.
func (l *ledger) standing(article id) standing {
	if s, ok := l.pending[article]; ok {
		return s
	}
	s := l.articles[article]
	if len(l.gone) > 0 {
		s.events = slices.DeleteFunc(slices.Clone(s.events), func(e id) bool { _, gone := l.gone[e]; return gone })
	}
	return s
}

// passed reports whether the job would put an older text in the place of a newer
// one: whether what stands was made of a raw record that came behind what the job
// reads, or into a partition that it does not read.
func (l *ledger) passed(s standing) bool {
	ends, ours := l.ends[s.from.topic]
	return ours && s.from.offset >= ends[s.from.partition]
}
