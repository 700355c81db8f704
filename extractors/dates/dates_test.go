package dates

import (
	"fmt"
	"strings"
	"testing"

	"sitrep/extractors/marked"
	"sitrep/extractors/text"
)

func day(t testing.TB, s string) Day {
	t.Helper()
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// value is what the sentences mark: the TIMEX3 value, and the mod if there is one.
func value(m Mention) string { return strings.TrimSpace(m.Value + " " + m.Mod) }

// check finds the dates of sentences and compares them with their marks.
func check(t *testing.T, a Anchor, tell func(Mention) string, sentences []string) {
	t.Helper()
	for _, sentence := range sentences {
		marked.Check(t, sentence, func(doc *text.Document) (got []marked.Mark) {
			for _, m := range Find(doc, a) {
				got = append(got, marked.At(doc, m.Span, tell(m)))
			}
			return got
		})
	}
}

// Told on Saturday, 8 June 2019.
func published(t testing.TB) Anchor { return Anchor{Published: day(t, "2019-06-08")} }

func TestCalendarDates(t *testing.T) {
	check(t, published(t), value, []string{
		"The base opened on [10 May 2011|2011-05-10] and shut on [May. 12, 2014|2014-05-12].",
		"It was signed on [Aug. 2, 1998|1998-08-02], on [the 4th of March 1999|1999-03-04] and again in [1999|1999].",
		"The bridge fell on [the twenty-first of May 1940|1940-05-21].",
		"LIMA, [10 Dec 87|1987-12-10] (Agency) -- The mine was shut on [3-Nov-86|1986-11-03].",
		"He landed on [2011-03-04|2011-03-04], left on [25/04/2011|2011-04-25] and came back on [30.09.2012|2012-09-30].",
		"The log of [2011-03-04T17:40Z|2011-03-04T17:40Z] is lost.",
		"The report of [111230Z DEC 89|1989-12-11T12:30Z] names two ships.",
		"Polls open on [Sunday, May 5, 2013|2013-05-05]; the deadline was [Tue, Nov 19, 2013|2013-11-19].",
		"The siege of [April 1936|1936-04] ended in [July of 1937|1937-07].",
		"It lasted from [1914|1914] to [1918|1918], and then [1939|1939]-[45|1945].",
		"They fought on [May 5|2003-05-05]-[7, 2003|2003-05-07], and from [12|2004-06-12] to [15 June 2004|2004-06-15].",
		"Talks were held on [June 3|2005-06-03], [4|2005-06-04] and [5, 2005|2005-06-05].",
		"Between [January 12|1936-01-12] and [January 16, 1936|1936-01-16] the town changed hands.",
		"Shelling went on in [April|1955-04] and [June 1955|1955-06].",
		"There is no day such as [30 February 2011|2011-02-30].",
		"A [2010|2010] raid, his [2007|2007] campaign and the [1992|1992] protests are remembered.",
		"The poet (born [1944|1944], died [2003|2003]) wrote in [nineteen ninety-six|1996].",
	})
}

func TestPartsOfTheCalendar(t *testing.T) {
	check(t, published(t), value, []string{
		"The crossing reopened in [mid-April|2019-04 MID] and shut in [early May|2019-05 START].",
		"By [the end of 2016|2016 END] half had left; by [the end of the year|2019 END] all will.",
		"In [the first half of 2008|2008-H1] it grew, in [the second half of last year|2018-H2] it shrank.",
		"In [the first days of May 1968|1968-05 START] all was calm.",
		"In [the 1990s|199] and [the late 1980s|198 END], in [the '50s|195] and [the early seventies|197 START].",
		"Since [the 19th century|18], in [the 1700s|17] and [the early 21st century|20 START].",
		"In [490 BC|BC0490], from [477|BC0477] to [450 BC|BC0450], in [the 470s BC|BC047], in [the 4th century BC|BC03], until [AD 70|0070].",
		"Output fell in [the third quarter of 2015|2015-Q3] and rose in [Q1 2016|2016-Q1] and in [the fourth quarter of last year|2018-Q4].",
		"Sales in [fiscal 2014|2014] were those of [FY2013|2013].",
		"In [the spring of 1780|1780-SP], in [summer 2017|2017-SU], [last winter|2018-WI] and [this autumn|2019-FA].",
		"The [Sept. 11|2001-09-11] attacks and the [7 July|2005-07-07] bombings changed that.",
		"On [Christmas Eve 2015|2015-12-24], [last Thanksgiving|2018-11-22] and [Easter Sunday|2019-04-21]; since [9/11|2001-09-11].",
	})
}

// Days of the week and months without a year follow the tense.
func TestTense(t *testing.T) {
	check(t, published(t), value, []string{
		"The talks began on [Saturday|2019-06-08] and the ship sailed on [Thursday|2019-06-06].",
		"The envoy will return on [Monday|2019-06-10].",
		"On [Monday|2019-06-10], the envoy will return.",
		"The minister said on [Friday|2019-06-07] that the vote would be held on [Tuesday|2019-06-11].",
		"The payment is due [Friday|2019-06-14]; the council meets on [Wednesday|2019-06-12].",
		"The army has scheduled a briefing for [Monday|2019-06-10].",
		"The rebels were ordered to leave by [Tuesday|2019-06-11].",
		"They plan to open the road in [August|2019-08]; it was built in [August|2018-08].",
		"The court ruled in [May|2019-05] and will sit again in [May|2020-05].",
		"The talks of [June 20|2019-06-20] were called off, those of [March 4|2019-03-04] held.",
		"He was killed last [Oct. 23|2018-10-23].",
		"The border stays shut until [Thursday|2019-06-13].",
		"Voting is on [Saturday, June 15|2019-06-15], he said.",
	})
}

func TestRelativeDates(t *testing.T) {
	check(t, published(t), value, []string{
		"They met [yesterday|2019-06-07], meet [today|2019-06-08] and will meet [tomorrow|2019-06-09].",
		"They fled [the day before yesterday|2019-06-06].",
		"It shut [last month|2019-05], in [December last year|2018-12]; it may open [next year|2020].",
		"[Last week|2019-W22] was calm, [this week|2019-W23] is not, [next week|2019-W24] may be.",
		"They struck [last Friday|2019-06-07] and [last May|2018-05]; they meet [next Friday|2019-06-14] or [this coming Sunday|2019-06-09].",
		"It fell on [Friday of last week|2019-05-31] or [Monday last week|2019-05-27].",
		"Over [the weekend|2019-W23-WE] nobody came; [last weekend|2019-W22-WE] many did.",
		"A patrol was lost [three days ago|2019-06-05], a truck [a week ago|2019-06-01], a boat [three weeks ago|2019-W20].",
		"It began [five months ago|2019-01], or [two years ago|2017], or [about two decades ago|199 APPROX].",
		"He left [two or three days ago|2019-06-05 APPROX], she [a couple of years ago|2017 APPROX], they [a week or so ago|2019-06-01 APPROX].",
		"The bonds will be repaid in [five years|2024].",
		"On [the 10th of this month|2019-06-10] rents are due.",
		"[Last year's third quarter|2018-Q3] was the worst since [the 2014 quarter|2014-Q3].",
		"The rains came [earlier this year|2019 START], and [late last month|2019-05 END].",
	})
}

// What refers to a date in the text is resolved against it.
func TestAnaphora(t *testing.T) {
	check(t, published(t), value, []string{
		"On [4 March 2011|2011-03-04] they met. [The next day|2011-03-05] they left. [Two days later|2011-03-07] they came back.",
		"The dam broke on [4 March 2011|2011-03-04]; [earlier that day|2011-03-04 START] it had rained, and [later that month|2011-03 END] it rained again.",
		"He ruled until [1804|1804]. [A year earlier|1803] he had been in exile.",
		"They met on [4 March 2011|2011-03-04] and again on [the previous Tuesday|2011-03-01].",
		"Profit in [the third quarter|2018-Q3] was 4 million, up from 3 million [a year earlier|2017-Q3]. In [the quarter|2018-Q3] two plants were shut.",
		"He was born in [1950|1950] and left in [July of that year|1950-07].",
	})
}

func TestTimesOfDay(t *testing.T) {
	check(t, published(t), value, []string{
		"It blew up at [10:30 a.m.|2019-06-07T10:30] on [Friday|2019-06-07].",
		"The train left at [10 p.m. Wednesday|2019-06-05T22:00] and the offer ends at [5 p.m. EST, June 30|2019-06-30T17:00-05:00].",
		"At [0800 GMT|2019-06-08T08:00Z] the guns fell silent, at [noon|2019-06-08T12:00] they spoke again.",
		"They came [last night|2019-06-07TNI], [yesterday morning|2019-06-07TMO], on [the night of May 3|2019-05-03TNI] and [Friday evening|2019-06-07TEV].",
		"The curfew begins at [4 in the morning|2019-06-08T04:00].",
		"Posted on [June 7, 2019|2019-06-07] at [11:54 am|2019-06-07T11:54].",
		"They scored twice at 3:1 and 10-2.",
	})
}

func TestLengths(t *testing.T) {
	check(t, published(t), value, []string{
		"The truce held for [six weeks|P6W], the [20-month|P20M] siege for [more than a year|P1Y MORE_THAN].",
		"It took [about two hours|PT2H APPROX], [at least 20 days|P20D EQUAL_OR_MORE] and [nearly a decade|P10Y LESS_THAN].",
		"He waited [half an hour|PT30M], [two and a half years|P2.5Y] and [a year and a half|P1.5Y].",
		"For [centuries|PXC] they grazed there; for [several days|PXD] it rained.",
		"In [the past 24 hours|PT24H] and over [the next two months|P2M].",
		"He is 44 years old, she a 20-year-old; they are 30 years of age.",
		"[Every day|P1D] and [each Friday|XXXX-WXX-5] they pray; it costs 30 million [a year|P1Y] and is paid [annually|P1Y].",
	})
}

func TestVague(t *testing.T) {
	check(t, published(t), value, []string{
		"They are [now|PRESENT_REF] at peace, as they were [recently|PAST_REF] and in [recent days|PAST_REF].",
		"In [the past|PAST_REF] they fought; in [the coming weeks|FUTURE_REF] they may again, or in [the future|FUTURE_REF].",
		"It closed [a few months ago|PAST_REF], or [a long time ago|PAST_REF].",
		"At [present|PRESENT_REF] nobody is there; at [the time|PAST_REF] two were.",
	})
}

func TestNotDates(t *testing.T) {
	check(t, published(t), value, []string{
		"They may march in step, Mr. May said; the sun rose at the 82nd Airborne's camp.",
		"The 1st Battalion paid $2,000 for 1914 sheep, 3-2.",
		"He sat on the bench; Sat Singh read the Sunday Times and watched This Week.",
		"Under Resolution 1441 the ship moved 2000 tons of rice over 1500 miles.",
		"The fall of the town came when spring water failed; they took a quarter of it.",
		"Jan Novak and April Ryan of the 19 April Movement shot at 12 boats.",
		"On Black Friday the Good Friday Agreement was read out.",
	})
}

// A history tells its years and goes forward; what it leaves out follows from them.
func TestNarrative(t *testing.T) {
	check(t, Anchor{Narrative: true}, value, []string{
		"In [March 1941|1941-03] the army crossed the river. In [June|1941-06] it took the port, and on [4 January|1942-01-04] the capital.",
		"On [20 July|1936-07-20] the garrison rose. The town fell on [3 May 1937|1937-05-03].",
		"The pact of [1923|1923] (printed in [2005|2005]) was broken in [August|1923-08].",
		"[Today|PRESENT_REF] little is left of it.",
	})
}

func TestRelations(t *testing.T) {
	check(t, published(t), func(m Mention) string { return m.Relation.String() }, []string{
		"On [4 May 2011|on] it opened.",
		"Since [2001|since], until [Friday|until], by [June 30|until], before [2010|before], after [1998|after].",
		"From [4 May|since] to [6 June 2001|until], between [1991|since] and [1997|until], [1968|since]-[72|until].",
		"During [2008|within], within [90 days|within], throughout [the spring of 1918|within].",
		"The post-[2003|after] order followed the pre-[1990|before] one.",
		"From [4 May|since] to [6 June 2001|until], between [1991|since] and [1997|until], [1968|since]-[72|until].",
		"During [2008|within], within [90 days|within], throughout [the spring of 1918|within].",
		"The post-[2003|after] order followed the pre-[1990|before] one.",
	})
}

// The interval, its precision and what it was resolved against.
func TestIntervals(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"They met on 4 March 2011.", "2011-03-04 2011-03-04 day"},
		{"They met last week.", "2019-05-27 2019-06-02 week publication"},
		{"They met over the weekend.", "2019-06-08 2019-06-09 weekend publication"},
		{"They met in May 2011.", "2011-05-01 2011-05-31 month"},
		{"They met in the third quarter of 2011.", "2011-07-01 2011-09-30 quarter"},
		{"They met in the first half of 2011.", "2011-01-01 2011-06-30 half"},
		{"They met in the summer of 2011.", "2011-01-01 2011-12-31 season"},
		{"They met in the winter of 2011.", "2011-01-01 2012-12-31 season"},
		{"They met in the 1990s.", "1990-01-01 1999-12-31 decade"},
		{"They met in the 20th century.", "1901-01-01 2000-12-31 century"},
		{"They met twice in the past two weeks.", "2019-05-25 2019-06-08 week publication"},
		{"They met in the past few hours.", "2019-06-08 2019-06-08 day publication"},
		{"The dispute is in its third week.", "2019-05-25 2019-06-08 week publication"},
		{"The dispute entered its 13th day.", "2019-05-27 2019-06-08 day publication"},
		{"They will meet in the next three months.", "2019-06-08 2019-09-08 month publication"},
		{"They met in 490 BC.", "none: outside the years 1 to 9999"},
		{"They met in fiscal 2014.", "none: fiscal years differ"},
		{"They met recently.", "none: vague"},
		{"They met on the 99th day.", "none: counted from an event"},
		{"They met two hours ago.", "none: counted from an unknown hour"},
		{"They met on 30 February 2011.", "none: no such day in the calendar"},
	} {
		doc := text.Read("", c.text)
		found := Find(doc, published(t))
		if len(found) != 1 {
			t.Errorf("%s: %d dates", c.text, len(found))
			continue
		}
		m := found[0]
		got := "none: " + m.Reason
		if !m.First.IsZero() {
			got = strings.TrimSpace(fmt.Sprintf("%s %s %s %s", m.First, m.Last, m.Precision, m.Anchor))
		}
		if got != c.want {
			t.Errorf("%s\nwant %s\n got %s", c.text, c.want, got)
		}
	}
}

// The anchor in the text has its place.
func TestAnchorInTheText(t *testing.T) {
	doc := text.Read("", "The dam broke on 4 March 2011. Two days later the town was empty.")
	found := Find(doc, published(t))
	if len(found) != 2 || found[1].Anchor != Text || doc.Slice(found[1].AnchorSpan) != "4 March 2011" {
		t.Errorf("%+v", found)
	}
}

// Where day and month could change places both readings are told, unless another
// date in the text shows the order.
func TestAmbiguousDigits(t *testing.T) {
	doc := text.Read("", "The log begins on 10/05/25.")
	m := Find(doc, published(t))[0]
	if !m.First.IsZero() || m.Reason == "" || fmt.Sprint(m.Readings) != "[2025-05-10 2025-10-05]" {
		t.Errorf("%+v", m)
	}
	doc = text.Read("", "The log begins on 10/05/2025 and ends on 25/05/2025.")
	m = Find(doc, published(t))[0]
	if m.First != day(t, "2025-05-10") || len(m.Readings) != 2 {
		t.Errorf("%+v", m)
	}
}

// Without an anchor what is relative stays open, and says why.
func TestUnanchored(t *testing.T) {
	doc := text.Read("", "The talks that began on Saturday and were resumed last week followed those of 4 March 2011 and of 6 May.")
	found := Find(doc, Anchor{})
	if len(found) != 4 {
		t.Fatalf("found %+v", found)
	}
	for _, m := range found[:2] {
		if !m.First.IsZero() || m.Reason != noPublication {
			t.Errorf("%q: %+v", doc.Slice(m.Span), m)
		}
	}
	if found[2].First != day(t, "2011-03-04") || found[2].Reason != "" {
		t.Errorf("4 March 2011: %+v", found[2])
	}
	if found[3].First != day(t, "2011-05-06") || doc.Slice(found[3].AnchorSpan) != "4 March 2011" {
		t.Errorf("6 May: %+v", found[3])
	}
}

func TestParseStamp(t *testing.T) {
	for _, c := range []struct{ in, day, at string }{
		{"2024-02-29", "2024-02-29", ""},
		{"2024-03-01T23:30:00-05:00", "2024-03-01", "2024-03-01T23:30:00-05:00"},
		{"Fri, 01 Mar 2024 10:00:00 GMT", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"Fri, 01 Mar 2024 10:00:00 EST", "2024-03-01", "2024-03-01T10:00:00-05:00"},
		{"Fri, 01 Mar 2024 10:00:00 XYZ", "2024-03-01", ""},
		{"1 Mar 24 10:00 GMT", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"1709287200", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"1709287200000", "2024-03-01", "2024-03-01T10:00:00Z"},
		{"March 1, 2024", "2024-03-01", ""},
	} {
		s, err := ParseStamp(c.in)
		if err != nil || s.Day.String() != c.day || s.At != c.at {
			t.Errorf("%q: %v %q %v, want %s %q", c.in, s.Day, s.At, err, c.day, c.at)
		}
	}
	for _, in := range []string{"", "soon", "2023-02-29", "0001-01-01T00:00:00Z", "9999999999999999999"} {
		if s, err := ParseStamp(in); err == nil {
			t.Errorf("%q: %v", in, s)
		}
	}
}
