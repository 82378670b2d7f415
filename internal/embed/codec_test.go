package embed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"slices"
	"testing"
)

func TestCodec(t *testing.T) {
	m := train(t, subjects(100, 80, 3))
	again, err := Decode(slices.Clone(m.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if again.ID() != m.ID() || !again.Trained().Equal(options.Trained) || again.Articles() != 100 ||
		again.Weighting() != options.Weighting || again.Terms() != m.Terms() {
		t.Errorf("%+v became %+v", m.header, again.header)
	}
	last := ""
	for term, v := range m.All() {
		if term <= last {
			t.Errorf("%q stands behind %q", term, last)
		}
		last = term
		if got, ok := again.Term(term); !ok || got.scale != v.scale || *got.codes != *v.codes {
			t.Errorf("%q has another vector", term)
		}
	}
	for _, unknown := range []string{"", "w", "zzz", "w1x"} {
		if again.Known(unknown) {
			t.Errorf("%q is known", unknown)
		}
	}
}

// The time is no part of what a model knows.
func TestIDWithoutTime(t *testing.T) {
	first := train(t, subjects(50, 40, 3))
	o := options
	o.Trained = o.Trained.AddDate(0, 0, 1)
	second, err := Train(t.Context(), subjects(50, 40, 3), o)
	if err != nil {
		t.Fatal(err)
	}
	if first.ID() != second.ID() || !second.Trained().After(first.Trained()) {
		t.Errorf("%s of %v, %s of %v", first.ID(), first.Trained(), second.ID(), second.Trained())
	}
}

// Every changed byte, and every missing one, is damage.
func TestDamage(t *testing.T) {
	data := train(t, subjects(20, 9, 2)).Encode()
	for i := range data {
		changed := slices.Clone(data)
		changed[i] ^= 0x10
		if _, err := Decode(changed); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := Decode(data[:i]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut at byte %d: %v", i, err)
		}
	}
}

// sign sets the checksum, so that what was changed gets by it.
func sign(data []byte) {
	body := data[:len(data)-4]
	binary.LittleEndian.PutUint32(data[len(body):], crc32.Checksum(body, castagnoli))
}

func TestVersions(t *testing.T) {
	data := slices.Clone(train(t, subjects(20, 9, 2)).Encode())
	data[8]++
	sign(data)
	if _, err := Decode(data); !errors.Is(err, ErrVersion) {
		t.Errorf("another version: %v", err)
	}
}

// What is decoded can be used, whatever it says.
func FuzzDecode(f *testing.F) {
	good := train(f, subjects(20, 9, 2)).Encode()
	f.Add(good)
	f.Add(good[:headerSize+8])
	for _, at := range []int{16, 20, 24, 32, 48, 52, headerSize, headerSize + 5} {
		changed := slices.Clone(good)
		changed[at] ^= 0x81
		f.Add(changed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 4 {
			return
		}
		data = slices.Clone(data)
		sign(data)
		m, err := Decode(data)
		if err != nil {
			return
		}
		if !bytes.Equal(m.Encode(), data) {
			t.Error("encoded to something else")
		}
		sums := NewSums(1)
		n := 0
		for term, v := range m.All() {
			sums.Add(0, m.Weight(3, 100), v)
			m.Known(term)
			n++
		}
		if n != m.Terms() {
			t.Errorf("%d terms of %d", n, m.Terms())
		}
		v := sums.Vector(0)
		if c := Cosine(v, v); c != 0 && (c < 0.999 || c > 1.001) {
			t.Errorf("a cosine of %v with itself", c)
		}
		q := m.Query([]WeightedTerm{{"w0", 1}, {"", 2}})
		q.Add(0.5, v)
		q.Vector()
	})
}
