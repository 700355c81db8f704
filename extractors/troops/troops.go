// Package troops finds counts of people in a text and says which of them count
// troops: how many at least and at most, of whose force, and what has become of
// them. It does not know which event a count belongs to.
package troops

import (
	"sitrep/extractors/countries"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
)

// A Bound is a number of people, or Open.
type Bound = int

// Open means that there is no bound on that side.
const Open Bound = -1

// A Comparator says how the text qualifies the number.
type Comparator uint8

// The comparators.
const (
	Exact   Comparator = iota // "500 soldiers"
	Approx                    // "about 500", "dozens"
	AtLeast                   // "more than 500": no upper bound
	AtMost                    // "up to 500": no lower bound
	Range                     // "between 200 and 300"
)

var comparatorNames = [...]string{"exact", "approx", "at_least", "at_most", "range"}

func (c Comparator) String() string { return comparatorNames[c] }

// What says what is counted.
type What uint8

// What may be counted.
const (
	Troops   What = iota // members of armed forces and armed groups
	Others               // people who are not troops, or not only troops
	Units                // "three divisions": the bounds count units
	Vehicles             // tanks, trucks
	Aircraft             // planes, helicopters, drones
	Ships                // ships and boats
)

var whatNames = [...]string{"troops", "others", "units", "vehicles", "aircraft", "ships"}

func (w What) String() string { return whatNames[w] }

// IsPeople reports whether people are counted, one by one.
func (w What) IsPeople() bool { return w == Troops || w == Others }

// IsMateriel reports whether things are counted.
func (w What) IsMateriel() bool { return w >= Vehicles }

// A Status says what the people counted do or have suffered.
type Status uint8

// The statuses.
const (
	Unknown    Status = iota
	Present           // they are somewhere
	Deployed          // sent or stationed away from home
	Arriving          // on the way, landing, crossing a border
	Planned           // to be sent or raised
	Withdrawn         // leave, or are to leave
	Killed            // dead
	Wounded           // wounded, injured
	Casualties        // killed and wounded without distinction
	Captured          // prisoners, hostages, detainees
	Missing           // missing
	Released          // set free
	Destroyed         // of materiel: destroyed, sunk, shot down
)

var statusNames = [...]string{"unknown", "present", "deployed", "arriving", "planned", "withdrawn", "killed", "wounded", "casualties", "captured", "missing", "released", "destroyed"}

func (s Status) String() string { return statusNames[s] }

// A Force says whose the people counted are; it means little for Others.
type Force uint8

// The forces.
const (
	State         Force = iota // of a state
	NonState                   // rebels, militants, insurgents
	Multinational              // of an international body or of several states
	Mixed                      // of a state and against it
)

var forceNames = [...]string{"state", "nonstate", "multinational", "mixed"}

func (f Force) String() string { return forceNames[f] }

// The words of the tables for these.
var (
	comparators = byName[Comparator](comparatorNames[:])
	whats       = byName[What](whatNames[:])
	statuses    = byName[Status](statusNames[:])
	forces      = byName[Force](forceNames[:])
)

func byName[T ~uint8](names []string) map[string]T {
	m := make(map[string]T, len(names))
	for i, name := range names {
		m[name] = T(i)
	}
	return m
}

// A Count is a number of people, or of units, in the text.
type Count struct {
	text.Span                      // from the number to the head noun: "500 Iraqi soldiers"
	What            What           //
	Min, Max        Bound          // never both Open
	Comparator      Comparator     //
	Noun            string         // head noun in lower case; the understood one when Elliptical
	Nationality     countries.Code // of the force; "" when the text does not tell
	NationalityRule string         // how Nationality was found; "" without one
	Status          Status         //
	Place           *Place         // where they are, nil when the text does not tell
	Force           Force          //
	Elliptical      bool           // the noun is understood: "and wounded 12"
	Same            int            // index of the earlier count of the list that this one repeats, else -1
	Rule            string         // how the count was found
}

// Find returns the counts of doc, in order and not overlapping: of people and
// units, and apart from them of materiel. named and found are the names and the
// countries of doc, in order.
func Find(doc *text.Document, named []names.Mention, found []countries.Mention) (people, materiel []Count) {
	f := newFinder(doc, named, found)
	for i := range doc.Sentences {
		f.sentence(i)
	}
	return f.apart()
}
