package web

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// Words in each colour can be read on each ground: at least 4.5 to 1, as WCAG asks, in
// the light scheme and in the dark.
func TestContrast(t *testing.T) {
	css, err := files.ReadFile("assets/base.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\n *\}`).FindAllSubmatch(css, -1)
	if len(schemes) != 2 {
		t.Fatalf("%d schemes", len(schemes))
	}
	for i, scheme := range schemes {
		light := map[string]float64{}
		for _, m := range regexp.MustCompile(`--([\w-]+): #(\w{6})`).FindAllSubmatch(scheme[1], -1) {
			light[string(m[1])] = luminance(string(m[2]))
		}
		for _, words := range []string{"ink", "faint", "accent", "person", "place", "date", "count", "group"} {
			for _, ground := range []string{"paper", "card", "tint"} {
				if got := contrast(light[words], light[ground]); got < 4.5 {
					t.Errorf("scheme %d: %s on %s: %.2f", i, words, ground, got)
				}
			}
		}
		if got := contrast(light["on-accent"], light["accent"]); got < 4.5 {
			t.Errorf("scheme %d: on accent: %.2f", i, got)
		}
	}
}

func luminance(hex string) float64 {
	var c [3]float64
	for i := range c {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if c[i] = float64(n) / 255; c[i] <= 0.04045 {
			c[i] /= 12.92
		} else {
			c[i] = math.Pow((c[i]+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
