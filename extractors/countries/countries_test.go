package countries

import (
	"slices"
	"strings"
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// marks returns the mentions of countries, places that are not countries' own
// names left out where only is set.
func marks(doc *text.Document) (got []marked.Mark) {
	for _, m := range Find(doc, names.Find(doc)) {
		got = append(got, marked.At(doc, m.Span, strings.TrimSpace(string(m.Country)+" "+m.Kind.String())))
	}
	return got
}

func TestFind(t *testing.T) {
	for _, sentence := range []string{
		"[Iraq|IQ name] and [Iran|IR name] closed the crossing on the [Iraqi|IQ demonym] side.",
		"The [U.S.|US name] secretary of state flew to [Ankara|TR capital] from [Mosul|IQ region].",
		"The [British|GB demonym] frigate met a [Dutch|NL demonym] tender off [Oman|OM name].",
		"The [Kremlin|RU capital] said that [Moscow|RU capital] had no part in it.",
		"[South Korea|KR name] protested; [North Korea|KP name] did not answer.",
		"Officials in the [Democratic Republic of Congo|CD name] blamed [Rwanda|RW name].",
		"The [Soviet Union|SU name] withdrew from [Afghanistan|AF name].",
		"[East Germany|DD name] and [Czechoslovakia|CS name] took in the families.",
		"The [Yugoslav|YU demonym] army fired first.",
		"The [South African|ZA demonym] battalion relieved the [Sri Lankans|LK demonym].",
		"[New Zealanders|NZ demonym] and [Bissau-Guineans|GW demonym] serve side by side.",
	} {
		marked.Check(t, sentence, marks)
	}
}

func TestNamesThatAreWordsOrPersons(t *testing.T) {
	for _, sentence := range []string{
		"Michael Jordan watched the game. Jordan left early.",
		"He ate turkey and broke the china.",
		"The Islamic State fighters fled.",
		"Frigates patrol the South China Sea and the Persian Gulf.",
		"Farms in New England lie fallow.",
		"Latin America and the Indian Ocean grew warmer.",
		"They told us to go.",
		"[INDIA|IN name] AND [PAKISTAN|PK name] AGREE TO TALKS",
		"HE TOLD US NOTHING ABOUT [IRAN|IR name].",
		"THE [US|US name] ENVOY WENT TO [SRI LANKA|LK name].",
		"The fighters of the Islamic State of [Iraq|IQ name] fled.",
		"[Niger|NE name] and [Nigeria|NG name] closed the border.",
		"[Guinea|GN name], [Guinea-Bissau|GW name], [Equatorial Guinea|GQ name] and [Papua New Guinea|PG name] abstained.",
		"Shots were fired in [Port Sudan|SD region].",
	} {
		marked.Check(t, sentence, marks)
	}
}

func TestLandsOfOneName(t *testing.T) {
	for _, sentence := range []string{
		"[Congo|CD name] sent its army.",
		"The president flew from [Brazzaville|CG capital]; [Congo|CG name] has its own oil.",
		"[Georgia|GE name] asked for talks in [Tbilisi|GE capital].",
		"Fires burned in [Alabama|US region] and [Georgia|US region].",
		"[Korean|KR demonym] officials signed the paper.",
		"[Korean|KP demonym] officials in [Pyongyang|KP capital] signed the paper.",
	} {
		marked.Check(t, sentence, marks)
	}
}

func TestCompounds(t *testing.T) {
	for _, sentence := range []string{
		"A [Saudi|SA demonym]-led coalition struck the port.",
		"The [U.S.|US name]-backed fighters held the bridge.",
		"[Anglo|GB demonym]-[French|FR demonym] talks began.",
		"The [Iraqi|IQ demonym]-[Turkish|TR demonym] pipeline burned.",
		"Pro-[Russian|RU demonym] rebels held the town.",
		"A [Hong Kong|HK name]-flagged tanker sank.",
		"Anti-[Sri Lankan|LK demonym] slogans were heard.",
		"Trans-Atlantic ties and Indo-Pacific routes matter.",
	} {
		marked.Check(t, sentence, marks)
	}
}

func TestDisputedLand(t *testing.T) {
	for _, c := range []struct {
		sentence, place string
		country, holder Code
		claims          string
	}{
		{"Shells fell on Kashmir.", "Kashmir", "", "", "CN IN PK"},
		{"Shells fell on Pakistan-administered Kashmir.", "Kashmir", "", "PK", "CN IN PK"},
		{"A protest began in Srinagar, India.", "Srinagar", "IN", "IN", "IN PK"},
		{"Ships left Crimea.", "Crimea", "UA", "RU", "RU UA"},
		{"The column entered Western Sahara.", "Western Sahara", "EH", "MA", "EH MA"},
		{"Aid reached Gaza.", "Gaza", "PS", "", "IL PS"},
		{"Troops left the Golan Heights.", "Golan Heights", "SY", "IL", "IL SY"},
		{"The army shelled Nagorno-Karabakh.", "Nagorno-Karabakh", "AZ", "AZ", "AM AZ"},
		{"A cutter passed the Spratly Islands.", "Spratly Islands", "", "", "BN CN MY PH TW VN"},
		{"Cattle were stolen in Abyei.", "Abyei", "", "", "SD SS"},
		{"The parliament of Kosovo met.", "Kosovo", "XK", "XK", "RS XK"},
	} {
		doc := text.Read("", c.sentence)
		found := Find(doc, names.Find(doc))
		i := slices.IndexFunc(found, func(m Mention) bool { return doc.Slice(m.Span) == c.place })
		if i < 0 {
			t.Errorf("%s: %q is not found", c.sentence, c.place)
			continue
		}
		var claims []string
		for _, claim := range found[i].Claims {
			claims = append(claims, string(claim))
		}
		if m := found[i]; !m.Disputed || m.Country != c.country || m.Holder != c.holder || strings.Join(claims, " ") != c.claims {
			t.Errorf("%s: %+v", c.sentence, m)
		}
	}
}

func TestFindGroups(t *testing.T) {
	for _, sentence := range []string{
		"[Hezbollah|LB] fired at the post, and [NATO|] said nothing.",
		"The [United Nations|] sent observers.",
		"The [Taliban|AF] and the [PKK|] denied it.",
		"[IS|] claimed the attack, and the [WHO|] sent doctors.",
		"THE GOVERNMENT IS READY, WHO KNOWS FOR WHAT.",
		"In Syria, the [SDF|SY] held the dam.",
		"In Japan, the SDF held a parade.",
		"The [Syrian Democratic Forces|SY] held the dam, and the [SDF|SY] took the bridge.",
		"[MEND|NG] militants blew up a pipeline.",
		"They must mend the pipeline at dawn.",
		"The National Security Council met in Manila.",
		"[SHINING PATH|PE] REBELS AND THE [FMLN|SV] ATTACKED.",
		"The [M23|CD] took the airport from [MONUSCO|].",
	} {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, g := range FindGroups(doc) {
				got = append(got, marked.At(doc, g.Span, string(g.Country)))
			}
			return got
		})
	}
}

func TestGroupsHaveOneName(t *testing.T) {
	doc := text.Read("", "Daesh, ISIL and the Islamic State group are one; so are Hizballah and Hezbollah.")
	var got []string
	for _, g := range FindGroups(doc) {
		got = append(got, g.Name)
	}
	if want := []string{"Islamic State", "Islamic State", "Islamic State", "Hezbollah", "Hezbollah"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestEveryCodeHasAName(t *testing.T) {
	for _, c := range []Code{"IQ", "XK", "SU", "YU", "CS", "PS", "TW", "GE", "JE"} {
		if c.Name() == "" || strings.HasPrefix(c.Name(), "?") {
			t.Errorf("%s has the name %q", c, c.Name())
		}
	}
	if Code("").Name() != "" || Code("ZZ").Name() != "" {
		t.Error("a name of no country")
	}
}

// Every code in the tables is that of a country in the table of countries.
func TestTablesAgree(t *testing.T) {
	check := func(where string, list []Code) {
		for _, c := range list {
			if c != "" && c.Name() == "" {
				t.Errorf("%s: no country %q", where, c)
			}
		}
	}
	for _, f := range rows(disputesTSV, 7) {
		check(f[0], append(codes(f[3]), Code(f[1])))
		if f[2] != "-" {
			check(f[0], []Code{Code(f[2])})
		}
	}
	for _, f := range rows(areasTSV, 4) {
		check(f[1], []Code{Code(f[0])})
	}
	for _, f := range rows(groupsTSV, 6) {
		check(f[2], append(codes(f[5]), Code(f[1])))
		if _, ok := groupKinds[f[0]]; !ok {
			t.Errorf("%s: no kind %q", f[2], f[0])
		}
	}
}

func TestTablesAreSorted(t *testing.T) {
	for name, table := range map[string]string{"countries": countriesTSV, "traps": trapsTSV, "areas": areasTSV, "disputes": disputesTSV,
		"states": statesTSV, "groups": groupsTSV, "ambiguous": ambiguousTSV} {
		if lines := strings.Split(strings.TrimSpace(table), "\n")[1:]; !slices.IsSorted(lines) {
			for i := range lines[1:] {
				if lines[i] > lines[i+1] {
					t.Errorf("%s.tsv: %q stands before %q", name, lines[i], lines[i+1])
				}
			}
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("U.S.-led, anti-Iraqi, Congo-Kinshasa and the ’stans")
	f.Add("Paris, Texas; TRIPOLI, LEBANON (Reuters) – Hong Kong-flagged, non-North Korean Port Sudan")
	f.Fuzz(func(t *testing.T, s string) {
		doc := text.Read("", s)
		last := 0
		for _, m := range Find(doc, names.Find(doc)) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("span %v after %d in %q", m.Span, last, s)
			}
			last = m.End
			if m.Country.Name() == "" && len(m.Claims) == 0 || m.Rule == "" {
				t.Fatalf("mention %+v in %q", m, s)
			}
		}
		for _, g := range FindGroups(doc) {
			if g.End <= g.Start || g.End > len(s) || g.Name == "" {
				t.Fatalf("group %+v in %q", g, s)
			}
		}
	})
}

// The finders beside prose's whole reading of the same text: compare the rates.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat("Iraqi troops left Mosul for Hyderabad, Pakistan, on Monday, and the U.S.-led coalition sent a letter to Syria. The Kremlin and NATO "+
		"said that rebels near Deir ez-Zor had shelled a convoy from Port Sudan to Garissa while the court sat in The Hague. ", 40)
	doc := text.Read("", body)
	named := names.Find(doc)
	marked.BesideProse(b, body,
		marked.Run{Name: "countries", Once: func() { Find(doc, named) }},
		marked.Run{Name: "groups", Once: func() { FindGroups(doc) }})
}

// The rate must not fall as the text grows.
func BenchmarkLinear(b *testing.B) {
	for _, n := range []int{10, 1000} {
		doc := text.Read("", strings.Repeat("Paris, Texas, and SAN JOSE, the SDF, and U.S.-led Port Sudan. ", n))
		named := names.Find(doc)
		b.Run("", func(b *testing.B) {
			for b.Loop() {
				Find(doc, named)
			}
			b.ReportMetric(float64(len(doc.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}

func TestAll(t *testing.T) {
	all := All()
	if !slices.IsSorted(all) || !slices.Contains(all, "FR") || !slices.Contains(all, "XK") || slices.Contains(all, "") {
		t.Errorf("%v", all)
	}
}
