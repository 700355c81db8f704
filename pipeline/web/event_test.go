package web

import (
	"encoding/json"
	"strings"
	"testing"

	"sitrep/pipeline"
)

// A row shows the sentence around its trigger as it stands there.
func TestRowsShowTheSentence(t *testing.T) {
	shortened := 0
	for _, e := range sampled(t).Feed.all(filter{}) {
		var r row
		var record pipeline.EventRecord
		if err := json.Unmarshal(e.row, &r); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(e.value, &record); err != nil {
			t.Fatal(err)
		}
		shown := r.Before + r.Trigger + r.After
		if strings.HasPrefix(shown, "…") || strings.HasSuffix(shown, "…") {
			shortened++
		}
		if !strings.Contains(record.Evidence.Text, strings.Trim(shown, "…")) || !strings.Contains(shown, record.Trigger.Text) {
			t.Errorf("%q of %q", shown, record.Evidence.Text)
		}
	}
	if shortened == 0 {
		t.Error("no sentence is so long that it is shortened")
	}
}

// Whatever stands in the topics, the feed goes on and its answers are JSON.
func FuzzFeed(f *testing.F) {
	_, records := produced()
	for _, r := range records[:5] {
		f.Add(string(r.Key), r.Value)
	}
	f.Add("a", []byte(`{"event_id":"a","evidence":{"field":"body","start":9223372036854775807,"text":"x"},"trigger":{"field":"body","start":-9223372036854775808,"end":1}}`))
	f.Add("a", []byte(`{"event_id":"a","date_start":"soon","date_end":"9999-99-99","actors":null,"troops_min":-1}`))
	f.Fuzz(func(t *testing.T, key string, value []byte) {
		feed := NewFeed()
		raw := pipeline.Raw{Key: []byte(key), Value: value, Headers: []pipeline.Header{{Key: key, Value: value}, {Key: "sitrep_source_offset", Value: value}}}
		feed.Event(raw)
		feed.Letter(raw)
		list := feed.all(filter{since: "2000-01-01"})
		list = append(list, feed.all(filter{})...)
		out, gone, _ := rows(list, filter{}, most)
		for _, v := range []any{message{Rows: out, Gone: gone}, pictured(list, true), feed.letters} {
			if _, err := json.Marshal(v); err != nil {
				t.Error(err)
			}
		}
		feed.Event(pipeline.Raw{Key: []byte(key)})
	})
}
