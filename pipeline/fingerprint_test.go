package pipeline

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/text"
	"sitrep/pipeline/article"
	"sitrep/pipeline/duplicates"
	"sitrep/pipeline/samples"
)

// news returns the title and the paragraphs of news of each sample.
func newsOfSamples(t *testing.T) (titles []string, news [][]string) {
	t.Helper()
	for _, s := range samples.All() {
		a, err := article.Decode(s.Raw, article.Detect)
		if err != nil {
			t.Fatal(err)
		}
		doc := text.Read(a.Title, a.Body)
		var paragraphs []string
		for _, p := range doc.PartsOf(text.News) {
			paragraphs = append(paragraphs, doc.Slice(p))
		}
		if len(paragraphs) >= 4 {
			titles, news = append(titles, (&Reading{Article: a, Doc: doc}).Title()), append(news, paragraphs)
		}
	}
	return titles, news
}

// edits are what becomes of an article on its way; they never change their input.
var edits = []struct {
	name    string
	near    bool // within duplicates.Near for nearly all
	rewrite func(r *rand.Rand, title string, news, other []string) (string, []string)
}{
	{"another headline", true, func(_ *rand.Rand, _ string, news, _ []string) (string, []string) {
		return "What we know so far", news
	}},
	{"other boxes around it", true, func(_ *rand.Rand, title string, news, _ []string) (string, []string) {
		around := []string{"World", "By Agency Staff", "Share this article"}
		return title, slices.Concat(around, news, []string{"Read more", "Sign up for our newsletter", "© 2021 The Valley Courier. All rights reserved."})
	}},
	{"one word in fifty misspelt", true, func(r *rand.Rand, title string, news, _ []string) (string, []string) {
		out := slices.Clone(news)
		for i, p := range out {
			words := strings.Fields(p)
			for range (len(words) + r.IntN(50)) / 50 {
				words[r.IntN(len(words))] += "e"
			}
			out[i] = strings.Join(words, " ")
		}
		return title, out
	}},
	{"another paragraph for one", false, func(r *rand.Rand, title string, news, other []string) (string, []string) {
		out := slices.Clone(news)
		out[r.IntN(len(out))] = other[r.IntN(len(other))]
		return title, out
	}},
	{"the last fifth cut off", false, func(_ *rand.Rand, title string, news, _ []string) (string, []string) {
		return title, news[:(len(news)*4+4)/5]
	}},
}

// The hash of an article's news is that of its words alone.
func TestContentHash(t *testing.T) {
	titles, news := newsOfSamples(t)
	hash := func(title string, paragraphs ...string) string {
		return contentSHA256(text.Read(title, strings.Join(paragraphs, "\n\n")))
	}
	seen := map[string]bool{}
	for i, paragraphs := range news {
		h := hash(titles[i], paragraphs...)
		if seen[h] {
			t.Errorf("%s: two articles have one hash", titles[i])
		}
		seen[h] = true
		boxed := append(slices.Clone(paragraphs), "Sign up for our newsletter", "© 2021 The Valley Courier. All rights reserved.")
		blank := strings.Join(paragraphs, " \n\n\n")
		if hash("Another headline", paragraphs...) != h || hash(titles[i], boxed...) != h || hash(titles[i], blank) != h {
			t.Errorf("%s: what stands around the news changes its hash", titles[i])
		}
		if changed := strings.Replace(paragraphs[1], " ", " not ", 1); hash(titles[i], append([]string{paragraphs[0], changed}, paragraphs[2:]...)...) == h {
			t.Errorf("%s: another word does not change its hash", titles[i])
		}
	}
}

// How far the fingerprints of one article are from each other, after seeded edits
// of our samples.
func TestFingerprintsOfOneArticle(t *testing.T) {
	titles, news := newsOfSamples(t)
	r := rand.New(rand.NewPCG(7, 7))
	for _, e := range edits {
		var distances []int
		var alike []float64
		for i := range news {
			for range 10 {
				title, paragraphs := e.rewrite(r, titles[i], news[i], news[(i+1+r.IntN(len(news)-1))%len(news)])
				before, after := read(titles[i], news[i]), read(title, paragraphs)
				distances = append(distances, bits.OnesCount64(before.Simhash()^after.Simhash()))
				alike = append(alike, before.Jaccard(after))
			}
		}
		slices.Sort(distances)
		slices.Sort(alike)
		n := len(distances)
		t.Logf("%-28s bits: median %2d, nine of ten ≤ %2d, all ≤ %2d; alike: median %.2f, nine of ten ≥ %.2f",
			e.name, distances[n/2], distances[n*9/10], distances[n-1], alike[n/2], alike[n/10])
		if e.near && distances[n*9/10] > duplicates.Near {
			t.Errorf("%s: not near", e.name)
		}
	}
}

func read(title string, paragraphs []string) duplicates.Shingles {
	return duplicates.Of(newsWords(text.Read(title, strings.Join(paragraphs, "\n\n"))))
}

// How far the fingerprints of different articles are from each other, over the
// evaluation texts, which hold many reports of the same events.
func TestFingerprintsOfDifferentArticles(t *testing.T) {
	var ids []string
	seen := map[string]bool{} // some texts stand in several sets
	var all []duplicates.Shingles
	for _, set := range []string{"web", "articles_dated", "articles_reuters", "timebank", "aquaint", "ieer", "muc4_events", "isaf_events"} {
		f, err := os.Open("../../shared/eval/dev/" + set + ".jsonl")
		if err != nil {
			t.Skipf("no evaluation texts: %v", err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for lines.Buffer(nil, 64<<20); lines.Scan(); {
			var d struct{ ID, Title, Text string }
			if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			if s := duplicates.Of(newsWords(text.Read(d.Title, d.Text))); len(s) >= 50 && !seen[d.ID] {
				seen[d.ID] = true
				ids, all = append(ids, d.ID), append(all, s)
			}
		}
	}
	hashes := make([]uint64, len(all))
	for i, s := range all {
		hashes[i] = s.Simhash()
	}
	var histogram [65]int
	far := 0
	for i := range all {
		for j := range i {
			distance, alike := bits.OnesCount64(hashes[i]^hashes[j]), 0.0
			if distance <= duplicates.Near {
				alike = all[i].Jaccard(all[j])
				t.Logf("%s and %s: %d bits, %.2f alike", ids[i], ids[j], distance, alike)
			}
			if alike >= duplicates.AtLeast {
				continue
			}
			histogram[distance]++
			if distance <= duplicates.Near {
				far++
			}
		}
	}
	below := 0
	var table strings.Builder
	for distance, n := range histogram[:33] {
		below += n
		fmt.Fprintf(&table, " %d:%d", distance, below)
	}
	t.Logf("%d articles; pairs of different ones at so many bits or fewer:%s", len(all), table.String())
	if far*100_000 > len(all)*len(all)/2 {
		t.Errorf("%d pairs of different articles within %d bits", far, duplicates.Near)
	}
}
