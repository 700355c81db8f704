// Package explain shows what was read in an article and why: its text with what
// was found marked, and for each event and fact the words, the rule and what
// follows from them; on a terminal or as a page of HTML. It decides nothing and
// changes nothing of what it shows.
package explain

import (
	"sitrep/extractors/text"
)

// A kind says what a mark stands for.
type kind uint8

// The kinds: first of the roles in an event, then of facts in the whole text.
const (
	trigger kind = iota
	again        // an event told again
	dropped      // what may name an event and does not
	actor
	target
	speaker
	status // what tells how real an event is
	place
	date
	count
	person
	reference // "he", "the prime minister"
	country
	group
	aside // a part of the article that tells no news
)

var kindNames = [...]string{"trigger", "again", "dropped", "actor", "target", "speaker", "status", "place", "date", "count", "person", "reference", "country", "group", "aside"}

func (k kind) String() string { return kindNames[k] }

// Class returns the name of k for a style sheet.
func (k kind) Class() string { return kindNames[k] }

// A mark is a stretch of text that stands for something.
type mark struct {
	text.Span
	Kind  kind
	Label string // shown beside the words
	Note  string // what is known of it, in a few words
}

// A fact is one thing told of something, under a name.
type fact struct{ Name, Value string }

// A row tells of one participant, place, date or other detail of an event, or of
// one person, country, date or count of an article.
type row struct {
	Kind  kind
	Name  string // the role
	Words string // as they stand in the text
	Facts []fact
	Where []step      // the sentence where the words stand, if it is another than the event's
	At    []text.Span // where the words stand
}

// An event is a card: a sentence with its roles marked, and the rows that tell of them.
type event struct {
	Number   int
	Type     string
	Status   string
	Sides    string // who did it to whom
	Evidence text.Span
	Sentence []step
	Rows     []row
}

// A section lists what was found of one kind.
type section struct {
	Name string
	Rows []row
}

// A view is all that is shown of an article.
type view struct {
	Title    string
	About    []fact
	Text     []step
	Events   []event
	Sections []section
}
