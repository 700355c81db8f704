package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// A File is the settings of a file of YAML: keys that are named as flags, and below
// the name of a command those that are for it alone.
type File struct {
	name     string
	settings []setting
}

type setting struct {
	section    string // the command it is for; "": all
	key, value *yaml.Node
}

// Read reads a file. What its keys mean is not looked at.
func Read(name string) (*File, error) {
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return parse(name, r)
}

func parse(name string, r io.Reader) (*File, error) {
	f := &File{name: name}
	dec := yaml.NewDecoder(r)
	var doc, more yaml.Node
	switch err := dec.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return f, nil
	case err != nil:
		return nil, f.syntax(err)
	}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, f.fault(&more, "a second document: want one")
	case !errors.Is(err, io.EOF):
		return nil, f.syntax(err)
	}
	top := resolve(doc.Content[0])
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" { // comments only
		return f, nil
	}
	if top.Kind != yaml.MappingNode {
		return nil, f.fault(top, "want settings, a line each, as brokers: localhost:9092")
	}
	for i := 0; i < len(top.Content); i += 2 {
		f.settings = append(f.settings, setting{"", top.Content[i], resolve(top.Content[i+1])})
	}
	return f, nil
}

// resolve returns what an alias stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

var yamlError = regexp.MustCompile(`^yaml: line (\d+): (.*)`)

// syntax puts the place of an error as we do.
func (f *File) syntax(err error) error {
	if m := yamlError.FindStringSubmatch(err.Error()); m != nil {
		return &Fault{f.name + ":" + m[1], errors.New("no YAML: " + m[2])}
	}
	return &Fault{f.name + ":1", errors.New("no YAML: " + strings.TrimPrefix(err.Error(), "yaml: "))}
}

func (f *File) at(n *yaml.Node) string { return fmt.Sprintf("%s:%d:%d", f.name, n.Line, n.Column) }

func (f *File) fault(n *yaml.Node, format string, args ...any) error {
	return &Fault{f.at(n), fmt.Errorf(format, args...)}
}

// apply sets what the file says to running and is not set yet, looks at the form of
// what it says to others, and returns all that is wrong.
func (f *File) apply(running Command, all []Command) (faults []error) {
	settings, faults := f.flat(all)
	faults = append(faults, f.doubles(settings)...)
	for _, s := range settings {
		flag, on := s.flag(running, all)
		if flag == nil {
			faults = append(faults, f.unknown(s, all))
			continue
		}
		set := on.Path == running.Path && Origin(flag) == "default" // else it is for another, or something stronger has been said
		if set {
			setOrigin(flag, f.at(s.place()))
		}
		if err := f.assign(flag, s, set); err != nil {
			faults = append(faults, err)
		}
	}
	slices.SortStableFunc(faults, byPlace)
	return faults
}

// flat returns the settings, those of sections first, since they are stronger.
func (f *File) flat(all []Command) (settings []setting, faults []error) {
	var general []setting
	for _, s := range f.settings {
		isSection := s.key.Value != "" && slices.ContainsFunc(all, func(c Command) bool { return c.in(s.key.Value) })
		isKey := slices.ContainsFunc(all, func(c Command) bool { return c.has(s.key.Value) != nil })
		switch isMap := s.value.Kind == yaml.MappingNode; {
		case !isSection, isKey && !isMap:
			general = append(general, s)
		case !isMap:
			faults = append(faults, f.fault(s.value, "%s is a command: want settings of it below, as max-batch: 500", s.key.Value))
		default:
			for i := 0; i < len(s.value.Content); i += 2 {
				settings = append(settings, setting{s.key.Value, s.value.Content[i], resolve(s.value.Content[i+1])})
			}
		}
	}
	return append(settings, general...), faults
}

func (f *File) doubles(settings []setting) (faults []error) {
	type place struct{ section, key string }
	first := map[place]*yaml.Node{}
	for _, s := range settings {
		if before := first[place{s.section, s.key.Value}]; before != nil {
			faults = append(faults, f.fault(s.key, "key %q stands in line %d already", s.key.Value, before.Line))
			continue
		}
		first[place{s.section, s.key.Value}] = s.key
	}
	return faults
}

// flag returns the flag that s is for, of running if it has it.
func (s setting) flag(running Command, all []Command) (*pflag.Flag, Command) {
	for _, c := range append([]Command{running}, all...) {
		if flag := c.has(s.key.Value); flag != nil && c.in(s.section) {
			return flag, c
		}
	}
	return nil, Command{}
}

// place is where people look for s.
func (s setting) place() *yaml.Node {
	if s.value.Kind == yaml.ScalarNode {
		return s.value
	}
	return s.key
}

// byPlace orders faults of one file by line and column.
func byPlace(a, b error) int {
	var x, y *Fault
	if !errors.As(a, &x) || !errors.As(b, &y) {
		return 0
	}
	return slices.Compare(place(x), place(y))
}

var numbers = regexp.MustCompile(`:(\d+):(\d+)$`)

func place(f *Fault) []int {
	var line, column int
	if m := numbers.FindString(f.At); m != "" {
		fmt.Sscanf(m, ":%d:%d", &line, &column)
	}
	return []int{line, column}
}
