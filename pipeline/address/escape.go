package address

import "strings"

// The bytes beside letters and digits that need no escape in a part of an address.
const (
	unreserved    = "-._~"
	hostBytes     = unreserved + "!$&'()*+,;=:[]"
	pathBytes     = unreserved + "!$&'()*+,;=:@"
	queryBytes    = unreserved + "!$'()*+,;:@/?="
	fragmentBytes = pathBytes + "/?"
)

const hex = "0123456789ABCDEF"

// escaped writes a part of an address in the one way: what needs no escape plain,
// what has one in capitals, what needs one with it, and a blank of a query as "+".
func escaped(s, plain string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c, was := s[i], false
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			c, was = value(s[i+1])<<4|value(s[i+2]), true
			i += 2
		}
		switch {
		case c == ' ' && plain == queryBytes:
			b.WriteByte('+')
		case isAlphanumeric(c), strings.IndexByte(unreserved, c) >= 0, !was && strings.IndexByte(plain, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func value(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
