package article

import (
	"fmt"
	"strings"
)

// A Mapping says for a field where it stands in a record, as data.article.body_html
// or authors[0].name; a name with a dot in it is quoted. A field without a path, or
// whose path leads nowhere in a record, is found by its usual names; the latter is
// told in Article.Doubt. It holds for records of named fields: JSON, Avro, feeds.
type Mapping [Fields]string

// Set gives a field its path, as in field=path.
func (m *Mapping) Set(field, path string) error {
	f, err := ParseField(field)
	if err != nil {
		return err
	}
	if path == "" {
		return fmt.Errorf("field %s: no path", field)
	}
	for rest := path; rest != ""; {
		step, after, ok := cutStep(rest)
		if !ok || step == "" {
			return fmt.Errorf("field %s: path %q: want names and numbers, as data.items[0].text", field, path)
		}
		rest = after
	}
	m[f] = path
	return nil
}

func (m Mapping) String() string {
	var set []string
	for f, path := range m {
		if path != "" {
			set = append(set, Field(f).String()+"="+path)
		}
	}
	return strings.Join(set, ",")
}

// mapped offers what stands where the mapping says.
func (r *reading) mapped(n *node) {
	for f, path := range r.mapping {
		if path == "" {
			continue
		}
		if got, found := n.at(path); found {
			value, inner := got.value(Field(f), innerDepth)
			if Field(f) == Body {
				r.body(value, path+inner, fromField)
			} else {
				r.offer(Field(f), value, path+inner)
			}
		}
		if r.values[f] == "" {
			r.unmapped = append(r.unmapped, Field(f))
		}
	}
}

// misled tells what was read elsewhere than the mapping says.
func (r *reading) misled() {
	for _, f := range r.unmapped {
		if r.values[f] != "" {
			r.doubt("mapping: nothing at %s; %s is read from %s", r.mapping[f], f, r.origin[f])
		}
	}
}
