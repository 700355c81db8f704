package article

import (
	"strings"
	"sync"
)

// languages are the codes of ISO 639-1, each with those of 639-2 and 639-3 and its
// English name, as services write them.
const languages = `ar ara arabic|bg bul bulgarian|bn ben bengali|cs ces cze czech|da dan danish|de deu ger german|el ell gre greek|en eng english|es spa spanish|
et est estonian|fa fas per persian farsi|fi fin finnish|fr fra fre french|he heb hebrew|hi hin hindi|hr hrv croatian|hu hun hungarian|id ind indonesian|
it ita italian|ja jpn japanese|ko kor korean|lt lit lithuanian|lv lav latvian|ms msa may malay|nl nld dut dutch|no nor norwegian|pl pol polish|
pt por portuguese|ro ron rum romanian|ru rus russian|sk slk slo slovak|sl slv slovenian|sr srp serbian|sv swe swedish|sw swa swahili|ta tam tamil|
th tha thai|tl tgl tagalog filipino|tr tur turkish|uk ukr ukrainian|ur urd urdu|vi vie vietnamese|zh zho chi chinese`

var languageCodes = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for l := range strings.SplitSeq(languages, "|") {
		names := strings.Fields(l)
		for _, name := range names {
			m[name] = names[0]
		}
	}
	return m
})

// languageCode reads en-GB, en_US, eng and English as en. What is not known stays,
// in small letters.
func languageCode(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, "-_, "); i > 0 {
		s = s[:i]
	}
	if code, ok := languageCodes()[s]; ok {
		return code
	}
	return s
}
