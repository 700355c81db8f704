package article

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// SplitFeed parts a feed of RSS or Atom into feeds of one item each, which keep the
// feed's title and language. A document that is none is returned as it is. The items
// before a fault are returned with it.
func SplitFeed(raw []byte, limits Limits) ([][]byte, error) {
	r := reading{limits: limits.complete()}
	raw, err := r.unpack(raw)
	if err != nil {
		return nil, err
	}
	text, err := r.characters(raw, "")
	if err != nil {
		return nil, err
	}
	s := splitter{text: text, d: xml.NewDecoder(strings.NewReader(text))}
	s.d.Strict = false // what is wrong in an item is its own matter
	err = s.run()
	if len(s.items) == 0 && err == nil {
		return [][]byte{raw}, nil
	}
	return s.items, err
}

type splitter struct {
	text  string
	d     *xml.Decoder
	open  []opened
	kept  strings.Builder // the feed's title and language
	items [][]byte
}

// opened is an element whose end has not come: its name and its tag.
type opened struct{ name, tag string }

// keep is how long the title and language of a feed may be together.
const keep = 2000

func (s *splitter) run() error {
	for {
		start := s.d.InputOffset()
		token, err := s.d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return undecodable("feed: %v", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if strings.Contains(string(t), "<!ENTITY") {
				return undecodable("XML that declares entities, which are not expanded")
			}
		case xml.StartElement:
			if err := s.element(t, start); err != nil {
				return err
			}
		case xml.EndElement:
			if len(s.open) > 0 {
				s.open = s.open[:len(s.open)-1]
			}
		}
	}
}

// element takes an item or a title whole; of other elements it looks inside.
func (s *splitter) element(t xml.StartElement, start int64) error {
	name := rawName(t.Name)
	whole := t.Name.Local == "item" || t.Name.Local == "entry" || t.Name.Local == "title" || t.Name.Local == "language"
	if !whole || len(s.open) == 0 || len(s.open) > 2 {
		s.open = append(s.open, opened{name, s.text[start:s.d.InputOffset()]})
		return nil
	}
	if err := s.skip(); err != nil {
		return err
	}
	element := s.text[start:s.d.InputOffset()]
	if t.Name.Local == "item" || t.Name.Local == "entry" {
		s.items = append(s.items, []byte(s.feedOf(element)))
	} else if s.kept.Len()+len(element) < keep && t.Name.Space == "" {
		s.kept.WriteString(element)
	}
	return nil
}

// skip passes over what stands inside the element that has begun.
func (s *splitter) skip() error {
	for depth := 1; depth > 0; {
		token, err := s.d.RawToken()
		if err != nil {
			return undecodable("feed: an item does not end: %v", err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// feedOf returns a feed of one item: the tags that are open around it, the feed's
// title, the item. In RSS 1.0 items stand beside the channel.
func (s *splitter) feedOf(item string) string {
	var b strings.Builder
	for _, o := range s.open {
		b.WriteString(o.tag)
	}
	if s.open[0].name == "rdf:RDF" {
		b.WriteString("<channel>" + s.kept.String() + "</channel>")
	} else {
		b.WriteString(s.kept.String())
	}
	b.WriteString(item)
	for i := len(s.open) - 1; i >= 0; i-- {
		b.WriteString("</" + s.open[i].name + ">")
	}
	return b.String()
}

func rawName(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}
