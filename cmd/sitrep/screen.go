package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"time"

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

// How often progress is shown.
const (
	everyLive = time.Second / 2 // on a terminal
	everyLine = 30 * time.Second
)

// often returns how often progress is shown, here or to machines that read lines.
func (s *screen) often(machines bool) time.Duration {
	if s.terminal && !machines {
		return everyLive
	}
	return everyLine
}

// again calls show now and then until the function it returns is called, which takes
// the last line away.
func (s *screen) again(machines bool, show func()) (stop func()) {
	quit, ended := make(chan bool), make(chan bool)
	go func() {
		defer close(ended)
		defer s.show("")
		t := time.NewTicker(s.often(machines))
		defer t.Stop()
		for {
			select {
			case <-quit:
				return
			case <-t.C:
				show()
			}
		}
	}()
	return func() { close(quit); <-ended }
}

// writeObject writes v, which is of a kind, as a line for machines.
func writeObject(w io.Writer, kind string, v map[string]any) {
	v["kind"] = kind
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and numbers
	}
	fmt.Fprintf(w, "%s\n", data)
}

// logger writes for people on a terminal and for machines elsewhere.
func (s *screen) logger() *slog.Logger {
	if s.terminal {
		return slog.New(slog.NewTextHandler(s, nil))
	}
	return slog.New(slog.NewJSONHandler(s, nil))
}
