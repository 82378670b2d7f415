package tagger

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"io"
	"sync"
)

// A model is what the features weigh, for both passes.
type model struct {
	steps   [2][styles]transitions // of each pass
	keys    []uint32               // open addresses: the hash of a feature in each slot; 0 for none
	rows    []int32                // of each slot, the index of its weights
	weights []packed
}

// weightsData is the model, compressed by deflate (RFC 1951):
//
//   - the transitions of both passes, each for sentences of all styles: 17 times 17 numbers of
//     16 bits, by the label before and the label;
//   - the number of features, and of each in the order of their hashes the distance from
//     the hash before, as varints;
//   - of each feature the weights of its labels, first those of the first pass, as signed
//     bytes: for all features the first weight, then for all the second, and so on, which
//     compresses better.
//
// A feature is known by the lower 32 bits of its hash.
//
//go:embed weights.bin
var weightsData []byte

// maxModel bounds a model when it is read, in bytes.
const maxModel = 64 << 20

var errMalformed = errors.New("tagger: malformed weights")

var shared = sync.OnceValue(func() *model {
	m, err := readModel(weightsData)
	if err != nil {
		panic(err) //house:allow the weights are part of the program, and a test reads them
	}
	return m
})

// readModel reads a model as weightsData has it.
func readModel(data []byte) (*model, error) {
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(data)), maxModel))
	if err != nil {
		return nil, err
	}
	m := new(model)
	for i := range 2 * styles {
		t := &m.steps[i/styles][i%styles]
		for i := range t {
			for j := range t[i] {
				if len(raw) < 2 {
					return nil, errMalformed
				}
				t[i][j] = int32(int16(binary.LittleEndian.Uint16(raw)))
				raw = raw[2:]
			}
		}
	}
	count, n := binary.Uvarint(raw)
	if n <= 0 || count > maxModel {
		return nil, errMalformed
	}
	return m, m.readFeatures(raw[n:], int(count))
}

func (m *model) readFeatures(raw []byte, count int) error {
	slots := 1
	for slots < 2*count {
		slots *= 2
	}
	m.keys, m.rows = make([]uint32, slots), make([]int32, slots)
	key := uint64(0)
	for i := range count {
		d, n := binary.Uvarint(raw)
		if key += d; n <= 0 || key == 0 || key > 1<<32-1 {
			return errMalformed
		}
		raw = raw[n:]
		m.insert(uint32(key), int32(i))
	}
	if len(raw) != count*2*labels {
		return errMalformed
	}
	m.weights = make([]packed, count)
	for l := range 2 * labels {
		for i := range m.weights {
			m.weights[i].set(l, int8(raw[l*count+i]))
		}
	}
	return nil
}

func (m *model) insert(key uint32, row int32) {
	mask := uint32(len(m.keys) - 1)
	i := key & mask
	for m.keys[i] != 0 {
		i = (i + 1) & mask
	}
	m.keys[i], m.rows[i] = key, row
}

// find returns the weights of a feature, nil if it has none.
func (m *model) find(key uint32) *packed {
	mask := uint32(len(m.keys) - 1)
	for i := key & mask; m.keys[i] != 0; i = (i + 1) & mask {
		if m.keys[i] == key {
			return &m.weights[m.rows[i]]
		}
	}
	return nil
}

// writeModel returns a model in the form of weightsData. Features are in the order of their hashes.
func writeModel(m *model, keys []uint32) ([]byte, error) {
	var raw []byte
	for i := range 2 * styles {
		t := &m.steps[i/styles][i%styles]
		for i := range t {
			for j := range t[i] {
				raw = binary.LittleEndian.AppendUint16(raw, uint16(int16(t[i][j])))
			}
		}
	}
	raw = binary.AppendUvarint(raw, uint64(len(keys)))
	before := uint32(0)
	for _, key := range keys {
		raw = binary.AppendUvarint(raw, uint64(key-before))
		before = key
	}
	for l := range 2 * labels {
		for i := range m.weights {
			raw = append(raw, byte(m.weights[i].at(l)))
		}
	}
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(raw); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}
