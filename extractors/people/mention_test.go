package people

import (
	"testing"

	"sitrep/extractors/countries"
)

func TestMentionsTheTaggerMissed(t *testing.T) {
	for _, sentence := range []string{
		"Sgt. [Voss|+Voss] and Mrs. [Abara|+Abara] waited.",
		"Field Marshal [Idris Bakari|+Idris Bakari] saluted, and [Bakari|+Idris Bakari] sat down.",
		"Police handed rebel commander [Amadou Diarra|+Amadou Diarra] to the court.",
		"[Ines Duarte|Ines Duarte] won the vote, though [Duarte|+Ines Duarte] had not campaigned.",
		"Soldiers near the bridge.\n(Photo: [Ana Ruiz|+Ana Ruiz]/AP)",
		"[Marek Novotny|Marek Novotny] said no. Later [Marek Novotny|+Marek Novotny] said yes.",
	} {
		check(t, sentence)
	}
}

func TestTitlesAreCutOff(t *testing.T) {
	for _, sentence := range []string{
		"Then Prime Minister [Anders Holt|Anders Holt] said that Vice Adm. [Mary Quist|Mary Quist] would go.",
		"The army named Maj. Gen. [Bob Tell|Bob Tell] and Sheikh [Omar Said|Omar Said] the victors.",
	} {
		check(t, sentence)
	}
	for s, want := range map[string]string{
		"President Anders Holt": "Anders Holt", "Lt. Col. Mary Quist": "Mary Quist", "Prime Minister\u200e Omar Said": "Omar Said",
		"Holt Monday": "Holt", "Maybe I": "Maybe",
	} {
		doc, named := tagAll(s)
		for _, p := range Find(doc, named, nil, countries.FindGroups(doc)) {
			if got := doc.Slice(p.Mentions[0].Span); got != want {
				t.Errorf("%s: %q, want %q", s, got, want)
			}
		}
	}
}

func TestNamesKeptWhole(t *testing.T) {
	for _, sentence := range []string{
		"[Pedro I|Pedro I] of Brazil and [I. Quist|I. Quist] are whole names.",
		"[Mobutu wa Nkosi|Mobutu wa Nkosi] spoke.",
		"The boxer [Rafael \"Fists of Iron\" Ruiz|Rafael \"Fists of Iron\" Ruiz] won.",
		"[Zine al-Abidine Ben Omar|Zine al-Abidine Ben Omar] fled.",
	} {
		check(t, sentence)
	}
}

func TestThings(t *testing.T) {
	for _, sentence := range []string{
		"The carrier [Carl Vance|-] left port, and USS [Abel Stone|-] followed.",
		"Planes landed at [Ben Yosef|-] Airport and [Otto Lund|-] International.",
		"The [Harry Tuller|-] Library and the [Mary Quist|-] Foundation lent money.",
		"Hurricane [Marta|-] hit as Operation [Anaconda|-] began.",
		"Congress passed the [Magritte|-] Act and the [Dalton|-] Accords.",
		"[Lund|-] & Sons sold its shares to [Peter Moe|-] & Co.",
		"[Pirelli|-] rose after [Pirelli|-] Cables Inc. said so.",
		"She read \"[Angela|-]'s Ashes\" and saw \"[Hamlet|-]\" twice.",
		"The [Henrique Leal|-] sailed at dawn.",
		"[Our Lady of Sorrows|-] is a church.",
		"[Leader Captured|-] was the word in a report of the captured town, where a leader was captured.",
	} {
		check(t, sentence)
	}
}

func TestPersonsBesideThings(t *testing.T) {
	for _, sentence := range []string{
		"The [Arriaga|Tomás Arriaga] government fell when [Tomás Arriaga|Tomás Arriaga] died.",
		"A man known as \"[Carlos|Carlos]\" was seen.",
		"Supporters of the late [Ines Duarte|Ines Duarte] wept.",
		"[Ines Duarte|Ines Duarte] & [Otto Lund|Otto Lund] host the show.",
		"\"We trust [Duarte|Ines Duarte] to the end,\" said a man who had voted for [Ines Duarte|Ines Duarte].",
	} {
		check(t, sentence)
	}
}

func TestAuthors(t *testing.T) {
	doc, found := find("Bridge at Kandi reopened\n\nBy Ida Holmberg\n\nEngineers reopened the bridge at Kandi on Monday, said Col. Peter Lund, who leads them. Lund thanked his men.\n\n" +
		"Ida Holmberg is a reporter in Oslo who writes about roads and rivers.")
	for _, p := range found {
		if want := p.Name == "Ida Holmberg"; p.Author != want {
			t.Errorf("%s: author is %v", p.Name, p.Author)
		}
		for _, m := range p.Mentions {
			if p.Author && doc.Slice(m.Span) != "Ida Holmberg" {
				t.Errorf("%q is the author's", doc.Slice(m.Span))
			}
		}
	}
	if len(found) != 2 {
		t.Errorf("%d persons", len(found))
	}
}
