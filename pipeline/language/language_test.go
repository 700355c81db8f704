package language

import (
	_ "embed"
	"strings"
	"testing"
)

// A news item of our own in many languages: code, headline, text.
//
//go:embed testdata/texts.tsv
var texts string

func eachText(f func(code, headline, text string)) {
	for line := range strings.Lines(texts) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		f(row[0], row[1], row[2])
	}
}

func TestEachLanguageIsNamed(t *testing.T) {
	n := 0
	eachText(func(code, headline, text string) {
		n++
		for _, text := range []string{text, strings.ToUpper(text), headline + "\n" + text} {
			if got := Of("", strings.Split(text, "\n")...); got.Code != code || !got.Sure && code != "am" && code != "sq" {
				t.Errorf("%s is taken for %v: %s", code, got, text)
			}
		}
	})
	if n < 25 {
		t.Errorf("%d languages", n)
	}
}

// A headline alone rarely tells its language, but most are not taken for English.
func TestHeadlines(t *testing.T) {
	n, english := 0, 0
	eachText(func(code, headline, _ string) {
		n++
		if (Of("", headline).Code == English) != (code == English) {
			english++
		}
	})
	if english*10 > n {
		t.Errorf("%d of %d headlines are taken for English, or English for another", english, n)
	}
}

// What stands around an article in another language does not carry it, whatever
// the language.
func TestMixedPages(t *testing.T) {
	var english, box string
	eachText(func(code, headline, text string) {
		if code == English {
			english, box = text+" "+strings.ToLower(headline)+" "+text, headline
		}
	})
	eachText(func(code, headline, text string) {
		if got := Of("", headline, english, english, headline); got.Code != English {
			t.Errorf("English with a menu in %s: %v", code, got)
		}
		if got := Of("", box, text, text, box, "Sign up to read more stories"); got.Code != code {
			t.Errorf("%s with an English box: %v", code, got)
		}
	})
}

func TestOf(t *testing.T) {
	for _, c := range []struct{ text, declared, want string }{
		{"The soldiers were sent to the north by the government after the vote.", "", "en"},
		{"The soldiers were sent to the north by the government after the vote.", "fr", "en"},
		{"THE SOLDIERS WERE SENT TO THE NORTH BY THE GOVERNMENT AFTER THE VOTE.", "es", "en"},
		{"Rebels seize two towns", "", "en"},
		{"Rebels seize two towns", "en", "en"},
		{"REBELS SEIZE TWO TOWNS", "", "en"},
		{"Soldats en route", "fr", "fr"},
		{"Les soldats ont été envoyés dans le nord du pays par le gouvernement pour une durée de six mois.", "en", "fr"},
		{"Солдаты были отправлены на север страны.", "", "ru"},
		{"Солдаты были отправлены на север страны.", "en", "ru"},
		// The declared one of two that are hard to tell apart.
		{"Forsvaret har sendt en ny avdeling til byen, og den er der for å hjelpe med oppryddingen etter flommen.", "nb", "nb"},
		{"Forsvaret har sendt en ny afdeling til byen, og den er der for at hjælpe med oprydningen efter floden.", "da", "da"},
		{"Tentara mengirim dua ratus prajurit ke lembah itu untuk enam bulan dan akan kembali pada bulan Juni.", "id", "id"},
		// Names are no sign of a language, nor are loans.
		{"1 Smith 34 2 Jones 35 3 Okafor 36 4 Lindt 37 5 Moreau 38 6 Berg 39 7 Ito 40 8 Khan 9 Diaz 10 Novak 11 Petrov 12 Silva 13 Kim", "", "en"},
		{"Müller, Şahin, Łukasz Piątek, José de la Cruz, Øystein Bråten, Søren Ærø", "", "en"},
		{"Erdoğan meets Piłsudski of Łódź", "", "en"},
		{"Rio de la Plata", "", "en"},
		{"Abu Bakr al-Husseini and Sheikh Khalid bin Nasser al-Thunayan met Hamid Karimzada in Sana'a", "", "en"},
		{"Muhammad Shia' al-Sudani, Mustafa al-Kadhimi, Nechirvan Barzani, Qubad Talabani", "", "en"},
		{"It was a coup d'état, the mayor of La Paz and the café's owner said.", "", "en"},
		{"The army's chief doesn't know; it's what he'd said in Mar del Plata and at Rio de Janeiro.", "", "en"},
		{"", "", "en"},
		{"", "fr", "fr"},
	} {
		if got := Of(c.declared, c.text); got.Code != c.want {
			t.Errorf("%q, declared %q: %v, want %q", c.text, c.declared, got, c.want)
		}
	}
}

func TestCode(t *testing.T) {
	for declared, want := range map[string]string{
		"en": "en", "EN-gb": "en", "eng": "en", "English": "en", "pt_BR": "pt", "spa": "es", "French": "fr", "zh-Hans": "zh", "nob": "nb", "no": "nb",
		"iw": "he", "cmn-Hant": "zh", "kok": "kok", "": "", " de ": "de",
	} {
		if got := Code(declared); got != want {
			t.Errorf("%q: %q, want %q", declared, got, want)
		}
	}
	if Name("fr") != "French" || Name("kok") != "kok" {
		t.Error("names of languages")
	}
}

func FuzzOf(f *testing.F) {
	eachText(func(code, headline, text string) { f.Add(code, headline, text) })
	f.Fuzz(func(t *testing.T, declared, a, b string) {
		first := Of(declared, a, b)
		if again := Of(declared, a, b); again != first {
			t.Errorf("%v, then %v", first, again)
		}
		if first.Code == "" {
			t.Error("no language")
		}
	})
}

func BenchmarkOf(b *testing.B) {
	eachText(func(code, _, text string) {
		if code != English && code != "kk" {
			return
		}
		paragraphs := strings.Split(strings.Repeat(text+"\n", 20), "\n")
		b.Run(code, func(b *testing.B) {
			b.SetBytes(int64(20 * len(text)))
			for b.Loop() {
				Of("", paragraphs...)
			}
		})
	})
}
