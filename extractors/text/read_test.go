package text

import (
	"strings"
	"testing"
	"time"
)

// Tokens are marked by the bars between them.
func TestTokens(t *testing.T) {
	for _, want := range []string{
		"The|500-strong|force|left|Georgian-administered|land|in|mid-April|.",
		"Gen.|Oleh|P.|Marchenko|met|U.S.|envoys|at|9|a.m.|today|.",
		"a|U.S.-led|patrol",
		"Peru|'s|army|did|n't|fire|;|it|’s|over|.",
		"Hassan|Rida’|al-Basri|said",
		"the|rebels|’|camps",
		"‘|No|deal|’|,|he|said",
		"N'Djamena|and|Sana’a",
		"1,200|men|,|2.5|km|,|1,50,000|people",
		"“|We|…|left|—|all|of|us|”",
		"AT&T|paid|$|5m|on|10/05/25|at|14:30",
		"No.|5|Squadron|said|no|.",
		"Col.|Ruiz|,|Lt.|Vega|and|St.|Lucia",
		"wait|...|go",
		"(|AFP|)|--|[|Text|]",
		"He|came|in|May|.",
		"May.|3|,|2021",
		"the|ship|sank|=====|today",
	} {
		words := strings.Split(want, "|")
		spaced := strings.Join(words, " ")
		glued := strings.NewReplacer(" .", ".", " ,", ",", " ;", ";", " 's", "'s", " ’s", "’s", " n't", "n't", "“ ", "“", " ”", "”", "‘ ", "‘", " ’ ,", "’,", "rebels ’", "rebels’",
			"( ", "(", " )", ")", "[ ", "[", " ]", "]", "$ ", "$", " … ", "…", " — ", "—", " ...", "...", " :", ":").Replace(spaced)
		d := Read("", glued)
		var got []string
		for i := range d.Tokens {
			got = append(got, d.Word(i))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%s\n got %s\nwant %s", glued, g, want)
		}
	}
}

// Sentences are marked by the bars between them.
func TestSentences(t *testing.T) {
	for _, want := range []string{
		"Troops left Oman. |They went home.",
		"The envoy met Gen. Diaz in the U.S. |The talks failed.",
		"He saw the U.S. President in Accra. |“We agreed.” |Nobody spoke.",
		"“Will they leave?” she asked.",
		"It was held by J. K. Mensah, Inc. |But nobody came.",
		"1. Recall all units. |2. Close the border.",
		"The force of 2.5 thousand left… and came back.",
		"Talks ended (see p. 4). |A truce holds.",
		"Rise of the South\n\n|Rebels took Mongu on Sunday.",
		"First line of news ends here.\n|A second paragraph on a line of its own.",
		"He arrived at 5 p.m. on Monday with Dr. Osei.",
		"It happened in 1998. |20 men died.",
	} {
		d := Read("", strings.ReplaceAll(want, "|", ""))
		var b strings.Builder
		for i, s := range d.Sentences {
			if i > 0 {
				b.WriteString(d.Text[d.Sentences[i-1].End:s.Start] + "|")
			}
			b.WriteString(d.Slice(s.Span))
		}
		if b.String() != want {
			t.Errorf("\n got %q\nwant %q", b.String(), want)
		}
	}
}

const scraped = `World

Okello recalls 320 Ugandan peacekeepers as border fire grows

Lindiwe Maseko

Mar. 4, 2022 • 3 min read
Image of Okello recalls 320 Ugandan peacekeepers A patrol near the lake in July 2021. Photo: Ugandan defence ministry

A group of Ugandan soldiers is to come home within days, the army said, because the road north is no longer safe.

KAMPALA, Uganda – President Sarah Okello on Friday told the commander to bring the soldiers home.

A slow return

The first trucks are to leave on Sunday, according to the army's spokesman.

Related articles
Lake patrols resume
Ferry service ends

Author Lindiwe Maseko

Lindiwe Maseko is a Kampala-based journalist covering East Africa.

NEWSLETTER

Sign up for our morning briefing.
`

const wire = "Ferry talks end without accord\nACCRA, Ghana (GNP) _ Envoys of the two coastal states left the\nhall late on Tuesday without a word to reporters, and no date\nwas set for another round of the talks.\n   \"We shall see,\" said one of them, who asked not\nto be named because the talks are secret.\n"

func TestParts(t *testing.T) {
	type part struct {
		role Role
		text string
	}
	for _, c := range []struct {
		name, title, body string
		want              []part
	}{
		{"scraped", "", scraped, []part{
			{Section, "World"}, {Title, "Okello recalls 320"}, {Author, "Lindiwe Maseko"}, {Publication, "Mar. 4, 2022 • 3 min read"}, {Caption, "Image of Okello"},
			{News, "A group of Ugandan"}, {Dateline, "KAMPALA, Uganda –"}, {News, "President Sarah Okello"}, {Section, "A slow return"}, {News, "The first trucks"},
			{Related, "Related articles"}, {Related, "Lake patrols"}, {Related, "Ferry service"},
			{Bio, "Author Lindiwe Maseko"}, {Bio, "Lindiwe Maseko is a Kampala-based"}, {Boilerplate, "NEWSLETTER"}, {Boilerplate, "Sign up"},
		}},
		{"wire", "", wire, []part{
			{Title, "Ferry talks"}, {Dateline, "ACCRA, Ghana (GNP) _"}, {News, "Envoys of the two"}, {News, "\"We shall see"},
		}},
		{"title apart", "Ferry talks end", "By Ama Boateng\n3 June 2024\n\nEnvoys of the two coastal states left the hall late on Tuesday.", []part{
			{Title, "Ferry talks end"}, {Author, "By Ama Boateng"}, {Publication, "3 June 2024"}, {News, "Envoys"},
		}},
		{"one sentence", "", "Kenya sent 40 men", []part{{News, "Kenya"}}},
		{"cable", "", "LIMA, 3 FEB 91 (RADIO UNO) -- [TEXT] THE ARMY TOOK THE TOWN OF JUANJUI YESTERDAY AFTER A LONG FIGHT.", []part{{Dateline, "LIMA, 3 FEB 91 (RADIO UNO) --"}, {News, "[TEXT]"}}},
		{"no dateline", "", "NATO - the alliance of 32 states that guards much of Europe - said on Monday it would send ships.", []part{{News, "NATO - the"}}},
	} {
		d := Read(c.title, c.body)
		for i, p := range d.Parts {
			if i >= len(c.want) || p.Role != c.want[i].role || !strings.HasPrefix(d.Slice(p.Span), c.want[i].text) {
				t.Errorf("%s: part %d is %s %.40q", c.name, i, p.Role, d.Slice(p.Span))
			}
		}
		if len(d.Parts) != len(c.want) {
			t.Errorf("%s: %d parts, want %d", c.name, len(d.Parts), len(c.want))
		}
	}
}

// check fails unless the laws of a document hold: tokens, sentences and parts
// are in order, in bounds and disjoint, and every token is in its sentence.
func check(t *testing.T, d *Document) {
	t.Helper()
	end := 0
	for i, tok := range d.Tokens {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(d.Text) || tok.Tag == "" {
			t.Fatalf("token %d %+v after %d in %d bytes", i, tok, end, len(d.Text))
		}
		end = tok.End
	}
	next := 0
	for i, s := range d.Sentences {
		if s.First != next || s.Last <= s.First || s.Span != d.Covering(s.First, s.Last) || s.Last-s.First > maxSentence {
			t.Fatalf("sentence %d %+v, next token %d", i, s, next)
		}
		next = s.Last
	}
	if next != len(d.Tokens) {
		t.Fatalf("%d of %d tokens are in sentences", next, len(d.Tokens))
	}
	end = 0
	for i, p := range d.Parts {
		if p.Start < end || p.End <= p.Start || p.End > len(d.Text) {
			t.Fatalf("part %d %+v after %d", i, p, end)
		}
		if strings.TrimFunc(d.Text[end:p.Start], isBlank) != "" {
			t.Fatalf("text %q is in no part", d.Text[end:p.Start])
		}
		end = p.End
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{scraped, wire, "", "U.S.", "ȺȺȺȺ's", "🚩🏽 n't's ''", "\xff\xfe\x00", "1. 2. 3.", "‘‘’’'\"", "\u2028\u200b(–)", "A–"} {
		f.Add("", s)
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		d := Read(title, body)
		check(t, d)
		for i := -1; i <= len(d.Text); i++ {
			d.SentenceAt(i)
			d.RoleAt(i)
		}
	})
}

// Hostile inputs cost time in proportion to their length. The bound is loose
// (the machine is shared): quadratic work on these would take minutes.
func TestHostileInputIsLinear(t *testing.T) {
	const n = 1 << 20
	for name, s := range map[string]string{
		"brackets": strings.Repeat("(", n), "pairs": strings.Repeat("()", n/2), "points": strings.Repeat(".", n), "initials": strings.Repeat("A.", n/2),
		"blanks": strings.Repeat(" ", n), "letters": strings.Repeat("a", n), "lines": strings.Repeat("a\n", n/2), "hyphens": strings.Repeat("a-", n/2),
		"capitals": strings.Repeat("A", n), "apostrophes": strings.Repeat("a'", n/2), "marks": strings.Repeat("\u0301", n/2), "words": strings.Repeat("war ", n/4), "quotes": strings.Repeat(`."`, n/2),
	} {
		start := time.Now()
		check(t, Read("", s))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, n)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	body := strings.Repeat(scraped, 20)
	words := len(Read("", body).Tokens)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Read("", body)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// The parts alone, in bytes of text: what they cost beside the whole of reading.
func BenchmarkParts(b *testing.B) {
	body := strings.Repeat(scraped, 20)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Parts("", body)
	}
}

// A sentence in capitals is read as running text; the words themselves stay.
func TestForms(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"REBELS LEFT MONGU ON MONDAY.", "Rebels left Mongu on Monday ."},
		{"THE NEW FRONT [FNR] SAID JEAN-PIERRE ABESSOLO WASN'T THERE.", "The new front [ FNR ] said Jean-Pierre Abessolo was n't there ."},
		{"A BBC REPORT CAME.", "A BBC report came ."},
		{"He works for the BBC in the UK and the USA.", "He works for the BBC in the UK and the USA ."},
	} {
		d := Read("", c.written)
		var got []string
		for i := range d.Tokens {
			got = append(got, d.Form(i))
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.written, g, c.want)
		}
	}
	d := Read("", "GUNMEN ATTACKED A CONVOY NEAR THE PORT OF MONGU.")
	if tag := d.Tag(1); tag != "VBD" {
		t.Errorf("ATTACKED is tagged %s", tag)
	}
}
