package syntax

import "sitrep/extractors/text"

// tagging gives words their tags.
var tagging = task{
	from: 1, to: tags,
	cases: func(k *keys, words []word, i int) {
		k.n = 0
		w := &words[i]
		k.add(0, w.lower, uint64(w.prose), 0)
		k.add(1, w.lower, uint64(w.prose), uint64(at(words, i-1).tag))
		k.add(2, w.lower, uint64(w.prose), uint64(at(words, i+1).prose))
	},
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
	sh, prose := shape(doc.Word(int(w.token))), uint64(w.prose)
	t1, t2 := uint64(p.tag), uint64(p2.tag)
	start := uint64(0)
	if i == 0 {
		start = 1
	}
	k.add(0, 0, 0, 0)
	k.add(1, w.lower, 0, 0)
	k.add(2, w.lower, prose, 0)
	k.add(3, prose, sh, 0)
	k.add(4, prose, t1, t2)
	k.add(5, prose, uint64(n.prose), uint64(p.prose))
	k.add(6, prose, uint64(n.prose), t1)
	k.add(7, prose, uint64(n.prose), uint64(n2.prose))
	k.add(8, t1, t2, 0)
	k.add(9, t1, w.lower, 0)
	k.add(10, t1, uint64(n.prose), 0)
	k.add(11, uint64(n.prose), w.lower, 0)
	k.add(12, p.lower, w.lower, 0)
	k.add(13, n.lower, w.lower, 0)
	k.add(14, p.lower, prose, 0)
	k.add(15, n.lower, prose, 0)
	k.add(16, p.lower, uint64(p.tag), 0)
	k.add(17, p2.lower, prose, 0)
	k.add(18, n2.lower, prose, 0)
	k.add(19, p.lower, n.lower, 0)
	k.add(20, t1, n.lower, 0)
	k.add(21, uint64(w.coarse), prose, 0)
	k.add(22, uint64(w.fine), 0, 0)
	k.add(23, uint64(w.fine), prose, uint64(n.prose))
	k.add(24, uint64(w.coarse), t1, uint64(n.coarse))
	k.add(25, uint64(n.fine), prose, 0)
	k.add(26, uint64(p.fine), prose, t1)
	k.add(27, sh, start, 0)
	k.add(28, sh, uint64(at(words, i+1).prose), t1)
	k.add(29, uint64(w.before), prose, t1)
	k.add(30, uint64(n.before), prose, 0)
	for l := 1; l <= 4; l++ {
		k.add(30+l, w.spelt.suffix[l], prose, 0)
	}
	for l := 2; l <= 3; l++ {
		k.add(33+l, w.spelt.prefix[l], prose, 0)
	}
	k.add(37, w.spelt.suffix[3], t1, start)
}
