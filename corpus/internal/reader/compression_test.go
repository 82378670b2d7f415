package reader

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

const story = "Ferries sail again on Monday."

// compressed returns story in each compression. There is no writer of bzip2.
func compressed(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	add := func(name string, open func(w io.Writer) (io.WriteCloser, error)) {
		var b bytes.Buffer
		w, err := open(&b)
		if err == nil {
			if _, err = io.WriteString(w, story); err == nil {
				err = w.Close()
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		all[name] = b.Bytes()
	}
	add("gzip", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil })
	add("zstd", func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w) })
	add("xz", func(w io.Writer) (io.WriteCloser, error) { return xz.NewWriter(w) })
	var err error
	if all["bzip2"], err = hex.DecodeString(bzip2Story); err != nil {
		t.Fatal(err)
	}
	return all
}

const bzip2Story = "425a6839314159265359bed3548600000295804001010226a5982020002227a9a643d26d4298000245a8867a33cf520d94076e133cfc5dc914e14242fb4d5218"

func decompress(b []byte) (string, error) {
	r, closing, err := Decompress(bufio.NewReader(bytes.NewReader(b)))
	defer closing()
	if err != nil || r == nil {
		return "", err
	}
	s, err := io.ReadAll(r)
	return string(s), err
}

func TestDecompress(t *testing.T) {
	for name, b := range compressed(t) {
		if got, err := decompress(b); got != story || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
		// Files are joined by writing one after the other.
		if got, err := decompress(append(bytes.Clone(b), b...)); got != story+story || err != nil {
			t.Errorf("%s twice: %q, %v", name, got, err)
		}
		if _, err := decompress(b[:len(b)-9]); err == nil {
			t.Errorf("%s, cut: no error", name)
		}
	}
	for _, s := range []string{"", "BZ", "BZhere is a text", "\xfd7z", story} {
		if r, _, err := Decompress(bufio.NewReader(strings.NewReader(s))); r != nil || err != nil {
			t.Errorf("%q: %v, %v", s, r, err)
		}
	}
}

func TestDamaged(t *testing.T) {
	for _, name := range []string{"xz", "bzip2"} {
		b := bytes.Clone(compressed(t)[name])
		b[len(b)/2] ^= 0xff
		if _, err := decompress(b); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What a file asks for is refused before it is taken.
func TestWindow(t *testing.T) {
	b := bytes.Clone(compressed(t)["xz"])
	at := bytes.Index(b[xzStream+2:], []byte{0x21, 1}) + xzStream + 4
	if got := xzWindow(b); got != 8<<20 {
		t.Errorf("window %d, want 8 MB", got)
	}
	b[at] = 40 // 4 GB less a byte
	if _, err := decompress(b); !errors.Is(err, ErrWindow) {
		t.Errorf("error %v, want ErrWindow", err)
	}
	for n := range 40 {
		xzWindow(b[:n])
	}
}

func TestBudget(t *testing.T) {
	b := NewBudget(0)
	if _, err := io.Copy(io.Discard, b.Unpacked(bytes.NewReader(make([]byte, 1<<20)), 0)); err != nil {
		t.Error(err)
	}
	if _, err := io.Copy(io.Discard, b.Unpacked(bytes.NewReader(make([]byte, 2<<20)), 10)); !errors.Is(err, ErrBomb) {
		t.Errorf("a member of 10 bytes: %v", err)
	}
	if err := b.Spend(freeUnpacked); !errors.Is(err, ErrBomb) {
		t.Errorf("all of it: %v", err)
	}
	if err := (*Budget)(nil).Spend(1 << 60); err != nil {
		t.Error(err)
	}
}
