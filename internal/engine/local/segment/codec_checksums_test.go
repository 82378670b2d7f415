package segment_test

import (
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// answers asks a segment for all that it holds, one answer after the other,
// until f returns false.
func answers(s *segment.Segment, f func(what string, answer string, err error) bool) {
	for doc := range s.Count() {
		id, err := s.DocID(doc)
		if !f(fmt.Sprint("id ", doc), string(id), err) {
			return
		}
		h := fnv.New64a()
		err = s.VisitStoredFields(doc, func(field string, typ byte, value []byte, pos []uint64) bool {
			fmt.Fprint(h, field, typ, value, pos)
			return true
		})
		if !f(fmt.Sprint("stored ", doc), fmt.Sprint(h.Sum64()), err) {
			return
		}
	}
	for _, field := range s.Fields() {
		terms, err := s.Terms(field)
		if !f("terms "+field, fmt.Sprintf("%q", terms), err) {
			return
		}
		for _, term := range terms {
			answer, err := answerOf(s, field, string(term))
			if !f(fmt.Sprintf("list %s %s", field, term), answer, err) {
				return
			}
		}
		n := s.NumericValues(field)
		if !f("numbers "+field, fmt.Sprint(n), s.VerifyNumericValues(n)) {
			return
		}
		v, ok, err := s.Ordinals(field)
		var ords []uint32
		for doc := range s.Count() {
			if ok {
				ords = append(v.Append(ords, uint32(doc)), 1<<31)
			}
		}
		if !f("values "+field, fmt.Sprint(ords), err) {
			return
		}
	}
}

func answerOf(s *segment.Segment, field, term string) (string, error) {
	h := fnv.New64a()
	list, ok, err := s.Postings(field, term)
	if err != nil || !ok {
		return "", err
	}
	norms, err := s.Norms(field)
	if err != nil {
		return "", err
	}
	var docs, freqs [segment.BlockSize]uint32
	for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
		for i := range n {
			pos, err := list.Positions(&freqs, i, nil)
			if err != nil {
				return "", err
			}
			fmt.Fprint(h, docs[i], freqs[i], norms[docs[i]], pos)
		}
		fmt.Fprint(h, list.MaxImpacts(nil))
	}
	return fmt.Sprint(h.Sum64()), list.Err()
}

// A file with any byte changed, or cut at any place, gives the answers that it
// gave before, or ErrDamaged.
func TestDamagedFile(t *testing.T) {
	whole := bytesOf(t, 300, 9)
	want := map[string]string{}
	answers(openBytes(t, whole), func(what, answer string, err error) bool {
		if err != nil {
			t.Fatal(what, err)
		}
		want[what] = answer
		return true
	})
	random := newRandom(4)
	rounds, found, refused := 400, 0, 0
	if testing.Short() {
		rounds = 40
	}
	for round := range rounds {
		b := slices.Clone(whole)
		at := random.IntN(len(b))
		if round%8 == 7 {
			b = b[:at]
		} else {
			b[at] ^= 1 << random.IntN(8)
		}
		path := filepath.Join(t.TempDir(), "damaged")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := segment.Plugin{}.Open(path)
		if err != nil {
			if !errors.Is(err, segment.ErrDamaged) {
				t.Fatalf("byte %d: %v", at, err)
			}
			refused++
			continue
		}
		s, _ := segment.Unwrap(p)
		damaged := false
		answers(s, func(what, answer string, err error) bool {
			switch {
			case errors.Is(err, segment.ErrDamaged):
				damaged = true
			case err != nil || answer != want[what]:
				t.Fatalf("byte %d: %s: %v", at, what, err)
			}
			return true
		})
		if damaged {
			found++
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d changes: %d refused, %d met, %d harmless", rounds, refused, found, rounds-refused-found)
}

func openBytes(t *testing.T, b []byte) *segment.Segment {
	t.Helper()
	path := filepath.Join(t.TempDir(), "whole")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	p := must(segment.Plugin{}.Open(path))(t)
	t.Cleanup(func() { _ = p.Close() })
	s, _ := segment.Unwrap(p)
	return s
}

// What is stored is found without any directory, by the checksums of its blocks.
func TestScan(t *testing.T) {
	whole := bytesOf(t, 300, 9)
	path := filepath.Join(t.TempDir(), "torn")
	read := func(b []byte) (values []string, docs int, ok bool) {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := must(segment.OpenSalvage(path))(t)
		defer s.Close()
		for v := range s.Scan() {
			values = append(values, string(v))
		}
		docs, ok = s.NumDocs()
		if ok {
			for doc := range docs {
				v := must(s.LastValue(doc))(t)
				if v != nil && !slices.Contains(values, string(v)) {
					t.Errorf("document %d was not found", doc)
				}
			}
		}
		return values, docs, ok
	}
	all, docs, ok := read(whole)
	if !ok || docs != 300 || len(all) == 0 {
		t.Fatalf("%d values of %d documents", len(all), docs)
	}
	torn := slices.Clone(whole)
	torn[len(torn)-5] ^= 1
	if got, _, ok := read(torn); ok || !slices.Equal(got, all) {
		t.Errorf("without its end: %d values of %d", len(got), len(all))
	}
	for _, cut := range []int{2, 3, 5} {
		if got, _, ok := read(whole[:len(whole)*(cut-1)/cut]); ok || len(got) > len(all) {
			t.Errorf("cut short: %d values of %d", len(got), len(all))
		}
	}
}

// BenchmarkVerifyPages is the price of verifying all pages, and of asking
// again.
func BenchmarkVerifyPages(b *testing.B) {
	path := filepath.Join(b.TempDir(), "whole")
	if err := os.WriteFile(path, bytesOf(b, 4000, 9), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			s, err := segment.Plugin{}.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			of, _ := segment.Unwrap(s)
			b.SetBytes(segment.CheckAll(of))
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("again", func(b *testing.B) {
		s, err := segment.Plugin{}.Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		of, _ := segment.Unwrap(s)
		for b.Loop() {
			b.SetBytes(segment.CheckAll(of))
		}
	})
}
