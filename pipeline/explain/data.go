package explain

import (
	"encoding/json"

	"sitrep/extractors/text"
	"sitrep/pipeline"
	"sitrep/pipeline/annotations"
)

// Data is what a page shows of an article, in JSON. Positions are code points into
// the headline with the text behind it.
type Data struct {
	Title         string        `json:"title"`
	About         []fact        `json:"about"`
	Headline      []step        `json:"headline"` // a title that was sent apart from the text
	Text          []step        `json:"text"`
	LeftOut       int           `json:"left_out"` // code points at the end of the text
	Events        []eventData   `json:"events"`
	EventsLeftOut int           `json:"events_left_out"`
	Sections      []sectionData `json:"sections"`
}

type eventData struct {
	ID         string    `json:"id"`
	Type       string    `json:"type"`
	Status     string    `json:"status"`
	Sides      string    `json:"sides"`
	Confidence float64   `json:"confidence"`
	Evidence   position  `json:"evidence"`
	Sentence   []step    `json:"sentence"`
	Rows       []rowData `json:"rows"`
}

type sectionData struct {
	Name    string    `json:"name"`
	Rows    []rowData `json:"rows"`
	LeftOut int       `json:"left_out"` // rows
}

type rowData struct {
	Kind  kind       `json:"kind"`
	Name  string     `json:"name"`
	Words string     `json:"words"`
	Facts []fact     `json:"facts"`
	Where []step     `json:"where"`
	At    []position `json:"at"`
}

// A position is a half-open span of code points.
type position [2]int

// Bounds keep what is shown of a long article small.
type Bounds struct {
	Text int // code points
	Rows int // of a section, and events
}

// Read shows what was read in an article, within bounds.
func Read(r *pipeline.Reading, b Bounds) Data {
	w := writer{newViewer(r), annotations.NewOffsets(r.Doc.Text), b}
	end := w.at.Byte(b.Text)
	marks := w.marks()
	d := Data{
		Title: w.title(), About: w.about(), LeftOut: w.at.Len() - w.at.CodePoint(end),
		Headline: steps(r.Doc.Text, text.Span{End: min(r.Doc.Body, end)}, marks),
		Text:     steps(r.Doc.Text, text.Span{Start: min(r.Doc.Body, end), End: end}, marks),
		Events:   []eventData{}, Sections: []sectionData{}, EventsLeftOut: max(0, len(r.Facts.Events)-b.Rows),
	}
	for i := range r.Facts.Events[:min(len(r.Facts.Events), b.Rows)] {
		d.Events = append(d.Events, w.eventData(i))
	}
	for _, s := range w.sections() {
		kept := s.Rows[:min(len(s.Rows), b.Rows)]
		d.Sections = append(d.Sections, sectionData{s.Name, w.rowData(kept), len(s.Rows) - len(kept)})
	}
	return d
}

// A writer gives what a viewer sees as Data.
type writer struct {
	*viewer
	at *annotations.Offsets
	Bounds
}

func (w *writer) eventData(i int) eventData {
	e, r := w.event(i), &w.records.Events[i]
	return eventData{r.EventID, e.Type, e.Status, e.Sides, r.Confidence, w.position(e.Evidence), e.Sentence, w.rowData(e.Rows)}
}

func (w *writer) rowData(list []row) []rowData {
	out := make([]rowData, len(list))
	for i, r := range list {
		out[i] = rowData{r.Kind, r.Name, r.Words, r.Facts, r.Where, make([]position, 0, len(r.At))}
		for _, s := range r.At {
			out[i].At = append(out[i].At, w.position(s))
		}
	}
	return out
}

func (w *writer) position(s text.Span) position {
	return position{w.at.CodePoint(s.Start), w.at.CodePoint(s.End)}
}

// MarshalJSON writes text as a string, the beginning of a mark as a list and its
// end as 0.
func (s step) MarshalJSON() ([]byte, error) {
	switch {
	case s.Open != nil:
		return json.Marshal([]string{s.Open.Kind.String(), s.Open.Label, s.Open.Note})
	case s.Close != nil:
		return []byte("0"), nil
	}
	return json.Marshal(s.Text)
}

// MarshalJSON writes a name and a value.
func (f fact) MarshalJSON() ([]byte, error) { return json.Marshal([]string{f.Name, f.Value}) }

// MarshalText writes the name of k.
func (k kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }
