package config

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"
)

// Masked stands for a secret.
const Masked = "********"

// A Value is a setting as it came out.
type Value struct {
	Key    string `json:"key"`
	Value  any    `json:"value"`
	Origin string `json:"origin"`

	usage  string
	secret bool
}

// Values returns the settings of a command after Apply, in the order of their names,
// with secrets masked.
func Values(c Command, lookup func(string) (string, bool)) []Value {
	var values []Value
	c.Flags.VisitAll(func(f *pflag.Flag) {
		if c.has(f.Name) == nil {
			return
		}
		_, usage := pflag.UnquoteUsage(f)
		values = append(values, Value{f.Name, masked(typed(f.Value)), Origin(f), usage, false})
		secret, isFile := strings.CutSuffix(f.Name, "-file")
		if isFile && isSecret(secret) {
			if value, found := lookup(Variable(secret)); found && value != "" {
				values = append(values, Value{secret, Masked, Variable(secret), "", true})
			}
		}
	})
	return values
}

// typed returns the value of a flag as YAML and JSON have it.
func typed(v pflag.Value) any {
	switch v := v.(type) {
	case Map:
		return v.Entries()
	case pflag.SliceValue:
		return append([]string{}, v.GetSlice()...)
	}
	if number(v.Type()) {
		var out any
		if yaml.Unmarshal([]byte(v.String()), &out) == nil {
			return out
		}
	}
	return v.String()
}

// masked takes passwords out of addresses.
func masked(v any) any {
	switch v := v.(type) {
	case string:
		return maskedText(v)
	case []string:
		for i := range v {
			v[i] = maskedText(v[i])
		}
	}
	return v
}

func maskedText(s string) string {
	if u, err := url.Parse(s); err == nil && u.User != nil {
		if password, has := u.User.Password(); has {
			return strings.Replace(s, ":"+password+"@", ":"+Masked+"@", 1)
		}
	}
	return s
}

// WriteTable writes values for people.
func WriteTable(w io.Writer, values []Value) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "SETTING\tVALUE\tFROM")
	for _, v := range values {
		fmt.Fprintf(t, "%s\t%s\t%s\n", v.Key, oneLine(v.Value), v.Origin)
	}
	return t.Flush()
}

func oneLine(v any) string {
	switch v := v.(type) {
	case []string:
		if len(v) > 0 {
			return strings.Join(v, ",")
		}
		return "-"
	case map[string]string:
		if len(v) == 0 {
			return "-"
		}
		return strings.TrimPrefix(fmt.Sprint(v), "map")
	}
	if s := fmt.Sprint(v); s != "" {
		return s
	}
	return "-"
}

// WriteYAML writes a file that sets the same, whoever runs it. What is at its default
// stands in a comment; secrets do not stand there.
func WriteYAML(w io.Writer, command string, values []Value) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Settings of sitrep %s. What is in a comment is the default.\n", command)
	for _, v := range values {
		b.WriteByte('\n')
		if v.secret {
			fmt.Fprintf(&b, "# %s: not written here; it is in the environment, %s\n", v.Key, v.Origin)
			continue
		}
		text := new(strings.Builder)
		enc := yaml.NewEncoder(text)
		enc.SetIndent(2)
		if err := enc.Encode(map[string]any{v.Key: v.Value}); err != nil {
			return err
		}
		fmt.Fprintf(&b, "# %s\n", v.usage)
		for line := range strings.Lines(text.String()) {
			if v.Origin == "default" {
				b.WriteString("# ")
			}
			b.WriteString(line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
