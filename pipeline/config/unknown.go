package config

import (
	"strings"

	"github.com/spf13/pflag"
)

// secretWords are in the names of what must not be in a file that people share.
var secretWords = []string{"password", "token", "secret"}

// Secrets returns the keys that the commands read from a file of its own or from the
// environment: sasl-password, if there is a flag sasl-password-file.
func Secrets(all ...Command) []string {
	var keys []string
	seen := map[string]bool{}
	for _, c := range all {
		c.Flags.VisitAll(func(f *pflag.Flag) {
			key, isFile := strings.CutSuffix(f.Name, "-file")
			if isFile && !seen[key] && isSecret(key) {
				seen[key] = true
				keys = append(keys, key)
			}
		})
	}
	return keys
}

func isSecret(key string) bool {
	for _, word := range secretWords {
		if strings.HasSuffix(key, word) {
			return true
		}
	}
	return false
}

// unknown says what may have been meant by a key that no command has.
func (f *File) unknown(s setting, all []Command) error {
	key := s.key.Value
	for _, secret := range Secrets(all...) {
		if plain(key) == plain(secret) {
			return f.fault(s.key, "%s: secrets do not stand in this file: write it to a file of its own and name that with %s-file, or set %s",
				key, secret, Variable(secret))
		}
	}
	if s.section != "" {
		for _, c := range all {
			if c.has(key) != nil {
				return f.fault(s.key, "sitrep %s has no setting %q; sitrep %s has", s.section, key, c.Path)
			}
		}
	}
	if meant := near(key, keys(s.section, all)); meant != "" {
		return f.fault(s.key, "unknown key %q: did you mean %s?", key, meant)
	}
	return f.fault(s.key, "unknown key %q: sitrep config -o yaml lists all", key)
}

// Meant is what an error adds that a command has no flag of this name; "" if nothing
// is likely.
func Meant(c Command, name string) string {
	for _, secret := range Secrets(c) {
		if plain(name) == plain(secret) {
			return ": others can read a command line: set " + Variable(secret) + ", or name a file with --" + secret + "-file"
		}
	}
	if meant := near(name, keys(c.Path, []Command{c})); meant != "" {
		return ": did you mean --" + meant + "?"
	}
	return ""
}

func keys(section string, all []Command) []string {
	var names []string
	for _, c := range all {
		if section == "" {
			name, _, _ := strings.Cut(c.Path, " ")
			names = append(names, name)
		}
		if c.in(section) {
			c.Flags.VisitAll(func(f *pflag.Flag) {
				if c.has(f.Name) != nil {
					names = append(names, f.Name)
				}
			})
		}
	}
	return names
}

// Unused returns the variables of an environment that look as if they were meant to
// be settings and are none, each with the one that may have been meant.
func Unused(environment []string, all []Command) map[string]string {
	var known []string
	for _, key := range append(keys("", all), Secrets(all...)...) {
		known = append(known, Variable(key))
	}
	known = append(known, "SITREP_CONFIG")
	unused := map[string]string{}
	for _, entry := range environment {
		name, _, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "SITREP_") {
			continue
		}
		if meant := near(name, known); meant != "" && meant != name {
			unused[name] = meant
		}
	}
	return unused
}

// near returns the word that s is most likely a slip of, "" if there is none.
func near(s string, words []string) string {
	best, least := "", 1+min(2, len(s)/3)
	for _, w := range words {
		if w == s {
			return w
		}
		if d := distance(plain(s), plain(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// plain takes the way of writing off a key: maxBatch, max_batch and max-batch are one.
func plain(key string) string {
	return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(key))
}

// distance is how many letters must be put in, taken out, changed or swapped with
// their neighbour to make b of a.
func distance(a, b string) int {
	if a == b {
		return 0
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
