package article

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// parseJSON reads one value. encoding/json would do, but for three things: of a key
// that stands twice it keeps the last and says nothing, half a surrogate pair
// becomes another character without a word, and its depth is fixed at 10,000.
// Of a key that stands twice we keep the last too.
func (r *reading) parseJSON(text string) (node, error) {
	p := jsonParser{in: text, limits: r.limits}
	p.space()
	n, err := p.value(1)
	if err != nil {
		return node{}, err
	}
	if p.space(); p.at < len(p.in) {
		return node{}, p.fail("more behind the value, as in JSON Lines")
	}
	if p.twice != "" {
		r.doubt("key %q stands twice in one object; the last is read", cut(p.twice, 60))
	}
	if p.surrogates > 0 {
		r.doubt("%d escapes \\u are half a surrogate pair", p.surrogates)
	}
	return n, nil
}

type jsonParser struct {
	in         string
	at         int
	limits     Limits
	values     int
	twice      string // a key that stands twice
	surrogates int    // halves of pairs
}

func (p *jsonParser) fail(format string, args ...any) error {
	what := fmt.Sprintf(format, args...)
	if p.at >= len(p.in) {
		what = "it ends in the middle"
	}
	return undecodable("invalid JSON at byte %d: %s", p.at, what)
}

func (p *jsonParser) space() {
	for p.at < len(p.in) && (p.in[p.at] == ' ' || p.in[p.at] == '\n' || p.in[p.at] == '\t' || p.in[p.at] == '\r') {
		p.at++
	}
}

// next passes over space and reports whether c follows; if so it is behind it.
func (p *jsonParser) next(c byte) bool {
	p.space()
	if p.at < len(p.in) && p.in[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *jsonParser) value(depth int) (node, error) {
	if p.values++; p.values > p.limits.Elements {
		return node{}, p.limits.tooMany(fmt.Sprintf("JSON at byte %d: values", p.at))
	}
	if depth > p.limits.Depth {
		return node{}, p.limits.tooDeep(fmt.Sprintf("JSON at byte %d: nesting", p.at))
	}
	if p.at >= len(p.in) {
		return node{}, p.fail("")
	}
	switch c := p.in[p.at]; {
	case c == '{':
		return p.object(depth)
	case c == '[':
		return p.list(depth)
	case c == '"':
		s, err := p.str()
		return node{kind: word, text: s}, err
	case c == '-' || '0' <= c && c <= '9':
		s, err := p.number()
		return node{kind: number, text: s}, err
	case c == 'n' && p.literal("null"):
		return node{}, nil
	case c == 't' && p.literal("true"):
		return node{kind: boolean, text: "true"}, nil
	case c == 'f' && p.literal("false"):
		return node{kind: boolean, text: "false"}, nil
	}
	return node{}, p.fail("want a value")
}

func (p *jsonParser) literal(s string) bool {
	found := strings.HasPrefix(p.in[p.at:], s)
	if found {
		p.at += len(s)
	}
	return found
}

func (p *jsonParser) object(depth int) (node, error) {
	n := node{kind: object}
	seen := keys{}
	p.at++
	if p.next('}') {
		return n, nil
	}
	for {
		p.space()
		if p.at >= len(p.in) || p.in[p.at] != '"' {
			return n, p.fail("want a key in double quotes")
		}
		key, err := p.str()
		if err != nil {
			return n, err
		}
		if !p.next(':') {
			return n, p.fail("want a colon behind the key %q", cut(key, 60))
		}
		p.space()
		value, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		if i := seen.index(&n, key); i >= 0 {
			n.items[i], p.twice = value, key
		} else {
			n.add(key, value)
		}
		switch {
		case p.next(','):
		case p.next('}'):
			return n, nil
		default:
			return n, p.fail("want a comma or the end of the object")
		}
	}
}

// keys finds a key of an object: of a large one through a map.
type keys struct{ at map[string]int }

func (k *keys) index(n *node, key string) int {
	const few = 16
	if len(n.names) < few {
		for i, name := range n.names {
			if name == key {
				return i
			}
		}
		return -1
	}
	if k.at == nil {
		k.at = map[string]int{}
		for i, name := range n.names {
			k.at[name] = i
		}
	}
	if i, found := k.at[key]; found {
		return i
	}
	k.at[key] = len(n.names)
	return -1
}

func (p *jsonParser) list(depth int) (node, error) {
	n := node{kind: list}
	p.at++
	if p.next(']') {
		return n, nil
	}
	for {
		p.space()
		value, err := p.value(depth + 1)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, value)
		switch {
		case p.next(','):
		case p.next(']'):
			return n, nil
		default:
			return n, p.fail("want a comma or the end of the list")
		}
	}
}

// number reads -0.5e+3: its text is kept, for an id may have many digits.
func (p *jsonParser) number() (string, error) {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.in) && '0' <= p.in[p.at] && p.in[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	sign := func(any string) bool {
		if p.at < len(p.in) && strings.IndexByte(any, p.in[p.at]) >= 0 {
			p.at++
			return true
		}
		return false
	}
	sign("-")
	if leading := p.at; !digits() || p.in[leading] == '0' && p.at > leading+1 {
		return "", p.fail("want a number without zeros before it")
	}
	if sign(".") && !digits() {
		return "", p.fail("want digits behind the point")
	}
	if sign("eE") {
		if sign("+-"); !digits() {
			return "", p.fail("want digits in the exponent")
		}
	}
	return p.in[start:p.at], nil
}

// str reads a string; one without escapes is not copied.
func (p *jsonParser) str() (string, error) {
	p.at++
	start := p.at
	for p.at < len(p.in) {
		switch c := p.in[p.at]; {
		case c == '"':
			p.at++
			return p.in[start : p.at-1], nil
		case c == '\\':
			return p.escaped(start)
		case c < 0x20:
			return "", p.fail("a control character in a string")
		}
		p.at++
	}
	return "", p.fail("")
}

// escaped goes on with a string from its first escape.
func (p *jsonParser) escaped(start int) (string, error) {
	var b strings.Builder
	for {
		b.WriteString(p.in[start:p.at])
		if err := p.escape(&b); err != nil {
			return "", err
		}
		start = p.at
		for p.at < len(p.in) && p.in[p.at] != '"' && p.in[p.at] != '\\' && p.in[p.at] >= 0x20 {
			p.at++
		}
		if p.at >= len(p.in) || p.in[p.at] < 0x20 {
			return "", p.fail("a control character in a string")
		}
		if p.in[p.at] == '"' {
			b.WriteString(p.in[start:p.at])
			p.at++
			return b.String(), nil
		}
	}
}

func (p *jsonParser) escape(b *strings.Builder) error {
	if p.at+1 >= len(p.in) {
		p.at = len(p.in)
		return p.fail("")
	}
	c := p.in[p.at+1]
	if c == 'u' {
		return p.unicode(b)
	}
	i := strings.IndexByte(`"\/bfnrt`, c)
	if i < 0 {
		return p.fail("no escape is written \\%c", c)
	}
	b.WriteByte("\"\\/\b\f\n\r\t"[i])
	p.at += 2
	return nil
}

// unicode reads \u2019, and both halves of a pair.
func (p *jsonParser) unicode(b *strings.Builder) error {
	r, err := p.hex()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(r) {
		back := p.at
		if strings.HasPrefix(p.in[p.at:], `\u`) {
			low, err := p.hex()
			if err != nil {
				return err
			}
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				b.WriteRune(pair)
				return nil
			}
		}
		p.at = back
		p.surrogates++
		r = utf8.RuneError
	}
	b.WriteRune(r)
	return nil
}

func (p *jsonParser) hex() (rune, error) {
	if p.at+6 > len(p.in) {
		p.at = len(p.in)
		return 0, p.fail("")
	}
	n, err := strconv.ParseUint(p.in[p.at+2:p.at+6], 16, 16)
	if err != nil {
		return 0, p.fail("want four hexadecimal digits behind \\u")
	}
	p.at += 6
	return rune(n), nil
}
