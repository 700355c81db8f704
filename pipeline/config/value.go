package config

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// A Map is the value of a flag that is set by key=value: in a file it is a map.
type Map interface {
	pflag.Value
	Entries() map[string]string
}

// assign looks whether the value of s fits flag, and sets it if set.
func (f *File) assign(flag *pflag.Flag, s setting, set bool) error {
	_, isMap := flag.Value.(Map)
	list, isList := flag.Value.(pflag.SliceValue)
	switch {
	case s.value.Kind == yaml.MappingNode && isMap:
		return f.assignMap(flag, s, set)
	case s.value.Kind == yaml.SequenceNode && isList:
		values, err := f.scalars(s)
		if err != nil || !set {
			return err
		}
		flag.Changed = true
		if err := list.Replace(values); err != nil {
			return f.fault(s.value, "%s: %w", s.key.Value, err)
		}
		return nil
	case s.value.Kind != yaml.ScalarNode:
		return f.fault(s.value, "%s: want %s, not %s", s.key.Value, wanted(flag), found(s.value))
	case !fits(flag.Value.Type(), s.value):
		return f.fault(s.value, "%s: want %s, not %s", s.key.Value, wanted(flag), found(s.value))
	case !set:
		return nil
	}
	flag.Changed = true
	if err := flag.Value.Set(s.value.Value); err != nil {
		_ = flag.Value.Set(flag.DefValue) // some become zero, which would be a second fault
		if number(flag.Value.Type()) {
			return f.fault(s.value, "%s: want %s, not %s", s.key.Value, wanted(flag), found(s.value))
		}
		return f.fault(s.value, "%s: %w", s.key.Value, err)
	}
	return nil
}

// number tells types whose values are no text in YAML.
func number(kind string) bool { return kind != "duration" && !fits(kind, &yaml.Node{Tag: "!!str"}) }

func (f *File) scalars(s setting) (values []string, err error) {
	for _, item := range s.value.Content {
		if item = resolve(item); item.Kind != yaml.ScalarNode || item.Tag == "!!null" {
			return nil, f.fault(item, "%s: want a list of single values, not %s in it", s.key.Value, found(item))
		}
		values = append(values, item.Value)
	}
	return values, nil
}

func (f *File) assignMap(flag *pflag.Flag, s setting, set bool) error {
	seen := map[string]int{}
	for i := 0; i < len(s.value.Content); i += 2 {
		name, value := s.value.Content[i], resolve(s.value.Content[i+1])
		if line := seen[name.Value]; line > 0 {
			return f.fault(name, "%s: %q stands in line %d already", s.key.Value, name.Value, line)
		}
		seen[name.Value] = name.Line
		if value.Kind != yaml.ScalarNode || value.Tag == "!!null" {
			return f.fault(value, "%s: %s: want a single value, not %s", s.key.Value, name.Value, found(value))
		}
		if !set {
			continue
		}
		flag.Changed = true
		if err := flag.Value.Set(name.Value + "=" + value.Value); err != nil {
			return f.fault(name, "%s: %w", s.key.Value, err)
		}
	}
	return nil
}

// fits tells whether a scalar is one of the type of a flag. Text may look like
// anything, so that nobody has to quote a time or a port.
func fits(kind string, n *yaml.Node) bool {
	switch kind {
	case "bool":
		return n.Tag == "!!bool"
	case "int", "int32", "int64", "uint", "uint32", "uint64", "count":
		return n.Tag == "!!int"
	case "float32", "float64":
		return n.Tag == "!!int" || n.Tag == "!!float"
	case "duration":
		_, err := time.ParseDuration(n.Value)
		return err == nil
	}
	return n.Tag != "!!null"
}

// wanted says what the value of a flag looks like.
func wanted(f *pflag.Flag) string {
	if _, isMap := f.Value.(Map); isMap {
		return "a map, as title: data.headline"
	}
	if _, isList := f.Value.(pflag.SliceValue); isList {
		return "a list, as [a, b]"
	}
	switch kind := f.Value.Type(); {
	case kind == "bool":
		return "true or false"
	case strings.Contains(kind, "int"):
		return "a whole number"
	case strings.HasPrefix(kind, "float"):
		return "a number"
	case kind == "duration":
		return "a duration, as 10s"
	}
	return "a text"
}

// found says what stands in the file instead.
func found(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a map"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	}
	return fmt.Sprintf("%q", n.Value)
}
