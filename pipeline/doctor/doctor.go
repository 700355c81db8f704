// Package doctor looks at a Kafka cluster as the service would see it, and says of
// each thing that the service needs whether it is right, and if not why, and what
// mends it. It changes nothing: it only sends requests that ask, or such as no broker
// can carry out, whose refusal tells what is allowed.
package doctor

import (
	"context"
	"fmt"
	"time"

	"sitrep/pipeline/kafka"
)

// A Level is how well something is.
type Level string

// The levels of findings.
const (
	OK      Level = "ok"
	Unknown Level = "unknown" // it cannot be looked at; the service does not need that
	Warning Level = "warning" // the service works, but an operator may not want it so
	Failed  Level = "failed"  // the service will not work, or its records will not mean what is promised
)

// A Finding is what is said of one thing.
type Finding struct {
	Check string `json:"check"` // what was looked at: broker, tls, topic…
	About string `json:"about"` // which one
	Level Level  `json:"level"`
	Says  string `json:"says"`          // how it is; if not well, the cause
	Fix   string `json:"fix,omitempty"` // what to do, or a command that does it
}

// Error makes a Finding the error that it tells of.
func (f Finding) Error() string { return f.Check + " " + f.About + ": " + f.Says + ": " + f.Fix }

// A Config says what the service would be told.
type Config struct {
	Kafka      kafka.Config
	MaxArticle int    // bytes of the largest article
	Username   string // of SASL

	Wait time.Duration // for a connection and for each answer; 0: 5 s

	Registry                           []string // addresses, if there is one
	RegistryUsername, RegistryPassword string
}

// A doctor is one visit.
type doctor struct {
	Config
	tell    func(Finding)
	links   map[string]*link // open connections, by address
	refused map[string]error // and why there is none

	cluster cluster
	member  bool // we may use the group
}

func newDoctor(c Config, tell func(Finding)) *doctor {
	if c.Wait == 0 {
		c.Wait = 5 * time.Second
	}
	return &doctor{Config: c, tell: tell, links: map[string]*link{}, refused: map[string]error{}}
}

// Examine looks at everything and tells each finding as it comes. It goes on as far
// as it can get.
func Examine(ctx context.Context, c Config, tell func(Finding)) {
	d := newDoctor(c, tell)
	defer d.close()
	if d.brokers(ctx) {
		d.versions()
		topics := d.topics()
		d.permissions(topics)
		d.sessions()
		d.group(ctx, topics)
		d.transactions(ctx, topics)
		d.clock()
	}
	if len(c.Registry) > 0 {
		d.registry(ctx)
	}
}

// ExamineTopics looks at the brokers and the topics alone.
func ExamineTopics(ctx context.Context, c Config, tell func(Finding)) {
	d := newDoctor(c, tell)
	defer d.close()
	if d.brokers(ctx) {
		d.topics()
	}
}

func (d *doctor) close() {
	for _, l := range d.links {
		l.Close()
	}
}

func (d *doctor) ok(check, about, format string, args ...any) {
	d.tell(Finding{check, about, OK, fmt.Sprintf(format, args...), ""})
}

func (d *doctor) warn(check, about, fix, format string, args ...any) {
	d.tell(Finding{check, about, Warning, fmt.Sprintf(format, args...), fix})
}

func (d *doctor) unknown(check, about, fix, format string, args ...any) {
	d.tell(Finding{check, about, Unknown, fmt.Sprintf(format, args...), fix})
}

func (d *doctor) fail(check, about, fix, format string, args ...any) {
	d.tell(Finding{check, about, Failed, fmt.Sprintf(format, args...), fix})
}
