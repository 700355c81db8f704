package chaos

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"sitrep/pipeline/kafka/testbroker"
)

// seed makes the schedules; SITREP_CHAOS_SEED gives others.
func seed(t *testing.T) uint64 {
	var n uint64 = 1
	if s := os.Getenv("SITREP_CHAOS_SEED"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			t.Fatalf("SITREP_CHAOS_SEED: %v", err)
		}
	}
	return n
}

// A scenario is a way to break things.
type scenario struct {
	name     string
	services int
	poison   int     // every how manieth article is hostile
	loss     float64 // of answers on the way from the broker
	delay    time.Duration
	// disturb breaks something n times.
	disturb func(f *field, n int)
	full    int // n in make chaos
	short   int // n in CI
}

var scenarios = []scenario{
	{name: "kill -9, one process", services: 1, disturb: killAny, full: 100, short: 4},
	{name: "kill -9, group of 3", services: 3, disturb: killAny, full: 50, short: 3},
	{name: "frozen past the session, then woken", services: 3, disturb: freezeAny, full: 10, short: 2},
	{name: "broker restarts, clean and kill -9", services: 2, disturb: restartBroker, full: 10, short: 2},
	{name: "2 % of answers lost", services: 2, loss: 0.02, delay: 2 * time.Millisecond, disturb: wait, full: 60, short: 6},
	{name: "10 % of answers lost, slow network", services: 2, loss: 0.10, delay: 20 * time.Millisecond, disturb: wait, full: 60, short: 6},
	{name: "rebalance storm", services: 2, disturb: storm, full: 60, short: 6},
	{name: "every 50th article hostile", services: 2, poison: 50, disturb: produceHostile, full: 1000, short: 20},
}

// Chaos runs every scenario on a cluster of its own. In full (SITREP_CHAOS=full)
// they last some twenty minutes.
func TestChaos(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program for a minute or more")
	}
	if os.Getenv("SITREP_TEST_KAFKA") != "real" {
		t.Run("embedded broker", func(t *testing.T) {
			broker, err := testbroker.Embedded()
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { broker.Close() })
			s := scenarios[0]
			f := newField(t, s, broker, broker.Addrs())
			f.run(s, 2)
		})
		return
	}
	only := os.Getenv("SITREP_CHAOS_ONLY")
	var lines []string
	for _, s := range scenarios {
		if !strings.Contains(s.name, only) {
			continue
		}
		n := s.short
		if os.Getenv("SITREP_CHAOS") == "full" {
			n = s.full
		}
		t.Run(strings.ReplaceAll(s.name, " ", "_"), func(t *testing.T) {
			f := real(t, s)
			lines = append(lines, f.run(s, n))
		})
	}
	t.Logf("\n%-38s %8s %8s %8s %6s %8s %8s %10s %10s\n%s", "scenario", "articles", "records", "faults", "lost", "doubled", "strange", "disordered", "stall",
		strings.Join(lines, "\n"))
}

// real starts Apache Kafka, with something in between where the scenario wants it.
func real(t *testing.T, s scenario) *field {
	if s.loss == 0 {
		broker, err := testbroker.Apache(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { broker.Close() })
		return newField(t, s, broker, broker.Addrs())
	}
	p, err := newProxy(seed(t), s.loss, s.delay)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.close)
	broker, behind, err := testbroker.ApacheBehind(t.Context(), p.addr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	go p.serve(behind)
	f := newField(t, s, broker, []string{p.addr()})
	f.faulty = p
	return f
}

// killAny kills a process that works, and starts another in its place.
func killAny(f *field, n int) {
	for range n {
		f.sleep(f.session/4, f.session*3/2)
		i := f.rand.IntN(len(f.services))
		f.services[i].kill()
		f.services[i] = f.start()
		f.faults++
	}
}

// freezeAny stops a process for longer than the group waits, and lets it go on.
func freezeAny(f *field, n int) {
	for range n {
		f.sleep(f.session/2, f.session*2)
		s := f.services[f.rand.IntN(len(f.services))]
		s.freeze()
		f.sleep(f.session*3/2, f.session*5/2)
		s.thaw()
		f.faults++
	}
}

func restartBroker(f *field, n int) {
	for i := range n {
		f.sleep(time.Second, 4*time.Second)
		end := f.broker.Stop
		if i%2 == 1 {
			end = f.broker.Kill
		}
		if err := end(); err != nil {
			f.t.Fatal(err)
		}
		f.sleep(0, 2*time.Second)
		if err := f.broker.Start(context.Background()); err != nil {
			f.t.Fatal(err)
		}
		f.faults++
	}
}

// wait lets the network do what it does, n seconds long.
func wait(f *field, n int) {
	time.Sleep(time.Duration(n) * time.Second)
	f.faults += int(f.faulty.cuts.Load())
}

// storm lets members come and go each second, n seconds long.
func storm(f *field, n int) {
	var guest *service
	for range n {
		time.Sleep(time.Second)
		if guest == nil {
			guest = f.start()
		} else {
			if err := guest.leave(); err != nil {
				f.t.Errorf("a member that left: %v", err)
			}
			guest = nil
		}
		f.faults++
	}
	if guest != nil {
		f.services = append(f.services, guest)
	}
}

// produceHostile waits until n hostile articles have been sent.
func produceHostile(f *field, n int) {
	for f.produced.Load() < int64(n*f.articles.poison) {
		time.Sleep(100 * time.Millisecond)
	}
	f.faults = n
}
