package pipeline

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"sort"
	"strconv"
	"strings"

	"sitrep/pipeline/address"
	"sitrep/pipeline/article"
)

// hash returns the first 128 bits, in hex, of SHA-256 over parts, each with its
// length before it.
func hash(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// idOf returns an article's id: by what the sender gave, else by its address,
// else by its content. Two sites that name no source may both give the id 1234.
func idOf(a *article.Article) string {
	switch {
	case a.GivenID != "":
		return hash("id", cmp.Or(a.Source, address.Site(a.URL)), a.GivenID)
	case a.URL != "":
		return hash("url", address.Canonical(a.URL))
	}
	return hash("content", a.Title, a.Body, a.Published.Day.String())
}

// eventID returns an event's id: by its article, type and trigger, and by which of
// the events of one trigger it is, which ordinals counts.
func eventID(article, kind string, trigger SpanRecord, ordinals map[string]int) string {
	at := []string{article, kind, trigger.Field, strconv.Itoa(trigger.Start), strconv.Itoa(trigger.End)}
	slot := strings.Join(at, " ")
	ordinal := ordinals[slot]
	ordinals[slot]++
	return hash(append(at, strconv.Itoa(ordinal))...)
}

// eventKey is a fingerprint of what happened, which reports of the same event by
// two outlets share.
func eventKey(r *EventRecord) string {
	sorted := func(list []string) string {
		list = append([]string(nil), list...)
		sort.Strings(list)
		return strings.Join(list, ",")
	}
	value := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return strconv.FormatInt(*n, 10)
	}
	return hash(r.Type, sorted(r.ActorCountries), sorted(r.TargetCountries), value(r.PlaceCountry), value(r.DateStart), value(r.DateEnd), number(r.TroopsMin), number(r.TroopsMax))
}
