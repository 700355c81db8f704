//go:build unix

package backfill

import (
	"os"
	"syscall"
)

// lockFile holds f for this process; the lock dies with it.
func lockFile(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
