// Package problem answers a request that cannot be served, in the form of RFC 9457.
package problem

import (
	"encoding/json"
	"net/http"
)

// MediaType is that of the answer.
const MediaType = "application/problem+json"

// A Problem says what is wrong with a request.
type Problem struct {
	Title  string `json:"title"` // of the status
	Status int    `json:"status"`
	Detail string `json:"detail"`           // what, and the way on
	Reason string `json:"reason,omitempty"` // why an article cannot be read: the reason that its dead letter would have
}

// Write answers with status and says what is wrong.
func Write(w http.ResponseWriter, status int, detail string) {
	Problem{Status: status, Detail: detail}.Write(w)
}

// Write answers with p.
func (p Problem) Write(w http.ResponseWriter) {
	p.Title = http.StatusText(p.Status)
	h := w.Header()
	h.Set("Content-Type", MediaType)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p) // who asked may have gone
}
