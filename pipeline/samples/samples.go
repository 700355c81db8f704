// Package samples holds news articles written for sitrep, in the shapes that
// newsrooms send: for the demo and for tests. The events in them are invented.
package samples

import (
	"embed"
	"path"
)

//go:embed articles
var files embed.FS

// A Sample is an article as it would arrive.
type Sample struct {
	Name string // of its file
	Raw  []byte
}

// All returns the samples in the order of their names.
func All() []Sample {
	entries, err := files.ReadDir("articles")
	if err != nil {
		panic(err) // embedded
	}
	var out []Sample
	for _, e := range entries {
		raw, err := files.ReadFile(path.Join("articles", e.Name()))
		if err != nil {
			panic(err) // embedded
		}
		out = append(out, Sample{e.Name(), raw})
	}
	return out
}
