package main

import (
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
)

// A service is all that `sitrep run` is told: the flags, and what is made of them.
type service struct {
	config     kafka.Config
	from, gone string
	create     int // partitions of topics to create
	workers    int
	health     healthFlags
	listen     listenFlags // of the page
	security   security
	schemas    registryFlags
	format     string // of values
	limits     pipeline.Limits
	decoder    article.Decoder
}

func newService() *service {
	return &service{
		config: kafka.Config{
			Group: "sitrep", Input: "articles.raw", Topics: kafka.DefaultTopics,
			MaxBatch: 1000, MaxBytes: 64 << 20, SessionTimeout: 10 * time.Second, StartTimeout: 10 * time.Second,
		},
		from:    "earliest",
		format:  "json",
		workers: runtime.GOMAXPROCS(0),
		limits:  pipeline.DefaultLimits,
		decoder: article.Decoder{Limits: article.DefaultLimits},
	}
}

// flags are all that run is told.
func (s *service) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	s.topicFlags(cmd)
	f.StringVar(&s.config.Group, "group", s.config.Group, "consumer group")
	f.StringVar(&s.from, "from", s.from, "where a new group begins: earliest, latest or a time")
	f.StringVar(&s.gone, "offset-gone", "", "where to go on when the group's offset is not in the topic any more: earliest, latest or a time")
	f.BoolVar(&s.config.AtLeastOnce, "at-least-once", false, "publish without transactions")
	f.IntVar(&s.config.MaxBatch, "max-batch", s.config.MaxBatch, "articles of a partition made durable together at most")
	f.DurationVar(&s.config.SessionTimeout, "session-timeout", s.config.SessionTimeout, "how long the group waits for a member that has fallen silent")
	f.Int64Var(&s.config.MaxBytes, "max-bytes", s.config.MaxBytes, "bytes of input in memory at once")
	f.IntVar(&s.create, "create-topics", 0, "first create the topics that do not exist, with `N` partitions")
	f.IntVar(&s.workers, "workers", s.workers, "articles extracted at once")
	s.health.flags(f)
	s.listen.flags(f, "", "the page, where people see events and dead letters and try texts (default: none)")
	s.schemas.flags(f, "for records in Avro or JSON Schema")
	valueFormat(f, &s.format)
	f.DurationVar(&s.limits.Time, "max-article-time", s.limits.Time, "articles that take longer become dead letters")
	decodeFlags(f, &s.decoder)
}

// topicFlags are those that say where the topics are and what fits into them.
func (s *service) topicFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringSliceVar(&s.config.Brokers, "brokers", nil, "host:port of brokers, comma separated")
	f.StringVar(&s.config.Input, "input", s.config.Input, "topic of raw articles")
	f.StringVar(&s.config.Topics.Events, "events-topic", s.config.Topics.Events, "topic of event records")
	f.StringVar(&s.config.Topics.Articles, "articles-topic", s.config.Topics.Articles, "topic of article records")
	f.StringVar(&s.config.Topics.DeadLetters, "deadletters-topic", s.config.Topics.DeadLetters, "topic of dead letters")
	f.DurationVar(&s.config.StartTimeout, "start-timeout", s.config.StartTimeout, "how long brokers and topics are waited for at the start")
	f.IntVar(&s.limits.Article, "max-article-bytes", s.limits.Article, "larger articles become dead letters")
	s.security.flags(f)
}
