package events

// A Code is an event in PLOVER, the ontology of political science. PLOVER mixes
// what is done and how real it is; the map takes both, by docs/events.md.
type Code struct {
	Type string // "" when PLOVER has none
	Mode string // "" when none fits
}

// Quad returns the code's class of four: verbal or material, cooperation or conflict.
func (c Code) Quad() string {
	switch c.Type {
	case "AGREE", "CONSULT", "SUPPORT", "CONCEDE":
		return "verbal_cooperation"
	case "COOPERATE", "AID", "RETREAT":
		return "material_cooperation"
	case "REQUEST", "ACCUSE", "REJECT", "THREATEN":
		return "verbal_conflict"
	case "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT":
		return "material_conflict"
	}
	return ""
}

var assaultModes = [...]string{Unknown: "", Aerial: "aerial", Drone: "drone", Heavy: "heavy-weapons", Firearms: "firearms", Explosives: "explosives", Suicide: "suicide-attack"}

// Plover returns the PLOVER code of e.
func (e *Event) Plover() Code {
	real := e.Status == Occurred || e.Status == Ongoing
	switch {
	case e.Status == Possible:
		return Code{}
	case e.Type == Agree:
		return Code{Type: "AGREE"}
	case e.Type == Support:
		return Code{Type: "SUPPORT"}
	case e.Type == Demand:
		return Code{Type: "REQUEST"}
	case e.Type == Reject:
		return Code{Type: "REJECT"}
	case e.Type == Accuse:
		return Code{Type: "ACCUSE"}
	case !real && e.Status != Planned && e.Status != Ordered:
		return e.wished()
	case !real:
		return e.intended()
	}
	switch e.Type {
	case Deploy, Mobilize:
		return Code{Type: "MOBILIZE", Mode: "troops"}
	case Withdraw:
		return Code{"RETREAT", "withdraw"}
	case Ceasefire:
		return Code{"RETREAT", "ceasefire"}
	case Release:
		return Code{"RETREAT", "release"}
	case Exercise:
		if e.sides() < 2 {
			return Code{Type: "MOBILIZE", Mode: "troops"}
		}
		return Code{Type: "COOPERATE"}
	case Train:
		return Code{Type: "AID"}
	case Cooperate:
		return Code{Type: "COOPERATE"}
	case Strike, Attack, Clash:
		return Code{"ASSAULT", assaultModes[e.Weapon]}
	case Seize:
		return Code{"COERCE", "seize"}
	case Detain:
		return Code{"COERCE", "arrest"}
	case Coerce:
		return Code{"COERCE", "restrict"}
	case Aid:
		return Code{Type: "AID"}
	case Meet:
		return Code{Type: "CONSULT"}
	case Sanction:
		return Code{"SANCTION", "discontinue"}
	case Protest:
		return Code{"PROTEST", "demo"}
	}
	return Code{}
}

// intended maps what is planned or ordered.
func (e *Event) intended() Code {
	switch e.Type {
	case Withdraw, Ceasefire, Release:
		return Code{Type: "CONCEDE"}
	case Exercise, Train, Cooperate, Aid, Meet:
		return Code{Type: "AGREE"}
	case Deploy, Mobilize, Strike, Attack, Clash:
		return Code{Type: "MOBILIZE", Mode: "troops"}
	case Seize, Detain, Coerce:
		if e.Status == Ordered {
			return Code{Type: "COERCE"}
		}
		return Code{Type: "THREATEN"}
	case Sanction:
		return Code{"THREATEN", "relations"}
	case Protest:
		return Code{Type: "THREATEN"}
	}
	return Code{}
}

// wished maps what is requested, threatened or denied.
func (e *Event) wished() Code {
	c := Code{Type: map[Status]string{Requested: "REQUEST", Threatened: "THREATEN", Denied: "REJECT"}[e.Status]}
	switch e.Type {
	case Withdraw, Ceasefire, Release:
		c.Mode = "yield"
	case Exercise, Train, Cooperate, Aid:
		c.Mode = "assist"
	case Meet:
		c.Mode = "meet"
	case Strike, Attack, Clash:
		if e.Status == Threatened {
			c.Mode = "violence"
		}
	case Sanction:
		if e.Status == Threatened {
			c.Mode = "relations"
		}
	}
	return c
}

// sides returns how many countries act.
func (e *Event) sides() int { return len(codes(e.Actors)) }
