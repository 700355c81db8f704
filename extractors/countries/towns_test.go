package countries

import (
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// Towns that share their names. What stands behind the bar is the region that the
// town was found to lie in, or the country alone where the site is not known.
func TestTownsOfOneName(t *testing.T) {
	for _, sentence := range []string{
		// Words beside the name.
		"The exercise ended near [Paris|US-TX], [Texas|US-TX], on Friday.",
		"The ministers met in [Paris|FR-IDF] on Friday.",
		"Shells fell on [Tripoli|LB-AS], Lebanon, for a third day.",
		"Militias fought around the airport of [Tripoli|LY-TB], the Libyan capital.",
		"He was born in [Cairo|US-IL], [Illinois|US-IL].",
		"The delegation left [Cairo|EG-C] for talks in [Doha|QA-DA].",
		"A plant in [Moscow|US-ID], [Idaho|US-ID], makes the fuses.",
		"The plan was drawn up in [Moscow|RU-MOS] last week.",
		"A guard unit from [Athens|US-GA], [Georgia|US-GA], was called up.",
		"Marchers in [Athens|GR-I] burned a flag.",
		"The regiment trains near [London|CA-ON], [Ontario|CA-ON].",
		"The envoy flew back to [London|GB-ENG] on Monday.",
		"The trial opened in [Hyderabad|PK-SD], Pakistan.",
		"The trial opened in [Hyderabad|IN-TS], India.",
		"Gunmen stormed a bank in the Pakistani city of [Hyderabad|PK-SD].",
		"Reservists in [Birmingham|US-AL], [Alabama|US-AL], got their orders.",
		"Police in [Birmingham|GB-ENG], England, held four men.",
		"A court in [Cordoba|AR-X], Argentina, freed the colonel.",
		"A court in [Cordoba|ES-AN], Spain, freed the colonel.",
		"The ship docked at [Santiago|CU-13], Cuba.",
		"The general died in [Santiago|CL-RM], Chile.",
		"Shots were heard in [Merida|VE-L], Venezuela.",
		"Troops entered [Valencia|VE-G], in northern Venezuela.",
		"Troops left [Valencia|ES-V], Spain.",
		"They marched through [Alexandria|US-VA], [Virginia|US-VA].",
		"They marched through [Alexandria|EG-ALX], Egypt.",
		"The base at [Melbourne|US-FL], [Fla.|US-FL], was shut.",
		"The base near [Melbourne|AU-VIC], Australia, was shut.",
		"The arms were found in [Georgetown|GY-DE], Guyana.",
		"He spoke in [Georgetown|US-TX], [Texas|US-TX].",
		"Two men from [Lebanon|US-PA], [Pennsylvania|US-PA], were on board.",
		"Fighters seized the Syrian town of [Tabqa|SY-RA].",
		"Guards in [Kingston|JM-01], Jamaica, opened fire.",
		"Guards in [Kingston|CA-ON], [Ontario|CA-ON], opened fire.",
		"The convoy reached [San Jose|CR-SJ], Costa Rica.",
		"The firm is based in [San Jose|US-CA], [California|US-CA].",

		"The ferry from [Seattle|US-WA], [Washington|US-WA], was late.",
		"Officials in [Washington|US-DC] would not say.",
		"The governor of [Washington state|US] called up the guard.",

		// The countries that the text names.
		"Pakistan sent more police after the riot. In [Hyderabad|PK-SD], two officers died.",
		"India sent more police after the riot. In [Hyderabad|IN-TS], two officers died.",
		"The Syrian army advanced, and Syria's allies bombed [Hama|SY-HM].",
		"Venezuela's army chief was in [Valencia|VE-G]. The Venezuelan opposition called it a plot.",
		"Spain's king was in [Valencia|ES-V]. The Spanish press cheered.",
		"Guards shot at a crowd in Kenya. The Kenyan town of [Garissa|KE-07] was under curfew.",
		"Afghan troops fought in [Sangin|AF-HEL], and Afghanistan's air force struck [Kandahar|AF-KAN].",
		"Ukraine said its troops were in [Lyman|UA-14]. Ukrainian guns fired on.",
		"Iraqi forces hold [Balad|IQ-SD], Iraq's ministry said.",
		"Sudan's army left [Nyala|SD-DS], and Sudanese officials fled to [Port Sudan|SD-RS].",

		// What is known best, without more.
		"Protests spread to [Barcelona|ES-CT].",
		"The talks in [Geneva|CH-GE] broke up.",
		"A bomb went off in [Mosul|IQ-NI].",
		"Flights from [Dubai|AE-DU] were turned back.",
		"A strike shut the port of [Marseille|FR-PAC].",
		"Shots were heard in [Karachi|PK-SD].",
		"A blast shook [Istanbul|TR-34].",
		"Two died in [Mombasa|KE-28].",

		// Regions, provinces and districts.
		"Rockets hit a post in [Kunar|AF-KNR] province, Afghanistan.",
		"The raid in [Kandahar|AF-KAN] province, Afghanistan, failed.",
		"He commands the garrison of [Luhansk|UA-09], Ukraine.",
		"The state of [Florida|US-FL] sent help.",
		"Floods hit [Punjab|IN-PB], India, and spread.",
		"Floods hit [Punjab|PK-PB], Pakistan, and spread.",
		"Clashes in [Nineveh|IQ-NI] province, Iraq, went on.",

		// Unknown to all lists, but said to lie in a country.
		"Soldiers entered the village of [Zharkobad|AF], Afghanistan.",

		// No places.
		"Michael Jordan and Denzel Washington gave money.",
		"Paris Hilton came late.",
		"Colonel Jack London said nothing.",
		"He sang of the sea.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, m := range Find(doc, names.Find(doc)) {
				if m.Place && m.Kind >= Capital {
					where := m.Site.Code()
					if where == "" {
						where = string(m.Country)
					}
					got = append(got, marked.At(doc, m.Span, where))
				}
			}
			return got
		})
	}
}
