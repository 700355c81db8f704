package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"sitrep/pipeline/article"
)

// decodeFlags are those that say how raw articles are decoded.
func decodeFlags(f *pflag.FlagSet, d *article.Decoder) {
	d.Limits = article.DefaultLimits
	f.Var(mappingFlag{&d.Mapping}, "mapping", "where a field stands in records, as title=data.headline.main, or a YAML file of such (repeatable)")
	f.IntVar(&d.Limits.Unpacked, "max-unpacked-bytes", d.Limits.Unpacked, "articles that are larger after decompression become dead letters")
	f.IntVar(&d.Limits.Depth, "max-depth", d.Limits.Depth, "articles with more values or elements one inside the other become dead letters")
	f.IntVar(&d.Limits.Elements, "max-elements", d.Limits.Elements, "articles with more values or elements become dead letters")
}

// A mappingFlag sets fields of a mapping: one, or those that a file names.
type mappingFlag struct{ *article.Mapping }

func (m mappingFlag) String() string {
	if m.Mapping == nil { // pflag asks a zero value for its text
		return ""
	}
	return m.Mapping.String()
}

func (m mappingFlag) Type() string { return "field=path|file" }

// Entries makes it a map in a file of settings.
func (m mappingFlag) Entries() map[string]string {
	entries := map[string]string{}
	if m.Mapping != nil {
		for f, path := range m.Mapping {
			if path != "" {
				entries[article.Field(f).String()] = path
			}
		}
	}
	return entries
}

func (m mappingFlag) Set(s string) error {
	if field, path, found := strings.Cut(s, "="); found {
		return m.Mapping.Set(field, path)
	}
	f, err := os.Open(s)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := readMapping(f, m.Mapping); err != nil {
		return fmt.Errorf("%s: %w", s, err)
	}
	return nil
}

// readMapping reads a file of YAML: fields and their paths, alone or under the key
// mapping, as they will stand in a file of configuration.
func readMapping(r io.Reader, into *article.Mapping) error {
	var doc yaml.Node
	if err := yaml.NewDecoder(r).Decode(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return err
	}
	fields := doc.Content[0]
	if fields.Kind == yaml.MappingNode && len(fields.Content) == 2 && fields.Content[0].Value == "mapping" {
		fields = fields.Content[1]
	}
	if fields.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: want lines as title: data.headline.main", fields.Line)
	}
	for i := 0; i < len(fields.Content); i += 2 {
		name, path := fields.Content[i], fields.Content[i+1]
		if path.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: field %s: want a path", path.Line, name.Value)
		}
		if err := into.Set(name.Value, path.Value); err != nil {
			return fmt.Errorf("line %d: %w", name.Line, err)
		}
	}
	return nil
}
