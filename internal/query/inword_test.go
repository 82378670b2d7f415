package query

import (
	"errors"
	"reflect"
	"testing"
)

// TestInvisible: characters that nobody sees are no part of the word that they were
// copied with, and part words only where a script has no other space.
func TestInvisible(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Velyn\u200bskyy", "Velynskyy"},
		{"inter\u2060national court", "international court"},
		{"BOM\ufeffinside", "BOMinside"},
		{"\ufeffsanctions\u200b", "sanctions"},
		{"a\u200b\u2060\ufeffb", "ab"},
		{"=Velyn\u200bskyy", "=Velynskyy"},
		{`"Velyn` + "\u200b" + `skyy spoke"`, `"Velynskyy spoke"`},
		{"title:Velyn\u200bskyy", "title:Velynskyy"},
		{"topic:north\u200b_korea", "topic:north_korea"},
		{"Velyn\u200bsk*", "Velynsk*"},
		{"Velyn\u200bsky~1", "Velynsky~1"},
		{"F\u2060-\u206016", "F-16"},
		{"北\u200b京", "北京"},
		{"Київ\u200bська", "Київська"},
		{"one \u200b two\u200b three", "one two three"},
		{"end\u200b (next)", "end next"},
		{"รัฐบาล\u200bประชุม", "รัฐบาล ประชุม"},
		{"រដ្ឋ\u200bសភា", "រដ្ឋ សភា"},
		{"รัฐบาล\u2060ประชุม", "รัฐบาลประชุม"},
		{`"รัฐบาล` + "\u200b" + `ประชุม"`, `"รัฐบาล ประชุม"`},
	} {
		n, err := Parse(tt.in)
		if err != nil || n.String() != tt.want {
			t.Errorf("Parse(%q) = %v, %v, want %s", tt.in, n, err, tt.want)
			continue
		}
		checkTree(t, tt.in, n)
	}
}

func TestHebrewAbbreviations(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Node
	}{
		{`צה"ל`, Word{Text: `צה"ל`}},
		{`=צה"ל`, Word{Text: `צה"ל`, Exact: true}},
		{`צה”ל`, Word{Text: `צה”ל`}},
		{`צה״ל`, Word{Text: "צה״ל"}},
		{`דו"חות`, Word{Text: `דו"חות`}},
		{`צה"ל ארה"ב`, And{Operands: []Node{Word{Text: `צה"ל`}, Word{Text: `ארה"ב`}}, Bare: true}},
		{`title:רה"מ`, Field{Name: "title", Operand: Word{Text: `רה"מ`}}},
		{`title:(רה"מ)`, Field{Name: "title", Operand: Word{Text: `רה"מ`}}},
		{`"דובר צה"ל אמר"`, Phrase{Text: `דובר צה"ל אמר`}},
		{`"נשיא ארה"ב"`, Phrase{Text: `נשיא ארה"ב`}},
		{`"ראש הממשלה"`, Phrase{Text: "ראש הממשלה"}},
		{`ב"הארץ" נכתב`, And{Operands: []Node{Word{Text: "ב"}, Phrase{Text: "הארץ"}, Word{Text: "נכתב"}}, Bare: true}},
	} {
		n, err := Parse(tt.in)
		if err != nil {
			t.Errorf("Parse(%s): %v", tt.in, err)
			continue
		}
		if got := withoutPlace(n); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Parse(%s) = %#v, want %#v", tt.in, got, tt.want)
		}
		checkTree(t, tt.in, n)
	}
	for _, in := range []string{`"north gate`, `north"gate`, `"ראש הממשלה`, `שלום "צה"ל`} {
		var mistake *SyntaxError
		if _, err := Parse(in); !errors.As(err, &mistake) {
			t.Errorf("Parse(%s) is no mistake: %v", in, err)
		}
	}
}

func TestInitials(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"J. D. Varley", "J.D. Varley"},
		{"W. E. B. Du Lac", "W.E.B. Du Lac"},
		{"Varley, J. D.", "Varley J.D."},
		{"j.  d. varley", "j.d. varley"},
		{"В. В. Орлов", "В.В. Орлов"},
		{"EE. UU. y JJ. OO.", "EE.UU. y JJ.OO."},
		{"AA. J. Smith AA. OK BB. C", "AA J Smith AA OK BB C"},
		{"=J. D. Varley", "=J.D. Varley"},
		{"title:J. D. Varley", "title:J.D. Varley"},
		{"(J. D. OR Varley)", "J.D. OR Varley"},
		{"J. D.^2 Varley", "J.D.^2 Varley"},
		{`"J. D. Varley"`, `"J. D. Varley"`},
		{"J.D. Varley", "J.D. Varley"},
		{"J. Varley", "J Varley"},
		{"plan B. Then", "plan B Then"},
		{"plan B C. D", "plan B C D"},
		{"J. D.Varley", "J D.Varley"},
		{"J. AND D.", "J AND D"},
		{"J. —D. Varley", "J D Varley"},
		{"the U.S. J. D. Varley", "the U.S. J.D. Varley"},
		{"U.S. K. x", "U.S. K x"},
		{"A. B. C. D. E. F. G. H. x", "A.B.C.D.E.F. G.H. x"},
	} {
		n, err := Parse(tt.in)
		if err != nil || n.String() != tt.want {
			t.Errorf("Parse(%s) = %v, %v, want %s", tt.in, n, err, tt.want)
			continue
		}
		checkTree(t, tt.in, n)
	}
}
