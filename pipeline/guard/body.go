package guard

import (
	"io"
	"net/http"
	"time"

	"sitrep/pipeline/problem"
)

// bounded limits the size of a request's body, and the time for it and the answer.
func (s *Server) bounded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > s.MaxBody {
			TooLarge(w, s.MaxBody)
			return
		}
		conn := http.NewResponseController(w)
		conn.SetWriteDeadline(time.Now().Add(answerLimit))
		if r.Body != nil && r.Body != http.NoBody {
			conn.SetReadDeadline(time.Now().Add(bodyLimit))
			r.Body = &body{http.MaxBytesReader(w, r.Body, s.MaxBody), conn}
		}
		h.ServeHTTP(w, r)
	})
}

// TooLarge answers a request whose body has more than limit bytes.
func TooLarge(w http.ResponseWriter, limit int64) {
	w.Header().Set("Connection", "close")
	problem.Problem{Status: http.StatusRequestEntityTooLarge, Detail: "the body is larger than " + size(limit), Reason: "too_large"}.Write(w)
}

// body lifts the deadline when all was read: else it would cancel the request while
// it is worked on.
type body struct {
	io.ReadCloser
	conn *http.ResponseController
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		b.conn.SetReadDeadline(time.Time{})
	}
	return n, err
}
