package dates

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clockRE is a time of day with its zone in a publication line: "14.05 BST", "9:15
// a.m. ET", "T14:05:33.000Z", "9:15 AM (UTC+02:00)", "09:15:22 +0000", "0915 GMT".
var clockRE = regexp.MustCompile(`(?:^|[^\d.:])(\d{1,2})(?:[:.](\d{2})|(\d{2})(?: ?hrs)? GMT|(\d{2})(?: ?hrs)? UTC)(?:[:.]\d{2})?(?:\.\d+)?\s*([AaPp]\.?[Mm]\b\.?)?[\s,(]*([A-Z]{2,4}\b|Z\b)?\s*([+-]\d{1,2}:?(?:\d{2})?)?`)

// clockTime returns the time that a publication line tells for day, RFC 3339, ""
// where it tells none with a zone.
func clockTime(line string, day Day) string {
	for _, m := range clockRE.FindAllStringSubmatch(line[:min(len(line), 300)], 4) {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2] + m[3] + m[4])
		switch half := strings.ToLower(strings.ReplaceAll(m[5], ".", "")); {
		case half != "" && (hour < 1 || hour > 12):
			continue
		case half == "am" && hour == 12:
			hour = 0
		case half == "pm" && hour < 12:
			hour += 12
		}
		name := m[6]
		if m[3] != "" {
			name = "GMT"
		} else if m[4] != "" {
			name = "UTC"
		}
		offset, ok := zoneOffset(name, m[7], day)
		if ok && hour < 24 && minute < 60 {
			return day.String() + "T" + two('0', hour)[1:] + two(':', minute) + ":00" + zoneName(offset)
		}
	}
	return ""
}

// zoneOffset returns how many minutes east of Greenwich the clocks of a zone are
// on day, false where its letters stand for several or none.
func zoneOffset(name, digits string, day Day) (int, bool) {
	if digits != "" && (name == "" || name == "GMT" || name == "UTC") {
		h, m, _ := strings.Cut(digits[1:], ":")
		if len(h) > 2 {
			h, m = h[:2], h[2:]
		}
		hours, _ := strconv.Atoi(h)
		minutes, _ := strconv.Atoi(m)
		if hours > 14 || minutes > 59 {
			return 0, false
		}
		if digits[0] == '-' {
			return -(60*hours + minutes), true
		}
		return 60*hours + minutes, true
	}
	if hours, ok := american[name]; ok {
		if day.Year < 2007 {
			return 0, false
		}
		if summer(day) {
			hours++
		}
		return 60 * hours, true
	}
	if hours, ok := abroad[name]; ok {
		return 60 * hours, true
	}
	e := lexicon()[strings.ToLower(name)]
	return e.n, e.kind == kindZone
}

// american are the names of zones that keep summer time without saying so; abroad
// are names that only publication lines have.
var (
	american = map[string]int{"ET": -5, "CT": -6, "MT": -7, "PT": -8}
	abroad   = map[string]int{"HKT": 8, "SGT": 8, "EAT": 3, "CAT": 2, "SAST": 2, "WAT": 1, "WIB": 7, "PHT": 8, "UAE": 4}
)

// summer reports whether day lies in the summer time of the United States since
// 2007: from the second Sunday of March to the first of November.
func summer(day Day) bool {
	return !day.Before(sunday(day.Year, 3, 8)) && day.Before(sunday(day.Year, 11, 1))
}

// sunday returns the first Sunday on or after a day.
func sunday(year, month, from int) Day {
	d := Day{year, month, from}
	return d.AddDays((7 - int(d.Weekday()-time.Sunday)) % 7)
}
