package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/spf13/pflag"

	"sitrep/pipeline/kafka"
)

// security is how brokers know us, and we them.
type security struct {
	tls                                   bool
	ca, cert, key                         string
	mechanism, username, passwordFromFile string
}

func (s *security) flags(f *pflag.FlagSet) {
	f.BoolVar(&s.tls, "tls", false, "encrypt the connection")
	f.StringVar(&s.ca, "tls-ca-file", "", "PEM file of the authorities to trust (default: the system's)")
	f.StringVar(&s.cert, "tls-cert-file", "", "PEM file of our certificate, where brokers ask for one")
	f.StringVar(&s.key, "tls-key-file", "", "PEM file of its key")
	f.StringVar(&s.mechanism, "sasl-mechanism", "", "plain, scram-sha-256 or scram-sha-512")
	f.StringVar(&s.username, "sasl-username", "", "user name; the password is in SITREP_SASL_PASSWORD or a file")
	f.StringVar(&s.passwordFromFile, "sasl-password-file", "", "file of the password")
}

// apply sets how c connects, or says all that is wrong with it. password is that of
// the environment.
func (s *security) apply(c *kafka.Config, password string) error {
	var wrong [3]error
	c.TLS, wrong[0] = s.encryption()
	if password, wrong[1] = secret(password, "SITREP_SASL_PASSWORD", s.passwordFromFile, "--sasl-password-file"); wrong[1] == nil {
		c.SASL, wrong[2] = s.authentication(password)
	}
	if err := errors.Join(wrong[:]...); err != nil {
		return exitError{exitUsage, err}
	}
	return nil
}

func (s *security) encryption() (*tls.Config, error) {
	switch {
	case !s.tls && s.ca+s.cert+s.key != "":
		return nil, errors.New("--tls-ca-file, --tls-cert-file and --tls-key-file have no meaning without --tls")
	case !s.tls:
		return nil, nil
	case (s.cert == "") != (s.key == ""):
		return nil, errors.New("--tls-cert-file and --tls-key-file want each other")
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.ca != "" {
		pem, err := os.ReadFile(s.ca)
		if err != nil {
			return nil, fmt.Errorf("--tls-ca-file: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("--tls-ca-file: no certificate in %s", s.ca)
		}
	}
	if s.cert != "" {
		pair, err := tls.LoadX509KeyPair(s.cert, s.key)
		if err != nil {
			return nil, fmt.Errorf("--tls-cert-file, --tls-key-file: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}

func (s *security) authentication(password string) (sasl.Mechanism, error) {
	switch {
	case s.mechanism == "" && s.username != "":
		return nil, errors.New("--sasl-username wants --sasl-mechanism")
	case s.mechanism == "":
		return nil, nil
	case s.username == "" || password == "":
		return nil, errors.New("--sasl-mechanism wants --sasl-username and a password: SITREP_SASL_PASSWORD or --sasl-password-file")
	}
	switch s.mechanism {
	case "plain":
		return plain.Mechanism{Username: s.username, Password: password}, nil
	case "scram-sha-256":
		return scram.Mechanism(scram.SHA256, s.username, password)
	case "scram-sha-512":
		return scram.Mechanism(scram.SHA512, s.username, password)
	}
	return nil, fmt.Errorf("--sasl-mechanism %q: want plain, scram-sha-256 or scram-sha-512", s.mechanism)
}

// secret returns the one that an environment variable or a file holds, without
// the line end that editors put behind it.
func secret(value, variable, file, flag string) (string, error) {
	switch {
	case file == "":
		return value, nil
	case value != "":
		return "", fmt.Errorf("%s and %s are both given", variable, flag)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", flag, err)
	}
	value = strings.TrimRight(string(data), "\r\n")
	if value == "" {
		return "", fmt.Errorf("%s: %s is empty", flag, file)
	}
	return value, nil
}
