package dates

// running is how long something has gone on at the anchor: "now in its 13th day".
type running struct {
	n    int
	unit unit
}

func (g running) resolve(r *resolver, _ *expression) answer {
	a := answer{value: lasting{n: float64(g.n), unit: g.unit}.value()}
	b := r.now()
	if b.reason != "" {
		a.reason = b.reason
		return a
	}
	a.anchor, a.anchorSpan, a.precision = b.kind, b.span, precisions[g.unit]
	a.from, a.to = b.day.in(g.unit).shifted(b.day, 1-g.n), b.day
	return a
}
