package main

import (
	"path/filepath"

	"sitrep/extractors/text"
)

// raw are the sets whose texts may be learned from, whatever they are annotated
// with: news and accounts of wars.
var raw = []struct{ file, licence string }{
	{"train/gmb.jsonl", "Groningen Meaning Bank: texts in the public domain, \"freely available for research purposes\"; the copy's own licence is not verified"},
	{"dev/wikiwars.jsonl", "CC BY-SA 3.0"},
	{"dev/isaf_events.jsonl", "public press releases"},
}

// rawSentences returns the sentences of these sets that no measured set has, each
// once, as a document.
func rawSentences(eval string) ([]*text.Document, error) {
	seen, err := measuredSentences(eval)
	if err != nil {
		return nil, err
	}
	var all []*text.Document
	for _, set := range raw {
		docs, err := read(filepath.Join(eval, set.file))
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			doc := text.Read("", d.Text)
			for _, s := range doc.Sentences {
				n := normal(doc.Slice(s.Span))
				if len(n) > 20 && !seen[n] && s.Last-s.First <= maxRaw {
					seen[n] = true
					all = append(all, text.Read("", doc.Slice(s.Span)))
				}
			}
		}
	}
	return all, nil
}

// maxRaw is the number of tokens of the longest sentence that is learned from
// without a tree.
const maxRaw = 50
