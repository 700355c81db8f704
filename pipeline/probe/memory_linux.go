package probe

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// bound lets this process have half of the memory that its cgroup may take: a record
// that takes more ends it, not everybody. Kubernetes (since 1.28, on cgroup v2) kills
// all processes of a container together when its memory runs out.
func bound() {
	self, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return
	}
	if limit := cgroupLimit("/sys/fs/cgroup", string(self)); limit > 0 {
		boundTo(limit / 2)
	}
}

// boundTo bounds the heap and the like: not the address space, of which Go reserves more
// than it uses.
func boundTo(bytes uint64) {
	syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes}) // of ourselves, and lower: always allowed
}

// cgroupLimit returns the least memory.max of the cgroup that self (/proc/self/cgroup)
// names and of those above it; 0 when there is none. Version 2 alone.
func cgroupLimit(root, self string) (least uint64) {
	for line := range strings.Lines(self) {
		path, ok := strings.CutPrefix(strings.TrimSpace(line), "0::")
		if !ok {
			continue
		}
		for path = filepath.Clean("/" + path); ; path = filepath.Dir(path) {
			text, err := os.ReadFile(filepath.Join(root, path, "memory.max"))
			if err == nil {
				n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
				if err == nil && (least == 0 || n < least) { // "max" is no number
					least = n
				}
			}
			if path == "/" {
				break
			}
		}
	}
	return least
}
