package dates

import (
	"fmt"
	"time"
)

// A Day is a day of the Gregorian calendar, also before it was in use; the zero
// Day is none. Year 0 is 1 BC, year -1 is 2 BC.
type Day struct{ Year, Month, Day int }

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d == Day{} }

// String returns d as 2006-01-02, "" for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return yearName(d.Year) + two('-', d.Month) + two('-', d.Day)
}

// yearName writes a year in four digits, as TIMEX3 does: 0476, BC0490.
func yearName(y int) string {
	if y < 1 {
		return fmt.Sprintf("BC%04d", 1-y)
	}
	return string([]byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y)})
}

func two(mark byte, n int) string { return string([]byte{mark, digit(n / 10), digit(n)}) }

func digit(n int) byte { return '0' + byte(n%10) }

// Before reports whether d is earlier than o.
func (d Day) Before(o Day) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

func (d Day) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) Day { return Day{t.Year(), int(t.Month()), t.Day()} }

// AddDays returns the day n days after d.
func (d Day) AddDays(n int) Day { return dayOf(d.time().AddDate(0, 0, n)) }

// daysTo returns how many days after d the day o is.
func (d Day) daysTo(o Day) int { return int(o.time().Sub(d.time()).Hours() / 24) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// isoWeekday returns 1 for Monday to 7 for Sunday.
func (d Day) isoWeekday() int { return (int(d.Weekday())+6)%7 + 1 }

// valid reports whether d is in the calendar, years 1 to 9999.
func (d Day) valid() bool { return d.Year >= 1 && d.Year <= 9999 && d.exists() }

// exists reports whether d is a day of its month.
func (d Day) exists() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= lastOf(d.Year, d.Month)
}

// lastOf returns the last day of a month.
func lastOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// ParseDay reads 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil || t.Year() < 1 {
		return Day{}, fmt.Errorf("not a day (YYYY-MM-DD): %q", s)
	}
	return dayOf(t), nil
}
