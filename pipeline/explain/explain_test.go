package explain

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"testing"

	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/text"
	"sitrep/pipeline"
	"sitrep/pipeline/article"
	"sitrep/pipeline/samples"
)

// read examines an article published on Wednesday, 5 June 2019.
func read(title, body string) *pipeline.Reading {
	published := dates.Stamp{Day: dates.Day{Year: 2019, Month: 6, Day: 5}}
	return pipeline.Examine(article.Article{Title: title, Body: body, Published: published, Language: "en"}, pipeline.ByPublication)
}

func explained(t *testing.T, r *pipeline.Reading, look Terminal) string {
	t.Helper()
	var b strings.Builder
	if err := look.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sectioned(t *testing.T, r *pipeline.Reading) string {
	t.Helper()
	var b strings.Builder
	if err := Section(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// at returns where words stand first in a document.
func at(doc *text.Document, words string) text.Span {
	i := strings.Index(doc.Text, words)
	return text.Span{Start: i, End: i + len(words)}
}

// The roles of an event, whatever found them: lines as they stand, blanks apart.
func TestExplainEvent(t *testing.T) {
	r := read("", "President Ana Moe of Chad spoke on Monday. She said that 400 soldiers had been sent from Sudan to the town of Sarh on Tuesday, and would follow the 100 sent before. The journey cost a fortune.")
	who := events.Participant{Span: at(r.Doc, "She"), Name: "Ana Moe", Kind: events.Person, Country: "TD", Role: "President"}
	from := events.Participant{Span: at(r.Doc, "President Ana Moe of Chad"), Name: "Chad", Kind: events.State, Country: "TD"}
	force := events.Participant{Span: at(r.Doc, "400 soldiers"), Name: "400 soldiers", Kind: events.Force}
	r.Facts.Events = []events.Event{{
		Type: events.Deploy, Status: events.Denied, Trigger: at(r.Doc, "sent"), Mentions: []text.Span{at(r.Doc, "journey")},
		Actors: []events.Participant{from}, Targets: []events.Participant{force}, Speaker: &who,
		Place: &events.Place{Span: at(r.Doc, "Sarh"), Country: "TD"}, Destination: "TD", DateReason: "several dates",
		StatusDate: &r.Facts.Dates[0], Counts: r.Facts.Troops, Evidence: r.Doc.Sentences[1].Span, Confidence: 0.5, Rule: "verb:send; moved", StatusWord: at(r.Doc, "said"),
	}}
	got := flat(explained(t, r, Terminal{}))
	for _, want := range []string{
		"had been [sent|event 1] from", "The [journey|event 1 again] cost",
		"EVENT 1 deploy, denied Chad (TD) → 400 soldiers “[She|speaker] [said|status] that [[400 soldiers|target]|troops] had been [sent|trigger] from Sudan to the town of [Sarh|place] on Tuesday, and would follow",
		"trigger sent rule: verb:send; moved; confidence: 0.50 (sided, placed); PLOVER: ", "status said tells: denied",
		"actor President Ana Moe of Chad kind: state; is: Chad; country: Chad (TD) by the name “Chad”, rule list in: “[President Ana Moe of Chad|actor] spoke on Monday.”",
		"target 400 soldiers kind: force; country: not known",
		"denied on Monday value: 2019-06-03; days: 2019-06-03 (day); anchor: publication on 2019-06-05; rule: weekday in: “President",
		"troops 400 soldiers number: 400 soldiers; comparator: exact;",
		"speaker She kind: person; is: Ana Moe; role: President; tied by: pronoun; country: Chad (TD)",
		"told again journey in: “The [journey|told again] cost a fortune.”",
		"movement from: not stated; to: Chad (TD)",
		"left open date: several dates",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

// The facts of an article: lines as they stand, blanks apart.
func TestExplain(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Chad sent 400 soldiers to its border with Sudan on Tuesday, Defence Minister Idris Kellou said.", []string{
			"[400 soldiers|400] to its border with [Sudan|SD] on [Tuesday|2019-06-04], Defence Minister [Idris Kellou|person] said.",
			"400 soldiers number: 400 soldiers; comparator: exact; counts: troops; status: deployed; force: state; nationality: Chad (TD), because: ",
			"Idris Kellou role: Defence Minister;",
			"Sudan (SD) named by: “Sudan” (name, rule list)",
			"Tuesday type: DATE; value: 2019-06-04; days: 2019-06-04 (day); anchor: publication on 2019-06-05; rule: weekday",
		}},
		{"A ferry left Kashmir for the island.\n\nIt arrived in Srinagar at dawn, two days later, in a heavy storm.", []string{
			"Kashmir country: none; disputed: claimed by China (CN), India (IN), Pakistan (PK); GeoNames: Kashmir,",
			"Srinagar country: India (IN); disputed: claimed by India (IN), Pakistan (PK); held by: India (IN)",
			"two days later type: DATE; value: XXXX-XX-XX; left open: no date before it in the text",
		}},
		{"President Ana Moe met the ambassador of Peru. She thanked him. NATO was told on 10/05/19.", []string{
			"[She|= Ana Moe]", "Ana Moe role: President; told by: “President”; named: “Ana Moe” (", "; also: “She” (pronoun)",
			"kind: international body;", "may be: ",
		}},
		{"Rebels attack the port\n\nBy Ana Moe\n\n5 June 2019\n\nSARH, Chad - The court of Chad accused the rebels of killing a guard. The navy of Chad led Operation Desert Strike. Nine soldiers held the hall.", []string{
			"of [killing|dropped] a guard", "Operation Desert [Strike|dropped]",
			"ACTIONS DROPPED killing no attack: is what somebody is accused of: the accusation is the event; rule: verb:kill in: “The court of Chad accused the rebels of [killing|dropped] a guard.”",
			"Strike no protest: is a part of a name; rule: noun:strike",
			"held no detain: those who take part, or what it is done to, are not such as it asks for; asks for: object captive; rule: verb:hold in:",
			"part: title; not read: stands in a part of the article that tells no news; words: “attack” (attack)",
		}},
		{"It rained and it rained on the market square of the old town.", []string{"status no events: no event found"}},
		{"Rain fell on Hvalsmoen\n\nBy Ana Moe\n\n5 June 2019\n\nOSLO, Norway - Rain fell on the town of Hvalsmoen on Tuesday, the mayor said, and more was to come.\n\nSign up for our newsletter.", []string{
			"PASSED OVER", "title part: “Rain fell on Hvalsmoen”; passed over: events are read from the news alone",
			"boilerplate part: “Sign up for our newsletter.”;",
			"Hvalsmoen tagged: a place; passed over: no town or region of that name is known",
		}},
		{"Les troupes ont quitté la ville hier, selon le ministre de la Défense.", []string{"status unsupported language: the text is not English"}},
		{"", []string{"(no title)", "status no text: the body has no words"}},
	} {
		got := flat(explained(t, read("", c.text), Terminal{}))
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("no %q in what is explained of %q:\n%s", want, c.text, got)
			}
		}
	}
}

var (
	escape = regexp.MustCompile("\x1b\\[[0-9;]*m")
	tag    = regexp.MustCompile(`<[^>]*>`)
	prose  = regexp.MustCompile(`(?s)<div class="text"[^>]*>(.*?)</div>`)
)

// checkText checks that the text is whole in both forms once the marks are taken off.
func checkText(t *testing.T, r *pipeline.Reading) {
	t.Helper()
	v := see(r)
	checkSteps(t, r.Doc.Text, v.Text)
	for i, e := range v.Events {
		checkSteps(t, r.Doc.Slice(r.Facts.Events[i].Evidence), e.Sentence)
	}
	shown := strings.Map(visible, r.Doc.Text)
	var b strings.Builder
	encode(&b, cells(v.Text, coloured{}))
	if got := escape.ReplaceAllString(b.String(), ""); got != shown {
		t.Errorf("on a terminal %q became %q", shown, got)
	}
	page := prose.FindStringSubmatch(sectioned(t, r))
	if page == nil {
		t.Fatal("no text on the page")
	}
	// What no page can hold stands there as a replacement character.
	if got, want := html.UnescapeString(tag.ReplaceAllString(page[1], "")), strings.ReplaceAll(r.Doc.Text, "\x00", "\ufffd"); got != want {
		t.Errorf("on the page %q became %q", want, got)
	}
}

func readings(t *testing.T) map[string]*pipeline.Reading {
	out := map[string]*pipeline.Reading{}
	for _, s := range samples.All() {
		a, err := article.Decode(s.Raw, article.Detect)
		if err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
		out[s.Name] = pipeline.Examine(a, pipeline.ByPublication)
	}
	return out
}

func TestTextIsWhole(t *testing.T) {
	for name, r := range readings(t) {
		t.Run(name, func(t *testing.T) { checkText(t, r) })
	}
}

// Every detail of a record is told of in a row with the words it stands on.
func TestEveryRoleIsExplained(t *testing.T) {
	for name, r := range readings(t) {
		v := see(r)
		for i, e := range r.Facts.Events {
			rows := map[kind]int{}
			for _, row := range v.Events[i].Rows {
				if row.Words != "" {
					rows[row.Kind]++
				}
			}
			if rows[trigger] != 1 || rows[actor] != len(e.Actors) || rows[target] != len(e.Targets) || rows[count] != len(e.Counts) || rows[again] != len(e.Mentions) {
				t.Errorf("%s: event %d has rows %v of %+v", name, i+1, rows, e)
			}
		}
	}
}

func FuzzExplain(f *testing.F) {
	f.Add("", "Chad sent 400 soldiers to its border with Sudan on Tuesday.\r\n\r\nHe said: \x1b[31m<b>no</b>\x00")
	f.Add("Raid & ruin", "“Iraq’s 500 soldiers”, said Ana Moe, were in São Tomé & Príncipe – 日本 – in 2019.")
	f.Fuzz(func(t *testing.T, title, body string) {
		title, body = strings.ToValidUTF8(title, "?"), strings.ToValidUTF8(body, "?")
		r := read(title, body)
		checkText(t, r)
		explained(t, r, Terminal{Color: true, Columns: 40})
	})
}

// An article that holds codes and markup can make neither a terminal nor a page obey.
func TestArticlesAreNotObeyed(t *testing.T) {
	const evil = "</p><script>alert(1)</script><img src=x onerror=y>\x1b]0;owned\x07 \u009b31m"
	r := read("Chad"+evil, "Chad sent 400 soldiers"+evil+" to Sudan on Tuesday. \u202eIt rained\u202c all day long.")
	r.Article.URL = `javascript:alert("x")`
	out := explained(t, r, Terminal{Color: true})
	if rest := escape.ReplaceAllString(out, ""); strings.ContainsAny(rest, "\x1b\x07\u009b\u202e") {
		t.Errorf("codes reach the terminal: %q", rest)
	}
	if page := sectioned(t, r); strings.Contains(page, "<script") || strings.Contains(page, "<img") || strings.Contains(page, "href") {
		t.Errorf("markup reaches the page:\n%s", page)
	}
}

// The page loads nothing, runs nothing, and its policy passes its own style only.
func TestPageStandsAlone(t *testing.T) {
	var b bytes.Buffer
	if err := Head(&b); err != nil {
		t.Fatal(err)
	}
	for _, r := range readings(t) {
		if err := Section(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := Foot(&b); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, tag := range regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(page, -1) {
		if regexp.MustCompile(`^<(script|link|img|iframe|object)|\s(src|href|style|on[a-z]+)=`).MatchString(tag) {
			t.Errorf("the page holds %s", tag)
		}
	}
	style := page[strings.Index(page, "<style>")+len("<style>") : strings.Index(page, "</style>")]
	sum := sha256.Sum256([]byte(style))
	if want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(html.UnescapeString(page), want) {
		t.Errorf("the policy does not pass the style: no %s", want)
	}
	for _, k := range legend() {
		if !strings.Contains(style, "."+k.Class()) {
			t.Errorf("no style for %s", k)
		}
	}
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style loads something")
	}
}
