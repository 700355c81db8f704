package main

import (
	"bufio"
	"compress/gzip"
	"os"
	"slices"
	"strconv"
	"strings"

	"sitrep/extractors/names"
	"sitrep/pipeline/annotations"
)

// gumTypes are the entity types of GUM that names are of.
var gumTypes = map[string]names.Type{"person": names.Person, "place": names.Place, "organization": names.Organisation}

// A conlluToken is a word of a treebank and the entities that begin and end at it.
type conlluToken struct {
	form, tag string
	start     int // in the document's text
	end       int
	entities  string // GUM's bracketed entities: "(1-person-new-…-1,2-coref(2-place-…-1-coref)"
}

// readGUM reads a treebank of GUM and returns its articles with the names in
// them: of each entity, the proper noun that is its head and what belongs to it.
func readGUM(path string) ([]annotations.Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var docs []annotations.Document
	var text strings.Builder
	var tokens []conlluToken
	id := ""
	flush := func() {
		if len(tokens) > 0 {
			docs = append(docs, annotations.Document{ID: id, Text: text.String(), Spans: gumNames(text.String(), tokens)})
		}
		text.Reset()
		tokens = nil
	}
	skip := 0 // words of a multi-word token that are written in it
	gap := ""
	for s := bufio.NewScanner(z); s.Scan(); {
		line := s.Text()
		if rest, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			flush()
			id, gap = rest, ""
			continue
		}
		if strings.HasPrefix(line, "# newpar") && text.Len() > 0 {
			gap = "\n\n"
		}
		c := strings.Split(line, "\t")
		if len(c) != 10 || strings.Contains(c[0], ".") {
			continue
		}
		if from, to, ok := strings.Cut(c[0], "-"); ok {
			a, _ := strconv.Atoi(from)
			b, _ := strconv.Atoi(to)
			skip = b - a + 1
			text.WriteString(gap + c[1])
			gap = after(c[9])
			end := text.Len()
			for range skip {
				tokens = append(tokens, conlluToken{start: end - len(c[1]), end: end})
			}
			continue
		}
		if skip > 0 {
			t := &tokens[len(tokens)-skip]
			t.form, t.tag, t.entities = c[1], c[3], entitiesOf(c[9])
			skip--
			continue
		}
		text.WriteString(gap + c[1])
		gap = after(c[9])
		tokens = append(tokens, conlluToken{form: c[1], tag: c[3], start: text.Len() - len(c[1]), end: text.Len(), entities: entitiesOf(c[9])})
	}
	flush()
	return docs, nil
}

func after(misc string) string {
	if strings.Contains(misc, "SpaceAfter=No") {
		return ""
	}
	return " "
}

func entitiesOf(misc string) string {
	for field := range strings.SplitSeq(misc, "|") {
		if e, ok := strings.CutPrefix(field, "Entity="); ok {
			return e
		}
	}
	return ""
}

// An entity is a mention in GUM, a noun phrase that may or may not be a name.
type entity struct {
	first, last int // tokens [first, last)
	typ         string
	head        int
}

// gumEntities returns the entities of tokens, the inner before the outer.
func gumEntities(tokens []conlluToken) []entity {
	var open []struct {
		id string
		entity
	}
	var out []entity
	shut := func(id string, last int) {
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].id == id {
				e := open[k].entity
				e.last = last
				open = slices.Delete(open, k, k+1)
				out = append(out, e)
				return
			}
		}
	}
	for i, t := range tokens {
		for s := t.entities; s != ""; {
			if s[0] == '(' {
				end := strings.IndexAny(s[1:], "()") + 1
				closed := end > 0 && s[end] == ')'
				if end == 0 {
					end = len(s)
				}
				f := strings.Split(s[1:end], "-")
				if len(f) > 5 {
					head, _ := strconv.Atoi(strings.Split(f[5], ",")[0])
					open = append(open, struct {
						id string
						entity
					}{f[0], entity{first: i, typ: f[1], head: i + max(head, 1) - 1}})
				}
				s = s[end:]
				if closed {
					shut(f[0], i+1)
					s = s[1:]
				}
				continue
			}
			end := strings.IndexByte(s, ')')
			if end < 0 {
				break
			}
			shut(s[:end], i+1)
			s = s[end+1:]
		}
	}
	return out
}

// gumNames returns the spans of the names among the entities of tokens.
func gumNames(text string, tokens []conlluToken) []annotations.Span {
	typ := make([]names.Type, len(tokens))
	part := make([]int, len(tokens)) // 1 and the entity whose name the token is in
	for n, e := range gumEntities(tokens) {
		t := gumTypes[e.typ]
		if e.typ == "event" || e.typ == "object" || e.typ == "abstract" {
			t = names.Other
		}
		if t == names.None || e.head >= e.last || tokens[e.head].tag != "PROPN" {
			continue
		}
		first, last := e.head, e.head+1
		for first > e.first && tokens[first-1].tag == "PROPN" {
			first--
		}
		for last < e.last && (tokens[last].tag == "PROPN" || links[tokens[last].form] && t != names.Person && last+1 < e.last && tokens[last+1].tag == "PROPN") {
			last++
		}
		if slices.ContainsFunc(part[first:last], func(p int) bool { return p > 0 }) && t == names.Other {
			continue
		}
		for i := first; i < last; i++ {
			typ[i], part[i] = t, n+1
		}
	}
	var out []annotations.Span
	for i := 0; i < len(tokens); {
		if part[i] == 0 {
			i++
			continue
		}
		j := i + 1
		for j < len(tokens) && part[j] == part[i] {
			j++
		}
		out = append(out, annotations.Span{Start: tokens[i].start, End: tokens[j-1].end, Type: typ[i].String(), Text: text[tokens[i].start:tokens[j-1].end]})
		i = j
	}
	toCodePoints(text, out)
	return out
}

// links are words that join the proper nouns of one name.
var links = set("of the and for & de la")
