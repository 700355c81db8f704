package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"

	"golang.org/x/term"
)

// A screen is what people read. On a terminal its last line shows how things stand,
// and whatever is written comes above it.
type screen struct {
	terminal bool

	mu   sync.Mutex
	w    io.Writer
	line string
}

func newScreen(w io.Writer) *screen {
	f, ok := w.(*os.File)
	return &screen{w: w, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// clearLine takes what stands on a terminal's line away.
const clearLine = "\r\x1b[K"

// Write writes whole lines.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line == "" {
		return s.w.Write(p)
	}
	_, err := fmt.Fprintf(s.w, "%s%s%s", clearLine, p, s.line)
	return len(p), err
}

// show makes text the last line.
func (s *screen) show(text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != text {
		fmt.Fprint(s.w, clearLine, text)
	}
	s.line = text
}

// logger writes for people on a terminal and for machines elsewhere.
func (s *screen) logger() *slog.Logger {
	if s.terminal {
		return slog.New(slog.NewTextHandler(s, nil))
	}
	return slog.New(slog.NewJSONHandler(s, nil))
}
