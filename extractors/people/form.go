package people

import (
	"regexp"
	"strings"
)

// A form is a name as it is compared with others: its words folded, hyphens
// parted, particles and suffixes taken off.
type form struct {
	words    []string
	articled []bool // by word: an Arabic article stood before it
	suffix   string // "jr", "iii"
	nick     string // what stood in quotation marks
}

// particles join the words of a name and are not compared: "de la Rúa", "van der Bellen".
var particles = set("de da do das del della der den des di dos du la las los van von vom zu zur zum bin ibn bint ul y e af av ter ten ould ag arap wa und el al ud ad d")

// loose particles are dropped only where they are written small: "Ben Ali" keeps its Ben.
var loose = set("el al e y ad d ag do zu af")

// articles stand before an Arabic name with a hyphen: "al-Abadi", "ash-Shaykh".
var articles = set("al el ul ad as ash an ar at az ed ud es an uz et")

var suffixes = set("jr sr ii iii iv")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// formOf returns the form of the name that c is.
func (r *reading) formOf(c *candidate) form {
	var f form
	first, last := c.first, c.last
	if c.part.Len() > 0 {
		f.word(fold(r.doc.Slice(c.part)), false)
		return f
	}
	quote := -1
	for i := first; i < last; i++ {
		w := r.doc.Word(i)
		switch {
		case quote < 0 && (opensQuote(w) || w == "("):
			quote = i
			continue
		case quote >= 0:
			if closesQuote(w, r.doc.Word(quote)) || w == ")" {
				quote = -1
			} else {
				f.nick = fold(w)
			}
			continue
		}
		f.add(w, fold(w), i == first)
	}
	if len(f.words) == 0 {
		for i := first; i < last; i++ {
			if w := fold(r.doc.Word(i)); w != "" {
				f.words, f.articled = append(f.words, w), append(f.articled, false)
			}
		}
	}
	return f
}

// add takes a word of the name, as written and folded.
func (f *form) add(written, folded string, opening bool) {
	small := !capitalised(written)
	switch {
	case folded == "" || folded == "-":
		return
	case suffixes[folded] && len(f.words) > 0:
		f.suffix = folded
		return
	case particles[folded] && (small || !loose[folded]):
		return
	case strings.Count(written, ".") > 1 && len(folded) < 4: // "F.W."
		for i := range len(folded) {
			f.word(folded[i:i+1], false)
		}
		return
	}
	article := false
	for part := range strings.SplitSeq(folded, "-") {
		if articles[part] && part != folded {
			article = true
			continue
		}
		if part != "" && (!particles[part] || part == folded) {
			f.word(part, article)
		}
		article = false
	}
}

func (f *form) word(w string, articled bool) {
	if n := len(f.words); n > 0 && (f.words[n-1] == "al" || f.words[n-1] == "el") && n > 1 {
		f.words, f.articled = f.words[:n-1], f.articled[:n-1] // "Haider Al Abadi"
		articled = true
	}
	f.words, f.articled = append(f.words, w), append(f.articled, articled)
}

// last returns the last word of f.
func (f *form) last() string { return f.words[len(f.words)-1] }

// familyFirst are family names of China, Korea and Vietnam, which stand first.
var familyFirst = set(`xi hu jiang deng mao zhou wen zhu wang li zhang liu chen yang zhao huang wu xu sun zhu ma guo he lin gao luo zheng liang xie song tang
	han feng yu dong xiao cheng cao yuan peng zeng lu jia ding wei xue ye yan pan du dai xia zhong tian ren jin fan fang shi yao tan liao zou xiong
	kim lee park choi jung jeong kang cho yoon jang chung roh rhee lim shin han oh seo kwon hwang ahn song chun ryu ri pak bae baek moon ban
	nguyen tran pham hoang phan vu vo dang bui ngo duong ly`)

// family reports whether the family name of f stands first: "Xi Jinping", "Kim
// Jong Un", not "Kim Campbell".
func (f *form) family() bool {
	n := len(f.words)
	if n < 2 || n > 4 || !familyFirst[f.words[0]] {
		return false
	}
	for _, w := range f.words[1:] {
		if !eastern.MatchString(w) {
			return false // "Kim Campbell"
		}
	}
	return true
}

// eastern matches one or two syllables of Chinese, Korean or Vietnamese.
var eastern = regexp.MustCompile(`^(?:(?:[bcdfghj-np-tv-z]|ch|gh|gi|hs|hw|kh|kw|ng|nh|ph|qu|sh|th|tr|ts|zh)?[aeiouyw]+(?:ch|ng|nh|[ckmnplt])?){1,2}$`)
