package query

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Queries as they are typed and pasted in many scripts.
func TestScripts(t *testing.T) {
	for _, tt := range []struct{ query, want string }{
		{"（北京 OR 上海）导弹", "(北京 OR 上海) 导弹"},
		{"北京 ＯＲ 上海", "北京 OR 上海"},
		{"北京 ＡＮＤ 导弹", "北京 AND 导弹"},
		{"北京 ＮＯＴ 导弹", "北京 -导弹"},
		{"北京　导弹", "北京 导弹"},
		{"title：北京", "title:北京"},
		{"ｔｉｔｌｅ：北京", "title:北京"},
		{"lang:zh 导弹", "lang:zh 导弹"},
		{"ｄａｔｅ：２０２４", "date:2024"},
		{"＂习近平 访问＂", `"习近平 访问"`},
		{"“习近平”", `"习近平"`},
		{"「北朝鮮」 ミサイル", `"北朝鮮" ミサイル`},
		{"『北朝鮮』", `"北朝鮮"`},
		{"《人民日报》", `"人民日报"`},
		{"〈北京〉", `"北京"`},
		{"导弹＊", "导弹*"},
		{"北京，上海。", "北京 上海"},
		{"为什么？", "为什么"},
		{"«Путин и Си»", `"Путин и Си"`},
		{"„Путин“ ‹Си›", `"Путин" "Си"`},
		{"›Krieg‹ »Frieden«", `"Krieg" "Frieden"`},
		{"ما هي أسباب الحرب؟", "ما هي أسباب الحرب"},
		{"الحرب، السلام؛ النفط", "الحرب السلام النفط"},
		{"تهران۔ لاہور", "تهران لاہور"},
		{"भारत। चीन", "भारत चीन"},
		{"title:إيران", "title:إيران"},
		{"title:\u200fإيران", "title:إيران"},
		{"\u200fإيران \u200eNOT\u200f العراق", "إيران -العراق"},
		{"\u202bإيران OR العراق\u202c", "إيران OR العراق"},
		{"\u2067\"حرب غزة\"\u2069", `"حرب غزة"`},
		{"\"\u200fحرب غزة\u200f\"", `"حرب غزة"`},
		{"\u200f-إيران نفط", "-إيران نفط"},
		{"צה\u200f\"ל תקף", `צה\"ל תקף`},
		{"ב\u200eBBC", "בBBC"},
		{"ایران\u00a0OR\u00a0عراق", "ایران OR عراق"},
		{"می\u200cرود", "می\u200cرود"}, // a joiner belongs to the word
		{"(إيران أو العراق) نفط", "(إيران أو العراق) نفط"},
		{"北京|上海", "北京 OR 上海"},
		{"北京｜上海", "北京 OR 上海"},
		{"－北京 导弹", "-北京 导弹"},
		{"ＮＡＴＯ拡大", "NATO拡大"},
	} {
		n, err := Parse(tt.query)
		if err != nil {
			t.Errorf("%s: %v", tt.query, err)
			continue
		}
		if got := n.String(); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.query, got, tt.want)
		}
		if read, _, err := Read(tt.query); err != nil || read.String() != tt.want {
			t.Errorf("%q is read as %v, %v", tt.query, read, err)
		}
	}
}

// Marks of direction and full-width letters change nothing but places, which are those in
// the text as it is typed.
func TestTypedPlaces(t *testing.T) {
	pieces := []string{
		"a", "北京", "OR", "title:", "\"", " ", "(", ")", "-", "ｂ", "ＯＲ", "\u200f", "\u2067", "إيران", "*", "\xff", "、",
	}
	rapid.Check(t, func(t *rapid.T) {
		typed := strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "pieces"), "")
		plain := strings.Map(func(r rune) rune {
			switch {
			case isDirection(r):
				return -1
			case isFullWidth(r):
				return r - '！' + '!'
			}
			return r
		}, strings.ToValidUTF8(typed, " "))
		n, err := Parse(strings.ToValidUTF8(typed, " "))
		want, wantErr := Parse(plain)
		if (err == nil) != (wantErr == nil) || err == nil && n.String() != want.String() {
			t.Fatalf("%q is %v, %v, want %v, %v", typed, n, err, want, wantErr)
		}
		lenient, _ := ParseLenient(typed)
		for _, n := range []Node{n, lenient} {
			Walk(n, func(n Node) bool {
				if start, end := n.Pos(); start < 0 || end < start || end > len(typed) {
					t.Fatalf("%q has %s from %d to %d", typed, n, start, end)
				}
				return true
			})
		}
	})
}

func TestTypingInScripts(t *testing.T) {
	for text, want := range map[string]Typing{
		"ｔｉｔｌｅ：北":       {Start: 0, Field: "title", Value: len("ｔｉｔｌｅ：")},
		"نفط \u200fإير": {Start: len("نفط \u200f"), Value: len("نفط \u200f")},
	} {
		if got := TypingOf(text); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
}
