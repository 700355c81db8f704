package chaos

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "sitrep-chaos-")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "sitrep")
	if out, err := exec.Command("go", "build", "-o", binary, "sitrep/cmd/sitrep").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w: %s", err, out)
	}
	return binary, nil
})

// A service is one running `sitrep run`.
type service struct {
	cmd   *exec.Cmd
	log   *os.File
	ended chan struct{} // closed when it has ended
}

func startService(t *testing.T, log *os.File, args ...string) *service {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return startCommand(t, log, exec.Command(binary, append([]string{"run"}, args...)...))
}

func startCommand(t *testing.T, log *os.File, cmd *exec.Cmd) *service {
	t.Helper()
	s := &service{cmd: cmd, log: log, ended: make(chan struct{})}
	s.cmd.Stderr = log
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		s.cmd.Wait()
		close(s.ended)
	}()
	return s
}

func (s *service) kill() {
	s.cmd.Process.Kill()
	<-s.ended
}

func (s *service) freeze() { s.cmd.Process.Signal(syscall.SIGSTOP) }
func (s *service) thaw()   { s.cmd.Process.Signal(syscall.SIGCONT) }

// peak returns the most memory that the service has taken so far, in bytes.
func (s *service) peak(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	var kib int
	_, at, _ := strings.Cut(string(status), "VmHWM:")
	if _, err := fmt.Sscan(at, &kib); err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// leave asks the service to end, and says if it does not do so well.
func (s *service) leave() error {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(30 * time.Second):
		s.kill()
		return errors.New("did not end within 30 s")
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		return fmt.Errorf("ended with exit code %d", code)
	}
	return nil
}

// gone reports whether the service has ended by itself.
func (s *service) gone() bool {
	select {
	case <-s.ended:
		return true
	default:
		return false
	}
}

// tail returns the last lines of a log.
func tail(log *os.File, lines int) string {
	data, err := os.ReadFile(log.Name())
	if err != nil {
		return err.Error()
	}
	all := bytes.Split(bytes.TrimSpace(data), []byte("\n"))
	return strings.TrimSpace(string(bytes.Join(all[max(0, len(all)-lines):], []byte("\n"))))
}
