package syntax

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"
)

//go:embed syntax.model
var modelFile []byte

// A Model holds the weights of the tagger, of the roles, of the moves and of the labels.
type Model struct {
	tagger, guesser, labeller *table
	mover                     *moveTable
	tags, roles, arcs         *settled
}

// ModelSHA256 returns the hash, in hex, of the weights and word classes that are
// built in.
var ModelSHA256 = sync.OnceValue(func() string {
	h := sha256.New()
	h.Write(modelFile)
	h.Write([]byte(clusterFile))
	return hex.EncodeToString(h.Sum(nil))
})

// weights returns the model that is built in. It panics when the file is
// damaged, which is a fault of the build; an empty file is a model that knows
// nothing, so that training can start.
var weights = sync.OnceValue(func() *Model {
	if len(modelFile) == 0 {
		return &Model{newTable(0), newTable(0), newTable(0), newMoveTable(0), newSettled(0), newSettled(0), newSettled(0)}
	}
	m, err := Load(modelFile)
	if err != nil {
		panic(fmt.Sprintf("syntax.model: %v", err))
	}
	return m
})

const magic = "sitrep syntax 2\n"

var errModel = errors.New("not a whole syntax model of this version")

// Load reads a model that Train made.
func Load(file []byte) (*Model, error) {
	m, rest, err := loadTables(file)
	if err != nil {
		return nil, err
	}
	for _, t := range []**settled{&m.tags, &m.roles, &m.arcs} {
		if *t, rest, err = loadSettled(rest); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// loadTables reads a model in which nothing is settled, and returns what follows.
func loadTables(file []byte) (*Model, []byte, error) {
	if len(file) < len(magic) || string(file[:len(magic)]) != magic {
		return nil, nil, errModel
	}
	rest := file[len(magic):]
	m := &Model{tags: newSettled(0), roles: newSettled(0), arcs: newSettled(0)}
	var err error
	if m.tagger, rest, err = loadTable(rest); err != nil {
		return nil, nil, err
	}
	if m.guesser, rest, err = loadTable(rest); err != nil {
		return nil, nil, err
	}
	if m.mover, rest, err = loadMoves(rest); err != nil {
		return nil, nil, err
	}
	if m.labeller, rest, err = loadTable(rest); err != nil {
		return nil, nil, err
	}
	return m, rest, nil
}

// A table is written as the number of its rows, the keys in ascending order as
// differences, and the rows: for each a bit for each weight that is not nothing,
// and those weights.

func loadTable(b []byte) (*table, []byte, error) {
	list, b, err := decodeKeys(b)
	if err != nil {
		return nil, nil, err
	}
	t := newTable(len(list))
	var row [rowWidth]byte
	for _, k := range list {
		if len(b) < rowWidth/8 {
			return nil, nil, errModel
		}
		some := b[:rowWidth/8]
		b = b[rowWidth/8:]
		for i := range row {
			row[i] = nothing
			if some[i/8]>>(i%8)&1 != 0 {
				if len(b) == 0 {
					return nil, nil, errModel
				}
				row[i], b = b[0], b[1:]
			}
		}
		t.add(k, row)
	}
	return t, b, nil
}

func loadMoves(b []byte) (*moveTable, []byte, error) {
	list, b, err := decodeKeys(b)
	if err != nil || len(b) < len(list)*2*int(moves) {
		return nil, nil, errModel
	}
	t := newMoveTable(len(list))
	var row [moves]int16
	for _, k := range list {
		for m := range row {
			row[m] = int16(binary.LittleEndian.Uint16(b))
			b = b[2:]
		}
		t.add(k, row)
	}
	return t, b, nil
}

func decodeKeys(b []byte) ([]key, []byte, error) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, nil, errModel
	}
	b = b[size:]
	list := make([]key, n)
	last := uint64(0)
	for i := range list {
		d, size := binary.Uvarint(b)
		if size <= 0 {
			return nil, nil, errModel
		}
		b = b[size:]
		last += d
		list[i] = key(last)
	}
	return list, b, nil
}

func appendKeys(b []byte, list []key) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	last := key(0)
	for _, k := range list {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	return b
}

func appendRow(b []byte, row [rowWidth]byte) []byte {
	at := len(b)
	b = append(b, make([]byte, rowWidth/8)...)
	for i, w := range row {
		if w != nothing {
			b[at+i/8] |= 1 << (i % 8)
			b = append(b, w)
		}
	}
	return b
}

func appendMoves(b []byte, row [moves]int16) []byte {
	for _, w := range row {
		b = binary.LittleEndian.AppendUint16(b, uint16(w))
	}
	return b
}
