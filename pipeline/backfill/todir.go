package backfill

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Parts map[string]Checkpoint   `json:"parts"`
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
		return nil, fmt.Errorf("another process writes to %s: %w", dir, err)
	}
	return d, nil
}

func (d *ToDir) path(name, extension string) string {
	return filepath.Join(d.dir, name+d.suffix+extension)
}

// Take brings the outputs back to what the checkpoint says.
func (d *ToDir) Take(context.Context, []Part) error {
	begun, err := d.read()
	if err != nil {
		return err
	}
	d.closeOutputs()
	for i, name := range streamFiles {
		if d.outputs[i], err = openAt(d.path(name, ".jsonl"), d.saved.Sizes[i], begun); err != nil {
			return err
		}
	}
	return nil
}

// read reads the checkpoint, and tells whether there is one.
func (d *ToDir) read() (begun bool, err error) {
	d.saved = saved{Parts: map[string]Checkpoint{}}
	path := d.path("checkpoint", ".json")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(data, &d.saved); err != nil {
		return false, fmt.Errorf("%s: %w", path, err)
	}
	return true, nil
}

// openAt opens an output at a size, and cuts off what stands behind it. An output
// that no job has begun must be empty.
func openAt(path string, size int64, begun bool) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o666)
	if err != nil {
		return nil, err
	}
	end, err := f.Seek(0, io.SeekEnd)
	switch {
	case err != nil:
	case !begun && end > 0:
		err = fmt.Errorf("%s is there already, and there is no checkpoint that it belongs to: give another directory", path)
	case end < size:
		err = fmt.Errorf("%s is shorter than its checkpoint says: %d bytes, not %d", path, end, size)
	default:
		if err = f.Truncate(size); err == nil {
			_, err = f.Seek(size, io.SeekStart)
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func partKey(p Part) string { return fmt.Sprintf("%s/%d", p.Topic, p.Partition) }

// Load returns the checkpoint of p.
func (d *ToDir) Load(_ context.Context, p Part) (Checkpoint, bool, error) {
	c, ok := d.saved.Parts[partKey(p)]
	return c, ok, nil
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
	d.saved.Parts[partKey(p)] = c
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
