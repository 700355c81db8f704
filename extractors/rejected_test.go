package extractors_test

import (
	"testing"

	"sitrep/extractors"
	"sitrep/extractors/events"
	"sitrep/extractors/text"
)

// Words that name no event, after those that name one: "type words: reason".
func TestRejected(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
		why  events.Reason
	}{
		{"Chad's rebels attacked the port and killed nine soldiers.", nil, 0},
		{"Chad's army has an attack helicopter.", []string{"attack attack"}, events.Modifier},
		{"Wolves killed a sheep.", []string{"attack killed"}, events.Unpeopled},
		{"The navy of Peru led Operation Desert Strike.", []string{"protest Strike"}, events.PartOfName},
		{"The union held the hall in Chad.", []string{"detain held"}, events.Unfit},
		{"Peru built bases for attacks on Chad.", []string{"attack attacks"}, events.Unreal},
		{"Ana Moe praised the government of Chad.", []string{"support praised"}, events.Private},
		{"Peru denied that it agreed to withdraw 400 soldiers from Chad.", []string{"reject denied", "agree agreed"}, events.Prelude},
		{"The court accused the rebels of Chad of killing a guard.", []string{"attack killing"}, events.Alleged},
		{"The striker of Spain attacked from the kick-off and scored for his team. The goalkeeper defended the goal and the league's players retreated. Ghana met Brazil in the final after the season.",
			[]string{"attack attacked", "withdraw retreated", "meet met"}, events.OffTopic},
	} {
		doc := text.Read("", c.text)
		f := extractors.Extract(doc, told(t))
		var got []string
		for _, x := range extractors.Rejected(doc, &f) {
			if got = append(got, x.Type.String()+" "+doc.Slice(x.Trigger)); x.Reason != c.why {
				t.Errorf("%q in %q %s, want %s", doc.Slice(x.Trigger), c.text, x.Reason, c.why)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%q drops %q, want %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q drops %q, want %q", c.text, got, c.want)
			}
		}
	}
}

// Nothing is both an event and dropped, and what is dropped stands in order.
func FuzzRejected(f *testing.F) {
	f.Add("Rebels attack the port\n\nChad's rebels attacked the attack helicopter and agreed to be accused of killing and of holding talks.")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		facts := extractors.Extract(doc, told(t))
		triggers := map[int]bool{}
		for _, e := range facts.Events {
			triggers[e.Trigger.Start] = true
		}
		last := 0
		for _, x := range extractors.Rejected(doc, &facts) {
			if x.Trigger.Start < last || x.Trigger.End <= x.Trigger.Start || x.Trigger.End > len(s) {
				t.Fatalf("span %v after %d in %q", x.Trigger, last, s)
			}
			if triggers[x.Trigger.Start] || x.Reason.String() == "" || x.Type.String() == "" || x.Rule == "" {
				t.Fatalf("%+v in %q", x, s)
			}
			last = x.Trigger.Start
		}
	})
}
