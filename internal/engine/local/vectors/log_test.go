package vectors_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

var outside = &embed.Outside{URL: "https://host/v1", Name: "m", Dims: 40, Chars: 100}

// fill appends n vectors to a log, two at a time, and returns them by key.
func fill(t *testing.T, l *vectors.Log, from, n int) map[embed.PassageKey]string {
	t.Helper()
	want := map[embed.PassageKey]string{}
	for i := from; i < from+n; i += 2 {
		var keys []embed.PassageKey
		var list []embed.Vector
		for j := i; j < i+2; j++ {
			x := make([]float32, 40)
			x[j%40], x[(j+1)%40] = 1, float32(j)
			v, err := embed.NewVector(x)
			if err != nil {
				t.Fatal(err)
			}
			key := embed.NewPassageKey(fmt.Sprint("text ", j))
			keys, list, want[key] = append(keys, key), append(list, v), fmt.Sprint(v)
		}
		if err := l.Append(keys, list); err != nil {
			t.Fatal(err)
		}
	}
	return want
}

func read(l *vectors.Log) map[embed.PassageKey]string {
	got := map[embed.PassageKey]string{}
	for k, v := range l.All() {
		got[k] = fmt.Sprint(v)
	}
	return got
}

// What was appended is there after the log was opened again, whatever was cut behind it.
func TestLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pending")
	l, err := vectors.CreateLog(path, outside)
	if err != nil {
		t.Fatal(err)
	}
	want := fill(t, l, 0, 4)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const record = 16 + 64 + 4
	start := len(whole) - 4*record
	for size := range len(whole) + 1 {
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := vectors.OpenLog(path)
		if size < start {
			if !errors.Is(err, vectors.ErrDamaged) {
				t.Fatalf("%d bytes: %v, want ErrDamaged", size, err)
			}
			continue
		}
		if err != nil || l.Len() != (size-start)/record || *l.Model != *outside || l.Verify() != nil {
			t.Fatalf("%d bytes: %d vectors, %v", size, l.Len(), err)
		}
		more := fill(t, l, 4, 2)
		got := read(l)
		for k, v := range more {
			if got[k] != v {
				t.Fatalf("%d bytes: what was appended to them is lost", size)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if l, err = vectors.OpenLog(path); err != nil || !maps.Equal(read(l), want) {
		t.Fatalf("%v: %v, want %v", err, read(l), want)
	}
	if err := l.Remove(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log is still there: %v", err)
	}
}

// A byte that was changed costs at most the vector that it is in.
func TestLogDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pending")
	l, err := vectors.CreateLog(path, outside)
	if err != nil {
		t.Fatal(err)
	}
	want := fill(t, l, 0, 4)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := range whole {
		b := slices.Clone(whole)
		b[at] ^= 4
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := vectors.OpenLog(path)
		if err != nil {
			if !errors.Is(err, vectors.ErrDamaged) {
				t.Fatalf("byte %d: %v", at, err)
			}
			continue
		}
		got := read(l)
		if len(got) != 3 || !errors.Is(l.Verify(), vectors.ErrDamaged) {
			t.Fatalf("byte %d: %d vectors", at, len(got))
		}
		for k, v := range got {
			if want[k] != v {
				t.Fatalf("byte %d: a vector was changed", at)
			}
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestLogRefuses(t *testing.T) {
	l, err := vectors.CreateLog(filepath.Join(t.TempDir(), "a.pending"), outside)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Append(make([]embed.PassageKey, 1), make([]embed.Vector, 1)); err == nil || l.Len() != 0 {
		t.Errorf("a vector of another size was taken: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

// A file with keys gives them back.
func TestKeys(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vec")
	rows := []embed.Vector{make(embed.Vector, 64), nil}
	rows[0][3] = 127
	keys := []embed.PassageKey{embed.NewPassageKey("a"), {}}
	err := vectors.Write(path, 3, []uint64{5}, seq(rows), 40, keys, func() vectors.Info { return vectors.Info{Model: "m"} })
	if err != nil {
		t.Fatal(err)
	}
	f, err := vectors.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Keys()
	if err != nil || !f.HasKeys() || !slices.Equal(got, append(keys[0][:], keys[1][:]...)) || f.Dims != 40 {
		t.Errorf("keys %x, %v", got, err)
	}
	first, err := f.At(0)
	second, err2 := f.At(2)
	if err != nil || err2 != nil || !slices.Equal(first, rows[0]) || !second.IsZero() || len(second) != 64 {
		t.Errorf("vectors %v and %v", first, second)
	}
	if err := errors.Join(f.Verify(), f.Close()); err != nil {
		t.Error(err)
	}
}
