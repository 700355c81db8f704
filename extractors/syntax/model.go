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

// A Model holds the weights of the tagger, of the moves and of the labels.
type Model struct {
	tagger, mover, labeller *table
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
		return &Model{newTable(tagWidth, 0), newTable(moveWidth, 0), newTable(labelWidth, 0)}
	}
	m, err := Load(modelFile)
	if err != nil {
		panic(fmt.Sprintf("syntax.model: %v", err))
	}
	return m
})

// Weights in a row, in whole words of eight but for the moves.
const (
	tagWidth   = (tags + 7) / 8 * 8
	moveWidth  = int(moves)
	labelWidth = (int(labels) + 7) / 8 * 8
)

const magic = "sitrep syntax 1\n"

var errModel = errors.New("not a whole syntax model of this version")

// Load reads a model that Train made.
func Load(file []byte) (*Model, error) {
	if len(file) < len(magic) || string(file[:len(magic)]) != magic {
		return nil, errModel
	}
	var m Model
	rest := file[len(magic):]
	for _, t := range []struct {
		table **table
		width int
	}{{&m.tagger, tagWidth}, {&m.mover, moveWidth}, {&m.labeller, labelWidth}} {
		var err error
		if *t.table, rest, err = decodeTable(rest, t.width); err != nil {
			return nil, err
		}
	}
	return &m, nil
}

// A table is written as the number of its rows, the keys in ascending order as
// differences, and the rows.

func decodeTable(b []byte, width int) (*table, []byte, error) {
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
	if uint64(len(b)) < n*uint64(width) {
		return nil, nil, errModel
	}
	t := newTable(width, int(n))
	for _, k := range list {
		t.add(k, b[:width])
		b = b[width:]
	}
	return t, b, nil
}

func encodeTable(b []byte, width int, list []key, rows []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	last := key(0)
	for _, k := range list {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	return append(b, rows[:len(list)*width]...)
}
