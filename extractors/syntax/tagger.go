package syntax

import "sitrep/extractors/text"

// tagging gives words their tags.
var tagging = task{
	from: 1, to: tags,
	features: tagKeys,
	gold:     func(g *gold, i int) int { return int(g.tags[i]) },
	set: func(words []word, i, best, second int) {
		words[i].tag, words[i].second = Tag(best), Tag(second)
		words[i].verbs = at(words, i-1).verbs
		if words[i].tag.verb() {
			words[i].verbs++
		}
	},
}

// tagKeys are the features of word i for the tagger; the tags of the words before it
// are known.
func tagKeys(k *keys, doc *text.Document, words []word, i int) {
	k.n = 0
	w := &words[i]
	p, p2, n, n2 := at(words, i-1), at(words, i-2), at(words, i+1), at(words, i+2)
	form := doc.Word(int(w.token))
	low := doc.Lower(int(w.token))
	sh, prose := shape(form), uint64(w.prose)
	t1, t2 := uint64(p.tag), uint64(p2.tag)
	start := uint64(0)
	if i == 0 {
		start = 1
	}
	k.add(0, 0, 0)
	k.add(w.lower, 0, 0)
	k.add(w.lower, prose, 0)
	k.add(prose, sh, 0)
	k.add(prose, t1, t2)
	k.add(prose, uint64(n.prose), uint64(p.prose))
	k.add(prose, uint64(n.prose), t1)
	k.add(prose, uint64(n.prose), uint64(n2.prose))
	k.add(t1, t2, 0)
	k.add(t1, w.lower, 0)
	k.add(t1, uint64(n.prose), 0)
	k.add(uint64(n.prose), w.lower, 0)
	k.add(p.lower, w.lower, 0)
	k.add(n.lower, w.lower, 0)
	k.add(p.lower, prose, 0)
	k.add(n.lower, prose, 0)
	k.add(p.lower, uint64(p.tag), 0)
	k.add(p2.lower, prose, 0)
	k.add(n2.lower, prose, 0)
	k.add(p.lower, n.lower, 0)
	k.add(t1, n.lower, 0)
	k.add(uint64(w.coarse), prose, 0)
	k.add(uint64(w.fine), 0, 0)
	k.add(uint64(w.fine), prose, uint64(n.prose))
	k.add(uint64(w.coarse), t1, uint64(n.coarse))
	k.add(uint64(n.fine), prose, 0)
	k.add(uint64(p.fine), prose, t1)
	k.add(sh, start, 0)
	k.add(sh, uint64(at(words, i+1).prose), t1)
	k.add(uint64(w.before), prose, t1)
	k.add(uint64(n.before), prose, 0)
	for l := 1; l <= 4; l++ {
		k.add(hashWord(low[max(0, len(low)-l):]), prose, 0)
	}
	for l := 2; l <= 3; l++ {
		k.add(hashWord(low[:min(l, len(low))]), prose, 0)
	}
	k.add(hashWord(low[max(0, len(low)-3):]), t1, start)
}
