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
	o, err := l.options(token)
	if err != nil {
		return nil, exitError{exitUsage, err}
	}
	o.MaxBody, o.Logger = maxBody, log
	s, err := guard.Listen(o)
	if errors.Is(err, guard.ErrToken) {
		return nil, exitError{exitUsage, refused(err)}
	}
	return s, refused(err)
}

// check says what is wrong with the flags, without a network; "" is no address.
func (l *listenFlags) check(token string) error {
	if l.address == "" {
		return nil
	}
	o, err := l.options(token)
	if err == nil {
		err = refused(o.Check())
	}
	return errors.Join(checkListen("--listen", l.address), err)
}

func (l *listenFlags) options(token string) (guard.Options, error) {
	token, err := secret(token, listenToken, l.tokenFile, "--listen-token-file")
	return guard.Options{Listen: l.address, Hosts: l.hosts, Token: token}, err
}

// refused says what a token is put into where one is wanted.
func refused(err error) error {
	switch {
	case errors.Is(err, guard.ErrToken):
		return fmt.Errorf("--listen: %w: put one into %s or a file, --listen-token-file (openssl rand -hex 32)", err, listenToken)
	case err != nil:
		return fmt.Errorf("--listen: %w", err)
	}
	return nil
}
