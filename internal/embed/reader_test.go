package embed

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func openFile(t testing.TB, data []byte) (*Reader, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.model")
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return Open(path)
}

func open(t testing.TB, data []byte) *Reader {
	t.Helper()
	r, err := openFile(t, data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// sameWords holds what is read of some words to what the whole model has.
func sameWords(t *testing.T, m *Model, r *Reader) {
	t.Helper()
	terms := []WeightedTerm{{"", 1}, {"unknown", 2}, {"zzz", 1}, {"\xff", 1}}
	for term := range m.All() {
		terms = append(terms, WeightedTerm{term, 1}, WeightedTerm{term + "\x00", 1})
		if term != "" {
			terms = append(terms, WeightedTerm{term[:len(term)-1], 1})
		}
	}
	want := m.Words(terms)
	got, err := r.Words(terms)
	if err != nil {
		t.Fatal(err)
	}
	if got.Model() != want.Model() {
		t.Errorf("of the model %s, not %s", got.Model(), want.Model())
	}
	for i := range terms {
		g, w := got.vectors[i], want.vectors[i]
		if (g.codes == nil) != (w.codes == nil) || g.codes != nil && (*g.codes != *w.codes || g.scale != w.scale) {
			t.Errorf("%q has the vector %v, not %v", terms[i].Stem, g, w)
		}
	}
	if !slices.Equal(got.Query(), want.Query()) {
		t.Error("another query")
	}
}

// manyTerms returns a model of many terms of all lengths, so that index and blocks have several
// pages.
func manyTerms(t testing.TB, terms int) *Model {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	b := &builder{}
	var row [Dims]float32
	for i := range terms {
		for d := range row {
			row[d] = random.Float32() - .5
		}
		b.add(fmt.Sprintf("%x", i*i)+strings.Repeat("x", i%1000*(i&1)), &row)
	}
	m, err := b.model(Weighting{Base: 1, PerLength: 1}, 1, options.Trained)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestReader(t *testing.T) {
	for _, terms := range []int{0, 1, 3, 32, 33, 2000} {
		m := manyTerms(t, terms)
		if m.Terms() != terms {
			t.Fatalf("%d terms of %d", m.Terms(), terms)
		}
		sameWords(t, m, open(t, m.Encode()))
	}
}

func TestTermTooLong(t *testing.T) {
	b := &builder{}
	b.add(strings.Repeat("x", maxTermLength+1), &[Dims]float32{1})
	if _, err := b.model(Weighting{Base: 1, PerLength: 1}, 1, options.Trained); err == nil {
		t.Error("is taken")
	}
}

// Damage is met where it is: in the words of a page, and in no others. It names the file.
func TestReaderDamage(t *testing.T) {
	m := manyTerms(t, 2000)
	data := m.Encode()
	known := []WeightedTerm{{string(m.term(0)), 1}, {string(m.term(1000)), 1}}
	l := m.header.layout()
	for _, c := range []struct {
		name string
		at   int64
		fine []bool // which of the words can be read
	}{
		{"header", 20, nil},
		{"index", l.index - 1, nil},
		{"checksums", int64(len(data)) - trailerSize - 1, nil},
		{"trailer", int64(len(data)) - 5, nil},
		{"first block", l.blocks + pageSize - 1, []bool{false, true}},
		{"first codes", l.codes, []bool{false, true}},
		{"other codes", l.codes + 1000*Dims, []bool{true, false}},
		{"last codes", l.codes + 2000*Dims - 1, []bool{true, true}},
	} {
		changed := slices.Clone(data)
		changed[c.at] ^= 1
		r, err := openFile(t, changed)
		if c.fine == nil {
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "a.model") {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		for i, fine := range c.fine {
			_, err := r.Words(known[i : i+1])
			if fine && err != nil || !fine && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "a.model")) {
				t.Errorf("%s: word %d: %v", c.name, i, err)
			}
		}
		_ = r.Close()
	}
}

// A file that is cut short while it is open is damage, and no fault.
func TestReaderCutShort(t *testing.T) {
	m := manyTerms(t, 500)
	r := open(t, m.Encode())
	if err := os.Truncate(r.path, headerSize); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Words([]WeightedTerm{{string(m.term(9)), 1}}); !errors.Is(err, ErrDamaged) {
		t.Error(err)
	}
	for _, size := range []int{0, 1, headerSize, headerSize + trailerSize, pageSize, len(m.Encode()) - 1} {
		if _, err := openFile(t, m.Encode()[:size]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", size, err)
		}
	}
}
