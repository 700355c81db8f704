package probe

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline"
)

// The test binary is the process beside, too: it dies of some records.
func TestMain(m *testing.M) {
	switch os.Getenv("SITREP_PROBE_TEST") {
	case "bounded":
		boundTo(512 << 20)
		fallthrough
	case "serve":
		if err := Serve(os.Stdin, os.Stdout, die); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	case "never ready":
		os.Exit(7)
	}
	os.Exit(m.Run())
}

func die(raw pipeline.Raw) {
	switch string(raw.Value) {
	case "stack":
		depth = overflow(1)
	case "exit":
		os.Exit(2)
	case "hang":
		time.Sleep(time.Hour)
	case "memory":
		for range 1 << 10 {
			taken = append(taken, make([]byte, 1<<20))
		}
	}
}

// overflow fills the stack, which no recovery mends.
func overflow(n int) int {
	if n == 0 {
		return 0
	}
	return overflow(n+1) + n
}

var (
	depth int
	taken [][]byte
)

func prober(t *testing.T, how string, limit time.Duration) (*Prober, *int) {
	starts := 0
	p := New(func() *exec.Cmd {
		starts++
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "SITREP_PROBE_TEST="+how)
		return cmd
	}, limit)
	t.Cleanup(p.Close)
	return p, &starts
}

func TestOnlyWhatKillsIsDeadly(t *testing.T) {
	p, starts := prober(t, "serve", 20*time.Second)
	for _, c := range []struct {
		value string
		kills bool
	}{{"fine", false}, {"stack", true}, {"fine", false}, {strings.Repeat("large ", 1<<20), false}, {"exit", true}, {"fine", false}} {
		kills, err := p.Kills(t.Context(), pipeline.Raw{Value: []byte(c.value)})
		if err != nil {
			t.Fatal(err)
		}
		if kills != c.kills {
			t.Errorf("%.10q kills: %t, want %t", c.value, kills, c.kills)
		}
	}
	if want := 1 + 2*Deaths; *starts != want {
		t.Errorf("%d processes were started, want %d: one that lives is used again", *starts, want)
	}
}

func TestARecordWithoutAnEndIsDeadly(t *testing.T) {
	p, _ := prober(t, "serve", 100*time.Millisecond)
	if kills, err := p.Kills(t.Context(), pipeline.Raw{Value: []byte("hang")}); err != nil || !kills {
		t.Errorf("kills: %t, %v", kills, err)
	}
}

// That no process can be had, or that we are told to stop, says nothing of a record.
func TestWhatIsNotTriedIsAnError(t *testing.T) {
	p, _ := prober(t, "never ready", time.Second)
	if kills, err := p.Kills(t.Context(), pipeline.Raw{Value: []byte("fine")}); err == nil || kills {
		t.Errorf("without a process: kills %t, %v", kills, err)
	}
	p, _ = prober(t, "serve", time.Minute)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	if kills, err := p.Kills(ctx, pipeline.Raw{Value: []byte("hang")}); !errors.Is(err, context.DeadlineExceeded) || kills {
		t.Errorf("stopped: kills %t, %v", kills, err)
	}
}
