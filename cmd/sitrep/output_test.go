package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestOutputStandsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "events.csv"), filepath.Join(dir, "latest.csv")
	if err := os.WriteFile(file, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	is := func(want string) {
		t.Helper()
		data, _ := os.ReadFile(file)
		info, err := os.Lstat(link)
		entries, _ := os.ReadDir(dir)
		if string(data) != want || err != nil || info.Mode().Type() != os.ModeSymlink || len(entries) != 2 {
			t.Errorf("%q, %v, %v", data, err, entries)
		}
	}
	broken := errors.New("broken")
	err := writeOutput(nil, file, func(w io.Writer) error {
		w.Write(bytes.Repeat([]byte("half"), 1<<20))
		return broken
	})
	if !errors.Is(err, broken) {
		t.Error(err)
	}
	is("before")
	after := func(w io.Writer) error { _, err := io.WriteString(w, "after"); return err }
	if err := writeOutput(nil, link, after); err != nil {
		t.Error(err)
	}
	is("after")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if err := writeOutput(nil, os.DevNull, after); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Errorf("%s was replaced: %v, %v", os.DevNull, info.Mode(), err)
	}
}
