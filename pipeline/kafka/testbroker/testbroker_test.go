package testbroker

import (
	"strings"
	"testing"
)

func TestStopAndStartAtTheSameAddress(t *testing.T) {
	b, err := FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	addr := b.Addrs()[0]
	if err := answers(t.Context(), addr); err != nil {
		t.Fatalf("after the start: %v", err)
	}
	if err := b.Stop(); err != nil {
		t.Fatal(err)
	}
	if answers(t.Context(), addr) == nil {
		t.Error("answers although stopped")
	}
	if err := b.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := answers(t.Context(), addr); err != nil {
		t.Errorf("after the second start: %v", err)
	}
}

func TestWhatIsAskedForAndMissingIsAnError(t *testing.T) {
	for _, c := range []struct{ brokers, kind, want string }{
		{"127.0.0.1:1", "", "cannot reach Kafka at 127.0.0.1:1"},
		{"", "imaginary", "imaginary"},
	} {
		t.Setenv("SITREP_TEST_BROKERS", c.brokers)
		t.Setenv("SITREP_TEST_KAFKA", c.kind)
		b, err := FromEnvironment(t.Context())
		if err == nil {
			b.Close()
			t.Fatalf("brokers %q, kind %q: no error", c.brokers, c.kind)
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("brokers %q, kind %q: %v: want %q", c.brokers, c.kind, err, c.want)
		}
	}
}
