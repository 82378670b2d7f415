package rtftext

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/paragraph"
)

func texts(content string) []string {
	var list []string
	for p := range New([]byte(content)).Paragraphs() {
		list = append(list, p.Text)
	}
	return list
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs", `{\rtf1\ansi One.\par Two.}`, "One.|Two."},
		{"a paragraph for each group", `{\rtf1 {\pard One.\par}` + "\r\n" + `{\pard Two.\par}}`, "One.|Two."},
		{"line break of TextEdit", "{\\rtf1 One.\\\nTwo.\\\r\n\\\nThree.}", "One.|Two.||Three."},
		{"tabs and lines", `{\rtf1 a\tab b\line c\par}`, "a\tb\nc"},
		{"source is broken anywhere", "{\\rtf1 Har\r\nbour clo\nsed.}", "Harbour closed."},
		{"braces", `{\rtf1 a \{b\} \\c}`, `a {b} \c`},
		{"dashes and quotes", `{\rtf1 \ldblquote a\rdblquote\emdash b\rquote s\~c\_d\-e}`, "“a”—b’s c-de"},
		{"western", `{\rtf1\ansi\ansicpg1252 caf\'e9 \'93x\'94}`, "café “x”"},
		{"central european document", `{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fnil Arial;}}\f0 \'c8l\'e1nek}`, "Článek"},
		{"font goes before document", `{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fnil\fcharset238 Arial;}}\f0 \'c8l\'e1nek}`, "Článek"},
		{"western among others", `{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset238 A;}{\f1\fcharset0 B;}}\f0\'e8\f1\'e8}`, "čè"},
		{"charset 0 alone says nothing", `{\rtf1\ansi\ansicpg1251{\fonttbl\f0\fswiss\fcharset0 Helvetica;}\f0 \'cc\'e8\'f0}`, "Мир"},
		{"cyrillic bytes", "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\f0 \xcc\xe8\xf0}", "Мир"},
		{"UTF-8 that nobody declares", "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset238 A;}}\\f0 \u010cl\u00e1nek \\'e8}", "Článek č"},
		{"font in a group", `{\rtf1\ansi{\fonttbl{\f0 A;}{\f1\fcharset204 B;}}{\f1 \'cc\'e8\'f0} \'e9}`, "Мир é"},
		{"japanese", `{\rtf1\ansi{\fonttbl{\f0\fcharset128 M;}}\f0 \'82\'a0\'83\'5c}`, "あソ"},
		{"japanese, second half as a letter", `{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b\'82\'cc\'83\\}`, "日本のソ"},
		{"chinese", `{\rtf1\ansi\ansicpg936 \'d6\'d0\'b9\'fa}`, "中国"},
		{"taiwan", `{\rtf1\ansi{\fonttbl{\f0\fcharset136 M;}}\f0 \'a4\'a4}`, "中"},
		{"korean", `{\rtf1\ansi{\fonttbl{\f0\fcharset129 M;}}\f0 \'c7\'d1\'b1\'b9}`, "한국"},
		{"johab", `{\rtf1\ansi{\fonttbl{\f0\fcharset130 M;}}\f0 \'88\'61\'d0\'65\'8a\'82a}`, "가한국a"},
		{"greek by code page", `{\rtf1\ansi{\fonttbl{\f0\cpg1253 M;}}\f0 \'c1}`, "Α"},
		{"mac", `{\rtf1\mac caf\'8e}`, "café"},
		{"dos", `{\rtf1\pca caf\'82}`, "café"},
		{"font table without groups", `{\rtf1\ansi{\fonttbl\f0\fswiss\fcharset0 H;\f1\fcharset204 T;}\f1 \'cc}`, "М"},
		{"unicode with its stand-in", `{\rtf1\ansi\uc1 Washington\u8217's \u353\'9a.}`, "Washington’s š."},
		{"unicode without", `{\rtf1\ansi{\uc0 \u353 \u269 x}\u353?y}`, "šč" + "xšy"},
		{"unicode with two", `{\rtf1\ansi\uc2 \u12354\'82\'a0\u12356\'82\'a2}`, "あい"},
		{"negative unicode", `{\rtf1\ansi \u-10179 ?\u-8704 ?}`, "😀"},
		{"half a pair", `{\rtf1\ansi \u-10179 ?x}`, "x"},
		{"stand-in ends with the group", `{\rtf1\ansi {\u353}x}`, "šx"},
		{"bullet of a font of pictures", `{\rtf1\ansi{\fonttbl{\f0 A;}{\f3\fcharset2 Symbol;}}{\f3\'b7} x \u61623?y}`, "• x •y"},
		{"headers and footers", `{\rtf1{\header The Daily Post\par}{\footerl Page \chpgn\par}Text.{\footer x}}`, "Text."},
		{"comments and unknown", `{\rtf1 a{\*\annotation no}{\*\atnid x}{\*\LXNComment 1826}b{\*\unheard {of}\par}}`, "ab"},
		{"pictures", `{\rtf1 a{\*\shppict{\pict\pngblip 8950}}{\nonshppict{\pict 00}}{\pict\bin4 }}\ab}}`, "a"},
		{"picture in binary", `{\rtf1 a{\pict\bin5 }}{{\}b}`, "ab"},
		{"hidden and deleted", `{\rtf1 a{\v no}\v no\v0 b{\deleted no}{\revised c}}`, "abc"},
		{"index entries", `{\rtf1 a{\xe{\v Harbour}}{\tc x}b}`, "ab"},
		{"field", `{\rtf1 See {\field{\*\fldinst HYPERLINK "http://example.org/"}{\fldrslt here}}.}`, "See here."},
		{"field in a field", `{\rtf1 {\field{\*\fldinst IF {\field{\*\fldinst X}{\fldrslt y}}}{\fldrslt z}}.}`, "z."},
		{"bullets", `{\rtf1 {\listtext\'b7\tab}One\par{\pntext 2.\tab}Two\par}`, "One|Two"},
		{"mail made of HTML", `{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf{\htmlrtf0 Text\htmlrtf\par}\htmlrtf0}`, "Text"},
		{"text for two readers", `{\rtf1 {\upr{no?\'8a}{\*\ud{\u353 ?}}}!}`, "š!"},
		{"notes come last", `{\rtf1 One{\footnote A note.\par}{\footnote Another.} two.\par Three.}`, "One two.|Three.|A note.|Another."},
		{"boxes", `{\rtf1{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}{\shprslt{\*\do\dptxbxtext no\par}}}Text.{\shp{\*\shpinst{\shptxt Box 2.\par}}}\par}`, "In a box.|Text.|Box 2."},
		{"nothing behind the end", `{\rtf1 a}{\rtf1 b}` + "\x00", "a"},
		{"styles are no text", `{\rtf1{\stylesheet{\fs20 \snext0 Normal;}{\s1 heading 1;}{\*\cs10 Strong;}}a}`, "a"},
		{"tables of lists", `{\rtf1{\*\listtable{\list\listname x;}}{\*\listoverridetable}{\*\rsidtbl \rsid1}{\*\generator P;}a}`, "a"},
		{"cut", `{\rtf1 One.\par Tw`, "One.|Tw"},
		{"text form", "{\\rtf1 a\x00b}", "ab"},
	} {
		if got := strings.Join(texts(c.in), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestForm(t *testing.T) {
	const doc = `{\rtf1\ansi{\stylesheet{\fs24 Normal;}{\s1\outlinelevel0\b\fs32 heading 1,Kapitel;}{\s15 Title;}{\*\cs10 Strong;}}` +
		`\pard\plain\s15\qc Report\par\pard\plain\s1\b\fs32 Part\par\pard\plain Some {\b bold} text\par{\b All {\i bold}}\par` +
		`\pard\plain\outlinelevel1 Own level\par\pard{\*\bkmkstart _Toc1}{\*\bkmkend _Toc1}x` +
		`{\field{\*\fldinst{ HYPERLINK \\l "there" }}{\fldrslt{\b y}}}\par\page Next\par}`
	var got []paragraph.Paragraph
	for p := range New([]byte(doc)).Paragraphs() {
		got = append(got, p)
	}
	want := []paragraph.Paragraph{
		{Text: "Report", Style: "title", Centered: true, Size: 12},
		{Text: "Part", Style: "heading 1", Level: 1, Bold: true, Size: 16},
		{Text: "Some bold text", Style: "normal", Size: 12},
		{Text: "All bold", Style: "normal", Size: 12, Bold: true},
		{Text: "Own level", Style: "normal", Size: 12, Level: 2},
		{Text: "xy", Style: "normal", Size: 12, Bookmarks: []string{"_Toc1"}, Links: []paragraph.Link{{Text: "y", Target: "#there"}}},
		{Text: "Next", Style: "normal", Size: 12, Break: true},
	}
	if len(got) != len(want) {
		t.Fatalf("%d paragraphs, want %d: %+v", len(got), len(want), got)
	}
	for i := range got {
		if got[i].Text != want[i].Text || got[i].Style != want[i].Style || got[i].Level != want[i].Level || got[i].Bold != want[i].Bold ||
			got[i].Size != want[i].Size || got[i].Centered != want[i].Centered || got[i].Break != want[i].Break ||
			!slices.Equal(got[i].Links, want[i].Links) || !slices.Equal(got[i].Bookmarks, want[i].Bookmarks) {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

func TestTable(t *testing.T) {
	const doc = `{\rtf1 Before\par\trowd\cellx1\cellx2\pard\intbl HD\cell Two\par lines\cell\row\intbl SN\cell\cell\row\pard Between\par` +
		`\trowd\pard\intbl A{\nestcell\nestrow}B\cell\row}`
	var got []string
	for p := range New([]byte(doc)).Paragraphs() {
		got = append(got, strings.Join([]string{p.Text, string(rune('0' + p.Table)), string(rune('0' + p.Row)), string(rune('0' + p.Cell))}, " "))
	}
	want := []string{"Before 0 0 0", "HD 1 1 1", "Two 1 1 2", "lines 1 1 2", "SN 1 2 1", " 1 2 2", "Between 0 0 0", "A 2 1 1", "B 2 1 1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestProperties(t *testing.T) {
	d := New([]byte(`{\rtf1\ansi\ansicpg1250{\info{\title DANE WNIOSKODAWCY \'9a}{\author{\uc1\u321\'a3} Nowak}{\operator X}{\*\company Y}` +
		`{\keywords a, b}{\creatim\yr2020\mo1\dy16\hr11\min43}{\revtim\yr2020\mo13\dy1}{\nofpages3}}{\*\generator Msftedit 5.41;}Text}`))
	for p := range d.Paragraphs() {
		if p.Text != "Text" {
			t.Errorf("text is %q", p.Text)
		}
	}
	p := d.Properties
	if p.Title != "DANE WNIOSKODAWCY š" || p.Author != "Ł Nowak" || p.LastAuthor != "X" || p.Company != "Y" || p.Program != "Msftedit 5.41" ||
		!slices.Equal(p.Keywords, []string{"a", "b"}) || !p.Created.Equal(time.Date(2020, 1, 16, 11, 43, 0, 0, time.UTC)) || !p.Modified.IsZero() || d.Cut {
		t.Errorf("properties are %+v, cut %v", p, d.Cut)
	}
	d = New([]byte(`{\rtf1 a{\b b`))
	for range d.Paragraphs() {
	}
	if !d.Cut {
		t.Error("a file that is cut was not told")
	}
}

// What is read stays within bounds, whatever is written.
func TestBounds(t *testing.T) {
	deep := strings.Repeat("{", 200_000) + `x` + strings.Repeat("}", 200_000)
	for _, s := range []string{
		`{\rtf1 ` + deep + `}`, `{\rtf1 ` + strings.Repeat("{", 100_000), `{\rtf1\bin99999999999999 x}`, `{\rtf1\u99999999999 x\uc999999 \u1 y}`,
		`{\rtf1` + strings.Repeat(`{\footnote `, 1000) + "x", `{\rtf1{\fonttbl` + strings.Repeat(`{\f1\f2;`, 1000),
		`{\rtf1 ` + strings.Repeat(`{\field{\*\fldinst HYPERLINK "x"}{\fldrslt y`, 1000),
	} {
		n := 0
		for range New([]byte(s)).Paragraphs() {
			n++
		}
		if n > 2000 {
			t.Errorf("%d paragraphs of %.20q", n, s)
		}
	}
}

// A reader that has enough is not called again.
func TestStop(t *testing.T) {
	for p := range New([]byte(`{\rtf1 a\par b{\footnote n}\par c}`)).Paragraphs() {
		if p.Text != "a" {
			t.Errorf("%q was handed on", p.Text)
		}
		break
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add([]byte(`{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset128 A;}}{\stylesheet{\s1 heading 1;}}{\info{\title T}}\s1\f0 \'82\'a0{\footnote x}\trowd\intbl a\cell\row\u353?\par}`))
	f.Add([]byte(`{\rtf1{\field{\*\fldinst HYPERLINK "x"}{\fldrslt y}}{\shp{\*\shpinst{\shptxt z}}}{\upr{a}{\*\ud b}}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		size := 0
		for p := range New(content).Paragraphs() {
			size += len(p.Text)
		}
		if size > 4*len(content) {
			t.Errorf("%d bytes of text from %d", size, len(content))
		}
	})
}
