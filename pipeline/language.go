package pipeline

import (
	"strings"
	"sync"
	"unicode"
)

// functionWords are frequent words of languages in Latin script that are not
// words of the others here, or far less frequent there.
var functionWords = map[string]string{
	"en": "the of and to that was for with said by from his were have has had it at their its which are been this after he who will an not be but they as is on would she",
	"fr": "de la en le les des et du une est dans que qui pour sur pas par avec sont été au aux ce cette ses",
	"es": "de no el los las y del una es en que por con para su sus se lo como más pero fue han",
	"pt": "de o os as e do da dos das um uma em que não por com para no na ao foi são mais",
	"it": "il gli le di e della del che per una con non sono è nel alla dei anche più",
	"de": "der die das und den dem des ein eine ist nicht mit von auf für sich im zu auch wird",
	"nl": "de het een en van dat niet zijn voor met op te aan werd ook er bij door",
	"sv": "och att det som en är på av för med den har inte till om ett",
	"da": "og at det som en er på af for med den har ikke til om et",
	"pl": "i w na z się nie że do jest to o przez oraz jak po",
	"ro": "și în de la cu pe care din nu este au pentru fost",
	"tr": "ve bir bu için ile da de olarak daha çok gibi sonra ise kadar",
	"id": "yang dan di dengan untuk dari ini itu pada tidak akan oleh dalam",
	"sw": "na ya wa kwa katika ni za la kuwa hiyo cha",
	"tl": "ang ng mga sa na ay at para ni kay",
	"hu": "az és hogy nem egy volt meg csak",
	"fi": "ja on ei se että oli myös hän ovat",
	"vi": "và của là các một trong được cho không có",
}

// languages gives for each function word the languages that it is one of.
var languages = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for code, words := range functionWords {
		for _, w := range strings.Fields(words) {
			m[w] = append(m[w], code)
		}
	}
	return m
})

// languageOf returns the language of a text as an ISO 639-1 code, "und" for one
// that is neither English nor known here: by its function words, for other
// scripts than Latin by its letters. What the sender declared counts only where
// the text is too short to tell, and a text without any sign of another language
// (a table of names) is taken for English.
func languageOf(text, declared string) string {
	words, letters, latin, ascii := 0, 0, 0, 0
	hits := map[string]int{}
	text = cut(text, 20_000)
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\u0301' }) {
		words++
		for _, code := range languages()[strings.ToLower(w)] {
			hits[code]++
		}
		for _, r := range w {
			letters++
			if unicode.Is(unicode.Latin, r) {
				latin++
			}
			if r < 0x80 {
				ascii++
			}
		}
	}
	if latin*2 < letters {
		if declared != "" && declared != "en" {
			return declared
		}
		return "und"
	}
	best, other := "en", declared != "" && declared != "en"
	for code, n := range hits {
		if n > hits[best] || n == hits[best] && best != "en" && (code == declared || best != declared && code < best) {
			best = code
		}
	}
	switch {
	case words < 12 && other:
		return declared
	case words < 12 && hits[best]*3 < words:
		return "en"
	case best != "en" && hits[best]*8 >= words:
		return best
	case hits["en"]*25 >= words:
		return "en"
	case best != "en" && hits[best]*20 >= words:
		return best
	case other:
		return declared
	case ascii*50 < letters*49:
		return "und"
	}
	return "en"
}
