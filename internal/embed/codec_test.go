package embed

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
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

// newBody returns what stands before the checksums of a model, to be changed.
func newBody(t testing.TB) []byte {
	data := train(t, subjects(20, 9, 2)).Encode()
	tr, err := readTrailer(data[len(data)-trailerSize:], int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(data[:tr.covered])
}

func TestVersions(t *testing.T) {
	body := newBody(t)
	body[8]++
	if _, err := Decode(appendChecksums(body)); !errors.Is(err, ErrVersion) {
		t.Errorf("another version: %v", err)
	}
	data := slices.Clone(train(t, subjects(20, 9, 2)).Encode())
	end := data[len(data)-trailerSize:]
	end[8]++
	binary.LittleEndian.PutUint32(end[28:], crc32.Checksum(end[:28], castagnoli))
	if _, err := Decode(data); !errors.Is(err, ErrVersion) {
		t.Errorf("another version of the trailer: %v", err)
	}
}

// A scale that is no number would make scores that are none.
func TestScales(t *testing.T) {
	for _, scale := range []float64{math.NaN(), math.Inf(1), 1e30, -1} {
		body := newBody(t)
		binary.LittleEndian.PutUint32(body[pageSize+blockHeader:], math.Float32bits(float32(scale)))
		if _, err := Decode(appendChecksums(body)); !errors.Is(err, ErrDamaged) {
			t.Errorf("a scale of %v: %v", scale, err)
		}
	}
}

// firstVersion returns a model as the first version had it.
func firstVersion(m *Model) []byte {
	h := m.header
	h.Version, h.Blocks, h.Index = 1, 0, 0
	var offsets, scales, text, codes []byte
	for term, v := range m.All() {
		offsets = binary.LittleEndian.AppendUint32(offsets, h.Blocks)
		h.Blocks += uint32(len(term))
		scales = binary.LittleEndian.AppendUint32(scales, math.Float32bits(v.scale))
		text = append(text, term...)
		for _, c := range v.codes {
			codes = append(codes, byte(c))
		}
	}
	offsets = binary.LittleEndian.AppendUint32(offsets, h.Blocks)
	data := slices.Concat(h.append(nil), offsets, scales, text, codes)
	return binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
}

// A model of the first version is the same model.
func TestFirstVersion(t *testing.T) {
	m := train(t, subjects(100, 80, 3))
	data := firstVersion(m)
	old, err := Decode(data)
	if err != nil || !bytes.Equal(old.Encode(), m.Encode()) {
		t.Fatalf("is another one: %v", err)
	}
	for i := range data {
		changed := slices.Clone(data)
		changed[i] ^= 0x10
		if _, err := Decode(changed); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	for n := range len(data) / 50 {
		if _, err := Decode(data[:50*n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut at byte %d: %v", 50*n, err)
		}
	}
	r := open(t, data)
	if r.ID() != m.ID() {
		t.Errorf("is %s", r.ID())
	}
	sameWords(t, m, r)
}

// What is decoded can be used, whatever it says, and read as a whole or in parts.
func FuzzDecode(f *testing.F) {
	good := newBody(f)
	f.Add(good, false)
	f.Add(good[:headerSize], false)
	first := firstVersion(train(f, subjects(20, 9, 2)))
	f.Add(first[:len(first)-4], true)
	for _, at := range []int{16, 20, 24, 32, 48, 52, headerSize, headerSize + 5, pageSize, pageSize + 4, pageSize + 10} {
		changed := slices.Clone(good)
		changed[at] ^= 0x81
		f.Add(changed, false)
		changed = slices.Clone(first[:len(first)-4])
		changed[min(at, len(changed)-1)] ^= 0x81
		f.Add(changed, true)
	}
	f.Fuzz(func(t *testing.T, body []byte, first bool) {
		data := slices.Clone(body)
		if first {
			data = binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
		} else {
			data = appendChecksums(data)
		}
		m, err := Decode(data)
		r, openErr := openFile(t, data)
		if openErr == nil {
			defer r.Close()
			for _, stem := range []string{"", "w0", "w5", "zz"} {
				_, _ = r.Words([]WeightedTerm{{stem, 1}})
			}
		}
		if err != nil {
			return
		}
		if openErr != nil {
			t.Fatalf("is a model, and can't be opened: %v", openErr)
		}
		if !first && !bytes.Equal(m.Encode(), data) {
			t.Error("encoded to something else")
		}
		sameWords(t, m, r)
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
		q := m.Words([]WeightedTerm{{"w0", 1}, {"", 2}}).Query()
		q.Add(0.5, v)
		q.Vector()
	})
}
