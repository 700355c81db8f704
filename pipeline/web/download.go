package web

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"sitrep/pipeline"
	"sitrep/pipeline/problem"
)

// download gives the events that are kept and pass, the oldest first: the records as
// they were published, or a table of their main fields.
func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	by, err := parseFilter(r.URL.Query())
	if err != nil {
		problem.Write(w, http.StatusBadRequest, err.Error())
		return
	}
	list := s.feed.all(by)
	name := r.PathValue("name")
	w.Header().Set("Cache-Control", "no-store")
	switch name {
	case "sitrep-events.jsonl":
		attach(w, name)
		w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
		for _, e := range list {
			if _, err := w.Write(append(e.value[:len(e.value):len(e.value)], '\n')); err != nil {
				return
			}
		}
	case "sitrep-events.csv":
		attach(w, name)
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		out := csv.NewWriter(w)
		out.Write(columns)
		for _, e := range list {
			var record pipeline.EventRecord
			if json.Unmarshal(e.value, &record) == nil && out.Write(cells(&record)) != nil {
				return
			}
		}
		out.Flush()
	default:
		http.NotFound(w, r)
	}
}

func attach(w http.ResponseWriter, name string) {
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

var columns = []string{"event_id", "article_id", "type", "status", "actors", "actor_countries", "targets", "target_countries", "place", "place_country",
	"origin_country", "destination_country", "date_start", "date_end", "status_date", "troops_min", "troops_max", "killed_min", "killed_max",
	"confidence", "rule", "trigger", "evidence", "title", "url", "source", "published_date"}

func cells(r *pipeline.EventRecord) []string {
	place := ""
	if r.Place != nil {
		place = r.Place.Text
	}
	out := []string{r.EventID, r.ArticleID, r.Type, r.Status, names(r.Actors), strings.Join(r.ActorCountries, " "), names(r.Targets), strings.Join(r.TargetCountries, " "),
		place, or(r.PlaceCountry), or(r.OriginCountry), or(r.DestinationCountry), or(r.DateStart), or(r.DateEnd), or(r.StatusDate),
		whole(r.TroopsMin), whole(r.TroopsMax), whole(r.KilledMin), whole(r.KilledMax), strconv.FormatFloat(r.Confidence, 'f', -1, 64),
		r.Rule, r.Trigger.Text, r.Evidence.Text, or(r.Title), or(r.URL), or(r.Source), or(r.PublishedDate)}
	for i, s := range out {
		out[i] = harmless(s)
	}
	return out
}

func names(list []pipeline.ParticipantRecord) string {
	var out []string
	for _, who := range list {
		out = append(out, who.Name)
	}
	return strings.Join(out, "; ")
}

func whole(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

// harmless puts an apostrophe before what a spreadsheet would take for a formula:
// =HYPERLINK("…") in the title of an article.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
