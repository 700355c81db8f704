package dates

import (
	"fmt"
	"time"
)

// A Day is a day of the Gregorian calendar; the zero Day is none.
type Day struct{ Year, Month, Day int }

// IsZero reports whether d is no day.
func (d Day) IsZero() bool { return d == Day{} }

// String returns d as 2006-01-02, "" for none.
func (d Day) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

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

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// valid reports whether d is in the calendar, years 1 to 9999.
func (d Day) valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= lastOf(d.Year, d.Month)
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
