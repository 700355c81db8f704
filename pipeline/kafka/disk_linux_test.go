package kafka

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/testbroker"
)

// A real broker on a disk of its own that gets full. Kafka gives such a disk up
// until it is started again; with no other it stops.
func TestRealDiskFull(t *testing.T) {
	if os.Getenv("SITREP_TEST_KAFKA") != "real" {
		t.Skip("wants real Apache Kafka: make integration")
	}
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=64m"); err != nil {
		t.Skip("wants the right to mount a small disk: ", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	t.Setenv("TMPDIR", disk) // where testbroker keeps the broker's data
	own, err := testbroker.Apache(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { own.Close() })
	s := unmade(t)
	s.Brokers = own.Addrs()
	s.Health = new(Health)
	s.SessionTimeout = 5 * time.Second
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	s.MaxBatch = 10
	s.produce(numbered(0, 400)...)
	stop := s.start(func(raw pipeline.Raw) []pipeline.Record {
		time.Sleep(50 * time.Millisecond)
		return echo(raw)
	})
	s.await(s.Topics.Articles, 20)
	ballast := filepath.Join(disk, "ballast")
	if err := fill(ballast); err != nil {
		t.Fatal(err)
	}
	s.untilReady("cannot reach Kafka")
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if err := own.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := own.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.await(s.Topics.Articles, 400)
	s.untilReady()
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
}

// fill writes until there is no space left.
func fill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		return err
	}
	return nil
}
