package explain

import (
	"cmp"

	"sitrep/extractors/events"
	"sitrep/extractors/text"
)

// dropped lists the words that may name an event and do not, and why: those whose sentence
// was read by themselves, the others together.
func (v *viewer) dropped() []row {
	var read, unread []events.Rejection
	for _, x := range v.rejected {
		if x.Reason == events.Aside || x.Reason == events.OffTopic {
			unread = append(unread, x)
		} else {
			read = append(read, x)
		}
	}
	return append(v.weighed(read), v.unread(unread)...)
}

// weighed tells of each word what it is not.
func (v *viewer) weighed(list []events.Rejection) []row {
	var out []row
	for n, x := range list {
		if n == 0 || x.Trigger.Start != list[n-1].Trigger.Start {
			out = append(out, row{Kind: dropped, Words: v.words(x.Trigger), Where: v.around(x.Trigger, dropped, ""), At: []text.Span{x.Trigger}})
		}
		r := &out[len(out)-1]
		r.Facts = append(r.Facts, fact{"no " + x.Type.String(), x.Reason.String()})
		if x.Detail != "" {
			r.Facts = append(r.Facts, fact{"asks for", x.Detail})
		}
		r.Facts = append(r.Facts, fact{"rule", x.Rule})
	}
	return out
}

// unread lists the words of each part of the article that is not read for events.
func (v *viewer) unread(list []events.Rejection) []row {
	type part struct {
		reason events.Reason
		detail string
	}
	words := map[part]*tally{}
	var order []part
	for _, x := range list {
		p := part{x.Reason, x.Detail}
		if words[p] == nil {
			words[p] = &tally{}
			order = append(order, p)
		}
		words[p].add("“" + v.words(x.Trigger) + "” (" + x.Type.String() + ")")
	}
	var out []row
	for _, p := range order {
		where := fact{"part", p.detail}
		if p.reason == events.OffTopic {
			where = fact{"topic", cmp.Or(p.detail, "none that is known")}
		}
		out = append(out, row{Kind: dropped, Facts: []fact{where, {"not read", p.reason.String()}, {"words", words[p].String()}}})
	}
	return out
}
