package deadletters

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// A lane is the letters of one partition while they are sent: the pipeline.Source and
// the pipeline.Sink of one Pool.Run.
type lane struct {
	*running
	working context.Context // done when work that has begun must be given up
	route   *route
	tried   bool     // articles are tried in a process beside before they are extracted
	letters []Letter // to be sent
	src     *kafka.Range
	raws    []pipeline.Raw // read from it, and not yet looked at
	ended   bool

	mu   sync.Mutex
	work []sending // between Read and Commit, oldest first
}

// sending is one article on its way.
type sending struct {
	letter    Letter
	article   pipeline.Raw
	topic     string
	partition int
}

func (l *lane) run(ctx context.Context, pool *pipeline.Pool) error {
	c := l.Config
	c.MaxBatch = batchLetters
	switch {
	case l.tried: // what was tried is soon durable
		c.MaxBatch = 1
	case l.Rate > 0:
		c.MaxBatch = max(1, min(batchLetters, int(l.Rate/2)))
	}
	first, last := l.letters[0].At, l.letters[len(l.letters)-1].At
	l.src = kafka.OpenRange(c, kafka.Span{Topic: first.Topic, Partition: first.Partition, From: first.Offset, End: last.Offset + 1}, first.Offset)
	defer l.src.Close()
	if err := pool.Run(ctx, l, l); err != nil {
		return err
	}
	if !l.ended {
		return ctx.Err()
	}
	return nil
}

// Read returns the next articles to be sent.
func (l *lane) Read(ctx context.Context) ([]pipeline.Raw, error) {
	for {
		if len(l.raws) == 0 {
			raws, err := l.src.Read(ctx)
			if err != nil {
				l.ended = errors.Is(err, io.EOF)
				return nil, err
			}
			l.raws = raws
		}
		work, err := l.choose(ctx)
		if err != nil {
			return nil, err
		}
		if len(work) == 0 {
			continue
		}
		if err := l.pace.Wait(ctx, len(work)); err != nil {
			return nil, err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.work = append(l.work, work...)
		articles := make([]pipeline.Raw, len(work))
		for i := range work {
			articles[i] = work[i].article
		}
		return articles, nil
	}
}

// choose returns the articles of the next letters that are to be sent. What was cut is
// as large as any when it is whole, so that few of those are taken at once.
func (l *lane) choose(ctx context.Context) ([]sending, error) {
	var work []sending
	for size := 0; len(l.raws) > 0 && size < batchBytes; {
		raw := l.raws[0]
		l.raws = l.raws[1:]
		for len(l.letters) > 0 && l.letters[0].At.Offset < raw.Offset { // retention was faster
			l.letters = l.letters[1:]
		}
		if len(l.letters) == 0 || l.letters[0].At.Offset != raw.Offset {
			continue
		}
		s := sending{letter: l.letters[0], article: Article(raw)}
		l.letters = l.letters[1:]
		why, err := l.complete(ctx, &s)
		if err != nil {
			return nil, err
		}
		if why != "" {
			if l.Left != nil {
				l.Left(Refusal{s.letter, why})
			}
			continue
		}
		work = append(work, s)
		size += len(s.article.Value)
	}
	return work, nil
}

// complete makes s ready to be sent, or tells why it cannot be.
func (l *lane) complete(ctx context.Context, s *sending) (why string, err error) {
	if s.letter.Cut() {
		if why, err = l.whole(ctx, s); why != "" || err != nil {
			return why, err
		}
	}
	s.article = again(s.article)
	s.topic, s.partition, why = l.route.target(&s.letter, s.article.Key)
	if l.Extract != nil && l.Config.Probe != nil && (l.tried || s.letter.Reason == pipeline.ReasonDeadly) {
		s.article.Deadly, err = l.Config.Probe(ctx, s.article)
	}
	return why, err
}

// whole fetches the article of a letter that holds its head only.
func (l *lane) whole(ctx context.Context, s *sending) (why string, err error) {
	raw, found, err := Fetch(ctx, l.Config, s.letter.From)
	if err != nil {
		return "", err
	}
	if sum := sha256.Sum256(raw.Value); !found || hex.EncodeToString(sum[:]) != s.letter.SHA256 {
		return goneFrom(&s.letter), nil
	}
	s.article = raw
	return "", nil
}

func goneFrom(l *Letter) string {
	return fmt.Sprintf("it holds %d of %d bytes, and the rest is at %s no more", l.Size, l.Original, Place(l.From))
}

// Commit makes durable what was sent, and the notes on it.
func (l *lane) Commit(_ context.Context, b pipeline.Batch) error {
	work := l.pop(b.Raw)
	var placed []kafka.Placed
	tally := Tally{Sent: len(work)}
	for _, rec := range b.Records {
		placed = append(placed, l.pub.Place(rec, b.Last.Partition))
		switch rec.Stream {
		case pipeline.Events:
			tally.Events++
		case pipeline.DeadLetters:
			tally.Dead++
		}
	}
	for _, s := range work {
		to := s.topic
		if l.Extract == nil {
			a := s.article
			placed = append(placed, kafka.Placed{Topic: s.topic, Partition: s.partition, Record: pipeline.Record{Key: a.Key, Value: a.Value, Headers: a.Headers}})
			to = fmt.Sprintf("%s/%d", s.topic, s.partition)
		}
		placed = append(placed, l.placed(Note{Run: l.id, Letter: &s.letter.At.Offset, To: to}, s.letter.At.Partition))
	}
	if err := l.pub.Publish(l.working, placed); err != nil {
		return err
	}
	l.sent += len(work)
	if l.Sent != nil {
		l.Sent(tally)
	}
	return nil
}

func (l *lane) pop(n int) []sending {
	l.mu.Lock()
	defer l.mu.Unlock()
	done := l.work[:n:n]
	l.work = l.work[n:]
	return done
}
