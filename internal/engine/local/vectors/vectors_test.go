package vectors_test

import (
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// write writes a file for so many documents, of which about a third have vectors. It
// returns these by document.
func write(t *testing.T, path string, docs int) map[uint32]embed.Vector {
	t.Helper()
	random := rand.New(rand.NewPCG(3, uint64(docs)))
	set := make([]uint64, (docs+63)/64)
	want := map[uint32]embed.Vector{}
	var rows []embed.Vector
	for doc := range docs {
		if random.IntN(3) > 0 {
			continue
		}
		set[doc/64] |= 1 << (doc % 64)
		v := make(embed.Vector, embed.Dims)
		for i := range v {
			v[i] = int8(random.IntN(255) - 127)
		}
		rows = append(rows, v)
		want[uint32(doc)] = v
	}
	err := vectors.Write(path, docs, set, seq(rows), embed.Dims, nil, func() vectors.Info {
		return vectors.Info{Model: "0123456789abcdef0123456789abcdef", Segment: vectors.SegmentID{Bytes: 1 << 40, Checksum: 7}, Tokens: 11, Unknown: 5}
	})
	if err != nil {
		t.Fatal(err)
	}
	return want
}

func seq(rows []embed.Vector) iter.Seq2[embed.Vector, error] {
	return func(yield func(embed.Vector, error) bool) {
		for i := range rows {
			if !yield(rows[i], nil) {
				return
			}
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, docs := range []int{0, 1, 2, 63, 64, 65, 500, 4096} {
		path := filepath.Join(t.TempDir(), "a.vec")
		want := write(t, path, docs)
		f, err := vectors.Open(path)
		if err != nil {
			t.Fatalf("%d documents: %v", docs, err)
		}
		info := vectors.Info{
			Model: "0123456789abcdef0123456789abcdef", Segment: vectors.SegmentID{Bytes: 1 << 40, Checksum: 7},
			Dims: embed.Dims, Docs: docs, Rows: len(want), Tokens: 11, Unknown: 5,
		}
		if f.Info != info {
			t.Errorf("%d documents: %+v, want %+v", docs, f.Info, info)
		}
		for doc := range uint32(docs) + 130 {
			got, err := f.At(doc)
			v, ok := want[doc]
			if err != nil || (got != nil) != ok || ok && !slices.Equal(got, v) {
				t.Fatalf("document %d of %d: %v, %v", doc, docs, got, err)
			}
		}
		column, err := f.Column(0, f.Rows)
		if err != nil || len(column) != len(want)*embed.Dims {
			t.Errorf("%d documents: %d bytes, %v", docs, len(column), err)
		}
		if err := errors.Join(f.Verify(), f.Close()); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path + ".tmp"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a file is left: %v", err)
		}
	}
}

// Any byte that was changed, a byte less and a byte more is damage, which names the file.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vec")
	write(t, path, 40)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := func(b []byte) error {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := vectors.Open(path)
		if err != nil {
			return err
		}
		return errors.Join(f.Verify(), f.Close())
	}
	for at := range whole {
		b := slices.Clone(whole)
		b[at] ^= 1 << (at % 8)
		if err := damaged(b); err == nil {
			t.Fatalf("byte %d of %d: no damage is found", at, len(whole))
		}
	}
	for _, b := range [][]byte{nil, whole[:len(whole)-1], whole[:50], append(slices.Clone(whole), 0), whole[1:]} {
		if err := damaged(b); !errors.Is(err, vectors.ErrDamaged) {
			t.Errorf("%d bytes of %d: %v, want ErrDamaged", len(b), len(whole), err)
		}
	}
}

// A file whose vectors are not those of its documents is not written.
func TestWriteRefuses(t *testing.T) {
	dir := t.TempDir()
	info := func() vectors.Info { return vectors.Info{} }
	broken := errors.New("broken")
	failing := func(yield func(embed.Vector, error) bool) { yield(nil, broken) }
	for name, err := range map[string]error{
		"fewer rows":  vectors.Write(filepath.Join(dir, "a.vec"), 3, []uint64{3}, seq(make([]embed.Vector, 1)), embed.Dims, nil, info),
		"fewer keys":  vectors.Write(filepath.Join(dir, "a.vec"), 3, []uint64{3}, seq(make([]embed.Vector, 2)), embed.Dims, make([]embed.PassageKey, 1), info),
		"another set": vectors.Write(filepath.Join(dir, "a.vec"), 65, []uint64{1}, seq(make([]embed.Vector, 1)), embed.Dims, nil, info),
		"long model": vectors.Write(filepath.Join(dir, "a.vec"), 1, []uint64{0}, seq(nil), embed.Dims, nil, func() vectors.Info {
			return vectors.Info{Model: string(make([]byte, 33))}
		}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := vectors.Write(filepath.Join(dir, "a.vec"), 1, []uint64{1}, failing, embed.Dims, nil, info); !errors.Is(err, broken) {
		t.Errorf("rows that fail: %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("files are left: %v", left)
	}
}

func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	path := filepath.Join(dir, "a.vec")
	if err := vectors.Write(path, 3, []uint64{5}, seq(make([]embed.Vector, 2)), embed.Dims, nil, func() vectors.Info { return vectors.Info{Model: "m"} }); err != nil {
		f.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "b.vec")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := vectors.Open(path)
		if err != nil {
			return
		}
		for doc := range uint32(min(v.Docs, 1000)) {
			_, _ = v.At(doc)
		}
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
}
