package main

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/registry"
)

// registryFlags say where a schema registry is.
type registryFlags struct {
	urls                       []string
	username, passwordFromFile string

	password string             // once open
	registry *registry.Registry // likewise; nil without an address
}

const registryPassword = "SITREP_SCHEMA_REGISTRY_PASSWORD"

func (r *registryFlags) flags(f *pflag.FlagSet, purpose string) {
	f.StringSliceVar(&r.urls, "schema-registry", nil, "addresses of a schema registry, "+purpose)
	f.StringVar(&r.username, "schema-registry-username", "", "user name; the password is in "+registryPassword+" or a file")
	f.StringVar(&r.passwordFromFile, "schema-registry-password-file", "", "file of the password")
}

// open checks the flags; nobody is asked yet. password is that of the environment.
func (r *registryFlags) open(password string) error {
	if len(r.urls) == 0 {
		if r.username != "" {
			return usage("--schema-registry-username wants --schema-registry")
		}
		return nil
	}
	for _, address := range r.urls {
		if strings.Contains(address, "@") { // also where it is no URL: user:password@host:8081
			return usage("--schema-registry: a user and password do not stand in an address: --schema-registry-username, --schema-registry-password-file")
		}
	}
	password, err := secret(password, registryPassword, r.passwordFromFile, "--schema-registry-password-file")
	if err != nil {
		return exitError{exitUsage, err}
	}
	r.password = password
	if r.registry, err = registry.New(r.urls, r.username, password); err != nil {
		return usage("--schema-registry: %w", err)
	}
	return nil
}

// apply opens the registry and lets schemas be fetched before articles are decoded
// by them.
func (r *registryFlags) apply(c *kafka.Config, d *article.Decoder, password string) error {
	if err := r.open(password); err != nil || r.registry == nil {
		return err
	}
	c.Prepare, d.Schemas = r.registry.Prepare, r.registry
	return nil
}

// can tells whether values can be written in a format.
func (r *registryFlags) can(format string) error {
	switch {
	case format == "json":
		return nil
	case format != "avro" && format != "json-schema":
		return usage("--value-format %q: want json, avro or json-schema", format)
	case r.registry == nil:
		return usage("--value-format %s wants --schema-registry", format)
	}
	return nil
}

// encoded returns process with the values of its records in a format, whose schemas
// are registered first.
func (r *registryFlags) encoded(ctx context.Context, format string, c *kafka.Config, limits pipeline.Limits, process func(pipeline.Raw) []pipeline.Record) (func(pipeline.Raw) []pipeline.Record, error) {
	if err := r.can(format); err != nil || format == "json" {
		return process, err
	}
	encoder, err := r.registry.Encoder(ctx, format, c.Topics.Events, c.Topics.Articles)
	if err != nil {
		return nil, err
	}
	return func(raw pipeline.Raw) []pipeline.Record {
		return pipeline.Guard(raw, limits, func(raw pipeline.Raw) ([]pipeline.Record, error) {
			records := process(raw)
			if err := encoder.Encode(records); err != nil {
				panic(err) // a fault of ours, which is to become a dead letter that says so
			}
			return records, nil
		})
	}, nil
}

func valueFormat(f *pflag.FlagSet, format *string) {
	f.StringVar(format, "value-format", "json", "how events and articles are written: json, or with --schema-registry avro or json-schema in Confluent's wire format")
}
