package proof

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "sitrep")
	if out, err := exec.Command("go", "build", "-o", binary, "sitrep/cmd/sitrep").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	return binary
}

// A life is one process from its start to its end.
type life struct {
	cmd     *exec.Cmd
	began   time.Time
	log     bytes.Buffer
	peaks   []int // most memory in bytes, by second
	ended   chan struct{}
	elapsed time.Duration
}

// live starts a process, whose output goes nowhere.
func live(t *testing.T, binary string, args ...string) *life {
	t.Helper()
	l := &life{cmd: exec.Command(binary, args...), began: time.Now(), ended: make(chan struct{})}
	l.cmd.Stderr = &l.log
	if err := l.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waited := make(chan struct{})
	go func() {
		defer close(waited)
		l.cmd.Wait()
	}()
	go func() {
		defer close(l.ended)
		for {
			select {
			case <-waited:
				l.elapsed = time.Since(l.began)
				return
			case <-time.After(time.Second):
				l.peaks = append(l.peaks, resident(l.cmd.Process.Pid))
			}
		}
	}()
	return l
}

// resident returns the memory that a process has, in bytes; 0 where that is not told.
func resident(pid int) int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	var kib int
	_, at, _ := strings.Cut(string(status), "VmRSS:")
	if _, err := fmt.Sscan(at, &kib); err != nil {
		return 0
	}
	return kib << 10
}

// done reports whether it has ended.
func (l *life) done() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// end sends a signal and waits.
func (l *life) end(s os.Signal) {
	l.cmd.Process.Signal(s)
	<-l.ended
}

func (l *life) code() int { return l.cmd.ProcessState.ExitCode() }

// cpu returns what a process that has ended took of the processors.
func (l *life) cpu() time.Duration {
	return l.cmd.ProcessState.UserTime() + l.cmd.ProcessState.SystemTime()
}

// parts returns the most memory in each of n equal parts of the life.
func (l *life) parts(n int) []int {
	most := make([]int, n)
	for i, p := range l.peaks {
		k := i * n / len(l.peaks)
		most[k] = max(most[k], p)
	}
	return most
}
