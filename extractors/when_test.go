package extractors_test

import (
	"testing"

	"sitrep/extractors"
	"sitrep/extractors/dates"
	"sitrep/extractors/events"
	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

// when tells how real e is and when it happens.
func when(e events.Event) string {
	if e.Date == nil || e.Date.First.IsZero() {
		return e.Status.String()
	}
	first, last := e.Date.First.String(), e.Date.Last.String()
	switch {
	case first == last:
		return e.Status.String() + " " + first
	case e.Date.Precision == dates.ByMonth && first[:7] == last[:7]:
		return e.Status.String() + " " + first[:7]
	case e.Date.Precision == dates.ByYear && first[:4] == last[:4]:
		return e.Status.String() + " " + first[:4]
	}
	return e.Status.String() + " " + first + "/" + last
}

// checkWhen checks sentences published on Saturday, 8 June 2019, in which the words of actions
// are marked with the status and date of their events. Other events are left alone.
func checkWhen(t *testing.T, sentences ...string) {
	t.Helper()
	for _, s := range sentences {
		plain, marks := marked.Parse(s)
		doc := text.Read("", plain)
		found := extractors.Extract(doc, told(t)).Events
		for _, m := range marks {
			if got := whenOf(found, text.Span{Start: m.Start, End: m.End}); got != m.Meaning {
				t.Errorf("%s\n  %s: want %s, got %s", plain, m.Text, m.Meaning, got)
			}
		}
	}
}

// whenOf tells when the event that is told at s happens.
func whenOf(found []events.Event, s text.Span) string {
	for _, e := range found {
		for _, told := range append([]text.Span{e.Trigger}, e.Mentions...) {
			if told.Overlaps(s) {
				return when(e)
			}
		}
	}
	return "no event"
}

// What a sentence ties together happens at one moment.
func TestMoments(t *testing.T) {
	checkWhen(t,
		"Soldiers [detained|occurred 2019-06-07] two smugglers while patrolling the border near Dara on Friday.",
		"On Monday the rebels [attacked|occurred 2019-06-03] a convoy near Gao and [kidnapped|occurred 2019-06-03] two drivers.",
		"Kenyan troops carried out [raids|occurred 2019-06-05] on two villages on Wednesday, [clearing|occurred 2019-06-05] them of rebels.",
		"The army [seized|occurred 2019-06-06] the town of Birao after a [battle|occurred 2019-06-06] with rebels on Thursday.",
		"A guard was [killed|occurred 2019-06-08] by gunmen who this morning stopped a bus near Lima.",
		"Chadian jets [bombed|occurred 2019-06-04] a camp, called Falcon, on Tuesday night.",
		"Police studied an [attack|occurred 2019-06-04] on a bridge in Peru that took place on Tuesday.",
		"The council [condemned|occurred 2019-06-07] the bombing of the embassies in Kenya and Chad on Friday.",
		"Angola condemned the [attack|occurred 2019-06-03] on its embassy on Monday.",
		"The senator said on Tuesday after a [meeting|occurred 2019-06-04] with Ecuadorean officials in Quito that he was content.",
		"Prime Minister Kari Holm said late on Friday that her troops were [entering|ongoing 2019-06-07] the port of Kismayo.",
	)
}

// A date of something else is not that of the action beside it.
func TestOtherMoments(t *testing.T) {
	checkWhen(t,
		"Some 300 Norwegian soldiers are [stationed|ongoing] in a zone in Mali which the state set up in 1994.",
		"The army said on Friday an [invasion|possible] of Chad could begin.",
		"Kenya [condemned|occurred 2019-06-04] the Somali [raid|occurred] in a letter sent on Tuesday.",
		"Protesters [rallied|occurred 2019-06-07] in Lima on Friday, and the police have [arrested|occurred] nine students.",
	)
}

// An episode's day lasts while its story is told on.
func TestEpisodes(t *testing.T) {
	checkWhen(t,
		"Chadian troops [stormed|occurred 2019-06-07] a rebel camp on Friday. They met little resistance. The troops [captured|occurred 2019-06-07] nine rebels.",
		"Gunmen [attacked|occurred 2019-06-03] a Peruvian patrol on Monday. Three gunmen hid in a barn. The patrol surrounded the barn. Soldiers [shot|occurred 2019-06-03] one of the gunmen.",
		"Kenyan jets [bombed|occurred 2019-06-05] a Somali camp on Wednesday. Years earlier Somali rebels [attacked|occurred] a Kenyan school.",
		"Kenyan jets [bombed|occurred 2019-06-05] a Somali camp on Wednesday. Somali rebels of the 2014 revolt [fled|occurred 2019-06-05] to the hills.",
		"Kenyan jets [bombed|occurred 2019-06-05] a Somali camp on Wednesday. Chad [arrested|occurred] nine students.",
		"Kenyan jets [bombed|occurred 2019-06-05] a Somali camp on Wednesday. Kenya has [trained|occurred] 300 Somali soldiers.",
		"Rebels [clashed|occurred 2019-04] with soldiers in Chad in April. In the same period the army [seized|occurred 2019-04] 40 rifles from the rebels.",
	)
}

// What goes on since a day lasts until the day of publication.
func TestLasting(t *testing.T) {
	checkWhen(t,
		"The army has [shelled|ongoing 2019-06-05/2019-06-08] the town of Gao for the past three days.",
		"Since 2012 rebels have [attacked|ongoing 2012-01-01/2019-06-08] Chadian villages.",
		"The [siege|ongoing 2019-05-25/2019-06-08] of Gao by the army is in its third week.",
		"The army's [blockade|ongoing 2019-05-01/2019-06-08] of the port began in May.",
		"Chadian police have [arrested|occurred 2019-05-01/2019-06-08] nine students since May.",
		"Rebels [abducted|occurred 2019-06-08] two soldiers near Gao in the past few hours.",
	)
}

// How real an action is, by the words that govern it.
func TestReality(t *testing.T) {
	checkWhen(t,
		"Rebels remain committed to [attacking|planned] the capital of Chad.",
		"The plan would involve gunmen [attacking|planned] the embassy of Peru.",
		"The plans of the general include [air strikes|planned] on Libyan camps.",
		"Kenya refrained from [bombing|denied] the Somali camp.",
		"The [talks|denied] between Kenya and Somalia were broken off in Nairobi.",
		"The two governments discussed the campaign to [retake|ongoing] the town of Birao from the rebels.",
		"Chad has begun a drive to [retake|ongoing] the town of Birao from the rebels.",
		"The council will discuss the Chadian [air strikes|occurred] on Libyan bases.",
		"There were unverified reports that Sudan had [sent|possible] soldiers into Chad.",
		"Rebels used stolen jeeps to [attack|occurred] a Chadian convoy.",
		"Chadian officers have launched a [coup|ongoing] against the president.",
		"Zambian troops have [laid|ongoing] siege to a town in Angola.",
		"That raises to nine the soldiers [held|ongoing] by the rebels.",
		"Japan [announced|occurred] sanctions on nine Russian banks.",
		"The rebels asked for aid before they would consent to a [truce|possible] with Chad.",
		"Angola hopes to [send|planned] 300 soldiers to Zambia.",
		"Angola wants to [send|possible] 300 soldiers to Zambia.",
		"The two presidents discussed a [withdrawal|possible] of Kenyan troops from Somalia.",
		"Chadian soldiers carried out an operation to [arrest|planned] a rebel leader in Chad.",
		"The air strikes on Libyan [bases|no event] are aimed at fuel stores.",
	)
}

// The day of an action may be told where it is named again.
func TestToldAgain(t *testing.T) {
	checkWhen(t,
		"Rebels [attacked|occurred 2019-06-04] a convoy near Gao. The attack occurred late on Tuesday, the army said.",
		"Rebels have [captured|occurred 2019-04] a village in Chad. It was empty. The capture took place in April.",
	)
}
