// Package address says when two web addresses are those of one article: when
// their canonical forms are equal.
//
// Two articles taken for one is the worse mistake, for the later replaces the
// earlier; so what may choose between articles stays (page=2, id=7, ref=x), and only what is
// known to tell how a reader came, or how the page is drawn, goes. It fetches
// nothing, so it knows no redirects and no rel="canonical".
package address

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// longest is the length of address that is looked into; longer ones stay.
const longest = 8 << 10

// Canonical returns the canonical form of a web address, which is for comparing
// and not for following. What is no web address stays, without blanks around it.
// The canonical form of a canonical form is the same.
func Canonical(raw string) string {
	raw = strings.TrimSpace(raw)
	u := parse(raw)
	if u == nil {
		return raw
	}
	for { // each time it is shorter by what stood around it
		inner := parse(unwrapped(u))
		if inner == nil {
			return "https://" + host(u) + path(u) + query(u) + hashbang(u)
		}
		u = inner
	}
}

// Site returns the host that a web address leads to, as Canonical writes it; "" for
// what is no web address.
func Site(raw string) string {
	if u := parse(Canonical(raw)); u != nil {
		return host(u)
	}
	return ""
}

// parse returns nil for what is no web address.
func parse(raw string) *url.URL {
	if len(raw) > longest {
		return nil
	}
	if name, _, _ := strings.Cut(raw, "/"); strings.Contains(name, ".") && !strings.ContainsAny(name, ":@?# ") {
		raw = "//" + raw // www.example.org/story
	}
	u, err := url.Parse(raw)
	if err != nil || len(labelsOf(u)) == 0 || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

// host returns the name of u's site, and its port if that is an unusual one:
// www.example.org, m.example.org and en.m.example.org are example.org and
// en.example.org. A site for telephones tells the same stories under the same
// paths; a host that only happens to bear such a name is taken for another only
// if that has a story at the very same path.
func host(u *url.URL) string {
	labels := labelsOf(u)
	if n := len(labels) - 2; n > 0 {
		site := labels[n:]
		labels = append(slices.DeleteFunc(labels[:n:n], isView), site...)
	}
	name := strings.Join(labels, ".")
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		name += ":" + port
	}
	return escaped(name, hostBytes)
}

func labelsOf(u *url.URL) []string {
	return strings.FieldsFunc(strings.ToLower(ascii(u.Hostname())), func(r rune) bool { return r == '.' })
}

// ascii writes the letters of other alphabets as resolvers do: xn--mnchen-3ya.example
// for münchen.example. A name that cannot be written so stays.
func ascii(name string) string {
	if strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 {
		return name
	}
	if written, err := idna.Lookup.ToASCII(name); err == nil && utf8.ValidString(name) {
		return written
	}
	return name
}

func isView(label string) bool {
	return label == "www" || label == "m" || label == "mobile" || label == "amp"
}

// path returns the path of u without what draws it in another way, "" for "/".
func path(u *url.URL) string {
	var kept []string
	for segment := range strings.SplitSeq(u.EscapedPath(), "/") {
		segment = escaped(segment, pathBytes)
		if i := strings.Index(strings.ToLower(segment), ";jsessionid="); i >= 0 {
			segment = segment[:i]
		}
		switch {
		case segment == "" || segment == "." || strings.EqualFold(segment, "amp"):
		case segment == "..":
			kept = kept[:max(0, len(kept)-1)]
		default:
			kept = append(kept, segment)
		}
	}
	for len(kept) > 0 {
		last := &kept[len(kept)-1]
		if *last = withoutAMP(*last); *last != "" && !isIndex(*last) {
			return "/" + strings.Join(kept, "/")
		}
		kept = kept[:len(kept)-1]
	}
	return ""
}

// withoutAMP takes the sign of an accelerated page off a file name: story.amp,
// story.amp.html.
func withoutAMP(name string) string {
	for {
		rest, html := strings.CutSuffix(name, ".html")
		short, found := strings.CutSuffix(rest, ".amp")
		if !found {
			return name
		}
		name = short
		if html {
			name += ".html"
		}
	}
}

func isIndex(name string) bool {
	return name == "index.html" || name == "index.htm" || name == "index.php"
}

// query returns the parameters that choose the article, in the order of their
// names.
func query(u *url.URL) string {
	var kept []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, value = escaped(name, queryBytes), escaped(value, queryBytes)
		if name != "" && !isTracking(strings.ToLower(name), value) {
			kept = append(kept, name+"="+value)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	slices.SortStableFunc(kept, func(a, b string) int {
		nameA, _, _ := strings.Cut(a, "=")
		nameB, _, _ := strings.Cut(b, "=")
		return strings.Compare(nameA, nameB)
	})
	return "?" + strings.Join(kept, "&")
}

// hashbang returns the part behind "#!", by which some sites choose the page; any
// other fragment is a place in it.
func hashbang(u *url.URL) string {
	if f := u.EscapedFragment(); strings.HasPrefix(f, "!") && len(f) > 1 {
		return "#" + escaped(f, fragmentBytes)
	}
	return ""
}
