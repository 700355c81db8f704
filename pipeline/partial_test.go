package pipeline

import (
	"strings"
	"testing"

	"sitrep/extractors/text"
	"sitrep/pipeline/article"
)

func TestMissing(t *testing.T) {
	const (
		lead = "Two hundred sappers were flown to the valley on Monday after the river had broken its banks in three places.\n\nThey brought boats and a bridge that can carry lorries, said the colonel who leads them.\n\n"
		more = "The governor asked the people of the lower villages to leave their houses before night, for more rain is expected.\n\n" +
			"Schools in the province will stay closed until Thursday. Farmers who have lost cattle may ask for help at the town hall, and those whose houses were carried off will be given a place in one of the three barracks.\n\n" +
			"The last flood of that height was in the year in which the dam was built, and the water then stood in the streets for eleven days, the mayor of the largest village said.\n\n"
	)
	for _, c := range []struct {
		name, body string
		partial    bool // as the sender's form says
		reason     string
		characters int
	}{
		{"whole", lead + more, false, "", 0},
		{"cut by a service", lead + "The govern… [+1234 chars]", false, "the sender left out 1234 characters", 1234},
		{"cut by another", lead + "The govern... [87 characters]\n", false, "the sender left out 87 characters", 87},
		{"cut, and the decoder saw it", lead + "[+9 chars]", true, "the sender left out 9 characters", 9},
		{"a summary", lead, true, "only a summary", 0},

		{"paywall", lead + "Subscribe to continue reading", false, "elsewhere", 0},
		{"paywall with a price", lead + "To continue reading this article, subscribe for £1 a week.\n\nAlready a subscriber? Log in", false, "elsewhere", 0},
		{"registration", lead + "Create a free account to continue reading.", false, "elsewhere", 0},
		{"sign in", lead + "Sign in to read the full story", false, "elsewhere", 0},
		{"subscribers only", lead + "This article is for subscribers only.", false, "elsewhere", 0},
		{"premium", lead + "This is a premium article. Join today and get the first month free.", false, "elsewhere", 0},
		{"members", lead + "This content is available only to members.", false, "elsewhere", 0},
		{"quota", lead + "You have reached your limit of free articles.", false, "elsewhere", 0},
		{"unlock", lead + "Log in or subscribe now to unlock this article", false, "elsewhere", 0},
		{"the rest", lead + "The rest of this article is available to subscribers.", false, "elsewhere", 0},
		{"another site", lead + "Read the full story at The Valley Courier", false, "elsewhere", 0},
		{"a feed", lead + "Read the full article here.", false, "elsewhere", 0},
		{"with what follows below", lead + "Subscribe to continue reading\n\nRelated articles\n\nFlood closes pass\n\n© 2021 The Valley Courier", false, "elsewhere", 0},

		{"excerpt", lead + "The governor asked the people of the lower villages to [...]", false, "breaks off", 0},
		{"short and with dots", "Two hundred sappers were flown to the valley on Monday after the river had broken its…", false, "breaks off", 0},

		{"newsletter", lead + more + "Subscribe to our newsletter to read more stories like this one.", false, "", 0},
		{"subscription box", lead + more + "Subscribe\n\nSign up for the morning briefing", false, "", 0},
		{"log in to comment", lead + more + "Log in or register to leave a comment.", false, "", 0},
		{"the full report", lead + more + "Read the full report of the commission here.", false, "", 0},
		{"a button inside", lead + "Continue reading\n\n" + more, false, "", 0},
		{"a box inside", lead + "Sign up to continue reading\n\n" + more, false, "", 0},
		{"subscribers in the news", lead + more + "The company said that its articles had gained 3,000 subscribers after the flood.", false, "", 0},
		{"dots at the end of a long text", lead + more + more + "And so they wait…", false, "", 0},
		{"dots after a sentence", "The colonel looked at the river and said that nobody could know what the night would bring....", false, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := article.Decode([]byte(c.body), article.Text)
			if err != nil {
				t.Fatal(err)
			}
			a.Title, a.Partial = "Sappers in the valley", a.Partial || c.partial
			got := missing(&a, text.Read(a.Title, a.Body))
			if (c.reason == "") != (got.Reason == "") || !strings.Contains(got.Reason, c.reason) || got.Characters != c.characters {
				t.Errorf("%+v, want %q", got, c.reason)
			}
		})
	}
}

func TestPartialArticles(t *testing.T) {
	const report = "Two hundred soldiers left the base on Monday and were flown to the north of the country, the army said."
	for _, c := range []struct {
		raw     string
		missing int
		events  bool
	}{
		{`{"title":"Base","content":"` + report + ` [+1234 chars]"}`, 1234, true},
		{`{"title":"Base","description":"` + report + `"}`, 0, true},
		{`{"title":"Base","body":"` + report + `\n\nSubscribe to continue reading"}`, 0, true},
		{`{"title":"Rain","body":"It rained on the hills and in the valleys for the whole of the week.\n\nSubscribe to continue reading"}`, 0, false},
	} {
		a := published(t, c.raw)
		if a.Status != StatusPartial || a.Reason == nil || a.CharactersRead == 0 || (len(a.EventIDs) > 0) != c.events {
			t.Errorf("%s: %s, %s, %d events", c.raw, a.Status, value(a.Reason), len(a.EventIDs))
		}
		if n := a.CharactersMissing; (n == nil) != (c.missing == 0) || n != nil && *n != c.missing {
			t.Errorf("%s: %v characters missing", c.raw, n)
		}
	}
}

func TestReasons(t *testing.T) {
	for _, c := range []struct{ raw, status, reason string }{
		{`{"lang":"fr","body":"The soldiers were sent to the north by the government after the vote, and they will stay there."}`, StatusOK, "the text is English, though declared as French"},
		{`{"lang":"fr","body":"It rained on the hills and in the valleys for the whole of the week, and the roads were closed."}`, StatusNoEvents, "no event found; the text is English, though declared as French"},
		{`{"date":"soon","body":"It rained on the hills and in the valleys for the whole of the week, and the roads were closed."}`, StatusNoEvents, `no event found; publication date "soon"`},
		{`{"lang":"eng","body":"Los soldados fueron enviados al norte del país por el gobierno para los próximos seis meses."}`, StatusUnsupported, "the text is not English but Spanish, though declared as English"},
		{`{"lang":"es","body":"Los soldados fueron enviados al norte del país por el gobierno para los próximos seis meses."}`, StatusUnsupported, "the text is not English but Spanish"},
	} {
		a := published(t, c.raw)
		if a.Status != c.status || !strings.HasPrefix(value(a.Reason), c.reason) {
			t.Errorf("%s: %s, %q; want %s, %q", c.raw, a.Status, value(a.Reason), c.status, c.reason)
		}
	}
}

// published returns the article record that a raw article becomes.
func published(t *testing.T, raw string) ArticleRecord {
	t.Helper()
	return articleOf(t, receipt(t, Process(sent(raw), testLimits)))
}
