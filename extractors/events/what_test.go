package events

import (
	"fmt"
	"strings"
	"testing"
)

// Each text tells the events beside it, in order, and no others: their types, and
// "×" and how often they are told where more than once.
func TestWhat(t *testing.T) {
	for kind, lines := range map[string][][2]string{
		"two tellings of one event": {
			{"Chadian troops withdrew from Mali on Monday. The Chadian troops fled north.", "withdraw×2"},
			{"Rebels attacked the town of Sarh in Chad. The attack killed nine soldiers.", "attack×3"},
			{"Rebels in Chad carried out a raid. At least nine people were wounded in the raid.", "attack×3"},
			{"Chadian rebels say that nine soldiers fell in their attacks and ambushes.", "attack×2"},
		},
		"a meeting and what it is for": {
			{"Kenyan and Ugandan ministers met in Kigali to discuss the border.", "meet×2"},
			{"The Kenyan spokesman told the paper so in a telephone call.", ""},
		},
		"two events of one kind": {
			{"Sudanese drones struck a Chadian port. Chad condemned a drone strike by Sudan on a school.", "strike accuse strike"},
			{"Sudanese soldiers seized nine refineries in Chad. Sudanese soldiers seized one ship.", "seize seize"},
			{"Chadian jets carried out five airstrikes on rebels. Chadian jets carried out four airstrikes on rebels.", "strike strike"},
			{"Rebels attacked a Chadian post. Rebels carried out a second attack on the Chadian army.", "attack attack"},
			{"Hezbollah killed two soldiers in Lebanon. The Lebanese army killed two militants.", "attack attack"},
		},
		"a verb and its noun": {
			{"Chad imposed sanctions on Sudan.", "sanction×2"},
			{"Chad signed a contract with Sudan.", "agree×2"},
		},
		"what is not told as done": {
			{"Chad attacked bases for attacks on Sudan.", "attack"},
			{"Chad condemned an action in violation of sanctions on Sudan.", "accuse"},
			{"No Chadian soldiers were killed.", ""},
			{"The Chadian president scored a diplomatic coup.", ""},
			{"Nine Chadian soldiers were killed when a helicopter crashed.", ""},
			{"An earthquake killed nine people in Chad.", ""},
		},
		"other senses": {
			{"Rebels armed with rifles walked through the Chadian capital.", ""},
			{"The Chadian patrol moved into the building.", ""},
			{"The Chadian premier demonstrated how it is done.", ""},
		},
		"prepositions and their objects": {
			{"Chadian troops fired at the crowd.", "attack"},
			{"The Chadian president spoke to the Sudanese envoy.", "meet"},
			{"The town of Sarh in Chad fell to the rebels.", "seize"},
		},
		"where somebody is": {
			{"About 800 Chadian marines are inside the docks.", "deploy"},
			{"The Chadian minister is under house arrest.", "detain"},
		},
		"headlines inside the text": {
			{"It was a calm day in Chad, the army said.\n\nChadian rebels attacked the town of Sarh.\n\nRebels kill nine in northern Sudan\n\nSudan bombs a camp in Kenya\n\nThe town was calm.", "attack"},
			{"It was a calm day in Chad, the army said.\n\nSudanese jets bombed a camp in Kenya.\n\nAll was over by noon.", "strike"},
		},
		"kinds that meet": {
			{"Iran fired two missiles into the sea.", "coerce"},
			{"Iran fired two missiles at the camp.", "strike"},
			{"A roadside bomb struck a Chadian convoy.", "attack"},
			{"The Chadian junta ousted the premier.", "coerce"},
			{"The Chadian army refused to accept the plan.", "reject"},
			{"Chad appealed for donations.", "aid"},
		},
	} {
		t.Run(kind, func(t *testing.T) {
			for _, l := range lines {
				_, events := read(l[0])
				if got := told(events); got != l[1] {
					t.Errorf("%s\n  want %q\n   got %q", l[0], l[1], got)
				}
			}
		})
	}
}

func told(events []Event) string {
	var out []string
	for _, e := range events {
		w := e.Type.String()
		if n := len(e.Mentions); n > 0 {
			w += fmt.Sprintf("×%d", n+1)
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}
