package kafka

import (
	"fmt"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/testbroker"
)

func TestBack(t *testing.T) {
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	c := Config{Brokers: broker.Addrs()}
	if err := CreateTopics(t.Context(), c, TopicSpec{Name: "letters", Partitions: 2, Replication: 1}); err != nil {
		t.Fatal(err)
	}
	if n, err := Partitions(t.Context(), c, "letters"); n != 2 || err != nil {
		t.Fatalf("%d partitions, %v", n, err)
	}
	var raws []pipeline.Raw
	for i := range 20 { // without keys they take turns
		raws = append(raws, pipeline.Raw{Value: fmt.Append(nil, i)})
	}
	if err := Produce(t.Context(), c.Brokers, "letters", raws); err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int64]int64{0: -1, 3: 7, 10: 0, 1000: 0} {
		r, err := OpenReader(t.Context(), c, "letters", 1, Latest)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Back(t.Context(), n); err != nil {
			t.Fatal(err)
		}
		if want >= 0 {
			got, err := r.Next(t.Context())
			if err != nil || got[0].Offset != want {
				t.Errorf("%d back: %v, %v", n, got, err)
			}
		}
		r.Close()
	}
}
