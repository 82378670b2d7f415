package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCharacters(t *testing.T) {
	for _, tt := range []struct {
		in, want string // the words of a text, the first characters of pairs apart
	}{
		{"习近平在北京。", "习|近 近|平 平|在 在|北 北|京 京"},
		{"北京，上海", "北|京 京 上|海 海"},
		{"北 京", "北 京"},
		{"北京NATO会议", "北|京 京 nato 会|议 议"},
		{"ｶﾞｽ事件", "ガ|ス ス|事 事|件 件"},
		{"人々はコーヒーを", "人|々 々|は は|コ コ|ー ー|ヒ ヒ|ー ー|を を"},
		{"กำลัง", "ก|ำ ำ|ลั ลั|ง ง"},
		{"รัฐ\u200bบาล", "รั|ฐ ฐ|บ บ|า า|ล ล"},
		{"北\u0301京🙂京", "北\u0301|京 京 🙂 京"},
		{"서울 한국", "서울 한국"},
	} {
		var got []string
		for _, tok := range tokensOf(tt.in) {
			first := FirstCharacter(tok.Word)
			if rest := tok.Word[len(first):]; rest != "" {
				if Characters(tok.Word) != 2 || Characters(rest) != 1 {
					t.Errorf("%q: %q and %q", tok.Word, first, rest)
				}
				first += "|" + rest
			}
			got = append(got, first)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("words of %q: got %q, want %q", tt.in, s, tt.want)
		}
	}
}

// TestLongCharacters: what a pair may not hold is a character by itself, and no mark
// stops the cutting.
func TestLongCharacters(t *testing.T) {
	for _, s := range []string{
		"北" + strings.Repeat("\u0344", 126) + "京",
		"北" + strings.Repeat("\u0301", 120) + "京" + strings.Repeat("\u0301", 120),
		strings.Repeat("北\u0344", 300),
	} {
		check(t, s)
	}
}

// TestPlainPair: a plain pair is what any text is cut into, with the word as it stands
// there.
func TestPlainPair(t *testing.T) {
	for r := rune(0); r <= 0xFFFF; r++ {
		if s := string(r); isPlainSolo(r) && (Fold(s) != s || classOf(r) != solo || len(s) != plainBytes) {
			t.Fatalf("%U folds to %q, of class %d", r, Fold(s), classOf(r))
		}
	}
	parts := []string{"北", "京", "が", "゙", "ー", "々", "ｶ", "ﾞ", "ก", "a", "\u0301", "\u200d", "\ufe00", "。", "\xe5", "\x8c", " ", "한", "🙂", "龍", "㐀"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 8).Draw(t, "s"), "")
		for i := range s {
			first, second, n := plainPair(s, i)
			if n == 0 {
				continue
			}
			end, next := wordAt(s, i)
			if word := string([]rune{first, second}); s[i:end] != word || next != i+n || foldWord(s[i:end]) != word {
				t.Fatalf("%q at %d: %q", s, i, word)
			}
			slot := plainSlot{low: pairKey(first, second)}
			if slot.word() != s[i:end] {
				t.Fatalf("the key of %q is of %q", s[i:end], slot.word())
			}
		}
	})
}
