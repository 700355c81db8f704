package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestExtractNearDuplicates(t *testing.T) {
	const news = `Two hundred sappers were flown to the valley on Monday after the river had broken its banks in three places.\n\n` +
		`They brought boats and pumps and a bridge that can carry lorries, said the colonel who leads them.\n\n` +
		`The governor asked the people of the lower villages to leave their houses before night, for more rain is expected.`
	lines := []string{
		fmt.Sprintf(`{"id":"a","title":"Sappers in the valley","source":"Courier","date":"2021-05-06","body":"%s"}`, news),
		`{"id":"b","title":"Match won late","body":"The match was won in the last minute by a goal from far out, and the crowd ran onto the grass to carry the players away."}`,
		fmt.Sprintf(`{"id":"c","title":"Flood: army helps","body":"%s\n\nSign up for our newsletter"}`, strings.Replace(news, "Monday", "Tuesday", 1)),
		`{"id":"d","body":""}`,
		`{"id":"e","body":""}`,
	}
	out, errs, code := sitrep(t, strings.Join(lines, "\n"), "extract", "--near-duplicates", "-f", "jsonl")
	if code != 0 || errs != "" {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var group struct{ Articles []nearDuplicate }
	if err := json.Unmarshal([]byte(out), &group); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if g := group.Articles; len(g) != 2 || or(g[0].GivenID, "") != "a" || or(g[1].GivenID, "") != "c" || g[0].Similarity != 1 || g[1].Similarity < 0.8 || g[1].Similarity == 1 {
		t.Errorf("%+v", g)
	}

	out, _, _ = sitrep(t, strings.Join(lines, "\n"), "extract", "--near-duplicates", "-f", "jsonl", "-o", "table")
	for _, want := range []string{"Sappers in the valley", "Flood: army helps", "2021-05-06", "stdin:3", "2 of 5 articles are near-duplicates; groups: 1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	if strings.Contains(out, "Match won late") {
		t.Error("an article of its own is in a group")
	}

	if _, _, code := sitrep(t, "", "extract", "--near-duplicates", "-o", "annotations"); code != 2 {
		t.Errorf("annotations of near-duplicates: exit code %d", code)
	}
	out, errs, code = sitrep(t, lines[0]+"\n{\"oops", "extract", "--near-duplicates", "-f", "jsonl")
	if code != 3 || out != "" || !strings.Contains(errs, "undecodable") {
		t.Errorf("what cannot be read: %d, %q, %q", code, out, errs)
	}
}
