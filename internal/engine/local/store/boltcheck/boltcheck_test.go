package boltcheck

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/newsq/newsq/internal/engine"
)

// makeBolt makes a file of bbolt with buckets of many sizes, some of it deleted
// again.
func makeBolt(tb testing.TB, path string) {
	tb.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	for round := range 6 {
		err := db.Update(func(tx *bolt.Tx) error {
			for i := range 5 {
				b, err := tx.CreateBucketIfNotExists(fmt.Append(nil, "bucket", i))
				if err != nil {
					return err
				}
				for k := range 1 << (2 * i) {
					if err := b.Put(fmt.Append(nil, "key", k*(round+1)), make([]byte, 1+k*i)); err != nil {
						return err
					}
				}
				in, err := b.CreateBucketIfNotExists([]byte("within"))
				if err != nil {
					return err
				}
				if err := in.Put(fmt.Append(nil, round), []byte("value")); err != nil {
					return err
				}
			}
			if round%2 == 1 {
				return tx.DeleteBucket([]byte("bucket3"))
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// sameBolt holds what was read to what bbolt itself has.
func sameBolt(t *testing.T, path string, got *Bucket) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var same func(b *bolt.Bucket, got *Bucket) error
	same = func(b *bolt.Bucket, got *Bucket) error {
		n := 0
		err := b.ForEach(func(k, v []byte) error {
			n++
			if v == nil {
				if got.Buckets[string(k)] == nil {
					return fmt.Errorf("bucket %q is missing", k)
				}
				return same(b.Bucket(k), got.Buckets[string(k)])
			}
			if string(got.Values[string(k)]) != string(v) {
				return fmt.Errorf("value of %q", k)
			}
			return nil
		})
		if err == nil && n != len(got.Keys) {
			err = fmt.Errorf("%d keys, want %d", len(got.Keys), n)
		}
		return err
	}
	err = db.View(func(tx *bolt.Tx) error {
		n := 0
		err := tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			n++
			if got.Buckets[string(name)] == nil {
				return fmt.Errorf("bucket %q is missing", name)
			}
			return same(b, got.Buckets[string(name)])
		})
		if err == nil && n != len(got.Keys) {
			err = fmt.Errorf("%d buckets, want %d", len(got.Keys), n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadBolt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.bolt")
	makeBolt(t, path)
	f, top, err := readBoltFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sameBolt(t, path, top)
	again, _, err := readBoltFile(path)
	if err != nil || again.Checksum != f.Checksum {
		t.Errorf("checksums differ: %v", err)
	}
}

// Whatever was changed or cut off in a file, it is refused, or bbolt can open
// and read it.
func TestReadBoltDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.bolt")
	makeBolt(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was, _, err := readBoltFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	refused, told := 0, 0
	for round := range 600 {
		b := slices.Clone(whole)
		if round%6 == 0 {
			b = b[:random.IntN(len(b))]
		} else {
			// Most of the file is free, and changes there mean nothing.
			page := random.IntN(int(was.Meta.pages))
			at := page*int(was.Meta.pageSize) + random.IntN(64)
			b[at] ^= 1 << random.IntN(8)
		}
		at := filepath.Join(filepath.Dir(path), "y.bolt")
		if err := os.WriteFile(at, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, top, err := readBoltFile(at)
		switch {
		case errors.Is(err, engine.ErrDamaged):
			refused++
		case err != nil:
			t.Fatal(err)
		default:
			sameBolt(t, at, top)
			if f.Checksum != was.Checksum || f.Meta.TxID != was.Meta.TxID {
				told++
			}
		}
	}
	t.Logf("600 changes: %d refused, %d told by the checksum, %d in what is not used", refused, told, 600-refused-told)
}

func FuzzReadBolt(f *testing.F) {
	path := filepath.Join(f.TempDir(), "x.bolt")
	makeBolt(f, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(16), []byte{1, 2, 3}, uint32(len(whole)))
	f.Fuzz(func(t *testing.T, at uint32, what []byte, length uint32) {
		b := slices.Clone(whole)
		copy(b[int(at)%len(b):], what)
		b = b[:int(length)%(len(b)+1)]
		path := filepath.Join(t.TempDir(), "y.bolt")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, top, err := readBoltFile(path); err == nil {
			sameBolt(t, path, top)
		}
	})
}

func readBoltFile(path string) (*File, *Bucket, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	return Read(path, data)
}
