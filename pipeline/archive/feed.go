package archive

import (
	"fmt"
	"io"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
)

// maxFeed is how many times the limit of an article a feed may be long.
const maxFeed = 16

// items returns the items of a feed, all at once: none is read before the feed is.
func (f *file) items(limit int) ([]pipeline.Raw, error) {
	all, err := io.ReadAll(io.LimitReader(f.r, int64(limit)*maxFeed+1))
	if err != nil {
		return nil, err
	}
	if len(all) > limit*maxFeed {
		return nil, fmt.Errorf("a feed of more than %d bytes", limit*maxFeed)
	}
	items, err := article.SplitFeed(all, article.Limits{Unpacked: limit * maxFeed})
	var raws []pipeline.Raw
	for _, item := range items {
		f.at++
		raws = append(raws, f.raw(item))
	}
	if err == nil {
		err = io.EOF
	}
	return raws, err
}
