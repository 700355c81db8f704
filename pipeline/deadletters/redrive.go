package deadletters

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/pace"
)

// A Redrive sends the articles of letters again. An article and the note that it was
// sent are written in one transaction, so that a redrive that was killed goes on
// where it was. Where letters end for it is fixed when it begins and noted too: those
// that fail again are the next one's.
type Redrive struct {
	Config      kafka.Config // the letters are in its topic of dead letters
	Filter      Filter
	MaxAttempts int    // letters whose articles were sent so often are left alone
	To          string // topic for all articles; empty: each goes where it came from
	// Extract, if set, works on articles, and what it makes of them is published.
	Extract func(pipeline.Raw) []pipeline.Record
	Workers int     // of Extract
	Rate    float64 // articles a second; 0: as fast as it goes

	Planned func(*Plan)   // told of the plan before anything is sent
	Sent    func(Tally)   // told of what is durable
	Left    func(Refusal) // told of what could not be sent after all
	Logger  *slog.Logger
}

// A Tally counts articles that were sent and what came of them.
type Tally struct {
	Sent   int
	Events int // Extract made of them
	Dead   int // of them that Extract could not read again
}

const (
	// DefaultAttempts is how often an article is sent again unless somebody says more.
	DefaultAttempts = 3

	finishWithin = 20 * time.Second // for what has begun when a redrive is interrupted
	batchLetters = 100              // of one read
	batchBytes   = 1 << 20          // of their articles, more by one article at most
	tries        = 20               // in a row that bring nothing
	suspicious   = 3                // starts in vain: a letter may kill who works on it
)

// ErrTaken says that somebody else has begun a redrive.
var ErrTaken = errors.New("another redrive has taken over, or a transaction took more than a minute: nothing is lost, the same command goes on")

// What writes what was asked for: the same words go on with what they began.
func (r *Redrive) What() string {
	var words []string
	if r.Extract != nil {
		words = append(words, "--extract")
	}
	if r.To != "" {
		words = append(words, "--to "+r.To)
	}
	if r.MaxAttempts != DefaultAttempts {
		words = append(words, fmt.Sprintf("--max-attempts %d", r.MaxAttempts))
	}
	if f := r.Filter.String(); f != "" {
		words = append(words, f)
	}
	return strings.Join(words, " ")
}

// Preview returns the plan of Run, and disturbs nobody.
func (r *Redrive) Preview(ctx context.Context) (*Plan, error) {
	to, err := r.route(ctx)
	if err != nil {
		return nil, err
	}
	spans, err := Spans(ctx, r.Config, r.Config.Topics.DeadLetters, &Filter{})
	if err != nil {
		return nil, err
	}
	x, err := Read(ctx, r.Config, spans, &r.Filter)
	if err != nil {
		return nil, err
	}
	return r.plan(x, to, endsOf(spans)), ctx.Err()
}

// Run sends the letters that its plan names. When ctx is done it finishes what it has
// begun and returns the error of ctx.
func (r *Redrive) Run(ctx context.Context) error {
	pub, err := kafka.OpenPublisher(ctx, r.Config, "sitrep-redrive/"+r.Config.Topics.DeadLetters)
	if err != nil {
		return err
	}
	defer pub.Close()
	run := &running{Redrive: r, pub: pub, by: rand.Text()[:12], pace: pace.Pace{Rate: r.Rate}}
	wait := 100 * time.Millisecond
	for try := 0; ; try++ {
		before := run.sent
		err := run.attempt(ctx)
		switch {
		case kafka.Fenced(err):
			return fmt.Errorf("%w (%w)", ErrTaken, err)
		case err == nil, errors.Is(err, ErrTaken), !kafka.Passing(err), try >= tries:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case run.sent > before:
			try, wait = 0, 100*time.Millisecond
		}
		r.Logger.Warn("sending again failed, going on where it was", "error", err, "after", wait)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		wait = min(2*wait, 5*time.Second)
	}
}

// running is one process that redrives.
type running struct {
	*Redrive
	pub  *kafka.Publisher
	by   string // who we are in notes
	id   string // of the redrive that this process has begun or gone on with
	sent int
	pace pace.Pace

	begun bool // and noted it
}

// attempt shuts out who redrives now, reads what is left to do, and does it.
func (r *running) attempt(ctx context.Context) error {
	x, p, err := r.take(ctx)
	switch {
	case err != nil:
		return err
	case r.begun && x.owner != r.by: // it has read what we had not sent yet
		return ErrTaken
	case x.done(r.id):
		return nil
	}
	// Work that has begun is finished, but not for ever.
	working, giveUp := context.WithCancel(context.WithoutCancel(ctx))
	defer giveUp()
	defer context.AfterFunc(ctx, func() {
		select {
		case <-working.Done():
		case <-time.After(finishWithin):
			giveUp()
		}
	})()
	if r.id == "" && r.Planned != nil {
		r.Planned(p)
	}
	if r.id = p.run; r.id == "" {
		if len(p.Send) == 0 {
			return nil
		}
		r.id = rand.Text()[:12]
	}
	if err := r.note(working, Note{Run: r.id, By: r.by, What: p.What, Ends: p.ends, Left: len(p.Send)}); err != nil {
		return err
	}
	r.begun = true
	if err := r.send(ctx, working, p); err != nil {
		return err
	}
	return r.note(working, Note{Run: r.id, Done: true})
}

// take shuts out who redrives now, and plans. Most of the topic is read before, to learn
// where that one may have sent to; what it has written up to its end is read then.
func (r *running) take(ctx context.Context) (*Index, *Plan, error) {
	to, err := r.route(ctx)
	if err != nil {
		return nil, nil, err
	}
	topic := r.Config.Topics.DeadLetters
	before, err := Spans(ctx, r.Config, topic, &Filter{})
	if err != nil {
		return nil, nil, err
	}
	x := newIndexing(&r.Filter)
	if err := x.read(ctx, r.Config, before); err != nil {
		return nil, nil, err
	}
	if err := r.pub.Take(ctx, to.topicsOf(x.index())...); err != nil {
		return nil, nil, err
	}
	written, err := kafka.Written(ctx, r.Config, topic)
	if err != nil {
		return nil, nil, err
	}
	rest := slices.Clone(written)
	for i := range rest {
		if i < len(before) {
			rest[i].From = before[i].End
		}
	}
	if err := x.read(ctx, r.Config, rest); err != nil {
		return nil, nil, err
	}
	index := x.index()
	return index, r.plan(index, to, endsOf(written)), ctx.Err()
}

// note writes a note that is on no letter.
func (r *running) note(ctx context.Context, n Note) error {
	return r.pub.Publish(ctx, []kafka.Placed{r.placed(n, 0)})
}

func (r *running) placed(n Note, partition int) kafka.Placed {
	return kafka.Placed{Topic: r.Config.Topics.DeadLetters, Partition: partition, Record: n.record()}
}

// send sends what is planned, one partition of letters after the other.
func (r *running) send(ctx, working context.Context, p *Plan) error {
	process := r.Extract
	if process == nil {
		process = func(pipeline.Raw) []pipeline.Record { return nil }
	}
	pool := pipeline.NewPool(r.Workers, process)
	for todo := p.Send; len(todo) > 0; {
		n := 1
		for n < len(todo) && todo[n].At.Partition == todo[0].At.Partition {
			n++
		}
		l := &lane{running: r, working: working, route: p.route, tried: p.starts >= suspicious, letters: todo[:n]}
		if err := l.run(ctx, pool); err != nil {
			return err
		}
		todo = todo[n:]
	}
	return nil
}
