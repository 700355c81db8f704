package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"sitrep/pipeline/article"
)

// A contingent that is told three times is one count; people who are no troops, and
// things, are kept apart from it.
func TestCounts(t *testing.T) {
	const body = "Rwanda sent 640 soldiers to Haiti on Monday, the minister said. The 640 troops flew in nine aircraft. " +
		"A roadside bomb killed three civilians in the capital. All 640 personnel of the force will be home by May."
	r := Examine(article.Article{Title: "Soldiers leave for Haiti", Body: body, Language: "en"}, ByPublication).Records()
	a := r.Article
	if len(a.TroopCounts) != 1 {
		t.Fatalf("troop counts: %+v", a.TroopCounts)
	}
	c := a.TroopCounts[0]
	told := []string{c.Text}
	for _, m := range c.Mentions {
		told = append(told, m.Text)
	}
	if got := strings.Join(told, ", "); got != "640 soldiers, 640 troops, 640 personnel" {
		t.Errorf("told as %s", got)
	}
	if value(c.Country) != "RW" || c.CountryRule == nil || value(c.Force) != "state" || c.Counted != "troops" || c.What != "troops" || c.Place == nil || c.Place.Text != "Haiti" {
		t.Errorf("count %+v", c)
	}
	var others []string
	for _, o := range a.OtherCounts {
		others = append(others, fmt.Sprint(o.Text, " ", o.Counted, " ", o.What))
	}
	if got := strings.Join(others, ", "); got != "three civilians others killed, nine aircraft aircraft aircraft" {
		t.Errorf("other counts: %s", got)
	}
}
