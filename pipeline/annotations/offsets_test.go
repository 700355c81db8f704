package annotations

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkOffsets compares with the plain way: a rune slice.
func checkOffsets(t *testing.T, text string) {
	t.Helper()
	o := NewOffsets(text)
	var starts []int
	for b := range text {
		starts = append(starts, b)
	}
	if o.Len() != len(starts) || o.Len() != utf8.RuneCountInString(text) {
		t.Fatalf("Len = %d, want %d", o.Len(), len(starts))
	}
	starts = append(starts, len(text))
	for n, b := range starts {
		if o.Byte(n) != b || o.CodePoint(b) != n {
			t.Fatalf("code point %d begins at byte %d; Byte gives %d, CodePoint %d", n, b, o.Byte(n), o.CodePoint(b))
		}
		if n > 0 {
			for inside := starts[n-1]; inside < b; inside++ {
				if o.CodePoint(inside) != n-1 {
					t.Fatalf("byte %d: CodePoint = %d, want %d", inside, o.CodePoint(inside), n-1)
				}
			}
		}
	}
	for _, wild := range []int{-1, -1 << 62, len(text) + 1, 1 << 62} {
		if o.CodePoint(wild) != min(max(wild, 0), o.Len()) || o.Byte(wild) != min(max(wild, 0), len(text)) {
			t.Fatalf("%d is not taken to the nearer end", wild)
		}
	}
	if o.Slice(0, o.Len()) != text || o.Slice(3, 2) != "" {
		t.Fatal("Slice")
	}
}

var offsetCases = []string{
	"", "a", "plain words", "é", "Łódź and São Tomé", "\U0001F6A9 flag", "\xff\xfeab\x80", "a\xe2\x82", "\x00\u2028\n",
	strings.Repeat("x", 3*stride), strings.Repeat("é", 3*stride), strings.Repeat("aé\U0001F6A9\xff", 2*stride), strings.Repeat("a", stride-1) + "é",
}

func TestOffsets(t *testing.T) {
	for _, text := range offsetCases {
		checkOffsets(t, text)
	}
	r := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"a", " ", "é", "€", "\U0001F6A9", "\xff", "\xe2", "words "}
	for range 300 {
		var b strings.Builder
		for range r.IntN(200) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		checkOffsets(t, b.String())
	}
}

func FuzzOffsets(f *testing.F) {
	for _, text := range offsetCases {
		f.Add(text)
	}
	f.Fuzz(checkOffsets)
}
