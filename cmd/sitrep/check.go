package main

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

// check makes of the flags what a run needs, or says all that is wrong with them. It
// touches nothing but files of certificates and passwords.
func (s *service) check() error {
	wrong := []error{
		checkBrokers(s.config.Brokers),
		s.checkTopics(),
		s.security.apply(&s.config, os.Getenv("SITREP_SASL_PASSWORD")),
		s.checkStart(),
		s.checkLimits(),
		checkListen("--health-listen", s.health.address),
		s.listen.check(os.Getenv(listenToken)),
		s.schemas.apply(&s.config, &s.decoder, os.Getenv(registryPassword)),
		s.schemas.can(s.format),
	}
	s.config.MaxMessageBytes = s.limits.OutputBytes()
	if err := errors.Join(wrong...); err != nil {
		return exitError{exitUsage, err}
	}
	return nil
}

var errNoBrokers = errors.New("no brokers: give --brokers host:port,… or SITREP_BROKERS")

func checkBrokers(addrs []string) error {
	if len(addrs) == 0 {
		return errNoBrokers
	}
	var wrong []error
	for _, addr := range addrs {
		host, port, err := net.SplitHostPort(addr)
		if n, bad := strconv.Atoi(port); err != nil || bad != nil || host == "" || n < 1 || n > 65535 {
			wrong = append(wrong, fmt.Errorf("--brokers: %q is not host:port", addr))
		}
	}
	return errors.Join(wrong...)
}

func (s *service) checkTopics() error {
	var wrong []error
	if s.config.Group == "" {
		wrong = append(wrong, errors.New("--group: no consumer group"))
	}
	t := s.config.Topics
	for _, topic := range []struct{ flag, name string }{
		{"--input", s.config.Input}, {"--events-topic", t.Events}, {"--articles-topic", t.Articles}, {"--deadletters-topic", t.DeadLetters},
	} {
		if err := kafka.CheckTopicName(topic.name); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", topic.flag, err))
		}
		if topic.flag != "--input" && topic.name == s.config.Input {
			wrong = append(wrong, fmt.Errorf("%s: %q is the input too: sitrep would read what it writes", topic.flag, topic.name))
		}
	}
	return errors.Join(wrong...)
}

func (s *service) checkStart() error {
	var wrong [2]error
	if s.config.From, wrong[0] = kafka.ParseStart(s.from); wrong[0] != nil {
		wrong[0] = fmt.Errorf("--from: %w", wrong[0])
	}
	if s.gone != "" {
		start, err := kafka.ParseStart(s.gone)
		if err != nil {
			wrong[1] = fmt.Errorf("--offset-gone: %w", err)
		}
		s.config.OffsetGone = &start
	}
	return errors.Join(wrong[:]...)
}

func (s *service) checkLimits() error {
	return errors.Join(
		atLeast("--max-batch", s.config.MaxBatch, 1),
		atLeast("--max-bytes", s.config.MaxBytes, 1),
		atLeast("--workers", s.workers, 1),
		atLeast("--create-topics", s.create, 0),
		checkArticles(s.limits),
		atLeast("--max-unpacked-bytes", s.decoder.Limits.Unpacked, 1),
		atLeast("--max-depth", s.decoder.Limits.Depth, 1),
		atLeast("--max-elements", s.decoder.Limits.Elements, 1),
		atLeast("--session-timeout", s.config.SessionTimeout, time.Millisecond),
		atLeast("--start-timeout", s.config.StartTimeout, time.Millisecond),
	)
}

func checkArticles(limits pipeline.Limits) error {
	return errors.Join(
		atLeast("--max-article-bytes", limits.Article, 1),
		atLeast("--max-article-time", limits.Time, time.Millisecond),
	)
}

func atLeast[T cmp.Ordered](flag string, value, least T) error {
	if value < least {
		return fmt.Errorf("%s %v: want %v or more", flag, value, least)
	}
	return nil
}

// checkListen looks at an address to listen at; "" is none, and a port alone is enough.
func checkListen(flag, addr string) error {
	if addr == "" {
		return nil
	}
	port := addr
	if strings.Contains(addr, ":") {
		var err error
		if _, port, err = net.SplitHostPort(addr); err != nil {
			return fmt.Errorf("%s: %q is neither a port nor host:port", flag, addr)
		}
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%s: %q is no port", flag, port)
	}
	return nil
}

// doubts are what a run would take, and an operator may not have meant. now is the time.
func (s *service) doubts(now time.Time) []string {
	var doubts []string
	add := func(here bool, format string, args ...any) {
		if here {
			doubts = append(doubts, fmt.Sprintf(format, args...))
		}
	}
	add(s.security.mechanism == "plain" && !s.security.tls, "--sasl-mechanism plain without --tls: the password crosses the network for all to read")
	add(len(s.config.Brokers) == 1, "--brokers names one broker: while it is away sitrep cannot start; name two or three where there are")
	add(s.config.AtLeastOnce, "--at-least-once: after a crash articles are published again, with the same keys")
	add(s.config.MaxBytes < int64(s.limits.Article), "--max-bytes is less than --max-article-bytes: one large article takes all the memory that is granted")
	add(s.config.SessionTimeout < 6*time.Second || s.config.SessionTimeout > 30*time.Minute,
		"--session-timeout %s: brokers take 6s to 30m unless they are told otherwise (group.min.session.timeout.ms, group.max.session.timeout.ms)", s.config.SessionTimeout)
	if t, err := time.Parse(time.RFC3339, s.from); err == nil {
		add(t.After(now), "--from %s is in the future: a new group would begin behind all articles", s.from)
	}
	for _, f := range []struct{ flag, file string }{
		{"--sasl-password-file", s.security.passwordFromFile}, {"--schema-registry-password-file", s.schemas.passwordFromFile},
		{"--tls-key-file", s.security.key}, {"--listen-token-file", s.listen.tokenFile},
	} {
		info, err := os.Stat(f.file)
		add(err == nil && info.Mode().Perm()&0o004 != 0, "%s: others can read %s: chmod 600 %s", f.flag, f.file, f.file)
	}
	return append(doubts, expiries(s.config.TLS, now)...)
}

// expiries tells of certificates of ours that are over, or soon will be.
func expiries(c *tls.Config, now time.Time) []string {
	const soon = 30 * 24 * time.Hour
	if c == nil {
		return nil
	}
	var doubts []string
	for _, pair := range c.Certificates {
		cert, err := x509.ParseCertificate(pair.Certificate[0])
		switch {
		case err != nil:
		case now.After(cert.NotAfter):
			doubts = append(doubts, fmt.Sprintf("--tls-cert-file: the certificate expired on %s", cert.NotAfter.Format(time.DateOnly)))
		case now.Add(soon).After(cert.NotAfter):
			doubts = append(doubts, fmt.Sprintf("--tls-cert-file: the certificate expires on %s", cert.NotAfter.Format(time.DateOnly)))
		}
	}
	return doubts
}
