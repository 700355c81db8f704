package dates

import "strings"

// timeOfDay reads 10:30, 10:30:15, 10:30pm, 10.30am, 5pm, 0800z, 0800h: minutes
// since midnight. The code is "Z" where the zone is said.
func timeOfDay(low string) (entry, bool) {
	e := entry{kind: kindClock}
	body := low
	half := 0
	for _, suffix := range []string{"am", "pm", "z", "h", "hrs"} {
		if head, found := strings.CutSuffix(low, suffix); found && head != "" {
			body = head
			switch suffix {
			case "am":
				half = 1
			case "pm":
				half = 2
			case "z":
				e.code = "Z"
			}
			break
		}
	}
	h, rest, colon := strings.Cut(body, ":")
	if !colon && half > 0 {
		h, rest, colon = strings.Cut(body, ".")
	}
	if colon {
		m, s, _ := strings.Cut(rest, ":")
		if len(m) != 2 || s != "" && (len(s) != 2 || !allDigits(s)) {
			return entry{}, false
		}
		rest = m
	} else if half == 0 {
		if len(body) != 4 || body == low {
			return entry{}, false
		}
		h, rest = body[:2], body[2:]
	}
	hour, ok := small(h)
	minute, ok2 := small(rest)
	if !ok || rest != "" && !ok2 || len(h) > 2 || minute > 59 || hour > 24 || half > 0 && hour > 12 {
		return entry{}, false
	}
	e.n = onClock(hour, minute, half)
	return e, true
}

// onClock returns minutes since midnight; half is 1 for a.m., 2 for p.m., 0 for
// a clock of 24 hours.
func onClock(hour, minute, half int) int {
	switch {
	case half == 1 && hour == 12:
		hour = 0
	case half == 2 && hour < 12:
		hour += 12
	}
	return hour*60 + minute
}
