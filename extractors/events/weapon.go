package events

// weigh makes an attack a strike, or a strike a stoppage of work, by those who
// take part: "|Jets| attacked the camp", "a strike by |miners|".
func (r *reader) weigh(e *Event, c *clause) {
	switch e.Type {
	case Attack:
		if w := r.weapon(c); w != Unknown {
			e.Type, e.Weapon = Strike, w
		}
	case Strike:
		if c.verb && r.shown(c) {
			e.Type, e.Weapon = Coerce, Unknown
		}
		if c.verb && r.planted(c.actors) {
			e.Type, e.Weapon = Attack, Explosives
		}
		if !c.verb && len(e.Actors) > 0 && e.Actors[0].Kind == People && r.doc.Lower(e.node)[0] == 's' {
			e.Type = Protest
		}
	}
}

// shown reports whether what is fired hits nobody and is meant to be seen: "fired
// two missiles |toward| Japan", "|into the sea|".
func (r *reader) shown(c *clause) bool {
	if w := r.lemma(c.node); w != "fire" && w != "launch" {
		return false
	}
	for _, a := range c.adjuncts {
		switch a.word {
		case "toward", "towards", "over":
			return r.facts[a.head].country >= 0 && r.phrase(a.head).kind == State || waters[r.doc.Lower(a.head)]
		case "into", "off", "in":
			if waters[r.doc.Lower(a.head)] {
				return true
			}
		}
	}
	return false
}

var waters = map[string]bool{"sea": true, "ocean": true, "waters": true, "pacific": true, "strait": true}

// planted reports whether what hits was laid there: "a roadside |bomb| struck the
// convoy".
func (r *reader) planted(heads []int) bool {
	return len(heads) == 1 && bombs[r.doc.Lower(heads[0])]
}

var bombs = map[string]bool{"bomb": true, "bombs": true, "mine": true, "mines": true, "landmine": true, "landmines": true, "explosive": true, "explosives": true, "device": true, "devices": true, "bomber": true}

// weapon returns what flies or fires from afar among those who act and the
// means they use.
func (r *reader) weapon(c *clause) Weapon {
	heads := append([]int(nil), c.actors...)
	if h := r.tree.Head(c.node); h >= 0 && c.verb && wielded[r.lemma(h)] {
		heads = append(append(heads, r.subjects(h, 0)...), r.objects(h)...) // "|drones| were used to attack"
	}
	for _, a := range c.adjuncts {
		if a.word == "with" || a.word == "by" || a.word == "from" || a.word == "using" {
			heads = append(heads, a.head)
		}
	}
	for k := range r.tree.Children(c.node) {
		if !c.verb && k < c.node {
			heads = append(heads, k)
		}
	}
	for _, h := range heads {
		w, ok := distant[r.doc.Lower(h)]
		if r.doc.Lower(h) == "force" && r.doc.Lower(h-1) == "air" {
			w, ok = Aerial, true
		}
		if ok {
			return w
		}
	}
	return Unknown
}

var distant = map[string]Weapon{"jet": Aerial, "jets": Aerial, "warplane": Aerial, "warplanes": Aerial, "aircraft": Aerial, "planes": Aerial, "plane": Aerial, "helicopter": Aerial,
	"helicopters": Aerial, "gunship": Aerial, "gunships": Aerial, "bombers": Aerial, "aerial": Aerial, "airstrike": Aerial, "airstrikes": Aerial, "air": Aerial, "drone": Drone, "drones": Drone, "missile": Heavy, "missiles": Heavy,
	"rocket": Heavy, "rockets": Heavy, "artillery": Heavy, "mortar": Heavy, "mortars": Heavy, "shells": Heavy}
