package pipeline

import "testing"

func TestLanguageOf(t *testing.T) {
	for _, c := range []struct{ text, declared, want string }{
		{"The soldiers were sent to the north by the government after the vote.", "", "en"},
		{"The soldiers were sent to the north by the government after the vote.", "fr", "en"},
		{"Rebels seize two towns", "", "en"},
		{"Rebels seize two towns", "en", "en"},
		{"Soldats en route", "fr", "fr"},
		{"Les soldats ont été envoyés dans le nord du pays par le gouvernement pour une durée de six mois.", "", "fr"},
		{"Los soldados fueron enviados al norte del país por el gobierno para los próximos seis meses.", "en", "es"},
		{"Die Soldaten wurden von der Regierung in den Norden des Landes geschickt und sollen dort ein Jahr bleiben.", "", "de"},
		{"Para prajurit dikirim ke utara oleh pemerintah untuk enam bulan dan akan kembali pada bulan Juni.", "", "id"},
		{"Солдаты были отправлены на север страны.", "", "und"},
		{"Солдаты были отправлены на север страны.", "ru", "ru"},
		{"1 Smith 34 2 Jones 35 3 Okafor 36 4 Lindt 37 5 Moreau 38 6 Berg 39 7 Ito 40 8 Khan 9 Diaz 10 Novak 11 Petrov 12 Silva 13 Kim", "", "en"},
		{"", "", "en"},
	} {
		if got := languageOf(c.text, c.declared); got != c.want {
			t.Errorf("%q, declared %q: %q, want %q", c.text, c.declared, got, c.want)
		}
	}
}
