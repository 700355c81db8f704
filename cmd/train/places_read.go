package main

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readSorts reads what sort of place each town is: seat of a region, part of a town.
func (a *atlas) readSorts(path string) error {
	return eachCity(path, func(c city) { a.sorts[c.id] = c.sort })
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
