package language

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const dev = "../../../shared/eval/dev/"

type document struct{ ID, Text string }

// shared reads a set of the evaluation texts, which stand beside the checkout.
func shared(t *testing.T, set string) []document {
	t.Helper()
	f, err := os.Open(dev + set + ".jsonl")
	if err != nil {
		t.Skipf("no evaluation texts: %v", err)
	}
	defer f.Close()
	var out []document
	lines := bufio.NewScanner(f)
	for lines.Buffer(nil, 64<<20); lines.Scan(); {
		var d document
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		out = append(out, d)
	}
	return out
}

// English news, sentences alone, texts in capitals, tables of results and posts.
func TestEnglishIsNotMistaken(t *testing.T) {
	for _, set := range []string{"gmb", "wnut17", "conll2003", "muc4_events", "isaf_events", "ieer", "wikigold", "re3d", "meantime", "wikiwars",
		"timebank", "aquaint", "articles_dated", "articles_reuters", "articles_gold", "web"} {
		wrong, docs := 0, shared(t, set)
		for _, d := range docs {
			if got := Of("", strings.Split(d.Text, "\n")...); got.Code != English {
				wrong++
				t.Logf("%s %s is taken for %v", set, d.ID, got)
			}
		}
		t.Logf("%s: %d of %d taken for English", set, len(docs)-wrong, len(docs))
		if wrong*200 > len(docs) {
			t.Errorf("%s: %d of %d are not taken for English", set, wrong, len(docs))
		}
	}
}

// Whole pages as they were scraped, with menus and boxes.
func TestOtherLanguagesOfThePagesAreNamed(t *testing.T) {
	want := map[string]string{"web-X03": "es", "web-X06": "tr", "web-X09": "ko"}
	for _, d := range shared(t, "web_noevents") {
		code := want[d.ID]
		if code == "" {
			code = English
		}
		if got := Of("", strings.Split(d.Text, "\n")...); got.Code != code || !got.Sure {
			t.Errorf("%s: %v, want %s", d.ID, got, code)
		}
	}
}
