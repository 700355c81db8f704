package backfill

import "sitrep/pipeline"

// amend returns b with tombstones for what stands in the topics of its articles and
// is not found any more, and without the records of articles of which something
// newer stands there; of these it tells how many. Nothing is retracted for dead
// letters: what could not be read is not known to be gone.
func (l *ledger) amend(b pipeline.Batch) (_ pipeline.Batch, passed int) {
	var out []pipeline.Record
	for records := range groups(b.Records) {
		last := records[len(records)-1]
		article, ok := parseID(last.Key)
		if last.Stream != pipeline.Articles || !ok {
			out = append(out, records...)
			continue
		}
		was, from := l.standing(article), l.originOf(last.Headers)
		if l.passed(was) {
			passed++
			continue
		}
		now := standing{from: from, text: textOf(last.Value)}
		out = append(out, l.renamed(now, article, last.Headers)...)
		for _, r := range records[:len(records)-1] {
			if event, ok := parseID(r.Key); ok {
				now.events = append(now.events, event)
			}
		}
		out = append(out, tombstones(was.events, now.events, last.Headers)...)
		out = append(out, records...)
		l.pending[article], l.replaced[from] = now, article
	}
	b.Records = out
	return b, passed
}

// renamed returns tombstones for the article that a raw record became before, with
// its events, if it becomes another now. Its text must be the same: a file, or a
// topic that was made anew, may hold another article in the old one's place.
func (l *ledger) renamed(now standing, article id, headers []pipeline.Header) []pipeline.Record {
	before, ok := l.madeOf[now.from]
	if !ok || before == article || now.from.topic == 0 || now.text == 0 {
		return nil
	}
	was := l.standing(before)
	if was.from != now.from || was.text != now.text {
		return nil // another raw record became it since, or this one is another text
	}
	l.pending[before] = standing{}
	return append(tombstones(was.events, nil, headers), tombstone(pipeline.Articles, before, headers))
}

// groups yields the records of each raw record: the article's is the last of its.
func groups(records []pipeline.Record) func(yield func([]pipeline.Record) bool) {
	return func(yield func([]pipeline.Record) bool) {
		start := 0
		for i, r := range records {
			if r.Stream == pipeline.Events && i < len(records)-1 {
				continue
			}
			if !yield(records[start : i+1]) {
				return
			}
			start = i + 1
		}
	}
}

func tombstones(was, now []id, headers []pipeline.Header) (out []pipeline.Record) {
	found := make(map[id]bool, len(now))
	for _, event := range now {
		found[event] = true
	}
	for _, event := range was {
		if !found[event] {
			out = append(out, tombstone(pipeline.Events, event, headers))
		}
	}
	return out
}

// tombstone says that what stands under a key is retracted. Its headers are those
// of the record of the article that was read anew, with the id of what goes.
func tombstone(stream pipeline.Stream, x id, headers []pipeline.Header) pipeline.Record {
	kind := "sitrep.event.v1"
	if stream == pipeline.Articles {
		kind = "sitrep.article.v1"
	}
	r := pipeline.Record{Stream: stream, Key: x.key()}
	for _, h := range headers {
		switch h.Key {
		case "ce_id":
			r.Headers = append(r.Headers, pipeline.Header{Key: "sitrep_article_id", Value: h.Value})
			h.Value = x.key()
		case "ce_type":
			h.Value = []byte(kind)
		case "content-type":
			continue // there is no content
		}
		r.Headers = append(r.Headers, h)
	}
	return r
}

// settle keeps what the batch has made of its articles if it was committed, and
// forgets it if it was not, or if nobody knows: then it is found in the topics.
func (l *ledger) settle(committed bool) {
	if committed {
		for article, s := range l.pending {
			for _, e := range s.events {
				delete(l.gone, e)
			}
			l.articles[article] = s
		}
		for from, article := range l.replaced {
			l.madeOf[from] = article
		}
	}
	clear(l.pending)
	clear(l.replaced)
}

func isTombstone(r pipeline.Record) bool { return r.Value == nil && r.Stream != pipeline.DeadLetters }
