package samples

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// maxFalseAlarms is how many of the articles of testdata/noevents may give an event.
const maxFalseAlarms = 3

// minNear is how many of the articles of testdata/nearevents must give theirs.
const minNear = 20

// Articles of testdata/noevents speak of battles, raids and sieges and are about
// sport, markets, films, museums, kitchens: nothing in them is an event.
func TestFiguresOfSpeechAreNoEvents(t *testing.T) {
	var alarms []string
	for name, body := range texts(t, "noevents") {
		events := read(t, body).Events
		for _, e := range events {
			t.Logf("%s: %s (%s) in %q", name, e.Type, e.Trigger.Text, e.Evidence.Text)
		}
		if len(events) > 0 {
			alarms = append(alarms, name)
		}
	}
	if len(alarms) > maxFalseAlarms {
		t.Errorf("%d articles give an event that has none: %q", len(alarms), alarms)
	}
}

// Articles of testdata/nearevents are about sport, markets, films and the weather,
// and one event of the type in their first line is told among the rest.
func TestEventsAmongOtherTopics(t *testing.T) {
	found := 0
	all := texts(t, "nearevents")
	for name, raw := range all {
		want, body, _ := strings.Cut(string(raw), "\n")
		var got []string
		for _, e := range read(t, []byte(body)).Events {
			got = append(got, e.Type)
			t.Logf("%s: %s (%s) in %q", name, e.Type, e.Trigger.Text, e.Evidence.Text)
		}
		if slices.Contains(got, want) {
			found++
		} else {
			t.Logf("%s: no %s", name, want)
		}
	}
	t.Logf("%d of %d events found", found, len(all))
	if found < minNear {
		t.Errorf("%d of %d articles give their event, want %d", found, len(all), minNear)
	}
}

// texts returns the articles of a folder of testdata, by file name.
func texts(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles in %s: %v", folder, err)
	}
	out := map[string][]byte{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = raw
	}
	return out
}
