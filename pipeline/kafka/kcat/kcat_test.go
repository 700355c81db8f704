package kcat_test

import (
	"os"
	"os/exec"
	"reflect"
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
