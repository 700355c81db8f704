package text

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// A publication line states when the article came out or how long it takes to
// read. It is told from a headline that has a date by how little else it says.
const (
	monthName  = `(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?`
	writtenDay = monthName + ` *\d{1,2}(?:st|nd|rd|th)?,? *(?:\d{4}|'\d\d)|` + `\d{1,2}(?:st|nd|rd|th)?,?[ -]+(?:of )?` + monthName + `,?[ -]+(?:\d{4}|'?\d\d)\b|` +
		`\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:t[\d:.]+(?:z|[+-][\d:]+)?)?|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b|` + monthName + ` \d{1,2} [\d:]+ [a-z]{1,4} \d{4}\b`
)

var (
	dayRE   = regexp.MustCompile(`(?i)\b(?:` + writtenDay + `)`)
	timeRE  = regexp.MustCompile(`(?i)\b(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.]\d\d)?(?:[.,]\d+)? ?(?:[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b\d{4} ?(?:gmt|utc|hrs|hours|z)\b`)
	zoneRE  = regexp.MustCompile(`\(?\b(?:GMT|UTC|BST|IST|PKT|HKT|SGT|JST|KST|MSK|EAT|WAT|CAT|SAST|CES?T|EES?T|WES?T|AES?T|AEDT|[ECMP][SD]?T|Z)\b(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?\)?|[+-]\d\d:?\d\d\b`)
	readRE  = regexp.MustCompile(`(?i)\b\d{1,2}[ -]?min(?:ute)?s?\.?(?: read)?\b`)
	agoRE   = regexp.MustCompile(`(?i)^(?:updated |posted |published )?(?:about |an? )?(?:\d{1,2} ?)?(?:h|hrs?|hours?|m|mins?|minutes?|d|days?) ago\b`)
	labelRE = regexp.MustCompile(`(?i)(?:[|•·,]|\s[-–—]\s|\b(?:published|updated|posted|on)\b)[^\d]*$`) // goes with the day behind it
	restRE  = regexp.MustCompile(`(?i)\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?\b\.?|\b(?:at|on|by|and|last|first|updated?|published|posted|modified|issued|date|time|local|originally|edited|created)\b`)
)

// No line is longer that says when the article came out and states no day.
const maxTime = 60

// mayDate reports whether s can hold what dayRE finds: where the name of a month
// begins, or numbers are joined by marks.
func mayDate(s string) bool {
	for i := 0; i+2 < len(s); i++ {
		if isDigit(s, i) {
			if (s[i+1] == '-' || s[i+1] == '/' || s[i+1] == '.') && isDigit(s, i+2) {
				return true
			}
			continue
		}
		if i > 0 && s[i-1] < utf8.RuneSelf && isWord(rune(s[i-1])) {
			continue
		}
		switch begin := [3]byte{s[i] | 0x20, s[i+1] | 0x20, s[i+2] | 0x20}; string(begin[:]) {
		case "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec":
			return true
		}
	}
	return false
}

// A stamp is what a line says of days: how many other words it has, and whether it
// states one.
type stamp struct {
	others int
	day    bool
}

// stamped returns the stamp of the line.
func (l *line) stamped() (others int, day bool) {
	if l.stamp == nil {
		l.stamp = &stamp{}
		l.stamp.others, l.stamp.day = l.findStamp()
	}
	return l.stamp.others, l.stamp.day
}

func (l *line) findStamp() (others int, day bool) {
	if !l.short(200) || !strings.ContainsAny(l.text, "0123456789") {
		return 0, false
	}
	day = mayDate(l.text) && dayRE.MatchString(l.text)
	if !day && !l.short(maxTime) {
		return 0, false
	}
	rest := l.text
	for _, re := range [...]*regexp.Regexp{dayRE, zoneRE, timeRE, readRE, restRE} {
		rest = re.ReplaceAllString(rest, " ")
	}
	for w := range strings.FieldsSeq(rest) {
		if strings.Trim(w, ".,;:|•·/()[]-–—+") != "" {
			others++
		}
	}
	return others, day
}

// publication reports whether the line says when the article came out.
func (l *line) publication() bool {
	others, day := l.stamped()
	switch {
	case l.short(40) && agoRE.MatchString(l.lower):
		return true
	case day:
		return others <= 3 || others <= 6 && (cues().stamp.open(l.lower) || strings.Contains(l.text, "     ")) // the head of a page: "The Accra Herald      3 June 2024      Page 3"
	case l.short(maxTime) && others <= 2 && strings.ContainsAny(l.text, "0123456789"):
		return readRE.MatchString(l.text) || l.timed() || cues().stamp.open(l.lower)
	}
	return false
}

// timed reports whether the line is a time of day: "14:05 GMT", "(Updated 11:54 am)".
func (l *line) timed() bool {
	others, day := l.stamped()
	return !day && others == 0 && l.short(maxTime) && timeRE.MatchString(l.text)
}

// timestamp reports whether the line dates an entry of a live report: "14:05 BST",
// "2 hours ago", "Updated at 14.20".
func (l *line) timestamp() bool { return l.timed() || l.short(40) && agoRE.MatchString(l.lower) }

// bylineStamp returns where in a line of author and day the second begins: "By Ama
// Owusu |• 3 June 2024", "Posted on June 3, 2024 |by Ama Owusu"; 0 if it is one of both.
func (l *line) bylineStamp() (at int, authorFirst bool) {
	if !l.short(200) || !mayDate(l.text) {
		return 0, false
	}
	m := dayRE.FindStringIndex(l.text)
	if m == nil {
		return 0, false
	}
	before := strings.TrimRight(l.text[:m[0]], " |•·,-–—")
	if l.bylined() || looksLikeName(before) && !cues().stamp.open(l.lower) && strings.ContainsAny(l.text[len(before):m[0]], "|•·") {
		at = m[0]
		if label := labelRE.FindStringIndex(l.text[:at]); label != nil && label[0] > 0 {
			at = label[0]
		}
		return at, true
	}
	if i := strings.Index(strings.ToLower(l.text), " by "); i > m[0] && len(l.text) == len(strings.ToLower(l.text)) && looksLikeName(bylineName(l.text[i+1:])) {
		return i + 1, false
	}
	return 0, false
}

// stampedByline reports whether the line is a day and an author: "May 11, 2022 | By Ama
// Owusu, Accra Herald".
func (l *line) stampedByline() bool {
	at, _ := l.bylineStamp()
	return at > 0
}
