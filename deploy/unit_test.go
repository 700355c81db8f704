package deploy

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestTheUnitIsValidAndHardened(t *testing.T) {
	needs(t, "systemd-analyze", "systemd")
	unit := read(t, "sitrep.service")
	analyze := func(t *testing.T, unit string, args ...string) string {
		t.Helper()
		// The program need not be installed.
		unit = strings.Replace(unit, "/usr/local/bin/sitrep", "/bin/true", 1)
		file := filepath.Join(t.TempDir(), "sitrep.service")
		if err := os.WriteFile(file, []byte(unit), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), "systemd-analyze", append(args, file)...).CombinedOutput()
		if err != nil {
			t.Logf("%s", out)
			return err.Error()
		}
		return string(out)
	}
	if said := analyze(t, unit, "verify", "--man=no"); said != "" {
		t.Errorf("verify: %s", said)
	}
	if said := analyze(t, strings.Replace(unit, "OOMPolicy", "OOMPolice", 1), "verify", "--man=no"); !strings.Contains(said, "OOMPolice") {
		t.Errorf("a wrong name passes: %q", said)
	}
	// In tenths, of 10 at most; a service that says nothing of it has 9.6.
	if said := analyze(t, unit, "security", "--offline=yes", "--threshold=15"); strings.Contains(said, "exit status") {
		t.Errorf("security: %s", said)
	}
}

// systemd kills nobody who would still finish.
func TestTheUnitWaitsForTheEnd(t *testing.T) {
	m := regexp.MustCompile(`(?m)^TimeoutStopSec=(\d+)$`).FindStringSubmatch(read(t, "sitrep.service"))
	if m == nil {
		t.Fatal("no TimeoutStopSec")
	}
	if limit, err := time.ParseDuration(m[1] + "s"); err != nil || limit < stopLimit(t)+5*time.Second {
		t.Errorf("TimeoutStopSec=%s, and work may take %v", m[1], stopLimit(t))
	}
}
