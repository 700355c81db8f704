package explain

import (
	"math"
	"regexp"
	"strconv"
	"testing"
)

// Words in the colour of a kind can be read on paper and card tinted with it: at least
// 4.5 to 1, as WCAG asks, in the light scheme and in the dark.
func TestContrast(t *testing.T) {
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(pageCSS, -1)
	if len(schemes) != 2 {
		t.Fatalf("%d schemes", len(schemes))
	}
	for _, scheme := range schemes {
		colors := map[string]color{}
		for _, m := range regexp.MustCompile(`--(\w+): #(\w{6})`).FindAllStringSubmatch(scheme[1], -1) {
			colors[m[1]] = parseColor(m[2])
		}
		for _, name := range []string{"trigger", "actor", "target", "speaker", "place", "date", "count", "status", "faint", "ink"} {
			tint := 0.13
			if name == "trigger" {
				tint = 0.20
			}
			for _, base := range []string{"paper", "card"} {
				if got := contrast(colors[name], colors[base].tinted(colors[name], tint)); got < 4.5 {
					t.Errorf("%s on %s: %.2f", name, base, got)
				}
			}
		}
	}
}

// A color is red, green and blue from 0 to 1.
type color [3]float64

func parseColor(hex string) (c color) {
	for i := range c {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		c[i] = float64(n) / 255
	}
	return c
}

func (c color) tinted(by color, share float64) color {
	for i := range c {
		c[i] = by[i]*share + c[i]*(1-share)
	}
	return c
}

func (c color) luminance() float64 {
	for i, x := range c {
		if x <= 0.04045 {
			c[i] = x / 12.92
		} else {
			c[i] = math.Pow((x+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}

func contrast(a, b color) float64 {
	high, low := max(a.luminance(), b.luminance()), min(a.luminance(), b.luminance())
	return (high + 0.05) / (low + 0.05)
}
