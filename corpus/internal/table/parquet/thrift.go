package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// value is a value of Thrift's compact protocol, in which files describe
// themselves. What a field is for, its number in its struct says.
type value struct {
	number int64 // of a number; 1 for true
	text   []byte
	list   []value
	fields map[int16]value
}

// field returns a field of a struct; the zero value when it is not there.
func (v value) field(id int16) value { return v.fields[id] }

// has reports whether a struct has a field.
func (v value) has(id int16) bool {
	_, ok := v.fields[id]
	return ok
}

// The types of the compact protocol.
const (
	typeStop = iota
	typeTrue
	typeFalse
	typeByte
	typeI16
	typeI32
	typeI64
	typeDouble
	typeBinary
	typeList
	typeSet
	typeMap
	typeStruct
	typeUUID
)

// source is what values are read from.
type source interface {
	io.Reader
	io.ByteReader
}

// Bounds of a description. Files with thousands of columns and row groups stay
// below.
const (
	maxValues = 20_000_000
	maxNested = 32
	maxText   = 64 << 20 // bytes of a text
)

var errDamaged = errors.New("the file is damaged")

// thrift reads values.
type thrift struct {
	r    source
	left int // values
}

func newThrift(r source) *thrift { return &thrift{r: r, left: maxValues} }

// structure reads the fields of a struct.
func (t *thrift) structure(depth int) (v value, err error) {
	if depth > maxNested {
		return v, errDamaged
	}
	v.fields = map[int16]value{}
	id := int16(0)
	for {
		head, err := t.r.ReadByte()
		if err != nil {
			return v, err
		}
		kind := head & 0x0f
		if kind == typeStop {
			return v, nil
		}
		if delta := int16(head >> 4); delta != 0 {
			id += delta
		} else {
			n, err := t.zigzag()
			if err != nil {
				return v, err
			}
			id = int16(n)
		}
		if v.fields[id], err = t.value(kind, depth, false); err != nil {
			return v, err
		}
	}
}

// value reads a value. Within a list, a truth value takes a byte.
func (t *thrift) value(kind byte, depth int, listed bool) (v value, err error) {
	if t.left--; t.left < 0 {
		return v, fmt.Errorf("%w: it has too many parts", errDamaged)
	}
	switch kind {
	case typeTrue, typeFalse:
		if listed {
			b, err := t.r.ReadByte()
			v.number = int64(b & 1)
			return v, err
		}
		if kind == typeTrue {
			v.number = 1
		}
	case typeByte:
		b, err := t.r.ReadByte()
		v.number = int64(int8(b))
		return v, err
	case typeI16, typeI32, typeI64:
		v.number, err = t.zigzag()
	case typeDouble:
		v.text, err = t.bytes(8)
	case typeUUID:
		v.text, err = t.bytes(16)
	case typeBinary:
		n, err := binary.ReadUvarint(t.r)
		if err != nil {
			return v, err
		}
		v.text, err = t.bytes(n)
		return v, err
	case typeList, typeSet:
		v.list, err = t.elements(depth)
	case typeMap:
		err = t.skipMap(depth)
	case typeStruct:
		return t.structure(depth + 1)
	default:
		err = errDamaged
	}
	return v, err
}

func (t *thrift) zigzag() (int64, error) {
	n, err := binary.ReadUvarint(t.r)
	return int64(n>>1) ^ -int64(n&1), err
}

// bytes reads n bytes. Memory is taken as they come, as n may be a lie.
func (t *thrift) bytes(n uint64) ([]byte, error) {
	if n > maxText {
		return nil, errDamaged
	}
	b, err := io.ReadAll(io.LimitReader(t.r, int64(n)))
	if err == nil && uint64(len(b)) < n {
		err = io.ErrUnexpectedEOF
	}
	return b, err
}

func (t *thrift) elements(depth int) ([]value, error) {
	head, err := t.r.ReadByte()
	if err != nil {
		return nil, err
	}
	n := uint64(head >> 4)
	if n == 15 {
		if n, err = binary.ReadUvarint(t.r); err != nil {
			return nil, err
		}
	}
	if n > uint64(t.left) || depth > maxNested {
		return nil, errDamaged
	}
	var list []value
	for range n {
		v, err := t.value(head&0x0f, depth+1, true)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// skipMap reads a map, which nothing is kept of.
func (t *thrift) skipMap(depth int) error {
	n, err := binary.ReadUvarint(t.r)
	if err != nil || n == 0 {
		return err
	}
	kinds, err := t.r.ReadByte()
	if err != nil {
		return err
	}
	if n > uint64(t.left) || depth > maxNested {
		return errDamaged
	}
	for range n {
		for _, kind := range [...]byte{kinds >> 4, kinds & 0x0f} {
			if _, err := t.value(kind, depth+1, true); err != nil {
				return err
			}
		}
	}
	return nil
}
