package chaos

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/probe"
)

// No article is known that kills sitrep. So the test binary is a service, too,
// that dies of some.
const role = "SITREP_CHAOS_ROLE"

var deadlyWord = []byte("KILLS WHO READS IT")

func TestMain(m *testing.M) {
	debug.SetMaxStack(16 << 20) // so that who dies does so at once
	switch os.Getenv(role) {
	case "service":
		if err := mortal(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case "beside":
		if probe.Serve(os.Stdin, os.Stdout, func(raw pipeline.Raw) { dieOf(raw) }) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// mortal is `sitrep run` with another extraction.
func mortal() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	beside := probe.New(func() *exec.Cmd { return ourselves("beside", "") }, 10*time.Second)
	defer beside.Close()
	return kafka.Run(ctx, kafka.Config{
		Brokers: strings.Split(os.Getenv("BROKERS"), ","), Group: group, Input: input, MaxBatch: 20, SessionTimeout: session, Probe: beside.Kills,
	}, pipeline.NewPool(2, dieOf))
}

func dieOf(raw pipeline.Raw) []pipeline.Record {
	if bytes.Contains(raw.Value, deadlyWord) && !raw.Deadly {
		depth = fill(1)
	}
	return pipeline.Process(raw, limits)
}

// fill fills the stack, which no recovery mends.
func fill(n int) int {
	if n == 0 {
		return 0
	}
	return fill(n+1) + n
}

var depth int

func ourselves(as, brokers string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), role+"="+as, "BROKERS="+brokers)
	return cmd
}

// Articles that kill the process become dead letters, each once, and the others
// come out as if those were not there. Whoever runs the service starts it again.
func TestArticlesThatKill(t *testing.T) {
	if testing.Short() {
		t.Skip("runs services that die")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	f := newField(t, scenario{}, broker, broker.Addrs())
	var raws []pipeline.Raw
	for i := range 200 {
		raw := f.articles.next()
		if i == 50 || i == 133 {
			raw.Value = deadlyWord
		}
		raws = append(raws, raw)
	}
	if err := kafka.Produce(t.Context(), broker.Addrs(), input, raws); err != nil {
		t.Fatal(err)
	}
	start := func() *service {
		return startCommand(t, f.log, ourselves("service", strings.Join(broker.Addrs(), ",")))
	}
	s := start()
	deaths := 0
	for deadline := time.Now().Add(3 * patience); ; time.Sleep(100 * time.Millisecond) {
		if done, end, err := f.progress(t.Context()); err == nil && done == end {
			break
		}
		if s.gone() {
			deaths++
			s = start()
		}
		if time.Now().After(deadline) {
			s.kill()
			t.Fatalf("not done after %s and %d deaths:\n%s", 3*patience, deaths, tail(f.log, 20))
		}
	}
	if err := s.leave(); err != nil {
		t.Errorf("the service %v", err)
	}
	dead := 0
	for _, r := range f.read(kafka.DefaultTopics.DeadLetters) {
		if strings.Contains(r.Headers, "sitrep."+pipeline.ReasonDeadly) {
			dead++
			if !bytes.Equal(r.Value, deadlyWord) {
				t.Errorf("a healthy article became a dead letter: %.80q", r.Value)
			}
		}
	}
	if v := f.verdict(); dead != 2 || v.lost != 2 || v.strange != 2 || v.doubled+v.disordered > 0 {
		// The two are what extraction would not give: an article record is lacking, a dead letter is there.
		t.Errorf("%d dead of 2 that kill; %+v", dead, v)
	}
	t.Logf("%d processes died of 2 articles", deaths)
}
