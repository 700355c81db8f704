package main

import (
	_ "embed"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"sitrep/extractors/names"
	"sitrep/pipeline/annotations"
)

//go:embed templates.txt
var templates string

var slot = regexp.MustCompile(`\$([A-Z]+(?:_M)?)(_)?`)

// fill returns the sentences of templates.txt with names put in, each the given
// number of times. The same seed gives the same sentences.
func fill(times int, seed uint64) []names.Example {
	n := newNamer(seed)
	var out []names.Example
	for line := range strings.Lines(templates) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for range times {
			out = append(out, n.fill(line))
		}
	}
	return out
}

// fill puts names into one sentence.
func (n *namer) fill(line string) names.Example {
	var b strings.Builder
	var d annotations.Document
	at := 0
	for _, m := range slot.FindAllStringSubmatchIndex(line, -1) {
		b.WriteString(line[at:m[0]])
		at = m[1]
		name, t := n.name(line[m[2]:m[3]])
		if m[4] >= 0 {
			name = strings.ToUpper(name)
		}
		start := b.Len()
		b.WriteString(name)
		if t != names.None {
			d.Spans = append(d.Spans, annotations.Span{Start: start, End: b.Len(), Type: t.String()})
		}
	}
	b.WriteString(line[at:])
	d.Text = b.String()
	toCodePoints(d.Text, d.Spans)
	return example(d)
}

// A namer draws names by lot.
type namer struct {
	rng                                         *rand.Rand
	given, surnames, towns, countries, demonyms []string
	companies, papers, parties, clubs, agencies []string
	universities, airlines, leaders             []string
}

func newNamer(seed uint64) *namer {
	known := names.Known()
	return &namer{
		rng:   rand.New(rand.NewPCG(seed, 3)),
		given: names.Words("G", "ND"), surnames: names.Words("S", "ND"), towns: names.Words("Cc", "ND"), countries: names.Words("N", ""), demonyms: names.Words("D", "N"),
		companies: slices.Concat(known["company"], known["bank"]), papers: known["media"], parties: known["party"], clubs: known["club"],
		agencies: known["agency"], universities: known["university"], airlines: known["airline"], leaders: known["surname"],
	}
}

func (n *namer) of(list []string) string { return list[n.rng.IntN(len(list))] }

// coin returns a word of list or, two times in five, one made of the halves of two.
func (n *namer) coin(list []string) string {
	word, other := n.of(list), n.of(list)
	if n.rng.IntN(5) < 2 {
		if made := word[:len(word)/2] + strings.ToLower(other[len(other)/2:]); valid(made) {
			return made
		}
	}
	return word
}

func (n *namer) initial() string {
	return string(rune('A'+n.rng.IntN(26))) + "."
}

// person returns a full name.
func (n *namer) person() string {
	first := n.coin(n.given)
	switch n.rng.IntN(8) {
	case 0:
		first = n.initial()
	case 1:
		first += " " + n.initial()
	}
	last := n.coin(n.surnames)
	switch n.rng.IntN(12) {
	case 0:
		last += "-" + n.coin(n.surnames)
	case 1:
		last += " " + n.coin(n.surnames)
	case 2:
		last = n.of(articles) + last
	}
	return first + " " + last
}

var articles = []string{"al-", "el-", "van ", "von ", "de ", "de la ", "bin ", "ibn ", "O'", "Mac", "Abu ", "di ", "Al "}

// company returns the name of a company, half of them nowhere listed.
func (n *namer) company() string {
	if n.rng.IntN(2) == 0 {
		return n.of(n.companies)
	}
	switch n.rng.IntN(6) {
	case 0:
		return n.coin(n.surnames) + " & " + n.coin(n.surnames)
	case 1:
		return n.coin(n.towns) + " " + n.of(trades)
	case 2, 3:
		return n.coin(n.surnames) + " " + n.of(trades)
	case 4:
		return n.coin(n.surnames) + " " + n.of(forms)
	}
	return n.coin(n.surnames)
}

var (
	trades = strings.Fields("Bancorp Industries Pharmaceuticals Systems Motors Electric Holdings Group Steel Oil Energy Bank Insurance Foods Media Medical Technologies Airlines Chemicals Mining Cement Telecom Software Securities Properties Stores Partners International Cables Shipping")
	forms  = strings.Fields("Inc Inc. Corp Corp. Ltd Ltd. Co. plc AG SA SpA NV GmbH AB Oy Bhd")
	works  = strings.Split("The Long Winter|A River of Stones|Summer in $|The $ Diaries|$'s Ashes|House of $|Ode to $|Nobody's Daughter|The Last Train to $|$|The Life of $|Seven Nights|Old Wars|Blue Harbor|The Glass Door|Letters from $", "|")
)

// sites are places in towns that stand for a trade or a government.
var sites = strings.Split("Wall Street|Broadway|Hollywood|Silicon Valley|Capitol Hill|Downing Street|Fleet Street|Madison Avenue|Red Square|Times Square|Tiananmen Square|Trafalgar Square|Ground Zero|Bourbon Street", "|")

// name returns a name for a slot, and what it names.
func (n *namer) name(slot string) (string, names.Type) {
	switch slot {
	case "PERSON", "GENERAL":
		return n.person(), names.Person
	case "SURNAME":
		return n.coin(n.surnames), names.Person
	case "LEADER":
		return n.of(n.leaders), names.Person
	case "GIVEN":
		return n.coin(n.given), names.Person
	case "PLAYER":
		return n.initial() + " " + n.coin(n.surnames), names.Person
	case "TOWN":
		return n.coin(n.towns), names.Place
	case "SITE":
		return n.of(sites), names.Place
	case "COUNTRY":
		return n.of(n.countries), names.Place
	case "COMPANY":
		return n.company(), names.Organisation
	case "PAPER":
		return n.of(n.papers), names.Organisation
	case "PARTY":
		return n.of(n.parties), names.Organisation
	case "CLUB":
		return n.of(n.clubs), names.Organisation
	case "TEAM":
		return n.coin(n.towns), names.Organisation
	case "AGENCY":
		return n.of(n.agencies), names.Organisation
	case "UNIVERSITY":
		return n.of(n.universities), names.Organisation
	case "AIRLINE":
		return n.of(n.airlines), names.Organisation
	case "DEMONYM":
		return n.of(n.demonyms), names.Other
	case "SHIP":
		return n.person(), names.Other
	case "GIVEN_M":
		return n.of(n.given), names.Other
	case "WORK":
		return strings.ReplaceAll(n.of(works), "$", n.coin(n.surnames)), names.Other
	}
	panic("no slot is called " + slot)
}

func valid(s string) bool { return strings.ToValidUTF8(s, "") == s }

// toCodePoints turns the offsets of spans from bytes of text.
func toCodePoints(text string, spans []annotations.Span) {
	offsets := annotations.NewOffsets(text)
	for i := range spans {
		spans[i].Start, spans[i].End = offsets.CodePoint(spans[i].Start), offsets.CodePoint(spans[i].End)
	}
}
