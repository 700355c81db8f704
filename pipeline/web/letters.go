package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sitrep/pipeline"
)

// A letter is a dead letter as the page shows it.
type letter struct {
	Topic     string `json:"topic"` // where it stands
	Partition int    `json:"partition"`
	Offset    int64  `json:"offset"`
	Source    string `json:"source"` // where the article stood: topic/partition/offset
	Reason    string `json:"reason"`
	Message   string `json:"message"`
	Key       string `json:"key"`
	Bytes     int    `json:"bytes"`
	Begins    string `json:"begins"` // the first characters
}

// Letter adds a record of the topic of dead letters.
func (f *Feed) Letter(raw pipeline.Raw) {
	if raw.Value == nil && raw.Headers == nil {
		return
	}
	l := newLetter(raw)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dead.add(time.Now(), 1)
	if _, known := f.reasons[l.Reason]; !known && len(f.reasons) >= keptReasons {
		l.Reason = "other"
	}
	f.reasons[l.Reason]++
	f.letters = append(f.letters, l)
	if n := len(f.letters) - keptLetters; n > 0 {
		f.letters = slices.Delete(f.letters, 0, n)
	}
}

func newLetter(raw pipeline.Raw) letter {
	l := letter{Topic: raw.Topic, Partition: raw.Partition, Offset: raw.Offset, Bytes: len(raw.Value), Key: readable(raw.Key, 120), Begins: readable(raw.Value, 600)}
	where := map[string]string{}
	for _, h := range raw.Headers {
		value := readable(h.Value, 300)
		switch name, _ := strings.CutPrefix(h.Key, "__connect.errors."); name {
		case "topic", "partition", "offset":
			where[name] = value
		case "exception.class.name":
			l.Reason = strings.TrimPrefix(value, "sitrep.")
		case "exception.message":
			l.Message = value
		case "sitrep_original_size":
			l.Bytes, _ = strconv.Atoi(value)
		}
	}
	l.Reason = cmp.Or(l.Reason, "not told")
	if where["topic"] != "" {
		l.Source = where["topic"] + "/" + where["partition"] + "/" + where["offset"]
	}
	return l
}

// readable returns at most n characters of b, with a point for what cannot be shown.
func readable(b []byte, n int) string {
	b = b[:min(len(b), utf8.UTFMax*n)]
	var out strings.Builder
	for _, r := range string(b) {
		if n--; n < 0 {
			out.WriteRune('…')
			break
		}
		if r != '\n' && (r == utf8.RuneError || !unicode.IsPrint(r)) {
			r = '·'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// deadLetters tells of dead letters: how many for each reason, and the newest.
func (s *Server) deadLetters(w http.ResponseWriter, _ *http.Request) {
	s.feed.mu.Lock()
	newest, reasons := slices.Clone(s.feed.letters), maps.Clone(s.feed.reasons)
	s.feed.mu.Unlock()
	slices.Reverse(newest)
	give(w, struct {
		Reasons map[string]int `json:"reasons"`
		Letters []letter       `json:"letters"`
	}{reasons, newest})
}
