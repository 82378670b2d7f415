package wordbreak

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text"
)

func wordsOf(s string) string {
	var words []string
	for _, w := range Words(s) {
		words = append(words, s[w.Start:w.End])
	}
	return strings.Join(words, " ")
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		// Chinese.
		{"金正恩为什么害怕马杜罗", "金正恩 害怕 马杜罗"},
		{"央行宣布上调利率", "央行 宣布 上调 利率"},
		{"港口工人罢工的原因", "港口 工人 罢工 原因"},
		{"塞尔维亚总统访问克里米亚大桥", "塞尔维亚 总统 访问 克里米亚 大桥"},
		{"欧盟与乌兹别尔克会谈", "欧盟 乌兹 别尔克 会谈"}, // no name that is known
		{"iPhone手机的新功能", "iPhone 手机 新 功能"},
		{"2024年大选结果", "2024 年 大选 结果"},
		{"中美元首会晤", "中美 元首 会晤"},
		{"气候变化", ""},
		{"习近平", ""},
		{"为什么什么的", ""},

		// Japanese.
		{"港の労働者がストライキをした理由", "港 労働者 ストライキ 理由"},
		{"日米首脳会談で関税について協議", "日米 首脳 会談 関税 協議"},
		{"政府はなぜ税金を上げるのか", "政府 税金 上"},
		{"いじめの実態とその対策", "いじめ 実態 対策"},
		{"ｳｸﾗｲﾅの停戦", "ｳｸﾗｲﾅ 停戦"},
		{"コーヒー市場における価格競争", "コーヒー 市場 価格競争"},
		{"発射した", "発射"},
		{"ガザ停戦", "ガザ 停戦"},
		{"港の町", ""},
		{"コンピューター", ""},
		{"まちづくり", ""},

		// Thai.
		{"ทำไมคนงานท่าเรือนัดหยุดงาน", "คนงาน ท่าเรือ นัดหยุดงาน"},
		{"น้ำท่วมภาคใต้", "น้ำท่วม ภาคใต้"},
		{"นายกรัฐมนตรี", ""},

		// Others are not parted.
		{"ປະເທດລາວ", ""},
		{"the U.S.-led force", ""},
		{"서울에서 열린 회의", ""},
		{"", ""},
	} {
		if got := wordsOf(tt.in); got != tt.want {
			t.Errorf("words of %s: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestShortWords(t *testing.T) {
	for in, want := range map[string]string{
		"寻求庇护": "寻求 庇护", "气候变化": "气候 变化", "中央银行": "", "习近平": "", "罢工吗": "罢工", "為替市場": "為替 市場", "停戦の行方": "停戦 行方", "港の町": "",
	} {
		var words []string
		for _, w := range ShortWords(in) {
			words = append(words, in[w.Start:w.End])
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("short words of %s: got %q, want %q", in, got, want)
		}
	}
}

// TestWordsHold: words are whole tokens, in order, apart from each other, whatever
// is read.
func TestWordsHold(t *testing.T) {
	parts := []string{"央行", "上调", "的", "为什么", "ストライキ", "ー", "の", "について", "食べ", "น้ำท่วม", "ๆ", "ກ", "a", "U.S.", " ", "、", "\u200b", "\u0301", "ｶﾞ", "々", "\xff", "🙂", "서울"}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(parts), rapid.String()), 0, 20).Draw(t, "parts"), "")
		var starts, ends []int
		for _, tok := range text.Words(s) {
			starts, ends = append(starts, tok.Start), append(ends, tok.End)
		}
		end := 0
		for _, w := range Words(s) {
			if w.Start < end || w.End <= w.Start || !slices.Contains(starts, w.Start) || !slices.Contains(ends, w.End) {
				t.Fatalf("%q: a word from %d to %d, behind %d", s, w.Start, w.End, end)
			}
			end = w.End
		}
	})
}

func TestDictionaries(t *testing.T) {
	for name, d := range map[string]*dictionary{"zh": chineseDictionary(), "th": thaiDictionary()} {
		var before []byte
		n := 0
		for line := range bytes.Lines(d.lines) {
			word, cost, ok := bytes.Cut(bytes.TrimSuffix(line, []byte("\n")), []byte("\t"))
			if !ok || bytes.Compare(before, word) >= 0 || text.Fold(string(word)) != string(word) {
				t.Fatalf("%s: line %q behind %q", name, line, before)
			}
			if c := len(text.Words(string(word))); c > d.maxWord {
				t.Errorf("%s: %s has %d characters", name, word, c)
			}
			if n++; n%97 == 0 {
				if c, ok := d.cost(word); !ok || c <= 0 || len(cost) == 0 {
					t.Errorf("%s: %s costs %d", name, word, c)
				}
				if _, ok := d.cost(word[:len(word)-1]); ok {
					t.Errorf("%s: half a character of %s is a word", name, word)
				}
			}
			before = word
		}
		if n < 50_000 {
			t.Errorf("%s has %d words", name, n)
		}
		for _, w := range []string{"", "\xff", "a"} {
			if _, ok := d.cost([]byte(w)); ok {
				t.Errorf("%s: %q is a word", name, w)
			}
		}
	}
}

func TestLists(t *testing.T) {
	for _, list := range []map[string]bool{particles(), openers()} {
		for w := range list {
			if n := len(text.Words(w)); n > maxParticle || text.Fold(w) != w {
				t.Errorf("%s, of %d characters", w, n)
			}
		}
	}
}

func BenchmarkWords(b *testing.B) {
	const s = "金正恩为什么害怕马杜罗"
	for b.Loop() {
		Words(s)
	}
}
