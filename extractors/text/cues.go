package text

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// A cueSet is one kind of words by which the parts of an article are known. A
// line is looked at in lower case with straight apostrophes.
type cueSet struct {
	is          map[string]bool // the whole line
	opens, ends []string
	holds       phraseSet
}

// The kinds of cues, each with a line that has one.
type cueTable struct {
	byline      cueSet // "Words by Ama Owusu"
	desk        cueSet // "Staff and agencies"
	masthead    cueSet // "The Accra Herald"
	stamp       cueSet // "Last updated 3 June"
	kicker      cueSet // "ANALYSIS: …", which is no dateline
	related     cueSet // "You may also like", "Read more: …"
	box         cueSet // "Share this" and the buttons below, "Press office: …"
	label       cueSet // "Advertisement": nothing below belongs to it
	boilerplate cueSet // "All rights reserved"
	button      cueSet // "Sign up": no news in a line that is no prose or asks the reader
	plea        cueSet // "Get our …": no news in a line that asks the reader
	caption     cueSet // "Photo: Ama Owusu"
	bio         cueSet // "About the author"
	profession  cueSet // "… is a reporter": a bio behind the author's name
	correction  cueSet // "An earlier version of this report said …"
}

func (t *cueTable) set(kind string) *cueSet {
	switch kind {
	case "byline":
		return &t.byline
	case "desk":
		return &t.desk
	case "masthead":
		return &t.masthead
	case "stamp":
		return &t.stamp
	case "kicker":
		return &t.kicker
	case "related":
		return &t.related
	case "box":
		return &t.box
	case "label":
		return &t.label
	case "boilerplate":
		return &t.boilerplate
	case "button":
		return &t.button
	case "plea":
		return &t.plea
	case "caption":
		return &t.caption
	case "bio":
		return &t.bio
	case "profession":
		return &t.profession
	case "correction":
		return &t.correction
	}
	return nil
}

//go:embed cues.tsv
var cuesTSV string

// cues reads the table: phrase, kind, where it stands. A blank at either end of a
// phrase is written "_".
var cues = sync.OnceValue(func() *cueTable {
	var t cueTable
	for line := range strings.Lines(cuesTSV) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		var set *cueSet
		if len(fields) == 3 {
			set = t.set(fields[1])
		}
		if set == nil || !set.add(strings.ReplaceAll(fields[0], "_", " "), fields[2]) {
			panic(fmt.Sprintf("cues.tsv: %q", line)) // embedded
		}
	}
	return &t
})

func (c *cueSet) add(phrase, where string) bool {
	switch where {
	case "is":
		if c.is == nil {
			c.is = map[string]bool{}
		}
		c.is[phrase] = true
	case "opens":
		c.opens = append(c.opens, phrase)
	case "holds":
		return c.holds.add(phrase)
	case "ends":
		c.ends = append(c.ends, phrase)
	default:
		return false
	}
	return true
}

// in reports whether line has a cue of c anywhere.
func (c *cueSet) in(line string) bool {
	return c.labels(line) || c.open(line) || c.held(line) || c.closes(line)
}

// labels reports whether line is nothing but a cue, marks around it left out.
func (c *cueSet) labels(line string) bool {
	return len(line) < 60 && (c.is[line] || c.is[strings.Trim(line, " :|[]()»>-–—•·*…▶►")])
}

func (c *cueSet) open(line string) bool {
	for _, x := range c.opens {
		if strings.HasPrefix(line, x) {
			return true
		}
	}
	return false
}

func (c *cueSet) held(line string) bool { return c.holds.in(line) }

func (c *cueSet) closes(line string) bool {
	for _, x := range c.ends {
		if strings.HasSuffix(line, x) {
			return true
		}
	}
	return false
}
