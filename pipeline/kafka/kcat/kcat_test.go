package kcat_test

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/kcat"
	"sitrep/pipeline/kafka/testbroker"
)

// What kcat prints is read as what our own code has written, null, empty and odd
// values too.
func TestWhatKcatPrintsIsReadBack(t *testing.T) {
	if _, err := exec.LookPath("kcat"); err != nil && os.Getenv("CI") == "" {
		t.Skip("needs kcat")
	}
	broker, err := testbroker.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	if err := kafka.CreateTopics(t.Context(), kafka.Config{Brokers: broker.Addrs()}, kafka.TopicSpec{Name: "odd", Partitions: 1}); err != nil {
		t.Fatal(err)
	}
	raws := []pipeline.Raw{
		{Key: []byte("key"), Value: []byte("value"), Headers: []pipeline.Header{{Key: "a", Value: []byte("1")}, {Key: "b", Value: []byte("2 3")}}},
		{Value: []byte("without a key")},
		{Key: []byte("a tombstone")},
		{Key: []byte{}, Value: []byte{}},
		{Key: []byte("8 bytes\n"), Value: []byte("7 NULL\x00\xff \n\n 12 ")},
	}
	if err := kafka.Produce(t.Context(), broker.Addrs(), "odd", raws); err != nil {
		t.Fatal(err)
	}
	var want []kcat.Record
	for i, raw := range raws {
		raw.Offset = int64(i)
		want = append(want, kcat.Of(raw))
	}
	got, err := kcat.Read(t.Context(), broker.Addrs(), "odd")
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("kcat gives\n%+v\nwant\n%+v", got, want)
	}
}

// Records with one key lie together, whoever has written them: kcat by librdkafka's
// form of Java's default partitioner, or we.
func TestKeysLandWhereOthersPutThem(t *testing.T) {
	if _, err := exec.LookPath("kcat"); err != nil && os.Getenv("CI") == "" {
		t.Skip("needs kcat")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer broker.Close()
	const partitions = 7
	topic := fmt.Sprintf("keys.%d", os.Getpid())
	if err := kafka.CreateTopics(t.Context(), kafka.Config{Brokers: broker.Addrs()}, kafka.TopicSpec{Name: topic, Partitions: partitions}); err != nil {
		t.Fatal(err)
	}
	keys := []string{"Zürich", "\x80\xff", "\U0001f600"}
	for i := range 300 {
		keys = append(keys, strings.Repeat("k", i%9)+fmt.Sprint(i))
	}
	if err := kcat.ProduceKeys(t.Context(), broker.Addrs(), topic, keys); err != nil {
		t.Fatal(err)
	}
	got, err := kcat.Read(t.Context(), broker.Addrs(), topic)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(keys) {
		t.Fatalf("%d records of %d keys", len(got), len(keys))
	}
	for _, r := range got {
		if want := kafka.Partition(r.Key, partitions); r.Partition != want {
			t.Errorf("key %q is in partition %d, we say %d", r.Key, r.Partition, want)
		}
	}
}
