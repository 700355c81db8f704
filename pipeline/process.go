package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline/article"
)

// The reasons of dead letters.
const (
	ReasonUndecodable = "undecodable"
	ReasonTooLarge    = "too_large"
	ReasonTooDeep     = "too_deep"
	ReasonTooMany     = "too_many_elements"
	ReasonTooSlow     = "too_slow"
	ReasonPanic       = "panic"
	ReasonDeadly      = "deadly"
)

// The stages that articles fail at, as dead letters name them.
const (
	StageRead    = "READ"    // the source could not read it
	StageLimit   = "LIMIT"   // it is over a limit
	StageDecode  = "DECODE"  // it is no article
	StageExtract = "EXTRACT" // reading the article broke
)

// A Failure is why an article becomes a dead letter, and where.
type Failure struct{ Reason, Stage string }

// Failures returns all of them.
func Failures() []Failure {
	return []Failure{
		{ReasonUndecodable, StageRead}, {ReasonUndecodable, StageDecode}, {ReasonTooLarge, StageLimit}, {ReasonTooDeep, StageLimit},
		{ReasonTooMany, StageLimit}, {ReasonTooSlow, StageLimit}, {ReasonPanic, StageExtract}, {ReasonDeadly, StageExtract},
	}
}

// overLimit are the reasons for records over the limits of decoding.
var overLimit = map[article.Limit]string{article.LimitUnpacked: ReasonTooLarge, article.LimitDepth: ReasonTooDeep, article.LimitElements: ReasonTooMany}

// room is what a record may take beyond its article: the output topics' limit is
// the article's limit and this.
const room = 1 << 20

// Limits bound what one article may cost.
type Limits struct {
	Article int           // bytes of a raw record; larger ones become dead letters
	Time    time.Duration // for one article; slower ones become dead letters
}

// DefaultLimits are far above any newspaper article.
var DefaultLimits = Limits{Article: 10 << 20, Time: time.Minute}

// OutputBytes returns the size that the output topics must accept.
func (l Limits) OutputBytes() int { return l.Article + room }

// A failure says why a raw record became a dead letter.
type failure struct{ reason, stage, message string }

// Process makes of one raw record what is to be published: one article record
// and its events, or one dead letter; nothing of a tombstone. It never panics.
func Process(raw Raw, limits Limits) []Record {
	return ProcessAs(raw, &article.Decoder{}, limits)
}

// ProcessAs is Process with a decoder that knows more than the usual shapes.
func ProcessAs(raw Raw, decoder *article.Decoder, limits Limits) []Record {
	return ProcessWatched(raw, decoder, limits, nil)
}

// ProcessWatched is ProcessAs, and tells watch of each step.
func ProcessWatched(raw Raw, decoder *article.Decoder, limits Limits, watch Watch) []Record {
	return Guard(raw, limits, func(raw Raw) ([]Record, error) {
		laps := watch.start()
		a, err := decoder.DecodeIn(raw.Charset, raw.Value, raw.Shape)
		laps.end(StepDecode)
		if err != nil {
			return nil, err
		}
		r := examine(a, ByPublication, laps).Records()
		out, err := r.encode(raw, limits)
		laps.end(StepRecords)
		return out, err
	})
}

// Guard runs work on raw within limits and turns into a dead letter whatever
// fails: a record over the limits, an error, a panic. Work that takes too long is
// left behind. It returns nothing for a tombstone, without running work.
func Guard(raw Raw, limits Limits, work func(Raw) ([]Record, error)) []Record {
	if raw.Value == nil {
		return nil
	}
	if raw.Deadly {
		return deadLetter(raw, failure{ReasonDeadly, StageExtract, "each process that worked on it died"}, limits)
	}
	if raw.Fault != nil {
		return deadLetter(raw, failure{ReasonUndecodable, StageRead, raw.Fault.Error()}, limits)
	}
	if len(raw.Value) > limits.Article {
		return deadLetter(raw, failure{ReasonTooLarge, StageLimit, fmt.Sprintf("%d bytes; the limit is %d", len(raw.Value), limits.Article)}, limits)
	}
	done := make(chan []Record, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				done <- deadLetter(raw, failure{ReasonPanic, StageExtract, fmt.Sprintf("%v at %s", v, where(debug.Stack()))}, limits)
			}
		}()
		records, err := work(raw)
		var undecodable *article.DecodeError
		var limit *article.LimitError
		switch {
		case errors.As(err, &limit):
			records = deadLetter(raw, failure{overLimit[limit.Limit], StageLimit, err.Error()}, limits)
		case errors.As(err, &undecodable):
			records = deadLetter(raw, failure{ReasonUndecodable, StageDecode, err.Error()}, limits)
		case err != nil:
			records = deadLetter(raw, failure{ReasonTooLarge, StageLimit, err.Error()}, limits)
		}
		done <- records
	}()
	timer := time.NewTimer(limits.Time)
	defer timer.Stop()
	select {
	case records := <-done:
		return records
	case <-timer.C:
		return deadLetter(raw, failure{ReasonTooSlow, StageLimit, fmt.Sprintf("not done after %s", limits.Time)}, limits)
	}
}

// where returns the first line of our own code in a stack.
func where(stack []byte) string {
	for line := range strings.SplitSeq(string(stack), "\n") {
		if strings.HasPrefix(line, "sitrep/extractors") {
			name, _, _ := strings.Cut(line, "(0x")
			return name
		}
	}
	return "unknown"
}

// encode writes the records as they are published, the article's last, so that
// whoever sees it can find its events.
func (r *Records) encode(raw Raw, limits Limits) ([]Record, error) {
	var out []Record
	at := r.Article.PublishedAt
	if at == nil && r.Article.PublishedDate != nil {
		day := *r.Article.PublishedDate + "T00:00:00Z"
		at = &day
	}
	for i := range r.Events {
		e := &r.Events[i]
		value, err := marshal(e)
		if err != nil {
			return nil, err
		}
		out = append(out, Record{Events, []byte(e.EventID), value, headers(raw, "sitrep.event.v1", e.EventID, at), e.Type})
	}
	value, err := marshal(&r.Article)
	if err != nil {
		return nil, err
	}
	if len(value) > limits.OutputBytes()-room/2 {
		r.Article.Truncated = true
		r.Article.Body = cut(r.Article.Body, 64<<10)
		r.Article.Countries, r.Article.Dates = r.Article.Countries[:0], r.Article.Dates[:0]
		if value, err = marshal(&r.Article); err != nil {
			return nil, err
		}
		if len(value) > limits.OutputBytes()-room/2 {
			return nil, errors.New("the article's record is too large though its text was left out")
		}
	}
	return append(out, Record{Articles, []byte(r.Article.ArticleID), value, headers(raw, "sitrep.article.v1", r.Article.ArticleID, at), r.Article.Status}), nil
}

// marshal writes one line of JSON, without escaping for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// headers are CloudEvents' in binary mode, the trace of the raw record and where
// it stood.
func headers(raw Raw, kind, id string, at *string) []Header {
	out := []Header{
		{"ce_specversion", []byte("1.0")}, {"ce_id", []byte(id)}, {"ce_source", []byte("sitrep")}, {"ce_type", []byte(kind)},
		{"content-type", []byte("application/json")},
	}
	if at != nil {
		out = append(out, Header{"ce_time", []byte(*at)})
	}
	for _, h := range raw.Headers {
		if h.Key == "traceparent" || h.Key == "tracestate" {
			out = append(out, h)
		}
	}
	if raw.Topic != "" {
		out = append(out, Header{"sitrep_source_topic", []byte(raw.Topic)}, Header{"sitrep_source_partition", []byte(strconv.Itoa(raw.Partition))},
			Header{"sitrep_source_offset", []byte(strconv.FormatInt(raw.Offset, 10))})
	}
	return out
}

// deadLetter keeps the raw record as it came, with Kafka Connect's headers that
// tell why. What cannot fit is kept as its head, size and hash.
func deadLetter(raw Raw, f failure, limits Limits) []Record {
	value := raw.Value
	out := append([]Header(nil), raw.Headers...)
	if len(value) > limits.OutputBytes()-room/2 {
		sum := sha256.Sum256(value)
		out = append(out, Header{"sitrep_truncated", []byte("true")}, Header{"sitrep_original_size", []byte(strconv.Itoa(len(value)))},
			Header{"sitrep_original_sha256", []byte(hex.EncodeToString(sum[:]))})
		value = value[:room/2]
	}
	out = append(out,
		Header{"__connect.errors.topic", []byte(raw.Topic)},
		Header{"__connect.errors.partition", []byte(strconv.Itoa(raw.Partition))},
		Header{"__connect.errors.offset", []byte(strconv.FormatInt(raw.Offset, 10))},
		Header{"__connect.errors.stage", []byte(f.stage)},
		Header{"__connect.errors.exception.class.name", []byte("sitrep." + f.reason)},
		Header{"__connect.errors.exception.message", []byte(f.message)})
	return []Record{{DeadLetters, raw.Key, value, out, f.reason}}
}
