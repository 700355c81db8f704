//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// runAsNobody runs cmd as a user who cannot read the directory closed.
func runAsNobody(t *testing.T, cmd *exec.Cmd, closed string) {
	t.Helper()
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		// Directories of a test belong to root alone.
		for dir := filepath.Dir(closed); dir != os.TempDir() && dir != "/"; dir = filepath.Dir(dir) {
			os.Chmod(dir, 0o755)
		}
		out := cmd.Args[len(cmd.Args)-2]
		os.Mkdir(out, 0o777)
		os.Chmod(filepath.Dir(out), 0o755)
		os.Chown(out, nobody, nobody)
	} else if err := os.Chmod(closed, 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(closed, 0o700)
	cmd.Run()
}
