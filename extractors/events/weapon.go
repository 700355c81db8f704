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
		if !c.verb && len(e.Actors) > 0 && e.Actors[0].Kind == People && r.doc.Lower(e.node)[0] == 's' {
			e.Type = Protest
		}
	}
}

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
	"helicopters": Aerial, "gunship": Aerial, "gunships": Aerial, "bombers": Aerial, "aerial": Aerial, "air": Aerial, "drone": Drone, "drones": Drone, "missile": Heavy, "missiles": Heavy,
	"rocket": Heavy, "rockets": Heavy, "artillery": Heavy, "mortar": Heavy, "mortars": Heavy, "shells": Heavy}
