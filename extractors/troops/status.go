package troops

import "strings"

// A cue is what a word says of the people beside it.
type cue uint8

const (
	killed cue = iota + 1
	wounded
	casualties
	captured
	missing
	released // the last of those that befall people one by one
	withdrawn
	sent
	stationed
	arriving
	neutral // something else is done to them: charged, targeted
	will    // what follows is to come
	toward  // "to"
)

var cueKinds = map[string]cue{
	"killed": killed, "wounded": wounded, "casualties": casualties, "captured": captured, "missing": missing, "released": released,
	"withdrawn": withdrawn, "sent": sent, "stationed": stationed, "arriving": arriving, "neutral": neutral, "will": will, "to": toward,
}

var cueStatus = [...]Status{killed: Killed, wounded: Wounded, casualties: Casualties, captured: Captured, missing: Missing, released: Released,
	withdrawn: Withdrawn, sent: Deployed, stationed: Deployed, arriving: Arriving, neutral: Unknown, will: Planned, toward: Planned}

// lossNouns are heads that say what befell the people.
var lossNouns = map[string]Status{
	"casualties": Casualties, "losses": Casualties, "deaths": Killed, "fatalities": Killed, "dead": Killed, "lives": Killed, "bodies": Killed, "corpses": Killed,
	"wounded": Wounded, "injuries": Wounded, "prisoners": Captured, "prisoners of war": Captured, "pows": Captured, "captives": Captured, "hostages": Captured, "detainees": Captured,
	"internees": Captured, "inmates": Captured, "abductees": Captured,
}

var (
	auxiliaries  = set("was were is are be been being have has had also reportedly later then still both all already believed reported got 've not seriously badly severely lightly slightly confirmed went gone")
	be           = set("was were is are be been being get got gets getting")
	intransitive = set("died dies die dying perished perish perishing dead missing surrendered surrender surrendering disappeared")
	gerunds      = set("killing wounding injuring capturing arresting detaining kidnapping abducting executing beheading murdering apprehending freeing releasing massacring")
)

// status returns what the text says of the people of a count.
func (f *finder) status(p phrase, q quantity, c Count) Status {
	if s := f.within(p, q); s != Unknown {
		return s
	}
	right, rightFate := f.after(p)
	left, leftFate := f.before(p, q)
	head := lossNouns[c.Noun]
	switch {
	case head == Captured && rightFate && right.harsher():
		return right
	case head == Captured && leftFate && left.harsher():
		return left
	case (p.head >= 0 || p.rule == "strength" || p.rule == "death toll") && head != Unknown:
		return head
	case rightFate:
		return right
	case leftFate:
		return left
	case c.What == Others:
		return Unknown
	case p.rule == "strength":
		return planned(left == Planned, Present)
	case right != Unknown && right != Planned && left == Planned && right != Withdrawn:
		return Planned
	case right != Unknown:
		return right
	case left == Planned && (f.isNeutral(p) || c.Force == NonState && !q.strong && !f.sends(p)):
		return f.settledStatus(p)
	case left != Unknown:
		return left
	case f.isNeutral(p):
		return Unknown
	case c.Force == Multinational:
		return Deployed
	}
	return Present
}

// harsher reports whether s says more of prisoners than that they are captured.
func (s Status) harsher() bool {
	return s == Released || s == Killed || s == Wounded || s == Casualties
}

// within reads the words inside the count: "22 dead guerrillas".
func (f *finder) within(p phrase, q quantity) Status {
	for i := q.last; i < p.head; i++ {
		switch f.low(i) {
		case "dead", "slain", "fallen":
			return Killed
		case "wounded", "injured":
			return Wounded
		case "captured", "detained", "imprisoned", "jailed", "kidnapped", "abducted":
			return Captured
		case "missing":
			return Missing
		}
	}
	return Unknown
}

// after reads what is said behind the count. fate is true for what befalls
// people one by one (killed … released).
func (f *finder) after(p phrase) (s Status, fate bool) {
	passive, coming := false, false
	end := min(f.last, p.last+16)
	for i := p.last; i < end; i++ {
		w := f.low(i)
		c := f.cueAt(i)
		switch {
		case be[w]:
			passive = true
		case auxiliaries[w], w == "who", w == "that", w == "which":
		case c == will:
			coming = coming || w != "ready" && w != "prepared" && w != "call"
		case c > 0 && c <= released && f.isEventNoun(i): // "and the death of"
		case c > 0 && c <= released:
			if gerunds[w] || !f.isPassive(i, passive) {
				return Unknown, false // they did it
			}
			return f.fate(i, c), true
		case c == neutral && passive:
			return Unknown, true
		case f.doc.Tag(i) == "WRB":
			return planned(coming, Unknown), false
		case c >= withdrawn && c <= arriving && !f.moves(i):
		case c == withdrawn:
			return Withdrawn, false
		case c == sent, c == stationed, c == arriving:
			if c == sent && !passive && f.doc.Tag(i) != "VBN" && i > p.last && w != "deployed" {
				return planned(coming, Unknown), false
			}
			return planned(coming || f.low(i-1) == "be" && f.low(i-2) == "to" && f.doc.Tag(i) != "VBG", cueStatus[c]), false
		case w == ";", w == ":", w == "”", w == "''":
			return planned(coming, Unknown), false
		case f.startsCount(i):
			if f.low(i-1) == "and" && auxiliaries[f.low(i+1)] {
				return planned(coming, Unknown), false // "and 76 were missing"
			}
			if prev := f.low(i - 1); prev != "and" && prev != "the" && prev != "of" && prev != "least" && prev != "," {
				return planned(coming, Unknown), false
			}
		case i == p.last && f.doc.Tag(i) == "VBD" && (f.doc.Tag(i+1) == "IN" || f.doc.Tag(i+1) == "TO"): // "rebels linked to the raid were held"
		case f.doc.Tag(i) == "VBD", f.doc.Tag(i) == "VBZ", f.doc.Tag(i) == "VBP":
			return planned(coming, Unknown), false
		}
	}
	return planned(coming, Unknown), false
}

// cueAt returns the cue at i; "taken" is one only in "taken by", "taken hostage",
// "home" in "bring home", "back" in "fell back".
func (f *finder) cueAt(i int) cue {
	switch f.low(i) {
	case "home":
		switch f.low(i - 1) {
		case "bring", "brings", "brought", "bringing", "come", "came", "coming", "send", "sent", "fly", "flew", "go", "went", "going", "headed", "heading", "troops", "soldiers", "them":
			return withdrawn
		}
	case "back":
		switch f.low(i - 1) {
		case "turn", "turned", "turning", "fall", "fell", "falling", "pull", "pulled", "pulling", "draw", "drew", "drawn":
			return withdrawn
		}
	case "called", "calls", "calling":
		if f.low(i+1) == "for" {
			return will
		}
	case "handed":
		if f.low(i+1) == "over" {
			return released
		}
	case "taken":
		switch f.low(i + 1) {
		case "by", "hostage", "prisoner", "captive", "into":
			return captured
		}
	}
	return f.lex.cues[f.low(i)]
}

func planned(coming bool, s Status) Status {
	if coming {
		return Planned
	}
	return s
}

// startsCount reports whether a number begins at i.
func (f *finder) startsCount(i int) bool {
	return f.doc.Tag(i) == "CD"
}

// fate returns the status of the cue at i, joined with one that follows:
// "killed or wounded".
func (f *finder) fate(i int, c cue) Status {
	if w := f.low(i + 1); w == "or" || w == "and" {
		next := i + 2
		if f.doc.Tag(next) == "RB" {
			next++
		}
		if d := f.lex.cues[f.low(next)]; d > 0 && d <= missing && d != c {
			return Casualties
		}
	}
	if c == captured && (f.low(i) == "hostage" || f.low(i) == "prisoner") {
		return Captured
	}
	return cueStatus[c]
}

// isPassive reports whether the verb at i tells what befell the people before
// it: "killed" with a form of "be", or without an object behind it.
func (f *finder) isPassive(i int, be bool) bool {
	w := f.low(i)
	if be || intransitive[w] {
		return true
	}
	switch f.low(i - 1) {
	case "have", "has", "had":
		return false
	}
	switch next := f.low(i + 1); {
	case i+1 >= f.last, weekdays[next]:
		return true
	case next == "at" && f.low(i+2) == "least", next == "up" && f.low(i+2) == "to", next == "more" && f.low(i+2) == "than", next == "about":
		return false
	}
	switch f.doc.Tag(i + 1) {
	case "DT", "CD", "PRP", "PRP$", "JJ", "NN", "NNS", "NNP", "NNPS":
		return false
	}
	return true
}

// before reads what is said in front of the count.
func (f *finder) before(p phrase, q quantity) (s Status, fate bool) {
	_, at := f.hedge(q)
	at = min(at, p.first)
	coming, including, by := false, false, false
	commas := 0
	for i := at - 1; i >= max(f.first, at-16); i-- {
		w := f.low(i)
		c := f.cueAt(i)
		switch {
		case w == "including", w == "include", w == "included", w == "includes", w == "among":
			including = true
		case w == "by" && !f.isRate(i):
			by = true
		case w == ";" || w == ":":
			return planned(coming, Unknown), false
		case w == ",":
			commas++
		case w == "once", w == "if", w == "until":
			return Planned, false
		case settled[w]:
			return Unknown, false
		case w == "but", w == "where", w == "when", w == "while":
			return planned(coming, Unknown), false
		case c == will:
			coming = coming || commas == 0 && i > at-10
		case c > 0 && c <= released:
			if f.governs(i, at, c, including, by) {
				return f.fateBefore(i, c), true
			}
			if by {
				return Unknown, false
			}
		case w == "over" && i < at-1, w == "against", w == "alongside":
			return planned(coming, Unknown), false
		case w == "with" && f.low(i-1) != "along":
			by = true
		case c >= withdrawn && c <= arriving && f.low(at-1) == ",":
			return Unknown, false // "as they withdrew, 300 rebels attacked"
		case c == withdrawn && !by && commas < 2 && f.moves(i):
			return Withdrawn, false
		case (c == sent || c == stationed || c == arriving) && !by && commas < 2 && f.moves(i):
			return planned(coming || f.comingBefore(i), cueStatus[c]), false
		case f.isFinite(i) && !speech[w]:
			return planned(coming || f.comingBefore(i), Unknown), false
		}
	}
	return planned(coming, Unknown), false
}

// isFinite reports whether token i is a finite verb in the past or of the third
// person, not an adjective that looks like one ("the improvised device").
func (f *finder) isFinite(i int) bool {
	w := f.low(i)
	switch f.doc.Tag(i) {
	case "VBD":
		return !auxiliaries[w] && f.doc.Tag(i-1) != "DT" && f.doc.Tag(i+1) != "NN"
	case "VBZ":
		return !auxiliaries[w] && w != "'s" && w != "’s"
	}
	return false
}

// isEventNoun reports whether the cue at i is a noun for what happened.
func (f *finder) isEventNoun(i int) bool {
	switch f.low(i) {
	case "dead", "hostage", "prisoner", "captive", "missing", "captivity", "custody", "casualties":
		return false
	}
	switch f.low(i - 1) {
	case "'s", "’s", "'", "’":
		return false // "the soldiers' release"
	}
	return f.doc.Tag(i) == "NN" || f.doc.Tag(i) == "NNS"
}

// speech are verbs of saying, behind which a new clause begins.
var speech = set("said says say told reported reports announced claimed claims added stated")

// moves rejects words that are cues only as verbs or with "of" behind: "in
// order", "the left", "on land".
func (f *finder) moves(i int) bool {
	switch f.low(i) {
	case "order", "left", "land", "put", "add", "alert", "guard", "join", "provide", "provided", "return", "leave", "pull":
		tag := f.doc.Tag(i)
		return (tag == "VB" || tag == "VBD" || tag == "VBN" || tag == "VBP") && f.low(i-1) != "the" || f.low(i+1) == "of"
	case "offensive", "assault":
		return false
	case "shipped":
		return f.low(i+1) == "out" || f.low(i-1) == "were"
	case "based":
		return f.low(i+1) != "on" && f.low(i+1) != "upon"
	}
	return true
}

// isRate reports whether "by" at i tells how much or when: "by 2,000", "by the
// end of".
func (f *finder) isRate(i int) bool {
	return f.doc.Tag(i+1) == "CD" || f.low(i+2) == "end" || f.low(i+1) == "early" || f.low(i+1) == "late"
}

// comingBefore reports whether the verb at i is to happen: "will send", "plans to
// deploy".
func (f *finder) comingBefore(i int) bool {
	for k := i - 1; k >= max(f.first, i-8); k-- {
		w := f.low(k)
		switch {
		case w == ",", w == ";":
			return false
		case f.lex.cues[w] == will, w == "approved":
			return true
		case f.doc.Tag(k) == "VBD" && !auxiliaries[w]:
			return false
		}
	}
	return false
}

// governs reports whether the fate at i is that of the count that begins at
// token at: "killed 12", "the deaths of 14", "were killed, including two".
func (f *finder) governs(i, at int, c cue, including, by bool) bool {
	if by {
		return false
	}
	w := f.low(i)
	if tag := f.doc.Tag(i); tag == "NN" || tag == "NNS" || w == "deaths" || w == "death" {
		return f.low(i+1) == "of" || f.low(i+1) == "in" && c == killed || including
	}
	for k := i - 1; k >= max(f.first, i-4); k-- {
		if be[f.low(k)] {
			return including || f.low(i+1) == "along" || f.low(i+1) == "with"
		}
		if f.doc.Tag(k) != "RB" && !auxiliaries[f.low(k)] {
			break
		}
	}
	for k := i + 1; k < at; k++ { // the object of another verb
		tag := f.doc.Tag(k)
		if f.isFinite(k) && f.lex.cues[f.low(k)] == 0 {
			return false
		}
		if w := f.low(k); w == "along" || w == "together" || w == "with" && (f.low(k-1) == "along" || f.low(k-1) == "together") {
			continue
		}
		if tag == "IN" && f.low(k) != "of" && f.low(k) != "in" && f.low(k) != "at" && f.low(k) != "up" && f.low(k) != "to" && f.low(k) != "between" && !including {
			return false
		}
	}
	return w != "dead" && w != "held" || including || i == at-1
}

// fateBefore is fate for a cue in front: "killed or wounded 200 men".
func (f *finder) fateBefore(i int, c cue) Status {
	if w := f.low(i - 1); w == "or" || w == "and" {
		if d := f.lex.cues[f.low(i-2)]; d > 0 && d <= missing && d != c {
			return Casualties
		}
	}
	if f.low(i) == "casualties" {
		return Casualties
	}
	return cueStatus[c]
}

// sends reports whether a word of sending or raising stands before the count.
func (f *finder) sends(p phrase) bool {
	for i := p.first - 1; i >= max(f.first, p.first-8); i-- {
		if c := f.lex.cues[f.low(i)]; c >= sent && c <= arriving {
			return true
		}
	}
	return false
}

// settledStatus is the status of people about whom nothing is told: they are
// there, unless something else is done to them.
func (f *finder) settledStatus(p phrase) Status {
	if f.isNeutral(p) {
		return Unknown
	}
	return Present
}

// settled are verbs whose object is in place already: "will replace 300 soldiers".
var settled = set("replace replaces replacing replaced reduce reduces reducing relieve reinforces help helps assist assists join joins confront confronting face facing fight fighting battle battling defeat oust")

// isNeutral reports whether something else is done to the people: "charged".
func (f *finder) isNeutral(p phrase) bool {
	for i := max(f.first, p.first-4); i < min(f.last, p.last+5); i++ {
		if f.lex.cues[f.low(i)] == neutral && (i < p.first || !strings.HasSuffix(f.low(i), "ing")) {
			return true
		}
	}
	return false
}
