package vectors_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// What ReadAt reads is what At does, in any order and whatever was verified before.
func TestReadAt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vec")
	const docs = 2000
	want := write(t, path, docs)
	for seed := range uint64(20) {
		f, err := vectors.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(seed, 1))
		var buf []byte
		for range 300 {
			doc := uint32(random.IntN(docs + 70))
			read := f.At
			if random.IntN(4) > 0 {
				read = func(doc uint32) (embed.Vector, error) { return f.ReadAt(doc, &buf) }
			}
			got, err := read(doc)
			if v, ok := want[doc]; err != nil || (got != nil) != ok || ok && !slices.Equal(got, v) {
				t.Fatalf("seed %d, document %d: %v, %v", seed, doc, got, err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A byte that was changed is damage to those who read its page, whichever way.
func TestReadAtDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vec")
	want := write(t, path, 200)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(want)*embed.Dims; at += 97 {
		b := slices.Clone(whole)
		b[at] ^= 1 << (at % 8)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := vectors.Open(path)
		if errors.Is(err, vectors.ErrDamaged) {
			continue // in the page that the set is in, too
		}
		if err != nil {
			t.Fatal(err)
		}
		var buf []byte
		for doc := range want {
			_, mapped := f.At(doc)
			_, read := f.ReadAt(doc, &buf)
			if errors.Is(mapped, vectors.ErrDamaged) != errors.Is(read, vectors.ErrDamaged) {
				t.Errorf("byte %d, document %d: At says %v, ReadAt %v", at, doc, mapped, read)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
