package backfill

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"sitrep/pipeline"
)

// streamFiles are the outputs of a directory, by pipeline.Stream.
var streamFiles = [...]string{pipeline.Events: "events", pipeline.Articles: "articles", pipeline.DeadLetters: "deadletters"}

// ToDir writes records to files of a directory, one a line, and checkpoints to a
// file beside them that is replaced as a whole. What stands in the outputs behind
// the sizes of the checkpoint was never committed, and is cut off by Take.
type ToDir struct {
	dir, suffix string
	lock        *os.File
	outputs     [len(streamFiles)]*os.File
	saved       saved
}

// saved is what the checkpoint's file holds.
type saved struct {
	Sizes [len(streamFiles)]int64 `json:"sizes"`
	Parts map[string]savedPart    `json:"parts"`
}

type savedPart struct {
	Next int64 `json:"next"`
	Checkpoint
}

// OpenDir makes the directory if it is not there, and locks it for this process.
func OpenDir(dir string, shard Shard) (*ToDir, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	d := &ToDir{dir: dir, suffix: shard.suffix("-")}
	var err error
	if d.lock, err = os.OpenFile(d.path("checkpoint", ".lock"), os.O_CREATE|os.O_RDWR, 0o666); err != nil {
		return nil, err
	}
	if err := lockFile(d.lock); err != nil {
		d.lock.Close()
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrTaken, err)
	}
	return d, nil
}

func (d *ToDir) path(name, extension string) string {
	return filepath.Join(d.dir, name+d.suffix+extension)
}

// Take brings the outputs back to what the checkpoint says.
func (d *ToDir) Take(context.Context) error {
	d.closeOutputs()
	d.saved = saved{Parts: map[string]savedPart{}}
	data, err := os.ReadFile(d.path("checkpoint", ".json"))
	begun := err == nil
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(data, &d.saved); err != nil {
			return fmt.Errorf("%s: %w", d.path("checkpoint", ".json"), err)
		}
	}
	for i, name := range streamFiles {
		path := d.path(name, ".jsonl")
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
		if err != nil {
			return err
		}
		d.outputs[i] = f
		size, err := f.Seek(0, 2)
		if err != nil {
			return err
		}
		switch {
		case !begun && size > 0:
			return fmt.Errorf("%s is there already, and there is no checkpoint that it belongs to: give another directory", path)
		case size < d.saved.Sizes[i]:
			return fmt.Errorf("%s is shorter than its checkpoint says: %d bytes, not %d", path, size, d.saved.Sizes[i])
		}
		if err := f.Truncate(d.saved.Sizes[i]); err != nil {
			return err
		}
		if _, err := f.Seek(d.saved.Sizes[i], 0); err != nil {
			return err
		}
	}
	return nil
}

func partKey(p Part) string { return fmt.Sprintf("%s/%d", p.Topic, p.Partition) }

// Load returns the checkpoint of p.
func (d *ToDir) Load(_ context.Context, p Part) (Checkpoint, bool, error) {
	s, ok := d.saved.Parts[partKey(p)]
	s.Checkpoint.Next = s.Next
	return s.Checkpoint, ok, nil
}

// Commit appends the records of b, and when they are on the disk replaces the
// checkpoint.
func (d *ToDir) Commit(_ context.Context, b pipeline.Batch, p Part, c Checkpoint) error {
	var lines [len(streamFiles)][]byte
	for _, r := range b.Records {
		lines[r.Stream] = append(append(lines[r.Stream], line(r)...), '\n')
	}
	for i, data := range lines {
		if len(data) == 0 {
			continue
		}
		if _, err := d.outputs[i].Write(data); err != nil {
			return err
		}
		if err := d.outputs[i].Sync(); err != nil {
			return err
		}
		d.saved.Sizes[i] += int64(len(data))
	}
	d.saved.Parts[partKey(p)] = savedPart{c.Next, c}
	data, err := json.Marshal(d.saved)
	if err != nil {
		return err
	}
	return replace(d.path("checkpoint", ".json"), data)
}

// replace puts data in the place of a file, whole or not at all.
func replace(path string, data []byte) error {
	f, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// A deadLine is a dead letter as a line: its bytes need not be text.
type deadLine struct {
	Key     []byte            `json:"key_base64"`
	Value   []byte            `json:"value_base64"`
	Headers map[string]string `json:"headers"`
}

func line(r pipeline.Record) []byte {
	if r.Stream != pipeline.DeadLetters {
		return r.Value
	}
	d := deadLine{r.Key, r.Value, map[string]string{}}
	for _, h := range r.Headers {
		d.Headers[h.Key] = string(h.Value)
	}
	data, err := json.Marshal(d)
	if err != nil {
		panic(err) // strings and bytes
	}
	return data
}

// Passing is false: what a disk refuses it will refuse again.
func (d *ToDir) Passing(error) bool { return false }

func (d *ToDir) closeOutputs() {
	for i, f := range d.outputs {
		if f != nil {
			f.Close()
			d.outputs[i] = nil
		}
	}
}

// Close lets others take the directory.
func (d *ToDir) Close() {
	d.closeOutputs()
	d.lock.Close()
}
