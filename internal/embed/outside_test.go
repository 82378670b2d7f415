package embed

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestOutsideCodec(t *testing.T) {
	o := &Outside{URL: "https://host/v1", Name: "m", Dims: 384, Asked: 384, Prefix: "passage: ", Chars: 2000}
	b := o.Encode()
	got, err := DecodeOutside(b)
	if err != nil || *got != *o || got.ID() != o.ID() || !IsOutside(b) {
		t.Fatalf("%+v, %v", got, err)
	}
	for at := range b {
		damaged := slices.Clone(b)
		damaged[at] ^= 1
		if _, err := DecodeOutside(damaged); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d: %v", at, err)
		}
		if _, err := DecodeOutside(b[:at]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("%d bytes: %v", at, err)
		}
	}
	if _, err := Decode(b); !errors.Is(err, ErrDamaged) {
		t.Errorf("it is read as a learned model: %v", err)
	}
	if _, err := DecodeOutside((&Outside{Dims: 5000, Chars: 1}).Encode()); !errors.Is(err, ErrDamaged) {
		t.Errorf("too many dimensions: %v", err)
	}
}

// All that changes vectors makes another model.
func TestOutsideSame(t *testing.T) {
	o := Outside{URL: "u", Name: "m", Dims: 384, Chars: 2000}
	for i, change := range []func(o *Outside){
		func(o *Outside) { o.URL = "v" }, func(o *Outside) { o.Name = "n" }, func(o *Outside) { o.Dims = 512 },
		func(o *Outside) { o.Asked = 384 }, func(o *Outside) { o.Prefix = "p" }, func(o *Outside) { o.Chars = 1000 },
	} {
		other := o
		change(&other)
		if o.ID() == other.ID() || o.Same(&other) {
			t.Errorf("change %d makes no other model", i)
		}
	}
	unknown := o
	unknown.Dims = 0
	if !o.Same(&unknown) || !unknown.Same(&o) {
		t.Error("a model whose dimensions aren't known yet is another one")
	}
}

func TestPassage(t *testing.T) {
	o := Outside{Prefix: "passage: ", Chars: 20}
	for _, tt := range []struct{ title, body, want string }{
		{"", " ", ""},
		{"A title", "", "passage: A title"},
		{"", "A text", "passage: A text"},
		{"A title ", " a text.", "passage: A title\n\na text."},
		{"A title", "of more than twenty characters", "passage: A title\n\nof more"},
		{"A title", "of twenty wo", "passage: A title\n\nof twenty"},
		{"", strings.Repeat("é", 30), "passage: " + strings.Repeat("é", 20)},
	} {
		if got := o.Passage(tt.title, tt.body); got != tt.want {
			t.Errorf("%q, %q: %q, want %q", tt.title, tt.body, got, tt.want)
		}
	}
	if NewPassageKey("") != (PassageKey{}) || NewPassageKey("a") == NewPassageKey("b") {
		t.Error("keys don't tell texts apart")
	}
}

func TestNewVector(t *testing.T) {
	for _, x := range [][]float32{{}, make([]float32, 16), {float32(math.NaN()), 1}, {float32(math.Inf(1)), 1}} {
		if _, err := NewVector(x); !errors.Is(err, ErrNoDirection) {
			t.Errorf("%v: %v", x, err)
		}
	}
	v, err := NewVector([]float32{3e-9, 4e-9})
	if err != nil || v[0] != 76 || v[1] != 102 {
		t.Errorf("%v, %v", v, err)
	}
}
