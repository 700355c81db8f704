package dates

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sitrep/extractors/text"
)

// A Stamp is a time of publication.
type Stamp struct {
	Day  Day    // local day of the time's own offset
	At   string // RFC 3339 with zone, "" when only the day is known
	Span text.Span
}

// Layouts with a zone first: only they tell an exact time.
var zoned = append([]string{time.RFC3339Nano, "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05Z07:00", "20060102T150405Z07:00",
	"2006-01-02T15:04Z07:00"}, mailed()...)

// mailed returns the layouts of mails and RSS: "Mon, 3 Jun 2024 14:05:33 +0000", "3 Jun 24 14:05 GMT".
func mailed() []string {
	var out []string
	for _, weekday := range [...]string{"Mon, ", ""} {
		for _, year := range [...]string{"2006", "06"} {
			for _, clock := range [...]string{"15:04:05", "15:04"} {
				day := weekday + "2 Jan " + year + " " + clock
				out = append(out, day+" -0700", day+" MST")
			}
		}
	}
	return out
}

var local = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02", "2006/01/02", "20060102", "20060102150405",
	"2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "Jan. 2, 2006", "January 2, 2006 3:04 pm", "January 2, 2006 3:04 PM", "Jan 2, 2006 3:04 PM",
	"Monday, January 2, 2006", "Monday, 2 January 2006", "Mon, 2 Jan 2006", "2 January 2006 15:04"}

// ParseStamp reads a publication time as newsrooms write it: RFC 3339, RFC 1123,
// ISO 8601, seconds or milliseconds since 1970, or a date in words. Years are
// from 1800 to 2199.
func ParseStamp(s string) (Stamp, error) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && (len(s) == 9 || len(s) == 10 || len(s) == 12 || len(s) == 13) {
		t := time.Unix(n, 0)
		if len(s) >= 12 {
			t = time.UnixMilli(n)
		}
		t = t.UTC()
		return Stamp{Day: dayOf(t), At: t.Format(time.RFC3339Nano)}, nil
	}
	if len(s) <= 64 {
		for _, layout := range zoned {
			if t, err := time.ParseInLocation(layout, s, time.UTC); err == nil && known(t) {
				return stampOf(t), nil
			}
		}
		for _, layout := range local {
			if t, err := time.Parse(layout, s); err == nil && known(t) {
				return Stamp{Day: dayOf(t)}, nil
			}
		}
	}
	return Stamp{}, fmt.Errorf("no date of a known form")
}

// stampOf returns a time as parsed in UTC, where the name of a zone that is not
// known there has no offset: that of "10:05 EST" is looked up, and where the
// letters stand for several zones only the day is known.
func stampOf(t time.Time) Stamp {
	day := dayOf(t)
	if name, offset := t.Zone(); offset == 0 && name != "" && name != "UTC" && name != "GMT" {
		minutes, ok := zoneOffset(name, "", day)
		if !ok {
			return Stamp{Day: day}
		}
		t = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.FixedZone(name, 60*minutes))
	}
	return Stamp{Day: day, At: t.Format(time.RFC3339Nano)}
}

func known(t time.Time) bool { return t.Year() >= 1800 && t.Year() <= 2199 }
