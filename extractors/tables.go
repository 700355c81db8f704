package extractors

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"sync"
)

// tables are what the extractors look words up in. Each has its own by itself; here
// they stand together, so that a new one cannot be forgotten. The linker keeps one
// copy.
//
//go:embed */*.tsv text/small.txt
var tables embed.FS

// TablesSHA256 returns the hash, in hex, of all tables that are built in: two builds
// that differ in a row differ in it. The weights of models have hashes of their own.
var TablesSHA256 = sync.OnceValue(func() string {
	h := sha256.New()
	err := fs.WalkDir(tables, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tables, path)
		fmt.Fprintf(h, "%s %d\n%s", path, len(data), data)
		return err
	})
	if err != nil {
		panic(err) // they are in memory
	}
	return hex.EncodeToString(h.Sum(nil))
})
