package text

import (
	"regexp"
	"strings"
)

// bylined reports whether the line opens with "By" and a name.
func (l *line) bylined() bool {
	if !l.short(160) {
		return false
	}
	name := bylineName(l.text)
	return len(name) > 0 && !strings.HasPrefix(l.text, name) && isCapital(name)
}

// signed reports whether a line of the head is the name of a desk or of a person
// with a profession: "Staff and agencies", "Ama Owusu Defence correspondent".
func (l *line) signed() bool {
	c := cues()
	if c.desk.labels(l.lower) {
		return true
	}
	words := strings.Fields(l.text)
	return l.short(90) && len(words) >= 3 && len(words) < 10 && isCapital(words[0]) && isCapital(words[1]) && !l.prose() &&
		!strings.ContainsAny(l.text, "0123456789:?!") && (endsWithProfession(l.lower) || len(words) < 8 && strings.Contains(l.text, ", ") && c.profession.held(l.lower))
}

func endsWithProfession(lower string) bool {
	for _, x := range cues().profession.holds.list {
		if strings.HasSuffix(lower, " "+x) {
			return true
		}
	}
	return false
}

// bylineName returns the name in a byline: the line without "By" and what follows
// the name.
func bylineName(line string) string {
	lower := fold(line)
	for _, by := range cues().byline.opens {
		if strings.HasPrefix(lower, by) && (isCapital(line) || looksLikeName(line[len(by):])) {
			line = line[len(by):]
			break
		}
	}
	if i := strings.IndexAny(line, ",|•·("); i > 0 {
		line = line[:i]
	}
	if i := strings.Index(line, " and "); i > 0 {
		line = line[:i]
	}
	return strings.TrimSpace(line)
}

// looksLikeName reports whether line is nothing but two to five capitalised words.
func looksLikeName(line string) bool {
	words := strings.Fields(line)
	if len(words) < 2 || len(words) > 5 || len(line) > 60 || strings.ContainsAny(line, "0123456789:?!|") {
		return false
	}
	for _, w := range words {
		if !isCapital(w) && w != "and" && w != "de" && w != "van" && w != "bin" && w != "von" && w != "der" && w != "da" && !strings.HasPrefix(w, "al-") && !strings.HasPrefix(w, "el-") {
			return false
		}
	}
	return true
}

// namesRE is a line of several names: "Ama Owusu, Kofi Mensah and Yaw Boateng".
var namesRE = regexp.MustCompile(`^\p{Lu}[\pL.'’-]+( \p{Lu}[\pL.'’-]*)+((, | and |, and | & | \| )\p{Lu}[\pL.'’-]+( \p{Lu}[\pL.'’-]*)+)*$`)

// named reports whether the line is one name or several, perhaps with a place: "Ama
// Owusu in Tamale", "Ama Owusu, Wa and Tamale", but not "Peace and Security".
func (l *line) named() bool {
	name, _, _ := strings.Cut(l.text, " in ")
	name, _, _ = strings.Cut(name, " | ")
	first, _, _ := strings.Cut(strings.ReplaceAll(name, " and ", ","), ",")
	return l.short(120) && strings.Contains(strings.TrimSpace(first), " ") && !collective[l.lower[strings.LastIndexByte(l.lower, ' ')+1:]] && (looksLikeName(name) || namesRE.MatchString(name))
}

// collective are the last words of names that no person has.
var collective = map[string]bool{"group": true, "organisation": true, "organization": true, "committee": true, "council": true, "ministry": true, "department": true, "institute": true,
	"foundation": true, "fund": true, "programme": true, "program": true, "force": true, "forces": true, "command": true, "union": true, "news": true, "world": true, "affairs": true, "security": true, "politics": true, "stories": true, "topics": true, "region": true}
