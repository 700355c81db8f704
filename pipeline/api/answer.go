package api

import (
	"net/http"
	"strings"

	"sitrep/pipeline"
	"sitrep/pipeline/problem"
)

// answer writes the records of one article.
func answer(w http.ResponseWriter, form string, records []pipeline.Record) {
	last := records[len(records)-1]
	if last.Stream == pipeline.DeadLetters {
		unreadable(w, last)
		return
	}
	w.Header().Set("Content-Type", form)
	if form == mediaLines {
		for _, r := range records {
			w.Write(append(r.Value, '\n'))
		}
		return
	}
	var b strings.Builder
	b.WriteString(`{"article":`)
	b.Write(last.Value)
	b.WriteString(`,"events":[`)
	for i, r := range records[:len(records)-1] {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(r.Value)
	}
	b.WriteString("]}\n")
	w.Write([]byte(b.String()))
}

// statuses are those of articles that the service would make dead letters.
var statuses = map[string]int{
	pipeline.ReasonUndecodable: http.StatusUnprocessableEntity,
	pipeline.ReasonTooDeep:     http.StatusUnprocessableEntity,
	pipeline.ReasonTooMany:     http.StatusUnprocessableEntity,
	pipeline.ReasonTooLarge:    http.StatusRequestEntityTooLarge,
	pipeline.ReasonTooSlow:     http.StatusUnprocessableEntity,
}

// unreadable tells why an article cannot be read.
func unreadable(w http.ResponseWriter, letter pipeline.Record) {
	status, known := statuses[letter.Kind]
	if !known {
		status = http.StatusInternalServerError
	}
	p := problem.Problem{Status: status, Reason: letter.Kind}
	for _, h := range letter.Headers {
		if h.Key == "__connect.errors.exception.message" {
			p.Detail = string(h.Value)
		}
	}
	p.Write(w)
}
