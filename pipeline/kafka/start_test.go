package kafka

import (
	"context"
	"fmt"
	"log"
	"strings"
	"testing"
	"time"
)

func TestWhereANewGroupBegins(t *testing.T) {
	old, young := numbered(0, 5), numbered(5, 10)
	for name, want := range map[string]int{"earliest": 10, "latest": 0, "time": 5} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t, 1)
			s.produce(old...)
			time.Sleep(20 * time.Millisecond)
			between := time.Now()
			time.Sleep(20 * time.Millisecond)
			s.produce(young...)
			switch name {
			case "latest":
				s.From = Latest
			case "time":
				if s.embedded() {
					t.Skip("the embedded broker looks times up otherwise than Kafka does")
				}
				s.From = Since(between)
			}
			// The first life ends before anything new comes; what comes while
			// nobody is there is not skipped by the second.
			stop := s.start(echo)
			for s.committed(1)[0] < 0 {
				time.Sleep(10 * time.Millisecond)
			}
			if err := stop(); err != nil {
				t.Fatal(err)
			}
			s.produce(numbered(10, 15)...)
			s.start(echo)
			var got []string
			for _, raw := range s.await(s.Topics.Articles, want+5) {
				got = append(got, string(raw.Value))
			}
			if len(got) != want+5 || got[0] != fmt.Sprintf("article %d", 10-want) {
				t.Errorf("read %q, want %d from before", got, want)
			}
		})
	}
}

// For a group that begins at the end, a partition that comes later is new from its
// beginning, though the group sees it late; so is a topic that is made anew.
func TestWhatComesLaterBeginsAtItsBeginning(t *testing.T) {
	t.Parallel()
	s := newSetting(t, 1)
	s.From, s.PartitionCheck, s.Health = Latest, time.Second, new(Health)
	s.produce(numbered(0, 10)...)
	stop := s.start(echo)
	for s.committed(1)[0] != 10 {
		time.Sleep(20 * time.Millisecond)
	}
	s.addPartitions(s.Input, 3)
	s.produce(numbered(10, 70)...)
	s.await(s.Topics.Articles, 60)
	s.deleteTopic(s.Input)
	s.untilReady(s.Input, "create it")
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 3, testArticle)...); err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(70, 100)...)
	output := s.await(s.Topics.Articles, 90)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, out := range output {
		seen[string(out.Value)] = true
	}
	if len(output) != 90 || len(seen) != 90 {
		t.Errorf("%d articles published, %d of them different: want 90", len(output), len(seen))
	}
}

func (s *setting) embedded() bool { return len(s.Brokers) > 1 }

func TestStartsAreReadAsWritten(t *testing.T) {
	for _, s := range []string{"earliest", "latest", "2026-01-31T10:00:00Z"} {
		start, err := ParseStart(s)
		if err != nil || start.String() != s {
			t.Errorf("%s is read as %v, %v", s, start, err)
		}
	}
	if start, err := ParseStart("2026-01-31T12:00:00+02:00"); err != nil || start.String() != "2026-01-31T10:00:00Z" {
		t.Errorf("a time with another zone: %v, %v", start, err)
	}
	for _, s := range []string{"", "yesterday", "2026-01-31", "-1"} {
		if _, err := ParseStart(s); err == nil || !strings.Contains(err.Error(), "earliest") {
			t.Errorf("%q: %v, want an error that says what is possible", s, err)
		}
	}
}

// Consuming what sitrep publishes: committed events only, each once.
func ExampleReader() {
	ctx := context.Background()
	events, err := OpenReader(ctx, Config{Brokers: []string{"localhost:9092"}}, DefaultTopics.Events, 0, Earliest)
	if err != nil {
		log.Fatal(err)
	}
	defer events.Close()
	for {
		raws, err := events.Next(ctx)
		if err != nil {
			log.Fatal(err)
		}
		for _, raw := range raws {
			store(raw.Key, raw.Value, raw.Offset+1) // in one transaction of yours
		}
	}
}

func store(id, event []byte, next int64) {}
