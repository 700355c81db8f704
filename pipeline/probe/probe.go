// Package probe tries raw records in a process beside this one, to learn which of
// them kill a process: by memory, or by a stack that no recovery mends. Only what
// dies by itself counts; that somebody kills this process tells nothing of a record.
package probe

import (
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"sitrep/pipeline"
)

// Deaths is after how many deaths a record counts as deadly.
const Deaths = 3

// idle is how long a process waits for the next record before it is ended.
const idle = 30 * time.Second

// What the process beside says.
const (
	ready    = 'r' // to be given records
	survived = 's' // of each record
)

// A Prober runs the process beside, when it is needed. It can be used by several
// goroutines, one of which is served at a time.
type Prober struct {
	command func() *exec.Cmd
	limit   time.Duration

	mu    sync.Mutex
	child *child
	rest  *time.Timer
}

// New returns a prober whose process is started by command, which must run Serve
// on its standard input and output. A record that takes longer than limit is taken
// to kill.
func New(command func() *exec.Cmd, limit time.Duration) *Prober {
	return &Prober{command: command, limit: limit}
}

// Kills reports whether every process that worked on raw died. An error says that
// this could not be found out.
func (p *Prober) Kills(ctx context.Context, raw pipeline.Raw) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.rest != nil {
		p.rest.Stop()
	}
	defer func() { p.rest = time.AfterFunc(idle, p.Close) }()
	for range Deaths {
		lives, err := p.try(ctx, raw)
		if lives || err != nil {
			return false, err
		}
	}
	// Whoever told us to stop may have told the process beside, too.
	return ctx.Err() == nil, ctx.Err()
}

// try gives raw to a process, and reports whether it lived through it.
func (p *Prober) try(ctx context.Context, raw pipeline.Raw) (bool, error) {
	if p.child == nil {
		c, err := start(p.command())
		if err != nil {
			return false, fmt.Errorf("start a process to try an article in: %w", err)
		}
		p.child = c
	}
	// What cannot be written was not read: the answer tells what came of it.
	go p.child.records.Encode(raw)
	answer := make(chan error, 1)
	go func(c *child) { answer <- c.hear(survived) }(p.child)
	timer := time.NewTimer(p.limit)
	defer timer.Stop()
	select {
	case err := <-answer:
		if err == nil {
			return true, nil
		}
	case <-timer.C:
	case <-ctx.Done():
		p.end()
		return false, ctx.Err()
	}
	p.end()
	return false, nil
}

// Close ends the process beside, if there is one.
func (p *Prober) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
}

func (p *Prober) end() {
	if p.child != nil {
		p.child.end()
		p.child = nil
	}
}

// A child is the process beside.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     io.Reader
	records *gob.Encoder
}

// start runs cmd and waits until it is ready.
func start(cmd *exec.Cmd) (*child, error) {
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	c := &child{cmd, in, out, gob.NewEncoder(in)}
	if err := c.hear(ready); err != nil {
		c.end()
		return nil, err
	}
	return c, nil
}

// hear waits for one word of the process.
func (c *child) hear(word byte) error {
	b := make([]byte, 1)
	if _, err := io.ReadFull(c.out, b); err != nil {
		return err
	}
	if b[0] != word {
		return fmt.Errorf("the process said %q, want %q", b, word)
	}
	return nil
}

func (c *child) end() {
	c.in.Close()
	c.cmd.Process.Kill()
	c.cmd.Wait()
}

// Serve works on the records that a Prober writes, until there are no more.
func Serve(in io.Reader, out io.Writer, work func(pipeline.Raw)) error {
	volunteer()
	bound()
	records := gob.NewDecoder(in)
	for word := byte(ready); ; word = survived {
		if _, err := out.Write([]byte{word}); err != nil {
			return err
		}
		var raw pipeline.Raw
		if err := records.Decode(&raw); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		work(raw)
	}
}

// volunteer asks Linux to end this process first when memory runs out, so that
// the one that tries records goes on.
func volunteer() {
	os.WriteFile("/proc/self/oom_score_adj", []byte("1000"), 0) // elsewhere there is no such file
}
