package article

import (
	"bytes"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// characters makes text of bytes. What tells the encoding, the surest first: a
// byte order mark, the zeros of UTF-16, that it is UTF-8 (a sender who declares
// something else is mistaken), what is declared outside (charset) or inside, and
// last whether it reads as Western text in Windows-1252.
func (r *reading) characters(raw []byte, charset string) (string, error) {
	if rest, found := bytes.CutPrefix(raw, []byte("\xef\xbb\xbf")); found {
		raw = rest
	}
	if order, found := utf16Order(raw); found {
		return r.convert(raw, unicode.UTF16(order, unicode.UseBOM), "UTF-16")
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	if _, err := htmlindex.Get(charset); err != nil {
		charset = declaredCharset(raw)
	}
	if e, err := htmlindex.Get(charset); err == nil && e != unicode.UTF8 {
		return r.convert(raw, e, charset)
	}
	at, broken, sequences := brokenUTF8(raw)
	switch {
	case sequences > broken: // UTF-8 that was cut or damaged
		r.doubt("%d bytes are not UTF-8, the first at byte %d", broken, at)
		return strings.ToValidUTF8(string(raw), "\ufffd"), nil
	case isWestern(raw):
		r.doubt("not UTF-8 at byte %d; read as Windows-1252", at)
		return r.convert(raw, charmap.Windows1252, "Windows-1252")
	}
	if kind, _, _ := mime.ParseMediaType(http.DetectContentType(raw)); kind != "text/plain" && kind != "application/octet-stream" {
		return "", undecodable("content of type %s is not read", kind)
	}
	return "", undecodable("invalid UTF-8 at byte %d, no Western text in Windows-1252, and no other encoding is declared", at)
}

func (r *reading) convert(raw []byte, e encoding.Encoding, name string) (string, error) {
	text, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", undecodable("%s: %v", name, err)
	}
	r.is(name)
	if n := bytes.Count(text, []byte("\ufffd")); n > 0 {
		r.doubt("%d characters could not be read as %s", n, name)
	}
	return string(text), nil
}

// utf16Order tells UTF-16 by its byte order mark or by the zeros beside letters.
func utf16Order(raw []byte) (unicode.Endianness, bool) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		return unicode.BigEndian, true
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		return unicode.LittleEndian, true
	}
	head := raw[:min(len(raw), 512)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	half := len(head) / 2
	switch {
	case half < 4:
	case zeros[0]*10 > half*7 && zeros[1] == 0:
		return unicode.BigEndian, true
	case zeros[1]*10 > half*7 && zeros[0] == 0:
		return unicode.LittleEndian, true
	}
	return unicode.BigEndian, false
}

// <meta charset="windows-1251">, <meta http-equiv=… content="text/html; charset=koi8-r">, <?xml … encoding="ISO-8859-2"?>
var charsetRE = regexp.MustCompile(`(?i)<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?([a-z0-9:_-]{2,30})`)

func declaredCharset(raw []byte) string {
	if m := charsetRE.FindSubmatch(raw[:min(len(raw), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// brokenUTF8 returns where UTF-8 breaks first, how many bytes belong to no
// character, and how many characters are of more than one byte.
func brokenUTF8(raw []byte) (first, broken, sequences int) {
	first = -1
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		switch {
		case n > 1:
			sequences++
		case r == utf8.RuneError:
			broken++
			if first < 0 {
				first = i
			}
		}
		i += n
	}
	return first, broken, sequences
}

// isWestern reports whether bytes read as text in Windows-1252: ASCII for the most
// part, and what is not is punctuation or a letter beside a letter ("caf\xe9").
func isWestern(raw []byte) bool {
	high := 0
	letter := func(i int) bool {
		if i < 0 || i >= len(raw) {
			return false
		}
		c := raw[i] | 0x20
		return 'a' <= c && c <= 'z' || raw[i] >= 0xc0
	}
	for i, b := range raw {
		switch {
		case b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d, b < 0x20 && !strings.ContainsRune("\t\n\r\f", rune(b)):
			return false
		case b >= 0xc0 && !letter(i-1) && !letter(i+1):
			return false
		}
		if b >= 0x80 {
			high++
		}
	}
	return high*5 <= len(raw)
}
