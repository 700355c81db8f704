package main

import (
	"encoding/json"
	"strings"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/samples"
)

// told are records of events and of articles, in the order in which they were
// published, with what matters of each; an id alone is a tombstone. The first article
// is corrected: fewer soldiers, and a strike that it does not tell of any more.
const told = `
{"event_id":"sent","article_id":"corrected","type":"deploy","event_key":"k1","origin_country":"DE","destination_country":"PL","date_start":"2025-03-01","troops_min":1200}
{"event_id":"launched","article_id":"corrected","type":"strike","event_key":"k2","place_country":"SY","date_start":"2025-03-02","date_precision":"day"}
{"article_id":"corrected","event_ids":["sent","launched"]}
{"event_id":"sent","article_id":"corrected","type":"deploy","event_key":"k1","origin_country":"DE","destination_country":"PL","date_start":"2025-03-01","troops_min":800}
{"article_id":"corrected","event_ids":["sent"]}
{"event_id":"sent elsewhere","article_id":"movements","type":"deploy","event_key":"k1","origin_country":"DE","destination_country":"PL","date_start":"2025-03-01","troops_min":800}
{"event_id":"undated","article_id":"movements","type":"deploy","status":"ongoing","event_key":"k3","origin_country":"FR","destination_country":"TD","troops_min":450}
{"event_id":"long ago","article_id":"movements","type":"withdraw","event_key":"k4","origin_country":"RU","destination_country":"FR","date_start":"1812-10-19","troops_min":100000}
{"event_id":"at home","article_id":"movements","type":"deploy","event_key":"k5","origin_country":"US","destination_country":"US","troops_min":300}
{"event_id":"planned","article_id":"movements","type":"deploy","status":"planned","event_key":"k6","origin_country":"US","destination_country":"PL","troops_min":5000}
{"article_id":"movements","event_ids":["sent elsewhere","undated","long ago","at home","planned"]}
{"event_id":"threat","article_id":"threats","type":"strike","status":"threatened","event_key":"k7","actor_countries":["IR"],"target_countries":["US","IL"]}
{"event_id":"same threat","article_id":"threats","type":"strike","status":"threatened","event_key":"k7","actor_countries":["IR"],"target_countries":["US","IL"]}
{"event_id":"other threat","article_id":"threats","type":"deploy","status":"threatened","event_key":"k8","actor_countries":["RU"],"target_countries":["UA"]}
{"article_id":"threats","event_ids":["threat","same threat","other threat"]}
{"event_id":"strike","article_id":"strikes","type":"strike","event_key":"k9","place_country":"SY","date_start":"2025-03-02","date_precision":"day"}
{"event_id":"other strike","article_id":"strikes","type":"strike","event_key":"k10","place_country":"SY","date_start":"2025-03-02","date_precision":"day"}
{"event_id":"in a month","article_id":"strikes","type":"strike","event_key":"k11","place_country":"SY","date_start":"2025-03-01","date_precision":"month"}
{"event_id":"taken back","article_id":"strikes","type":"strike","event_key":"k12","place_country":"SY","date_start":"2025-03-02","date_precision":"day"}
{"event_id":"there again","article_id":"strikes","type":"strike","event_key":"k13","place_country":"YE","date_start":"2025-03-03","date_precision":"day"}
{"article_id":"strikes","event_ids":["strike","other strike","in a month","taken back","there again"]}
{"event_id":"taken back"}
{"event_id":"there again"}
{"event_id":"there again","article_id":"strikes","type":"strike","event_key":"k13","place_country":"YE","date_start":"2025-03-03","date_precision":"day"}
{"event_id":"of nobody","article_id":"gone","type":"strike","event_key":"k14","place_country":"YE","date_start":"2025-03-03","date_precision":"day"}
{"article_id":"gone","event_ids":["of nobody"]}
{"article_id":"gone"}
`

// toldCurrent is how many of these events are current.
const toldCurrent = 13

// answers are those that the questions of docs/consuming.md should get.
var answers = map[string]string{
	"movements": "1812-10,RU,FR,1,100000\n2025-03,DE,PL,1,800\n2025-03,FR,TD,1,450\n",
	"threats":   "IR,IL,strike,1\nIR,US,strike,1\nRU,UA,deploy,1\n",
	"strikes":   "2025-03-02,SY,2\n2025-03-03,YE,1\n",
}

// publishTold fills the topics with what is told, and with the records of the samples,
// their events made possible so that no question counts them. It returns how many
// events are current.
func publishTold(t *testing.T, brokers []string) int {
	t.Helper()
	config := kafka.Config{Brokers: brokers, Input: "articles.raw", Topics: kafka.DefaultTopics}
	if err := kafka.CreateTopics(t.Context(), config, kafka.Specs(config.Input, config.Topics, 3, 1<<20)...); err != nil {
		t.Fatal(err)
	}
	events, articles, sampled := sampleRecords(t)
	for line := range strings.Lines(strings.TrimSpace(told)) {
		var e pipeline.EventRecord
		decode(t, emptyEvent, &e)
		decode(t, line, &e)
		var a pipeline.ArticleRecord
		decode(t, emptyArticle, &a)
		decode(t, line, &a)
		switch fields := strings.Count(line, `":`); {
		case e.EventID != "" && fields == 1:
			events = append(events, pipeline.Raw{Key: []byte(e.EventID)})
		case e.EventID != "":
			events = append(events, pipeline.Raw{Key: []byte(e.EventID), Value: encode(t, e)})
		case fields == 1:
			articles = append(articles, pipeline.Raw{Key: []byte(a.ArticleID)})
		default:
			articles = append(articles, pipeline.Raw{Key: []byte(a.ArticleID), Value: encode(t, a)})
		}
	}
	for topic, raws := range map[string][]pipeline.Raw{config.Topics.Events: events, config.Topics.Articles: articles} {
		if err := kafka.Produce(t.Context(), brokers, topic, raws); err != nil {
			t.Fatal(err)
		}
	}
	return toldCurrent + sampled
}

// What a record holds at least: lists are never null.
const (
	emptyEvent = `{"status":"occurred","published_date":"2025-03-04","published_at":"2025-03-04T09:30:00+03:00","actor_countries":[],"target_countries":[],
		"actors":[],"targets":[],"counts":[],"mentions":[]}`
	emptyArticle = `{"status":"ok","language":"en","country_codes":[],"people":[],"countries":[],"locations":[],"troop_counts":[],"other_counts":[],"dates":[],"event_ids":[]}`
)

func sampleRecords(t *testing.T) (events, articles []pipeline.Raw, n int) {
	t.Helper()
	for _, s := range samples.All() {
		for _, r := range pipeline.Process(pipeline.Raw{Value: s.Raw}, pipeline.DefaultLimits) {
			if r.Stream == pipeline.Articles {
				articles = append(articles, pipeline.Raw{Key: r.Key, Value: r.Value})
				continue
			}
			var e pipeline.EventRecord
			decode(t, string(r.Value), &e)
			e.Status = "possible"
			events = append(events, pipeline.Raw{Key: r.Key, Value: encode(t, e)})
		}
	}
	return events, articles, len(events)
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func encode(t *testing.T, record any) []byte {
	t.Helper()
	data, err := json.Marshal(record)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
