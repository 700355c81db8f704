package proof

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

// places are a country, its people, the adjective and the capital. Each archive
// exchanges them for one another, so that articles tell of other countries.
var places = [][3]string{
	{"Angola", "Angolan", "Luanda"}, {"Benin", "Beninese", "Cotonou"}, {"Bolivia", "Bolivian", "La Paz"}, {"Cambodia", "Cambodian", "Phnom Penh"},
	{"Chad", "Chadian", "N'Djamena"}, {"Chile", "Chilean", "Santiago"}, {"Colombia", "Colombian", "Bogota"}, {"Ecuador", "Ecuadorean", "Quito"},
	{"Eritrea", "Eritrean", "Asmara"}, {"Ethiopia", "Ethiopian", "Addis Ababa"}, {"Ghana", "Ghanaian", "Accra"}, {"Indonesia", "Indonesian", "Jakarta"},
	{"Iran", "Iranian", "Tehran"}, {"Japan", "Japanese", "Tokyo"}, {"Jordan", "Jordanian", "Amman"}, {"Kenya", "Kenyan", "Nairobi"},
	{"Latvia", "Latvian", "Riga"}, {"Lithuania", "Lithuanian", "Vilnius"}, {"Moldova", "Moldovan", "Chisinau"}, {"Mozambique", "Mozambican", "Maputo"},
	{"Nepal", "Nepalese", "Kathmandu"}, {"Norway", "Norwegian", "Oslo"}, {"Poland", "Polish", "Warsaw"}, {"Portugal", "Portuguese", "Lisbon"},
	{"Rwanda", "Rwandan", "Kigali"}, {"Sudan", "Sudanese", "Khartoum"}, {"Thailand", "Thai", "Bangkok"}, {"Zambia", "Zambian", "Lusaka"},
}

// exchanges returns a replacer for each number of steps along places.
func exchanges() []*strings.Replacer {
	var all []*strings.Replacer
	for step := range places {
		var pairs []string
		for i, from := range places {
			to := places[(i+step)%len(places)]
			for form := range from {
				pairs = append(pairs, from[form], to[form], strings.ToUpper(from[form]), strings.ToUpper(to[form]))
			}
		}
		all = append(all, strings.NewReplacer(pairs...))
	}
	return all
}

// keptParagraphs is how long an article is, so that very many take less than an hour.
const keptParagraphs = 4

// A broken line stands among each brokenEvery.
const brokenEvery = 500

// An item is an article as a line of the archive holds it.
type item struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	Body      string `json:"body"`
	Published string `json:"published_at"`
	Author    string `json:"author,omitempty"`
	Source    string `json:"source,omitempty"`
}

// writeArchive writes n articles made of the samples, each another by its seed: its
// countries, numbers and day, and which of its paragraphs there are.
func writeArchive(t *testing.T, n int) string {
	t.Helper()
	var originals []article.Article
	for _, s := range samples.All() {
		a, err := article.Decode(s.Raw, article.Detect)
		if err != nil {
			t.Fatal(err)
		}
		originals = append(originals, a)
	}
	path := filepath.Join(t.TempDir(), "archive.jsonl.zst")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	packed, err := zstd.NewWriter(f, zstd.WithEncoderConcurrency(1))
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(packed, 1<<20)
	lines, swap := json.NewEncoder(w), exchanges()
	for i := range n {
		if i%brokenEvery == brokenEvery/2 {
			fmt.Fprintf(w, "{\"id\":\"torn-%d\",\"body\":\"The line en\n", i)
			continue
		}
		r := rand.New(rand.NewPCG(uint64(i), 8))
		if err := lines.Encode(vary(originals[i%len(originals)], i, swap[r.IntN(len(swap))], r)); err != nil {
			t.Fatal(err)
		}
	}
	for _, end := range []func() error{w.Flush, packed.Close, f.Close} {
		if err := end(); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func vary(a article.Article, i int, swap *strings.Replacer, r *rand.Rand) item {
	paragraphs := strings.Split(a.Body, "\n\n")
	for len(paragraphs) > keptParagraphs { // the first two tell where and when
		k := 2 + r.IntN(len(paragraphs)-2)
		paragraphs = append(paragraphs[:k:k], paragraphs[k+1:]...)
	}
	day := time.Date(2001, 1, 1, r.IntN(24), r.IntN(60), 0, 0, time.UTC).AddDate(0, 0, r.IntN(9000))
	return item{
		ID: fmt.Sprintf("proof-%d", i), Title: swap.Replace(a.Title), Author: a.Author, Source: a.Source,
		Body: renumber(swap.Replace(strings.Join(paragraphs, "\n\n")), r), Published: day.Format(time.RFC3339),
	}
}

// renumber puts another number in the place of each of two or three digits, which
// years are not: "450 soldiers" are 917.
func renumber(s string, r *rand.Rand) string {
	out := []byte(s)
	digit := func(i int) bool { return i < len(out) && out[i] >= '0' && out[i] <= '9' }
	for i := 0; i < len(out); {
		n := 0
		for digit(i + n) {
			n++
		}
		for k := range n {
			if n == 2 || n == 3 {
				out[i+k] = byte('1' + r.IntN(9))
			}
		}
		i += n + 1
	}
	return string(out)
}
