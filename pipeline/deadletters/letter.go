// Package deadletters reads the topic of dead letters and sends letters again. What
// became of a letter stands in the topic itself: a note behind it, written in the
// transaction that sent it. It knows no flags and prints nothing.
package deadletters

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline"
)

// A Letter is what a dead letter tells of itself, without its article.
type Letter struct {
	At       pipeline.Position // where it stands
	Time     time.Time         // when it was written there
	From     pipeline.Position // where its article stood; Partition and Offset are -1 if it does not tell
	Reason   string            // as pipeline.ReasonUndecodable; a class name in letters of others
	Stage    string            // in small letters
	Message  string            // what went wrong, cut to a line
	Attempts int               // how often its article was sent again before
	Size     int               // in bytes, of the article that it holds
	Original int               // in bytes, of the article that came in: more than Size if it was cut
	SHA256   string            // of the article that came in, if it was cut
	Ours     bool              // sitrep wrote it
	Redriven *Redriven         // nil while it is open
}

// Redriven tells when and where the article of a letter was sent again.
type Redriven struct {
	Time time.Time
	To   string
}

// Cut tells that the letter holds the head of its article only.
func (l *Letter) Cut() bool { return l.Size < l.Original }

// Attempts is the header of an article that was sent again: how often.
const Attempts = "sitrep_redrive_attempts"

// The headers that a letter has behind those of its article, in their order:
// pipeline.Process writes them.
var (
	ofCut = []string{"sitrep_truncated", "sitrep_original_size", "sitrep_original_sha256"}
	ofWhy = []string{
		"__connect.errors.topic", "__connect.errors.partition", "__connect.errors.offset", "__connect.errors.stage",
		"__connect.errors.exception.class.name", "__connect.errors.exception.message",
	}
)

const ourClass = "sitrep."

// Parse reads what a record of the topic tells. It takes any record for a letter.
func Parse(raw pipeline.Raw) Letter {
	own, cut, why := split(raw)
	class := why["__connect.errors.exception.class.name"]
	l := Letter{
		At:       raw.Position,
		Time:     raw.Time,
		From:     from(why),
		Reason:   strings.TrimPrefix(class, ourClass),
		Stage:    strings.ToLower(why["__connect.errors.stage"]),
		Message:  oneLine(why["__connect.errors.exception.message"]),
		Attempts: attempts(own),
		Size:     len(raw.Value),
		Original: int(max(number(cut["sitrep_original_size"]), int64(len(raw.Value)))),
		SHA256:   cut["sitrep_original_sha256"],
		Ours:     strings.HasPrefix(class, ourClass),
	}
	if l.Reason == "" {
		l.Reason = "unknown"
	}
	return l
}

func from(why map[string]string) pipeline.Position {
	partition := min(number(why["__connect.errors.partition"]), 1<<31-1)
	return pipeline.Position{Topic: why["__connect.errors.topic"], Partition: int(partition), Offset: number(why["__connect.errors.offset"])}
}

// Article returns the article of a letter as it came in, but for what was cut off.
func Article(raw pipeline.Raw) pipeline.Raw {
	l := Parse(raw)
	own, _, _ := split(raw)
	return pipeline.Raw{Position: l.From, Key: raw.Key, Value: raw.Value, Headers: own}
}

// again returns article with one more attempt in its headers.
func again(article pipeline.Raw) pipeline.Raw {
	n := attempts(article.Headers) + 1
	others := slices.DeleteFunc(slices.Clone(article.Headers), func(h pipeline.Header) bool { return h.Key == Attempts })
	article.Headers = append(others, pipeline.Header{Key: Attempts, Value: []byte(strconv.Itoa(n))})
	return article
}

// split parts an article's own headers from those that the letter has behind them. In
// letters of others these may stand anywhere.
func split(raw pipeline.Raw) (own []pipeline.Header, cut, why map[string]string) {
	own, why = ending(raw.Headers, ofWhy)
	if why == nil {
		why = map[string]string{}
		for _, h := range raw.Headers {
			if strings.HasPrefix(h.Key, "__connect.errors.") {
				why[h.Key] = string(h.Value)
			}
		}
		return raw.Headers, nil, why
	}
	if rest, cut := ending(own, ofCut); number(cut["sitrep_original_size"]) > int64(len(raw.Value)) {
		return rest, cut, why
	}
	return own, nil, why
}

// ending takes the headers of those names off the end of all. It returns nil if they
// are not there.
func ending(all []pipeline.Header, names []string) ([]pipeline.Header, map[string]string) {
	n := len(all) - len(names)
	if n < 0 {
		return all, nil
	}
	found := map[string]string{}
	for i, name := range names {
		if all[n+i].Key != name {
			return all, nil
		}
		found[name] = string(all[n+i].Value)
	}
	return all[:n:n], found
}

// attempts returns how often an article with these headers was sent again.
func attempts(headers []pipeline.Header) (n int) {
	for _, h := range headers {
		if h.Key == Attempts {
			n = int(min(max(number(string(h.Value)), 0), 1<<30))
		}
	}
	return n
}

// number reads a number that is not negative, and gives -1 for anything else.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// longest message that is kept, in bytes: lists may hold a million.
const longest = 300

func oneLine(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "") + "…"
	}
	return strings.Clone(s)
}

// Place writes a position as TOPIC/PARTITION/OFFSET.
func Place(p pipeline.Position) string {
	return fmt.Sprintf("%s/%d/%d", p.Topic, p.Partition, p.Offset)
}

// ParsePlace reads what Place writes. A topic may have slashes in it: letters of a
// backfill name files.
func ParsePlace(s string) (pipeline.Position, error) {
	rest, offset, _ := cutLast(s)
	topic, partition, _ := cutLast(rest)
	p := pipeline.Position{Topic: topic, Partition: int(min(number(partition), 1<<31-1)), Offset: number(offset)}
	if topic == "" || p.Partition < 0 || p.Offset < 0 {
		return p, fmt.Errorf("%q is not a place as articles.raw/2/1187: topic, partition, offset", s)
	}
	return p, nil
}

func cutLast(s string) (before, after string, found bool) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", s, false
	}
	return s[:i], s[i+1:], true
}
