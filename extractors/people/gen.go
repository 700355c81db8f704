//go:build ignore

// Gen writes given.tsv, the first names that tell a person's gender, from public
// lists as they are fetched into DIRECTORY by
//
//	pip download --no-deps --no-binary :all: names==0.3.0
//	pip download --no-deps faker==40.63.0
//
// and from given_own.txt: names from Arabic, Persian, Slavic and other languages
// as English newspapers write them.
//
//	go run gen.go DIRECTORY
package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A count is how often a name is a man's and a woman's, in lists weighed alike.
type count struct{ m, f float64 }

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: go run gen.go DIRECTORY")
	}
	names := map[string]*count{}
	for _, step := range []struct {
		pattern string
		take    func(map[string]*count, string) error
	}{{"names-*.tar.gz", census}, {"faker-*.whl", faker}} {
		found, err := filepath.Glob(filepath.Join(os.Args[1], step.pattern))
		if err != nil || len(found) != 1 {
			log.Fatalf("want one %s in %s: %v", step.pattern, os.Args[1], err)
		}
		if err := step.take(names, found[0]); err != nil {
			log.Fatalf("%s: %v", found[0], err)
		}
	}
	if err := own(names); err != nil {
		log.Fatal(err)
	}
	if err := write(names); err != nil {
		log.Fatal(err)
	}
}

func add(names map[string]*count, name string, m, f float64) {
	c := names[name]
	if c == nil {
		c = &count{}
		names[name] = c
	}
	c.m += m
	c.f += f
}

// census reads the first names that the U.S. Census Bureau counted in 1990, with
// their share in percent.
func census(names map[string]*count, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		file := filepath.Base(h.Name)
		if file != "dist.male.first" && file != "dist.female.first" {
			continue
		}
		for s := bufio.NewScanner(t); s.Scan(); {
			fields := strings.Fields(s.Text())
			if len(fields) < 4 {
				continue
			}
			share, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				return err
			}
			name := fields[0][:1] + strings.ToLower(fields[0][1:])
			if file == "dist.male.first" {
				add(names, name, share*1000+1, 0)
			} else {
				add(names, name, 0, share*1000+1)
			}
		}
	}
}

// What Faker's tables of first names look like in its sources.
var (
	table = regexp.MustCompile(`^    first_(?:romanized_)?names?_(male|female)(?:_romanized)?(?::[^=]*)?\s*=`)
	word  = regexp.MustCompile(`"([^"\n]{2,40})"`)
)

// faker reads the first names of the languages that Faker knows.
func faker(names map[string]*count, path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, file := range z.File {
		if !strings.HasPrefix(file.Name, "faker/providers/person/") || !strings.HasSuffix(file.Name, ".py") {
			continue
		}
		r, err := file.Open()
		if err != nil {
			return err
		}
		gender := ""
		s := bufio.NewScanner(r)
		s.Buffer(nil, 1<<24)
		for s.Scan() {
			line := s.Text()
			if m := table.FindStringSubmatch(line); m != nil {
				gender = m[1]
				line = line[len(m[0]):]
			} else if len(line) > 4 && strings.HasPrefix(line, "    ") && !strings.ContainsRune(" )]}", rune(line[4])) {
				gender = ""
			}
			for _, m := range word.FindAllStringSubmatch(line, -1) {
				switch {
				case gender == "" || !isName(m[1]):
				case gender == "male":
					add(names, m[1], 20, 0)
				default:
					add(names, m[1], 0, 20)
				}
			}
		}
		if err := s.Err(); err != nil {
			return err
		}
	}
	return nil
}

// isName reports whether w is one capitalised word in Latin script.
func isName(w string) bool {
	for i, r := range w {
		if i == 0 && !unicode.IsUpper(r) || !unicode.Is(unicode.Latin, r) && !strings.ContainsRune("'’-", r) {
			return false
		}
	}
	return true
}

// own reads the list beside this file: a line "m:" or "f:" and names.
func own(names map[string]*count) error {
	b, err := os.ReadFile("given_own.txt")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		gender, list, _ := strings.Cut(line, ":")
		for name := range strings.FieldsSeq(list) {
			if gender == "m" {
				add(names, name, 1e6, 0)
			} else {
				add(names, name, 0, 1e6)
			}
		}
	}
	return nil
}

// write leaves out the names that both men and women bear.
func write(names map[string]*count) error {
	var b strings.Builder
	b.WriteString("name\tgender\n")
	for _, name := range slices.Sorted(maps.Keys(names)) {
		switch c := names[name]; {
		case c.m > 12*c.f:
			fmt.Fprintf(&b, "%s\tm\n", name)
		case c.f > 12*c.m:
			fmt.Fprintf(&b, "%s\tf\n", name)
		}
	}
	return os.WriteFile("given.tsv", []byte(b.String()), 0o644)
}
