package people

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// told returns the roles of the persons whose names are marked in sentence, as
// "role CC", with the one that stands for the person first.
func told(sentence string) map[string][]string {
	plain, marks := marked.Parse(sentence)
	doc := text.Read("", plain)
	var named []names.Mention
	for _, m := range marks {
		first, last := doc.TokensIn(text.Span{Start: m.Start, End: m.End})
		named = append(named, names.Mention{Span: doc.Covering(first, last), Type: names.Person, First: first, Last: last})
	}
	for _, n := range names.Find(doc) {
		if n.Type == names.Place {
			named = append(named, n) // towns are countries' where the tagger sees them
		}
	}
	slices.SortFunc(named, func(a, b names.Mention) int { return a.Start - b.Start })
	out := map[string][]string{}
	for _, p := range Find(doc, named, countries.Find(doc, named), countries.FindGroups(doc)) {
		list := []string{strings.TrimSpace(p.Role + " " + string(p.Country))}
		for _, r := range p.Roles {
			list = append(list, strings.TrimSpace(r.Name+" "+string(r.Country)))
		}
		out[p.Name] = list
	}
	return out
}

// A mark's meaning is what the person is: role and country.
func TestRoles(t *testing.T) {
	for _, sentence := range []string{
		// Before the name.
		"Iraqi Prime Minister [Salih Hamdan|Prime Minister IQ] flew home.",
		"U.S. Defence Secretary [Carl Penn|Defence Secretary US] spoke.",
		"They met U.S. Secretary of State [Carl Penn|Secretary of State US] in Geneva.",
		"Israel's army chief [Dan Peleg|army chief IL] resigned.",
		"On Monday Kenyan rebel leader [Otieno Kamau|rebel leader KE] surrendered.",
		"Pentagon spokesman [Bob Tell|Pentagon spokesman US] declined to say.",
		"NATO spokeswoman [Anna Lind|NATO spokeswoman] said so.",
		"Kandahar governor [Gul Rahman|governor AF] agreed.",
		"Former Peruvian president [Luis Ocampo|former president PE] was freed.",
		"Ex-minister [Ana Blum|Ex-minister] was not.",
		"Deputy Foreign Minister [Ana Blum|Deputy Foreign Minister] came.",
		"New York businessman [Abe Katz|businessman US] paid.",
		"Chairman of the Joint Chiefs of Staff Gen. [Roy Hale|Chairman of the Joint Chiefs of Staff] testified.",
		"Minister for Water [Joy Achieng|Minister for Water] opened the dam.",
		"the party's candidate, [Joy Achieng|candidate], waved.",
		// Behind it.
		"[Ali Demir|foreign minister TR], the Turkish foreign minister, denied it.",
		"[Ali Demir|foreign minister TR], Turkey's foreign minister, denied it.",
		"[Ali Demir|foreign minister TR], foreign minister of Turkey, denied it.",
		"Foreign Minister [Ali Demir|Foreign Minister TR] of Turkey denied it.",
		"[Karim Jassim|spokesman for the Iraqi army IQ], spokesman for the Iraqi army, confirmed the deaths.",
		"[Karim Jassim|farmer], a farmer, heard the blast.",
		"[Karim Jassim|farmer], 54, a farmer in the valley, heard the blast.",
		"[Walid Saleh|ambassador to Washington SY], the Syrian ambassador to Washington, left.",
		"[Roy Hale|commander of U.S. forces US], commander of U.S. forces in Iraq, agreed.",
		"Sen. [Rex Tull|Sen. US], R-Ohio, voted no.",
		"[Ana Blum|president of the bank], president of the bank, sold her shares.",
		"[Ana Blum|leader of the opposition] is the leader of the opposition.",
		"[Ana Blum|prime minister], who was once prime minister, has died.",
		"[Ana Blum|aide to President Hale], an aide to President [Hale|President], rang.",
		"Kenyan President [Otieno Kamau|President KE] was out, Kamau's spokesman, [Ali Said|spokesman KE], said.",
		"[Ana Blum|sister of Otto Blum], sister of [Otto Blum|], rang.",
		// Between commas.
		"The Turkish foreign minister, [Ali Demir|foreign minister TR], denied it.",
		"Ukraine's defence minister, [Ivan Bondar|defence minister UA], said no.",
		"The head of the UN mission, [Ana Blum|head of the UN mission], left.",
		"The US president, [Roy Hale|president US], and the Chinese leader, [Wei Long|leader CN], met.",
		// Several, the most telling one published.
		"Prime Minister Gen. [Roy Hale|Prime Minister] took power.",
		"U.S. Army Col. [Roy Hale|Army Col. US] spoke.",
		"NATO spokesman Lt. Col. [Roy Hale|NATO spokesman] spoke.",
		// No role.
		"Mr. [Roy Hale|] and [Ana Blum|] met the president.",
		"After meeting [Roy Hale|], the president said he would go.",
		"He met [Roy Hale|], President [Ana Blum|President] and others.",
		"[Roy Hale|] was killed.",
		"In London President [Ana Blum|President] said so.",
	} {
		plain, marks := marked.Parse(sentence)
		got := told(sentence)
		for _, m := range marks {
			if g := got[m.Text]; len(g) == 0 || g[0] != m.Meaning {
				t.Errorf("%s\n  %s: want %q, got %q", plain, m.Text, m.Meaning, g)
			}
		}
	}
}

func TestAllRolesAreKept(t *testing.T) {
	for sentence, want := range map[string][]string{
		"U.S. Army Col. [Roy Hale|], commander of the brigade, is a father of two. Mr. [Hale|] is also the mayor's brother.": {"Army Col. US", "commander of the brigade", "father", "brother"},
		"Italian Prime Minister [Ana Blum|], the former mayor of Turin, resigned.":                                           {"Prime Minister IT", "former mayor of Turin IT"},
	} {
		for name, got := range told(sentence) {
			if !slices.Equal(got[1:], want) {
				t.Errorf("%s: want %q, got %q", name, want, got[1:])
			}
		}
	}
}

// Every line of the tables has its columns, and no line stands twice.
func TestTables(t *testing.T) {
	for name, table := range map[string]string{"offices": officesTSV, "things": thingsTSV, "given": givenTSV, "nicknames": nicknamesTSV} {
		lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
		columns := strings.Count(lines[0], "\t")
		if !slices.IsSorted(lines[1:]) {
			t.Errorf("%s.tsv is not sorted", name)
		}
		for i, line := range lines {
			if strings.Count(line, "\t") != columns || i > 0 && line == lines[i-1] {
				t.Errorf("%s.tsv:%d: %q", name, i+1, line)
			}
		}
	}
	for f := range rows(officesTSV) {
		if _, ok := classes[f[1]]; !ok || f[2] != "title" && f[2] != "noun" && f[2] != "both" || f[0] != strings.ToLower(f[0]) {
			t.Errorf("offices.tsv: %q", f)
		}
	}
}
