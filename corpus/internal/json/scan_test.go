package json

import (
	stdjson "encoding/json"
	"errors"
	"strings"
	"testing"
)

// What encoding/json accepts, scanner accepts, and reads the same.
func TestScan(t *testing.T) {
	for _, s := range scanSeeds {
		compareScan(t, []byte(s))
	}
}

var scanSeeds = []string{
	`{"a": [1, -2.5e+10, "x\ny\"\\\/\u00e9\ud83d\ude00", true, false, null, {}, []]}`,
	`"\ud800"`, `"\ud800\u0041"`, `"\udc00\ud800"`, `"\u12"`, `"\x"`, `"`, `"\`, `"a\"`, `"a\\"`, `"\\\""`,
	`01`, `1.`, `.5`, `-`, `1e`, `1e+`, `-0`, `0.0e-0`, `truE`, `nul`, `nulll`, `{"a":1,}`, `[1,]`, `{,}`, `{"a"}`, `{"a":1 "b":2}`, `[1 2]`,
	` [ ] `, "", "[", "{", `{"a":`, "\xff", "\"\xff\"", `{"\u0061": 1, "a": "2"}`, `1 2`, `[[[]]]]`,
}

func FuzzScan(f *testing.F) {
	for _, s := range scanSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(compareScan)
}

func compareScan(t *testing.T, b []byte) {
	s := scanner{b: b}
	err := s.skip()
	accepted := err == nil && s.next() == 0 && s.i == len(b)
	if !stdjson.Valid(b) {
		if accepted && !strings.ContainsFunc(string(b), func(r rune) bool { return r < ' ' }) &&
			!strings.Contains(string(b), "NaN") && !strings.Contains(string(b), "Infinity") {
			t.Errorf("%q was accepted", b)
		}
		return
	}
	if !accepted {
		if !errors.Is(err, errDepth) {
			t.Errorf("%q: %v at byte %d", b, err, s.i)
		}
		return
	}
	var want string
	if stdjson.Unmarshal(b, &want) != nil {
		return
	}
	s.reset(b)
	if s.next() != '"' {
		return // null
	}
	got, err := s.str()
	if err != nil || strings.ToValidUTF8(string(got), "\ufffd") != strings.ToValidUTF8(want, "\ufffd") && !strings.Contains(want, "\ufffd") {
		t.Errorf("%q: %q and %v, want %q", b, got, err, want)
	}
}
