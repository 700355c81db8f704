package main

import (
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/pflag"

	"sitrep/pipeline/guard"
)

// listenFlags say where articles and events are served, and to whom.
type listenFlags struct {
	address, tokenFile string
	hosts              []string
}

const listenToken = "SITREP_LISTEN_TOKEN"

func (l *listenFlags) flags(f *pflag.FlagSet, address, what string) {
	f.StringVar(&l.address, "listen", address, "`address` of "+what+"; a port alone is on 127.0.0.1, any other address wants a token")
	f.StringSliceVar(&l.hosts, "listen-host", nil, "names that it may be asked for by, beside localhost and its addresses")
	f.StringVar(&l.tokenFile, "listen-token-file", "", "file of the token that clients must show; it may also be in "+listenToken)
}

// open listens, as the flags and the token in the environment say.
func (l *listenFlags) open(token string, maxBody int64, log *slog.Logger) (*guard.Server, error) {
	token, err := secret(token, listenToken, l.tokenFile, "--listen-token-file")
	if err != nil {
		return nil, exitError{exitUsage, err}
	}
	s, err := guard.Listen(guard.Options{Listen: l.address, Hosts: l.hosts, Token: token, MaxBody: maxBody, Logger: log})
	switch {
	case errors.Is(err, guard.ErrToken):
		return nil, usage("--listen: %w: put one into %s or a file, --listen-token-file (openssl rand -hex 32)", err, listenToken)
	case err != nil:
		return nil, fmt.Errorf("--listen: %w", err)
	}
	return s, nil
}
