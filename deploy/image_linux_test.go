package deploy

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sitrep/pipeline/samples"
)

// The image holds the binary and nothing that it could write to or run: so does the
// root directory here.
func TestImageNeedsNothingButTheBinary(t *testing.T) {
	needsChartTools(t)
	if os.Getuid() != 0 {
		t.Skip("only root may change the root directory")
	}
	if !strings.Contains(read(t, "Dockerfile"), "USER 65532:65532") {
		t.Error("the image's user is another")
	}
	root := t.TempDir()
	for dir := root; dir != "/"; dir = filepath.Dir(dir) {
		if strings.HasPrefix(dir, os.TempDir()+"/") {
			os.Chmod(dir, 0o755) // others may pass
		}
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", filepath.Join(root, "sitrep"), "../cmd/sitrep")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	sitrep := func(stdin []byte, args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), "/sitrep", args...)
		cmd.Dir, cmd.Env = "/", []string{"SITREP_START_TIMEOUT=500ms"}
		cmd.Stdin = bytes.NewReader(stdin)
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := sitrep(samples.All()[0].Raw, "extract", "-"); err != nil || !strings.Contains(out, `"event_id"`) {
		t.Errorf("extract: %v\n%s", err, out)
	}
	out, err := sitrep(nil, "run", "--brokers", "127.0.0.1:1", "--health-listen", freeAddress(t))
	if err == nil || !strings.Contains(out, "health is served") || !strings.Contains(out, "cannot reach Kafka") {
		t.Errorf("run: %v\n%s", err, out)
	}
}
