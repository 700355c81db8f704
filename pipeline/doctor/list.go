package doctor

import (
	"context"

	kafkago "github.com/segmentio/kafka-go"

	"sitrep/pipeline/kafka"
)

// Missing is the state of a topic that does not exist.
const Missing = "missing"

// A TopicState is a topic of the service as it is.
type TopicState struct {
	Name       string `json:"name"`
	For        string `json:"for"`
	State      string `json:"state"` // there, Missing, or why it cannot be seen
	Partitions int    `json:"partitions"`
	Replicas   int    `json:"replicas"`
	Policy     string `json:"policy,omitempty"` // this and what follows is empty if it cannot be seen
	Kept       string `json:"kept,omitempty"`
	MaxRecord  string `json:"max_record,omitempty"`
}

// Topics returns the four topics. An error is a Finding that says why there is nobody
// to ask.
func Topics(ctx context.Context, c Config) ([]TopicState, error) {
	var failed Finding
	d := newDoctor(c, func(f Finding) {
		if f.Level == Failed && failed.Check == "" {
			failed = f
		}
	})
	defer d.close()
	if !d.brokers(ctx) {
		return nil, failed
	}
	var states []TopicState
	for r, spec := range kafka.Specs(c.Kafka.Input, c.Kafka.Topics, 0, c.MaxArticle) {
		states = append(states, d.state(spec.Name, role(r)))
	}
	return states, nil
}

func (d *doctor) state(name string, r role) TopicState {
	about := d.cluster.about[name]
	s := TopicState{Name: name, For: r.String()}
	switch err := kafkago.Error(about.ErrorCode); {
	case err == kafkago.UnknownTopicOrPartition:
		s.State = Missing
	case len(about.Partitions) == 0:
		s.State = err.Title()
	default:
		topics := []topic{{name: name, role: r, partitions: about.Partitions}}
		d.describe(topics)
		t := topics[0]
		s.State, s.Partitions, s.Replicas = "there", len(t.partitions), t.replicas()
		if t.settings != nil {
			s.Policy, s.Kept, s.MaxRecord = t.settings["cleanup.policy"], t.kept(), inBytes(t.number("max.message.bytes"))
		}
	}
	return s
}
