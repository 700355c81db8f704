package dates

import "fmt"

// A unit is a length that calendars and clocks have a name for.
type unit uint8

const (
	noUnit unit = iota
	seconds
	minutes
	hours
	days
	weekends
	weeks
	months
	quarters
	halves
	seasons
	years
	decades
	centuries
	millennia
)

// unitNames are the names of the units in words.tsv.
var unitNames = map[string]unit{"second": seconds, "minute": minutes, "hour": hours, "day": days, "weekend": weekends, "week": weeks, "month": months,
	"quarter": quarters, "half": halves, "season": seasons, "year": years, "decade": decades, "century": centuries, "millennium": millennia}

// precisions by unit.
var precisions = [...]Precision{days: ByDay, weekends: ByWeekend, weeks: ByWeek, months: ByMonth, quarters: ByQuarter, halves: ByHalf, seasons: BySeason,
	years: ByYear, decades: ByDecade, centuries: ByCentury, millennia: ByMillennium}

// A period is the stretch of the calendar that a unit cuts off: one day, the
// week that begins with it, the month.
type period struct {
	unit  unit
	first Day
}

func (p period) isZero() bool { return p.unit == noUnit }

// in returns the period of unit u that d lies in.
func (d Day) in(u unit) period {
	switch u {
	case weekends:
		d = d.AddDays(6 - d.isoWeekday()) // Saturday
	case weeks:
		d = d.AddDays(1 - d.isoWeekday())
	case months:
		d.Day = 1
	case quarters:
		d = Day{d.Year, (d.Month-1)/3*3 + 1, 1}
	case halves:
		d = Day{d.Year, (d.Month-1)/6*6 + 1, 1}
	case seasons:
		d = Day{d.Year, d.Month / 3 * 3, 1}
		if d.Month == 0 {
			d = Day{d.Year - 1, 12, 1}
		}
	case years:
		d = Day{d.Year, 1, 1}
	case decades:
		d = Day{decadeOf(d.Year), 1, 1}
	case centuries:
		d = Day{centuryOf(d.Year, 100), 1, 1}
	case millennia:
		d = Day{centuryOf(d.Year, 1000), 1, 1}
	}
	return period{u, d}
}

// decadeOf returns the first year of the decade of y. The 1990s are 1990 to
// 1999; the 470s BC are 479 to 470.
func decadeOf(y int) int {
	if y < 1 {
		return 1 - ((1-y)/10*10 + 9)
	}
	return y / 10 * 10
}

// centuryOf returns the first year of the n years that y lies in. The 20th
// century is 1901 to 2000; the 4th BC is 400 to 301.
func centuryOf(y, n int) int {
	if y < 1 {
		return 1 - (-y/n*n + n)
	}
	return (y-1)/n*n + 1
}

// last returns the last day of p.
func (p period) last() Day {
	switch p.unit {
	case days:
		return p.first
	case weekends:
		return p.first.AddDays(1)
	}
	return p.plus(1).first.AddDays(-1)
}

// plus returns the period n units after p.
func (p period) plus(n int) period {
	switch p.unit {
	case days:
		return period{p.unit, p.first.AddDays(n)}
	case weekends, weeks:
		return period{p.unit, p.first.AddDays(7 * n)}
	case months:
		return p.months(n)
	case quarters, seasons:
		return p.months(3 * n)
	case halves:
		return p.months(6 * n)
	case years:
		return p.months(12 * n)
	case decades:
		return p.months(120 * n)
	case centuries:
		return p.months(1200 * n)
	}
	return p.months(12000 * n)
}

func (p period) months(n int) period {
	return period{p.unit, dayOf(Day{p.first.Year, p.first.Month, 1}.time().AddDate(0, n, 0))}
}

// holds reports whether d lies in p.
func (p period) holds(d Day) bool { return !d.Before(p.first) && !p.last().Before(d) }

// interval returns the days that p may hold. A season's are those of its year:
// when summer is depends on where.
func (p period) interval() (first, last Day) {
	if p.unit == seasons {
		return Day{p.first.Year, 1, 1}, Day{p.last().Year, 12, 31}
	}
	return p.first, p.last()
}

var seasonCodes = [...]string{3: "SP", 6: "SU", 9: "FA", 12: "WI"}

// value writes p as TIMEX3 does.
func (p period) value() string {
	y := yearName(p.first.Year)
	switch p.unit {
	case days:
		return p.first.String()
	case weekends, weeks:
		iso, w := p.first.time().ISOWeek()
		v := yearName(iso) + "-W" + two('-', w)[1:]
		if p.unit == weekends {
			v += "-WE"
		}
		return v
	case months:
		return y + two('-', p.first.Month)
	case quarters:
		return fmt.Sprintf("%s-Q%d", y, (p.first.Month+2)/3)
	case halves:
		return fmt.Sprintf("%s-H%d", y, (p.first.Month+5)/6)
	case seasons:
		return y + "-" + seasonCodes[p.first.Month]
	case years:
		return y
	}
	// By the digits that its years share: 199, 19, BC047.
	if p.first.Year < 1 {
		y = yearName(p.last().Year)
	}
	return y[:len(y)-map[unit]int{decades: 1, centuries: 2, millennia: 3}[p.unit]]
}
