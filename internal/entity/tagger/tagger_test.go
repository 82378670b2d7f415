package tagger

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found returns the names of fields as KIND:name.
func found(fields ...string) []string {
	in := make([]Field, len(fields))
	for i, f := range fields {
		in[i].Text = f
	}
	names := []string{}
	for _, s := range New().Tag(nil, in...) {
		names = append(names, s.Kind.String()+":"+fields[s.Field][s.Start:s.End])
	}
	return names
}

func TestTag(t *testing.T) {
	for _, tt := range []struct {
		text string
		want string // separated by a bar
	}{
		{"", ""},
		{"nothing is named here, and nobody.", ""},
		{"President Barack Obama met Angela Merkel in Berlin on Monday.", "person:Barack Obama|person:Angela Merkel|place:Berlin"},
		{"The United Nations said U.S. officials were told.", "organization:United Nations|place:U.S."},
		{"Mr Quist and Sen. Adeyemi-Larsson left with Lt. Gov. Ruiz.", "person:Quist|person:Adeyemi-Larsson|person:Ruiz"},
		{"Donald Trump Jr. was told. This was new.", "person:Donald Trump Jr."},
		{"OBAMA: U.S. WILL NOT SEND TROOPS TO SYRIA", "person:OBAMA|place:U.S.|place:SYRIA"},
		{"“We will not go,” said Mr. Kim’s lawyer, Maria Okafor.", "person:Kim|person:Maria Okafor"},
	} {
		want := []string{}
		if tt.want != "" {
			want = strings.Split(tt.want, "|")
		}
		if diff := cmp.Diff(want, found(tt.text)); diff != "" {
			t.Errorf("%s\n-want +got:\n%s", tt.text, diff)
		}
	}
}

// TestTagFields holds that spans are of their field, in order, and that memory from one
// article doesn't show in the next.
func TestTagFields(t *testing.T) {
	tagger := New()
	fields := []Field{{Text: "Talks in Berlin"}, {Text: "Angela Merkel spoke in Berlin.\n\nShe left for Paris."}}
	want := tagger.Tag(nil, fields...)
	if len(want) < 3 {
		t.Fatalf("found %v", want)
	}
	for i, s := range want {
		if s.Start >= s.End || s.End > len(fields[s.Field].Text) || s.Margin <= 0 {
			t.Errorf("span %+v", s)
		}
		if i > 0 && (s.Field < want[i-1].Field || s.Field == want[i-1].Field && s.Start < want[i-1].End) {
			t.Errorf("span %+v behind %+v", s, want[i-1])
		}
	}
	tagger.Tag(nil, Field{Text: strings.Repeat("John Smith of Boston met Ann Lee. ", 300)})
	if diff := cmp.Diff(want, tagger.Tag(nil, fields...)); diff != "" {
		t.Errorf("the second time\n%s", diff)
	}
}

func TestTokenize(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Korea's U.S.'s dogs' don't", "Korea 's U.S. 's dogs ' don 't"},
		{"O’Brien and D'Amato, of AT&T Corp.", "O’Brien and D'Amato , of AT&T Corp."},
		{"He met J. Smith. It cost 1,000.50, or 3.5%.", "He met J. Smith . It cost 1,000.50 , or 3.5 % ."},
		{"Obama-era -- U.S.-led “deal”—no", "Obama-era -- U.S.-led “ deal ” — no"},
		{"in Washington, D.C.", "in Washington , D.C."},
		{"a\u00a0b\u200bc", "a b c"},
	} {
		var got []string
		for _, tk := range tokenize(nil, tt.text, 0, len(tt.text)) {
			got = append(got, tt.text[tk.start:tk.end])
		}
		if g := strings.Join(got, " "); g != tt.want {
			t.Errorf("%q: %s\nwant %s", tt.text, g, tt.want)
		}
	}
}

// FuzzTag holds that spans are in order and lie on borders of characters, whatever the text.
func FuzzTag(f *testing.F) {
	f.Add("U.S. \xff\xfe 'S Kim’s -- Jr.\n\nA.B.C.")
	f.Add("ЁЖ'S 北京 Île-de-France’s & Co.")
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, tk := range tokenize(nil, s, 0, len(s)) {
			if int(tk.start) < end || tk.end <= tk.start {
				t.Fatalf("token %d:%d behind %d", tk.start, tk.end, end)
			}
			end = int(tk.end)
		}
		if end > len(s) {
			t.Fatalf("token ends at %d of %d", end, len(s))
		}
		New().Tag(nil, Field{Text: s})
	})
}

// TestSums holds packed sums to plain ones, at both ends of what weights may be.
func TestSums(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		var s sums
		var want [2 * labels]int32
		for range 1 + random.IntN(maxAdded) {
			var p packed
			for l := range want {
				w := int8(random.IntN(256) - 128)
				if random.IntN(3) > 0 {
					w = 127
				}
				p.set(l, w)
				if p.at(l) != w {
					t.Fatalf("weight %d is %d", w, p.at(l))
				}
				want[l] += int32(w)
			}
			s.add(&p)
		}
		first, second := s.rows()
		if diff := cmp.Diff(want[:], append(first[:], second[:]...)); diff != "" {
			t.Fatal(diff)
		}
	}
}

// TestSum holds sums that use those of words to the sums of all features, in an article with
// several styles and words that stand in several forms.
func TestSum(t *testing.T) {
	const article = "Kim MEETS Moon in Oslo, SAYS OSLO PAPER\n\nMr. Kim of Oslo met O'Brien and O’Brien.\n" +
		"Oslo was glad, Moon Said To Kim And Everybody Else There. “Kim, Kim,” said Île Ltd. of U.S. fame.\nKim 1 Moon 2 G7 3"
	tagger := New()
	for range 2 { // the second time all words are known
		tagger.Tag(nil, Field{Text: "Kim"}, Field{Text: article})
		d := &tagger.doc
		d.fields = []Field{{Text: "Kim"}, {Text: article}}
		for j := range d.runs {
			r := &d.runs[j]
			p := place{d, &d.sentences[r.sentence], r, 0}
			for p.i = r.first; p.i < r.end; p.i++ {
				var want sums
				for _, f := range tagger.extract.first(&p) {
					if w := tagger.model.find(f); w != nil {
						want.add(w)
					}
				}
				if got := tagger.sum(&p); *got != want {
					t.Errorf("token %d: %v, want %v", p.i, got, want)
				}
			}
		}
	}
}
