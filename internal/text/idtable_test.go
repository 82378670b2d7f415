package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A table says what a map says, also where words find no slot.
func TestIDTable(t *testing.T) {
	some := rapid.OneOf(
		rapid.StringMatching(`[a-z0-9]{1,18}`), rapid.StringMatching(`[A-Za-z]{1,3}`), rapid.String(),
		rapid.SampledFrom([]string{"", "abcdefgh", "abcdefghabcdefgh", "abcdefghabcdefghi", "A", "a"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		var table idTable
		want := map[string]uint32{}
		for i, word := range rapid.SliceOfN(some, 0, 300).Draw(t, "words") {
			if i == 100 && rapid.Bool().Draw(t, "crowded") {
				for i := range table.plain {
					if s := &table.plain[i]; s.low == 0 {
						*s = plainSlot{low: 1, high: 1}
					}
				}
			}
			id, ok := table.id(word)
			if w, known := want[word]; ok != known || id != w {
				t.Fatalf("%q has %d, %v; want %d, %v", word, id, ok, w, known)
			}
			if !ok {
				table.add(word, uint32(i))
				want[word] = uint32(i)
			}
		}
		for word, w := range want {
			if id, ok := table.id(word); !ok || id != w {
				t.Fatalf("%q has %d, %v; want %d", word, id, ok, w)
			}
		}
	})
}

// A slot knows its word.
func TestPlainSlotWord(t *testing.T) {
	for n := 1; n <= 16; n++ {
		word := strings.Repeat("az09", 4)[:n]
		low, high, ok := keyOf(word)
		if s := (plainSlot{low, high, 0}); !ok || s.word() != word {
			t.Errorf("%q is %q", word, s.word())
		}
	}
}

// Texts stay as they were while others come.
func TestTexts(t *testing.T) {
	var all texts
	var got, want []string
	for i := range 5000 {
		s := strings.Repeat(string(rune('a'+i%26)), i%40)
		got, want = append(got, all.clone(s)), append(want, s)
	}
	got, want = append(got, all.clone(strings.Repeat("x", textChunk))), append(want, strings.Repeat("x", textChunk))
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("%q, want %q", got[i], want[i])
		}
	}
}
