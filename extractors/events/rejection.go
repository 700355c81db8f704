package events

import (
	"cmp"
	"slices"
	"strings"

	"sitrep/extractors/text"
)

// A Reason says why words that may name an action do not.
type Reason uint8

// The reasons, in the order in which they are asked for.
const (
	Aside      Reason = iota + 1 // "Rebels |attack| the port", a headline
	OffTopic                     // "The wingers |attacked| down both flanks."
	Unpeopled                    // "The blast |damaged| the bridge."
	PartOfName                   // "Operation Desert |Strike|"
	Modifier                     // "the |attack| helicopter"
	Unfit                        // "The union |held| the hall.": nobody is detained
	Powerless                    // "Wolves |killed| the sheep."
	Private                      // "A shopper |praised| the minister."
	Restated                     // "an operation |targeting| rebels"
	Unreal                       // "bases for |attacks|", "a diplomatic |coup|"
	Prelude                      // "They |agreed| to withdraw."
	Alleged                      // "accused him of |killing| a guard"
)

var reasons = [...]string{
	Aside:      "stands in a part of the article that tells no news",
	OffTopic:   "the article is about something else, and nothing in the sentence is surely of politics or war",
	Unpeopled:  "the sentence names nobody who could take part",
	PartOfName: "is a part of a name",
	Modifier:   "only says of what kind another thing is",
	Unfit:      "those who take part, or what it is done to, are not such as it asks for",
	Powerless:  "no state, force, group, body, people or person of politics takes part",
	Private:    "is not said, or by nobody who speaks for a state or group",
	Restated:   "only says whom another action of the sentence hits",
	Unreal:     "is a figure of speech, an accident, or only what something is for, about or against",
	Prelude:    "what is said is an action itself, which is the event",
	Alleged:    "is what somebody is accused of: the accusation is the event",
}

func (r Reason) String() string { return reasons[r] }

// A Rejection is words that an entry of the lexicon fits and that name no event.
type Rejection struct {
	Trigger text.Span
	Type    Type   // that the event would have
	Rule    string // the entry of the lexicon
	Reason  Reason
	Detail  string // the part of the article, its topic or what the entry asks for; "" for none
}

// Rejected returns what Find weighs in doc and drops, in the order of the text.
func Rejected(doc *text.Document, found Found) []Rejection {
	r := newReader(doc, found)
	r.ledger = &ledger{}
	return r.ledger.without(find(newGate(doc, found), r))
}

// A ledger takes down what is dropped. Where it is nil, nothing is.
type ledger struct{ list []Rejection }

// drop takes down that e, whose words stand at token i, is dropped.
func (r *reader) drop(e *entry, i int, why Reason) (*Event, int) {
	if r.ledger != nil {
		r.reject(e, i, why, "")
	}
	return nil, i
}

// unfit takes down that those who take part do not suit e, unless words that e needs
// stand nowhere near.
func (r *reader) unfit(e *entry, i int) (*Event, int) {
	if r.ledger != nil && r.follow(e, i, r.sentence.Last) {
		r.reject(e, i, Unfit, e.asks())
	}
	return nil, i
}

// skip takes down that all that tokens [first, last) may name is dropped unread.
func (r *reader) skip(first, last int, why Reason, detail string) {
	if r.ledger == nil {
		return
	}
	for i := first; i < last; i++ {
		if e := r.candidate(i, last); e != nil {
			r.reject(e, i, why, detail)
		}
	}
}

// forgo takes down that e, which was read, gives way to another event.
func (r *reader) forgo(e *Event, why Reason) {
	if r.ledger != nil {
		r.ledger.list = append(r.ledger.list, Rejection{e.Trigger, e.Type, e.Rule, why, ""})
	}
}

func (r *reader) reject(e *entry, i int, why Reason, detail string) {
	last := i + 1
	for last < i+len(e.words) && last < len(r.doc.Tokens) && r.doc.Lower(last) == e.words[last-i] {
		last++
	}
	r.ledger.list = append(r.ledger.list, Rejection{r.doc.Covering(i, last), e.typ, e.rule(), why, detail})
}

// without returns what was dropped beside events: of several readings of the same
// words as one type, that which was given up last.
func (l *ledger) without(found []Event) []Rejection {
	taken := map[int]bool{} // where words of events begin
	for _, e := range found {
		for _, s := range append(e.Mentions, e.Trigger) {
			taken[s.Start] = true
		}
	}
	slices.SortStableFunc(l.list, func(a, b Rejection) int {
		return cmp.Or(a.Trigger.Start-b.Trigger.Start, int(a.Type)-int(b.Type), int(b.Reason)-int(a.Reason))
	})
	list := slices.CompactFunc(l.list, func(a, b Rejection) bool { return a.Trigger.Start == b.Trigger.Start && a.Type == b.Type })
	return slices.DeleteFunc(list, func(x Rejection) bool { return taken[x.Trigger.Start] })
}

// shown is how many of the words that an entry needs are told.
const shown = 8

// asks tells what e asks of those who take part.
func (e *entry) asks() string {
	var out []string
	for _, part := range []struct {
		name string
		kind Kind
	}{{"subject", e.subject}, {"object", e.object}} {
		if part.kind != 0 {
			out = append(out, part.name+" "+part.kind.list())
		}
	}
	if len(e.needs) > 0 {
		words := strings.Split(strings.Join(e.needs, "|"), "|")
		if len(words) > shown {
			words = append(words[:shown:shown], "…")
		}
		out = append(out, "word "+strings.Join(words, ", "))
	}
	return strings.Join(out, "; ")
}

// list names all kinds of a set.
func (k Kind) list() string {
	var out []string
	for one := State; one <= Other; one <<= 1 {
		if k&one != 0 {
			out = append(out, strings.ReplaceAll(one.String(), "_", " "))
		}
	}
	return strings.Join(out, ", ")
}

func (e *entry) rule() string {
	if e.verb {
		return "verb:" + e.name()
	}
	return "noun:" + e.name()
}
