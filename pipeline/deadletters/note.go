package deadletters

import (
	"encoding/json"

	"sitrep/pipeline"
)

// A Note is a record in the topic of dead letters that is no letter: that a letter was
// sent again, or that a redrive has begun or ended. Its value is null, which an
// article's never is, and its one header tells the rest. It stands in the partition of
// its letter and behind it, so that retention never takes it first.
type Note struct {
	Run    string  `json:"run"`              // the redrive
	By     string  `json:"by,omitempty"`     // the process that began it or goes on with it
	What   string  `json:"what,omitempty"`   // it was asked for, where it began
	Ends   []int64 `json:"ends,omitempty"`   // of the partitions, where it began
	Left   int     `json:"left,omitempty"`   // letters to be sent then
	Done   bool    `json:"done,omitempty"`   // where it ended
	Letter *int64  `json:"letter,omitempty"` // offset of the letter that was sent
	To     string  `json:"to,omitempty"`     // where its article was sent
}

const noteHeader = "sitrep_redrive"

// record returns n as it is written.
func (n Note) record() pipeline.Record {
	text, err := json.Marshal(n)
	if err != nil {
		panic(err) // strings and numbers
	}
	return pipeline.Record{Stream: pipeline.DeadLetters, Headers: []pipeline.Header{{Key: noteHeader, Value: text}}}
}

// ParseNote reads a note, and tells letters from notes.
func ParseNote(raw pipeline.Raw) (n Note, isNote bool) {
	if raw.Value != nil {
		return n, false
	}
	for _, h := range raw.Headers {
		if h.Key == noteHeader {
			return n, json.Unmarshal(h.Value, &n) == nil
		}
	}
	return n, false
}
