package probe

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sitrep/pipeline"
)

func TestMemoryIsBoundedByTheCgroup(t *testing.T) {
	root := t.TempDir()
	write := func(dir, max string) {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, dir, "memory.max"), []byte(max+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("pods/one", "max")
	write("pods", "1073741824")
	write("pods/two", "536870912")
	for self, want := range map[string]uint64{
		"0::/pods/one\n":                    1 << 30,
		"0::/pods/two\n":                    512 << 20,
		"0::/\n":                            0,
		"0::/elsewhere\n":                   0,
		"12:memory:/pods\n1:name=x:/pods\n": 0, // version 1
		"0::/../pods/two\n":                 512 << 20,
		"":                                  0,
	} {
		if got := cgroupLimit(root, self); got != want {
			t.Errorf("%q: %d, want %d", self, got, want)
		}
	}
}

func TestARecordThatTakesTooMuchMemoryEndsTheProcess(t *testing.T) {
	p, _ := prober(t, "bounded", 20*time.Second)
	for _, c := range []struct {
		value string
		kills bool
	}{{"memory", true}, {"sound", false}} {
		kills, err := p.Kills(t.Context(), pipeline.Raw{Value: []byte(c.value)})
		if err != nil || kills != c.kills {
			t.Errorf("%s: kills %v, %v", c.value, kills, err)
		}
	}
}
