package dates

import (
	"strings"
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

// Finding dates beside prose's whole reading of the same text: compare the rates.
func BenchmarkBesideProse(b *testing.B) {
	body := strings.Repeat("The ministers met in Oslo on Tuesday, two days after the truce of 4 March 2011 had ended, and will meet again next month. "+
		"A convoy of the agency left the port for the south with food and tents, as it had in the summer of 2009, but soldiers of both sides "+
		"held it for three weeks at the bridge and sent it back; the drivers, who had been given nothing to eat, said that they would try once more. ", 40)
	doc, anchor := text.Read("", body), Anchor{Published: day(b, "2019-06-08")}
	marked.BesideProse(b, body, marked.Run{Name: "dates", Once: func() { Find(doc, anchor) }})
}
