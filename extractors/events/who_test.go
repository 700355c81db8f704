package events

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/names"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// read returns the events of body, found with all that is found before them.
func read(body string) (*text.Document, []Event) {
	doc := text.Read("", body)
	named := names.Find(doc)
	var f Found
	f.Countries = countries.Find(doc, named)
	f.Groups = countries.FindGroups(doc)
	f.People = people.Find(doc, named, f.Countries, f.Groups)
	f.Troops, _ = troops.Find(doc, named, f.Countries)
	f.Dates = dates.Find(doc, dates.Anchor{})
	return doc, Find(doc, f)
}

// brief writes who does e to whom: "attack SD > TD". A side of no country is a
// question mark, no side nothing.
func brief(e *Event) string {
	out := e.Type.String()
	if len(e.Actors) > 0 {
		out += " " + sidesOf(e.Actors)
	}
	if len(e.Targets) > 0 {
		out += " > " + sidesOf(e.Targets)
	}
	return out
}

func sidesOf(list []Participant) string {
	var out []string
	for _, p := range list {
		out = append(out, cmp.Or(string(p.Country), "?"))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), "+")
}

// where writes where e happens: "deploy SD→TD", "attack TD".
func where(e *Event) string {
	place := ""
	if e.Place != nil {
		place = string(e.Place.Country)
	}
	if e.Type.moves() {
		place = string(e.Origin) + "→" + string(e.Destination)
	}
	return e.Type.String() + " " + cmp.Or(place, "?")
}

// losses writes the counts of e: "attack 3 killed, 2+ wounded".
func losses(e *Event) string {
	var out []string
	for _, c := range e.Counts {
		n := fmt.Sprint(c.Min)
		if c.Max == troops.Open {
			n += "+"
		}
		out = append(out, n+" "+c.Status.String())
	}
	return e.Type.String() + " " + strings.Join(out, ", ")
}

// has fails t unless one of the events of body, written by how, is want.
func has(t *testing.T, body, want string, how func(*Event) string) {
	t.Helper()
	_, list := read(body)
	var got []string
	for n := range list {
		got = append(got, how(&list[n]))
	}
	if !slices.Contains(got, want) {
		t.Errorf("%s\n  want %q\n   got %q", body, want, got)
	}
}

func TestWho(t *testing.T) {
	for kind, lines := range map[string][][2]string{
		"pronouns stand for the subject before them": {
			{"Ghana said its troops attacked a Togolese post.", "attack GH > TG"},
			{"Chad sent envoys, and its soldiers attacked a Sudanese post.", "attack TD > SD"},
		},
		"modifiers tied to the verb": {
			{"Libyan helicopter gunships attacked Chadian positions.", "strike LY > TD"},
		},
		"subjects right before the verb": {
			{"Alarm has grown as Niger has massed soldiers near Mali and carried out large-scale exercises.", "exercise NE"},
			{"Norway condemned Sudanese aggression against Chad.", "accuse NO > SD"},
		},
		"agents beside a date": {
			{"The generals were sanctioned by Kenya and Uganda last year.", "sanction KE+UG > ?"},
		},
		"those who use a weapon": {
			{"Syrian drones had been used by Hezbollah fighters to attack Israel.", "strike LB > IL"},
			{"Rockets were used by Chadian rebels to attack a Sudanese base.", "strike TD > SD"},
		},
		"a drive told before its subject": {
			{"In the campaign to liberate the Libyan city of Sirte, Egyptian forces have made progress.", "seize EG > LY"},
		},
		"means of what the verb says": {
			{"Sudanese troops seized nine villagers during a raid on a camp in Chad.", "attack SD > TD"},
			{"Policemen were captured by Chadian rebels in an attack on the port of Douala.", "attack TD > CM"},
		},
		"victims are those hit": {
			{"A spokesman said two Kenyan farmers were injured by Hezbollah fire.", "attack LB > KE"},
			{"The mayor's house in Peru was hit; gunmen attacked state institutions in Lima.", "attack PE > PE"},
			{"Peru hit back with a raid on a college dormitory in Chile.", "attack PE > CL"},
			{"Hezbollah fired rockets at Israel.", "strike LB > IL"},
		},
		"blame falls on the owner of the deed": {
			{"Norway backed Kenyan minister Ann Otieno's plan for peace.", "support NO > KE"},
			{"The French government hailed the Chadian army's advance.", "support FR > TD"},
			{"The Kenyan government condemns every violation of the borders of Chad.", "accuse KE"},
		},
		"the sides behind the noun": {
			{"Three people died during protests in Ghana against the Ghanaian government.", "protest > GH"},
			{"Protests on Monday in Ghana against the Ghanaian government spread.", "protest > GH"},
		},
		"whose they were when told before": {
			{"Hezbollah guerrillas shelled a town in Israel. Israeli police said the guerrillas abducted two farmers.", "detain LB > IL"},
			{"Soldiers from Kenya and Uganda met. Kenya is calm, but the country's police arrested nine men.", "detain KE > KE"},
		},
		"forces of several countries are of none": {
			{"Coalition forces attacked a camp in Iraq. Iraq is calm. Iraq agreed.", "attack ? > IQ"},
		},
		"what everybody knows": {
			{"President Barack Obama condemned Chad.", "accuse US > TD"},
			{"The Royal Navy sent 300 sailors to Chad.", "deploy GB"},
			{"The CIA trained rebels in Chad.", "train US > TD"},
		},
		"two countries in one word": {
			{"Egyptian-Syrian talks were held in Cairo.", "meet EG+SY"},
			{"The Franco-German brigade was sent to Mali.", "deploy DE+FR"},
		},
		"sides told before of what is only spoken of": {
			{"Sudanese troops may launch an invasion of Chad, the minister said. Sudan denies planning to invade.", "attack SD > TD"},
		},
		"those named behind": {
			{"The president of Kenya urged Somalia's allies, China and Russia, to help Kenya.", "aid CN+RU > KE"},
			{"African leaders, including Kenya's president William Ruto, condemned the Sudanese attacks.", "accuse KE > SD"},
		},
		"whose the announcement is": {
			{"The Kenyan announcement of sanctions on Sudan came late.", "sanction KE > SD"},
		},
		"the group told before": {
			{"Hezbollah fought on. Israel filed a complaint against the Islamic group, and Israeli soldiers attacked the group.", "attack IL > LB"},
		},
		"deeds of their owners": {
			{"Sudanese operations isolated the Chadian town.", "coerce SD > TD"},
		},
		"brackets before the verb": {
			{"[Text] The Kenyan army (KDF) attacked a Somali post.", "attack KE > SO"},
		},
		"those who move are no one's object": {
			{"Kenya's forces were pursuing retreating Somali troops.", "withdraw SO"},
		},
		"troops backed by strikes": {
			{"The minister said Kenyan troops backed by artillery fire had reached the river.", "strike KE"},
		},
		"groups of no country": {
			{"Iraqi troops attacked Islamic State fighters in Iraq.", "attack IQ > ?"},
			{"Al Qaida was bombed by American jets in Syria.", "strike US > ?"},
		},
		"words of the trigger": {
			{"Hezbollah gunmen waged a guerrilla war on Israel.", "attack LB > IL"},
		},
		"it is no troops": {
			{"Kenyan police said officials from Uganda told Kenya that it must release nine men.", "release KE > KE"},
		},
		"the two sides are not some": {
			{"Kenya and Uganda argued. Some western countries imposed sanctions on Sudan.", "sanction > SD"},
		},
	} {
		t.Run(kind, func(t *testing.T) {
			for _, l := range lines {
				has(t, l[0], l[1], brief)
			}
		})
	}
}

func TestWhere(t *testing.T) {
	for _, l := range [][2]string{
		{"Peru sent 300 soldiers into Chile.", "deploy PE→CL"},
		{"Kenyan troops crossed into Somalia.", "deploy KE→SO"},
		{"Peruvian soldiers are stationed in Chile.", "deploy →CL"},
		{"The president of Peru met the president of Chile in Quito.", "meet EC"},
		{"Sudanese troops invaded Chad.", "attack TD"},
		{"In Chad, Sudanese forces continued to seize more territory.", "seize TD"},
		{"The Nairobi bombings killed nine Kenyan soldiers.", "attack KE"},
		{"The ministry says coalition forces killed six insurgents.", "attack ?"},
		{"Peru will withdraw its soldiers from Chile.", "withdraw CL→PE"},
		{"Kenya was prepared to withdraw from southern Somalia provided its own border could be made safe.", "withdraw SO→KE"},
		{"Israeli jets bombed Syrian positions in Lebanon.", "strike LB"},
		{"The cooperation between Kenya and Uganda was praised; Kenyan and Ugandan officials met in Kigali.", "meet RW"},
	} {
		has(t, l[0], l[1], where)
	}
}

func TestLosses(t *testing.T) {
	for _, l := range [][2]string{
		{"Somali rebels killed three Kenyan policemen and badly wounded six others.", "attack 3 killed, 6 wounded"},
		{"A car bombing near a Kenyan barracks killed four Kenyan soldiers and wounded nine.", "attack 4 killed, 9 wounded"},
		{"The Kenyan army shelled the port, trapping 900 people.", "strike 900 unknown"},
		{"Several insurgents opened the gate and were killed.", "attack 3 killed"},
		{"Kenyan troops killed the insurgent.", "attack 1 killed"},
		{"Kenyan troops killed numerous insurgents.", "attack 2+ killed"},
		{"Kenyan forces shot, killing Abdi Warsame.", "attack 1 killed"},
		{"A Somali officer was shot dead by gunmen.", "attack 1 killed"},
		{"Kenyan gunmen killed two farmers in Kenya. Two of those farmers were killed in the attack.", "attack 2 killed"},
		{"The force consists of 15,000 sailors and 6,000 Kenyan soldiers based in Somalia.", "deploy 6000 deployed"},
		{"Two Chadian leaders discussed the plan, and Chadian police arrested a farmer.", "detain 1 captured"},
	} {
		has(t, l[0], l[1], losses)
	}
}

// Nobody stands for two countries.
func TestKnown(t *testing.T) {
	seen := map[string]string{}
	for _, f := range rows(knownTSV, 3) {
		for _, name := range strings.Split(f[2], "|") {
			name = strings.TrimPrefix(name, "~")
			if before := seen[name]; before != "" && before != f[1] {
				t.Errorf("%s: %s and %s", name, before, f[1])
			}
			seen[name] = f[1]
		}
	}
}

// Texts of which little stands before or after what is looked for.
func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"KABUL, Afghanistan (April 20, 2011) – Kenyan forces killed nine men during a raid in Kunar",
		"Ethiopia was ready to withdraw from southern Somalia",
		"[Text] The army (KDF) attacked both. Both were freed by Peru and Chile last year",
		"Egyptian-Syrian talks, including Kenya's president, and neither country. It, its",
		"–me rAid",
		"an attack on Monday against of the by in Peru on",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		doc, list := read(body)
		last := -1
		for n := range list {
			e := &list[n]
			if e.Trigger.Start < last || e.Trigger.Start >= e.Trigger.End || e.Trigger.End > len(doc.Text) {
				t.Fatalf("trigger %v after %d in %q", e.Trigger, last, body)
			}
			last = e.Trigger.Start
			for _, p := range slices.Concat(e.Actors, e.Targets) {
				if p.Start < 0 || p.Start >= p.End || p.End > len(doc.Text) {
					t.Fatalf("participant %v in %q", p.Span, body)
				}
			}
		}
	})
}
