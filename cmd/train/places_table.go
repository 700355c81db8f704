package main

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sitrep/extractors/places"
)

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
