// Package events works out who did what to whom, where, when and with how many,
// from the words of an article and the facts found in it. It does not know how
// records are published.
//
// The types, statuses and roles are those of docs/events.md.
package events

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/dates"
	"sitrep/extractors/people"
	"sitrep/extractors/text"
	"sitrep/extractors/troops"
)

// A Type says what happens. The zero Type is none.
type Type uint8

// The 23 types.
const (
	Deploy Type = iota + 1
	Withdraw
	Mobilize
	Exercise
	Train
	Strike
	Attack
	Clash
	Seize
	Detain
	Release
	Ceasefire
	Aid
	Cooperate
	Meet
	Agree
	Support
	Demand
	Reject
	Accuse
	Sanction
	Protest
	Coerce
)

var typeNames = [...]string{"", "deploy", "withdraw", "mobilize", "exercise", "train", "strike", "attack", "clash", "seize",
	"detain", "release", "ceasefire", "aid", "cooperate", "meet", "agree", "support", "demand", "reject", "accuse", "sanction",
	"protest", "coerce"}

func (t Type) String() string { return typeNames[t] }

// Types returns the names of all types, in order.
func Types() []string { return typeNames[1:] }

func parseType(name string) Type {
	for t, n := range typeNames {
		if n == name {
			return Type(t)
		}
	}
	return 0
}

// mutual reports whether all sides of a t are its actors.
func (t Type) mutual() bool {
	return t == Meet || t == Agree || t == Clash || t == Exercise || t == Ceasefire || t == Cooperate
}

// moves reports whether a t goes from one place to another.
func (t Type) moves() bool { return t == Deploy || t == Withdraw }

// speech reports whether a t is itself something said, which gives way to the
// action it is about.
func (t Type) speech() bool {
	return t == Agree || t == Demand || t == Reject || t == Accuse || t == Support
}

// A Status says how real an event is, by the article.
type Status uint8

// The statuses.
const (
	Occurred Status = iota
	Ongoing
	Planned
	Ordered
	Requested
	Threatened
	Denied
	Possible
)

var statusNames = [...]string{"occurred", "ongoing", "planned", "ordered", "requested", "threatened", "denied", "possible"}

func (s Status) String() string { return statusNames[s] }

// Statuses returns the names of all statuses, in order.
func Statuses() []string { return statusNames[:] }

func parseStatus(name string) (Status, bool) {
	for s, n := range statusNames {
		if n == name {
			return Status(s), true
		}
	}
	return 0, false
}

// A Participant is one of those who act, or to whom something is done.
type Participant struct {
	text.Span
	Name    string // the person's or group's full name, else the words themselves
	Kind    Kind
	private bool           // a person without an office or a country of his own
	guessed bool           // Country is that of the article
	group   bool           // named, of a country or of none: what is done to it elsewhere gives it none
	Country countries.Code // "" when unknown or international
	Role    string         // a person's office
}

// A Place is where something happens.
type Place struct {
	text.Span
	Country countries.Code
	town    bool // named, and smaller than a country
	near    bool // only named near the action, in its sentence or before
}

// Near reports whether the place is only named near the action, in its sentence or
// before.
func (p *Place) Near() bool { return p.near }

// An Event is one thing that somebody does, is to do or refuses to do.
type Event struct {
	Type        Type
	Status      Status
	Trigger     text.Span   // the words that name the action
	Mentions    []text.Span // later words for the same event, in order
	Actors      []Participant
	Targets     []Participant
	Place       *Place
	Origin      countries.Code // for deploy and withdraw
	Destination countries.Code
	Date        *dates.Mention // when it happens
	DateReason  string         // why Date is nil
	StatusDate  *dates.Mention // when it was ordered, said or denied
	Counts      []troops.Count
	Speaker     *Participant
	StatusWord  text.Span // what tells the status, empty where it is plainly told
	Evidence    text.Span // the sentence of the trigger
	Confidence  float64   // 0 to 1: the share of events found in the same way that are right
	Rule        string    // the lexicon entry and how its participants were found
	Weapon      Weapon    // for strike, attack and clash
	trigger     int       // token
	node        int       // token that it hangs on the tree by
	control     int       // token of the word that governs it, or -1
	said        int       // token of the verb that reports it, or -1
	retaliatory bool
	narrated    bool   // in a clause in the simple past
	retells     bool   // a definite noun that says nothing of its own: "in the attack"
	hollow      bool   // "the attack" alone, which only says when that told before happened
	weak        bool   // a noun of which nothing tells how real it is
	sentence    int    // index
	signs       Signs  // that the sentence tells
	times       int    // how many actions a noun tells, 0 where it does not: "five air strikes"
	figure      bool   // told by a figure of speech
	another     bool   // a noun that says that it is not the one told before: "a second attack"
	called      string // the noun by which it tells one told before: "the raid killed nine"
	definite    bool   // a noun with "the": may be the event told before
}

// Found is what the other extractors found in the document.
type Found struct {
	People    []people.Person
	Countries []countries.Mention
	Groups    []countries.Group
	Troops    []troops.Count
	Dates     []dates.Mention
	Published dates.Day // zero: unknown
}
