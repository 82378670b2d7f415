package match

import (
	"testing"

	"github.com/newsq/newsq/internal/query"
)

func TestPartWords(t *testing.T) {
	for _, tt := range []struct{ query, want string }{
		{"金正恩为什么害怕马杜罗", "金正恩 害怕 马杜罗"},
		{"(战争 OR 央行上调利率) topic:asia", "(战争 OR 央行 上调 利率) topic:asia"},
		{"央行上调利率 economy", "央行 上调 利率 economy"},
		{"+央行上调利率 economy", "+(央行 上调 利率) economy"},
		{"title:央行上调利率", "title:(央行 上调 利率)"},
		{"央行上调利率^2", "(央行 上调 利率)^2"},
		{"日本銀行が金利を引き上げた理由", "日本銀行 金利 引 上 理由"},
		{"NATO首脳会議の議題", "NATO 首脳会議 議題"},
		{"รัฐบาลประกาศขึ้นภาษี", "รัฐบาล ประกาศ ขึ้น ภาษี"},

		// As they are.
		{"习近平 中央银行 北京", "习近平 中央银行 北京"},
		{"为什么", "为什么"},
		{`"央行上调利率"`, `"央行上调利率"`},
		{"=央行上调利率", "=央行上调利率"},
		{"-央行上调利率 war", "-央行上调利率 war"},
		{"央行上调利率 NEAR/3 war", "央行上调利率 NEAR/3 war"},
		{"央行上调利*", "央行上调利*"},
		{"author:日本銀行が金利", "author:日本銀行が金利"},
		{"김정은이 the U.S.-led force", "김정은이 the U.S.-led force"},
	} {
		n, err := query.Parse(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		before := n.String()
		parted := PartWords(n)
		if got := parted.String(); got != tt.want {
			t.Errorf("%s is %s, want %s", tt.query, got, tt.want)
		}
		if n.String() != before {
			t.Errorf("%s was changed to %s", before, n)
		}
		query.Walk(parted, func(n query.Node) bool {
			if w, ok := n.(query.Word); ok && tt.query[w.Start:w.End] != w.Text && !w.Exact {
				t.Errorf("%s: %s stands at %d to %d", tt.query, w.Text, w.Start, w.End)
			}
			return true
		})
	}
}
