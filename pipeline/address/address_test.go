package address

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// Each line of the table: same or different, and two addresses.
func TestCanonical(t *testing.T) {
	f, err := os.Open("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		word := strings.Fields(lines.Text())
		if len(word) == 0 || word[0] == "#" {
			continue
		}
		n++
		a, b := Canonical(word[1]), Canonical(word[2])
		if (a == b) != (word[0] == "same") {
			t.Errorf("%s\n\t%s\n\t%s", lines.Text(), a, b)
		}
	}
	if n < 60 {
		t.Errorf("%d pairs", n)
	}
}

func TestWhatIsNoAddressStays(t *testing.T) {
	for _, raw := range []string{"", "x", "urn:newsml:example.org:2020:1", "tag:example.org,2020:1", "http://", "https://%zz/", "mailto:a@example.org",
		"https://example.org/" + strings.Repeat("x", longest)} {
		if got := Canonical(" " + raw + "\n"); got != raw {
			t.Errorf("%.40q became %.40q", raw, got)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	table, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, word := range strings.Fields(string(table)) {
		f.Add(word)
	}
	f.Add("0.cdn.ampproject.org/0/.\xda\xda\xda\xda")
	f.Add("l.facebook.com/l.php?u=http%3A%2F%2F%")
	f.Add("l.facebook.com/l.php?u=http%3A%2F%2Fa.example%2F?q=%")
	f.Fuzz(func(t *testing.T, raw string) {
		once := Canonical(raw)
		if twice := Canonical(once); twice != once {
			t.Errorf("%q: %q, then %q", raw, once, twice)
		}
	})
}
