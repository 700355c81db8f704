package troops

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"sitrep/extractors/countries"
	"sitrep/extractors/evaldata"
	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

// Each marked span says what must be found there: what, bounds, comparator,
// nationality ("-" for none), status. Nothing else may be found.
var sentences = []string{
	// Numbers and comparators.
	"Chile sent [1,250 soldiers|troops 1250..1250 exact CL deployed] to Haiti.",
	"About [2,500 Peruvian troops|troops 2500..2500 approx PE present] hold the ridge.",
	"Kenya will send up to [900 police officers|others ..900 at_most - planned].",
	"More than [40 rebels|troops 40.. at_least - killed] were killed near the dam.",
	"No fewer than [six Chadian soldiers|troops 6.. at_least TD killed] died.",
	"As many as [7,000 paratroopers|troops ..7000 at_most - present] took part.",
	"Between [200 and 300 militiamen|troops 200..300 range - deployed] guard the pass.",
	"He commands [12-18 guerrillas|troops 12..18 range - present] in the hills.",
	"Some [two thousand five hundred conscripts|troops 2500..2500 approx - present] sleep in tents.",
	"The ambush killed [a dozen Kenyan soldiers|troops 12..12 exact KE killed].",
	"[Dozens of insurgents|troops 24..99 approx - killed] were killed.",
	"[Tens of thousands of Polish troops|troops 20000..99999 approx PL present] stood along the river.",
	"[Several hundred Danish soldiers|troops 300..999 approx DK present] live there.",
	"[1,40,000 Indian troops|troops 140000..140000 exact IN present] are in the valley.",
	"Norway has [3.5 thousand soldiers|troops 3500..3500 exact NO present].",
	"[Half a million men|troops 500000..500000 exact - present] belonged to the army.",
	"[50 soldiers|troops 50.. at_least - present] or more hold the bridge.",
	"[One and a half million conscripts|troops 1500000..1500000 exact - present] live at home.",
	"[A dozen Fijian soldiers|troops 12.. at_least FJ present] or more fell ill.",
	"The camp holds only [75|troops 75..75 exact GH captured] of the roughly [300 Ghanaian soldiers|troops 300..300 approx GH captured].",
	// Names for troops.
	"Ghana keeps [160 military observers|troops 160..160 exact GH deployed] there.",
	"Spain has [310 military personnel|troops 310..310 exact ES present] on the base.",
	"A contingent of [150 Nepalese peacekeepers|troops 150..150 exact NP deployed] serves in the south.",
	"The [4,000-strong force|troops 4000..4000 exact - present] guards the border.",
	"A [Bolivian force of 3,000 men|troops 3000..3000 exact BO present] held the fort.",
	"[700 Dutch and Belgian troops|troops 700..700 exact - deployed] hold the airfield.",
	"NATO keeps [5,000 troops|troops 5000..5000 exact - present] in the province.",
	"[Three of the rebels|troops 3..3 exact - captured] were captured.",
	"[Four divisions|units 4..4 exact - present] of infantry stood on the plain.",
	"A [South Korean force of 280 engineers|troops 280..280 exact KR present] builds roads for the army.",
	"The general held the pass with [2,400 men|troops 2400..2400 exact - present].",
	"The troops took [60 prisoners|troops 60..60 exact - captured] in the battle; [90 prisoners|others 90..90 exact - captured] rioted in a jail.",
	"[Two officers|others 2..2 exact - wounded] were hurt when police stormed the house.",
	"Italy's brigade suffered [210 casualties|troops 210..210 exact IT casualties].",
	// What has become of them.
	"Raiders killed [nine Malian soldiers|troops 9..9 exact ML killed] and wounded [14|troops 14..14 exact ML wounded].",
	"[Two Thai marines|troops 2..2 exact TH killed] were killed and [three others|troops 3..3 exact TH captured] captured.",
	"Portugal is to withdraw its [800 soldiers|troops 800..800 exact PT withdrawn] from Kosovo.",
	"Canada plans to deploy [1,100 troops|troops 1100..1100 exact CA planned] next spring.",
	"The force was cut from [9,000|troops 9000..9000 exact - present] to [6,500|troops 6500..6500 exact - present].",
	"The rebels freed [11 captured soldiers|troops 11..11 exact - captured].",
	"[Five Chilean|troops 5..5 exact CL killed] and [six Peruvian soldiers|troops 6..6 exact PE killed] were killed.",
	"The army will bring home [3,000|troops 3000..3000 exact - withdrawn] of its [14,000 troops|troops 14000..14000 exact - withdrawn].",
	"[Two of the mission's soldiers|troops 2..2 exact - killed] were killed.",
	"The [3,500-strong brigade|troops 3500..3500 exact - present] trains on the moor; [one battalion|units 1..1 exact - present] of infantry rests.",
	"Troops shot dead a rebel and arrested [seven others|troops 7..7 exact - captured].",
	"[Six sailors|troops 6..6 exact - missing] went missing in the storm.",
	"The dead include more than [80 conscripts|troops 80.. at_least - killed].",
	"The new force will replace [900 peacekeepers|troops 900..900 exact - deployed] in the north.",
	"As the column withdrew, [70 guerrillas|troops 70..70 exact - present] attacked.",
	"Austria has approved the deployment of [450 troops|troops 450..450 exact AT planned].",
	"A court charged [four cadets|troops 4..4 exact - unknown] of the army with theft.",
	"The raid led to the detention of [several militants|troops 3..9 approx - captured] and the death of a farmer.",
	"The garrison will be cut from the current [4,000|troops 4000..4000 exact - present] to [1,500|troops 1500..1500 exact - planned].",
	"Togo is cutting its troops in the hills by [700|troops 700..700 exact TG withdrawn].",
	"Belgian soldiers were sent home, but about [600|troops 600..600 approx BE present] are still in the city.",
	"The raid left [four gunners|troops 4..4 exact - killed] of the army and a cook dead.",
	"Police fought with militants, killing [three of them|troops 3..3 exact - killed].",
	"Among the dead were [two Uruguayan marines|troops 2..2 exact UY killed].",
	"A colonel died, as well as [five conscripts|troops 5..5 exact - killed].",
	"[Nine soldiers|troops 9..9 exact - killed] based on the coast, the ministry said, died in the storm.",
	"The [six soldiers|troops 6..6 exact - unknown] are to stand trial; [two officers|troops 2..2 exact - present] not held by the army remain at home.",
	"The raid by [20 insurgents|troops 20..20 exact - present] was foiled.",
	"After losing the town, [900 guerrillas|troops 900..900 exact - withdrawn] fled to the hills.",
	"Mali thanked Niger for sending [300 troops|troops 300..300 exact NE deployed].",
	"The [three gunners|troops 3..3 exact - wounded] of the army suffered serious burns and injuries.",
	"[Two of the men|others 2..2 exact - unknown] were police; the [other two|troops 2..2 exact - present], apparently army officers, ran.",
	"[FOUR SOLDIERS|troops 4..4 exact - killed], INCLUDING A SERGEANT, WERE KILLED AND [SEVEN REBELS|troops 7..7 exact - wounded] WERE WOUNDED.",
	"The rebels suffered [40 casualties|troops 40..40 exact - casualties].",
	"At least [five Laotian soldiers|troops 5.. at_least LA wounded] were among the injured.",
	"Force Detains [Two Insurgents|troops 2..2 exact - captured] in Raid.",
	"The senator called for [9,000 more troops|troops 9000..9000 exact - planned].",
	"The battle cost much: the Swedes lost [800|troops 800..800 exact SE killed] dead and [90|troops 90..90 exact SE captured] captured.",
	"Spain has [400 soldiers|troops 400..400 exact ES deployed] in Mali and [90|troops 90..90 exact ES deployed] in Chad.",
	// People who are not troops.
	"The shell killed [five civilians|others 5..5 exact - killed] and injured [two|others 2..2 exact - wounded].",
	"[Thousands of protesters|others 2000..9999 approx - unknown] filled the square.",
	"The gunmen freed [30 hostages|others 30..30 exact - released].",
	"The death toll rose to [31|others 31..31 exact - killed].",
	"[Ten former rebels|others 10..10 exact - unknown] opened a bakery.",
	"[Six Japanese|others 6..6 exact JP captured] were held; the yard builds [nine Japanese submarines|ships 9..9 exact JP unknown].",
	// Materiel, and numbers that count neither.
	"The carrier brought [60 jet fighters|aircraft 60..60 exact - deployed] and [12 armoured personnel carriers|vehicles 12..12 exact - deployed].",
	"In 2004 the army bought [30 tanks|vehicles 30..30 exact - unknown] for 200 million dollars.",
	"On March 12 soldiers of the 3rd Battalion crossed a bridge 15 km from the town.",
	"About 45 percent of soldiers are volunteers, said the report of 14 May.",
	"The 2 Brigade and Division 14 hold Hill 220; no one was hurt.",
}

func TestFind(t *testing.T) {
	for _, sentence := range sentences {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			people, materiel := find(doc)
			for _, c := range append(people, materiel...) {
				got = append(got, marked.At(doc, c.Span, describe(c)))
			}
			return got
		})
	}
}

func find(doc *text.Document) (people, materiel []Count) {
	return Find(doc, nil, countries.Find(doc, nil))
}

func describe(c Count) string {
	bound := func(b Bound) string {
		if b == Open {
			return ""
		}
		return fmt.Sprint(b)
	}
	nation := string(c.Nationality)
	if nation == "" {
		nation = "-"
	}
	return fmt.Sprintf("%s %s..%s %s %s %s", c.What, bound(c.Min), bound(c.Max), c.Comparator, nation, c.Status)
}

// Whose force people are of, and why we say of which country.
func TestForce(t *testing.T) {
	for _, sentence := range []string{
		"Chad lost [40 soldiers|state TD named in the sentence]; [60 rebels|nonstate -] died.",
		"[12 Danish sailors|state DK named in the count] of the [90-strong NATO mission|multinational -] fell ill.",
		"[700 Dutch and Belgian troops|multinational -] landed.",
		"[30 soldiers and rebels|mixed -] drowned.",
		"Nepal sent [160 peacekeepers|multinational NP does what is told].",
		"FARC rebels captured [six soldiers|state CO fights a group of the land].",
		"[Five members|state PE named behind the noun] of the Peruvian army were hurt.",
		"A Kenyan soldier died and [four others|state KE named with the noun] were hurt.",
		"The IDF said [two IDF soldiers|state IL name of a force] were hurt.",
		"[Three divisions|units state -] of infantry and [two columns|units nonstate -] of rebels met.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			people, _ := find(doc)
			for _, c := range people {
				meaning := c.Force.String() + " " + cmp.Or(strings.TrimSpace(string(c.Nationality)+" "+c.NationalityRule), "-")
				if c.What != Troops {
					meaning = c.What.String() + " " + meaning
				}
				got = append(got, marked.At(doc, c.Span, meaning))
			}
			return got
		})
	}
}

// Where people are, in brackets behind the count.
func TestPlace(t *testing.T) {
	for _, sentence := range []string{
		"Peru sent 40 soldiers to [Haiti|HT] on Monday.",
		"Peru will withdraw its 40 soldiers from [Haiti|HT] to Chile.",
		"The 40 soldiers in the northern part of [Haiti|HT] died, the minister in Peru said.",
		"A bomb killed 40 soldiers, said the minister in Peru.",
		"Rebels killed 40 soldiers in [Kenya|KE] and 20 in Chad.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			people, _ := find(doc)
			if p := people[0].Place; p != nil {
				got = append(got, marked.At(doc, p.Span, string(p.Country)))
			}
			return got
		})
	}
}

func TestMateriel(t *testing.T) {
	for _, sentence := range []string{
		"The army destroyed [eight vehicles|vehicles destroyed] and captured [12 T-55 tanks|vehicles captured].",
		"Gunners shot down [two MiG-21 fighters|aircraft destroyed]; [one helicopter|aircraft destroyed] crashed.",
		"India sent [a dozen warships|ships deployed] and [three aircraft carriers|ships deployed] to the gulf.",
		"Troops in [20 armoured personnel carriers|vehicles arriving] entered the town; 40 oil tanks burn.",
		"Two suicide bombers struck; the company has 30 carriers.",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			_, materiel := find(doc)
			for _, c := range materiel {
				got = append(got, marked.At(doc, c.Span, c.What.String()+" "+c.Status.String()))
			}
			return got
		})
	}
}

func TestSame(t *testing.T) {
	doc := text.Read("", "Rwanda sent 640 soldiers to the province. The 640 soldiers landed on Monday. Another 640 soldiers may follow. Gunmen killed three soldiers. In the north, three soldiers drowned.")
	var got []int
	people, _ := find(doc)
	for _, c := range people {
		got = append(got, c.Same)
	}
	if want := []int{-1, 0, -1, -1, -1}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// The article the project starts from counts the same 500 soldiers four times.
func TestSeed(t *testing.T) {
	doc := evaldata.Read(t, "seed/gold.jsonl")[0]
	read := text.Read("", doc.Text)
	n := 0
	people, _ := find(read)
	for _, c := range people {
		if c.What != Troops {
			continue
		}
		n++
		if c.Min != 500 || c.Max != 500 || c.Nationality != "IQ" || c.Status != Withdrawn || (n > 1) != (c.Same >= 0) {
			t.Errorf("%q: %s, same as %d", read.Slice(c.Span), describe(c), c.Same)
		}
	}
	if n != 4 {
		t.Errorf("%d counts of troops, want 4", n)
	}
}

func FuzzFind(f *testing.F) {
	for _, m := range sentences {
		f.Add(strings.NewReplacer("[", "", "]", "", "|", " ").Replace(m))
	}
	for _, s := range []string{
		"", "5", "5,", "a", "half", "half a", "one-", "-strong", "5--6 soldiers", "1e9 soldiers", "0x10 troops", "999999999999999999999 troops", "9,999,999,999 million soldiers",
		"two three four five soldiers and", "a couple of", "tens of", "from 5 to", "between 3 and", "dozens of dozens of dozens of soldiers", "5 \xff soldiers", "\xff\xfe 12 \x80troops",
		"five of them of them of them", "١٢ soldiers", "５００ soldiers", "1,2,3,4 soldiers", "10-9-8 troops", "5,000-strong", "force of force of 10", "3 U.S. and 4 U.K. and 5 Irish and 6 men",
		"12’s soldiers", "twenty-twenty-twenty troops", "hundred hundred hundred hundred hundred hundred soldiers", "killed killed killed 5 killed", strings.Repeat("5 Irish and ", 50) + "6 Irish soldiers",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		counts, materiel := find(doc)
		again, too := find(doc)
		if !reflect.DeepEqual(again, counts) || !reflect.DeepEqual(too, materiel) {
			t.Fatalf("%q: not the same twice", s)
		}
		check(t, doc, counts)
		check(t, doc, materiel)
	})
}

// check reports what no list of counts may hold.
func check(t *testing.T, doc *text.Document, counts []Count) {
	s, end := doc.Text, 0
	for i, c := range counts {
		switch {
		case c.Start < end || c.End <= c.Start || c.End > len(s):
			t.Fatalf("%q: count %d at %v, the one before ends at %d", s, i, c.Span, end)
		case utf8.ValidString(s) && !utf8.ValidString(doc.Slice(c.Span)):
			t.Fatalf("%q: %v cuts a character", s, c.Span)
		case c.Min == Open && c.Max == Open, c.Min < Open, c.Max < Open:
			t.Fatalf("%q: bounds %d..%d", s, c.Min, c.Max)
		case c.Min != Open && c.Max != Open && c.Min > c.Max:
			t.Fatalf("%q: bounds %d..%d", s, c.Min, c.Max)
		case c.Same >= i || c.Same < -1:
			t.Fatalf("%q: count %d the same as %d", s, i, c.Same)
		case c.Noun == "" || c.Rule == "" || (c.Nationality == "") != (c.NationalityRule == ""):
			t.Fatalf("%q: %+v", s, c)
		}
		end = c.End
		_ = describe(c) + c.Force.String()
	}
}

// The rate must not fall with the length, whatever the text: a page without a
// full stop too.
func BenchmarkLinear(b *testing.B) {
	for _, s := range []string{
		"5 Irish soldiers and ", "5 Irish and ", "3 divisions, 4 others ", "one two three ", "force of ", "tens of thousands of ", "Iraq said Iran ", "killed 12 wounded 5 ", "a million ", "5,000-strong ",
		"20 of the 30 of the ", "hundred ", "lost 20 dead and ", "will be to have not been 5 ", "was cut from 300 to 200 ", "500 big ", "5 'the ",
	} {
		for _, n := range []int{4_000, 32_000} {
			b.Run(fmt.Sprintf("%s/%d", strings.TrimSpace(s), n), func(b *testing.B) {
				doc := text.Read("", strings.Repeat(s, n/len(strings.Fields(s))))
				found := countries.Find(doc, nil)
				b.SetBytes(int64(len(doc.Text)))
				for b.Loop() {
					Find(doc, nil, found)
				}
			})
		}
	}
}

func BenchmarkFind(b *testing.B) {
	doc := text.Read("", strings.Repeat(strings.NewReplacer("[", "", "]", "", "|", " ").Replace(strings.Join(sentences, " "))+"\n\n", 20))
	found := countries.Find(doc, nil)
	b.ResetTimer()
	for b.Loop() {
		Find(doc, nil, found)
	}
	b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

// What the package costs, beside prose reading the same words with a model that
// it has loaded before.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat("The United Nations sent 640 Nepalese soldiers to the northern province on Monday, where rebels had killed two officers and wounded "+
		"nine others. The president said that talks with the neighbours would go on, and that nobody should lose heart over the winter. ", 40)
	doc := text.Read("", body)
	found := countries.Find(doc, nil)
	marked.BesideProse(b, body, marked.Run{Name: "troops", Once: func() { Find(doc, nil, found) }})
}
