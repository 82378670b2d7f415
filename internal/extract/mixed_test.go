package extract

import (
	"strings"
	"testing"
)

// A text in UTF-8 with lines in an older character set, or with stray bytes.
func TestDecodeMixture(t *testing.T) {
	in := func(set, s string) string { return string(encode(t, s, set)) }
	spanish := "El año pasado, según el señor Núñez, la inflación subió."
	quotes := "The bank’s board met. It said “no”, and left it at that.\n"
	for _, tc := range []struct{ name, in, want string }{
		{"a line of windows-1252", german + "\n" + in("windows-1252", spanish), german + "\n" + spanish},
		{"the line comes first", in("windows-1252", spanish) + "\n\n" + french, spanish + "\n\n" + french},
		{"a short line", french + "\n" + in("windows-1252", "Été à Évian") + "\n" + french, french + "\nÉté à Évian\n" + french},
		{"more old bytes than UTF-8", quotes + in("windows-1252", french+french+french), quotes + french + french + french},
		{"a line of Windows quotes", french + "\n" + in("windows-1252", "“Rien” – dit-il"), french + "\n“Rien” – dit-il"},
		{"a line of windows-1251", russian + "\n" + in("windows-1251", russian), russian + "\n" + russian},
		{"Russian in an English text", quotes + in("windows-1251", russian), quotes + russian},
		{"a line of KOI8", russian + "\n" + in("koi8-r", russian), russian + "\n" + russian},
		{"a line of windows-1250", polish + "\n" + in("windows-1250", polish), polish + "\n" + polish},
		{"a line of Greek", greek + "\n" + in("windows-1253", greek), greek + "\n" + greek},
		{"a line of GBK", chinese + "\n" + in("gbk", chinese), chinese + "\n" + chinese},
		{"a line of Shift JIS", japan + "\n" + in("shift_jis", japan), japan + "\n" + japan},
		{"within one line", "Le président a réélu l’Élysée, d\xe9j\xe0 vu, où l’œuvre naît.", "Le président a réélu l’Élysée, déjà vu, où l’œuvre naît."},
		{"a byte in a long text", strings.Repeat(french+"\n", 20) + "Une p\xe9niche.", strings.Repeat(french+"\n", 20) + "Une péniche."},
		{"a byte that fits nowhere", russian + "\xff" + russian, russian + "\ufffd" + russian},
		{"with a mark", "\ufeffThe café\nThe caf\xe9", "The café\nThe café"},
		{"a page that is declared in the old set", `<meta charset="iso-8859-1"><p>` + french + "\n<p>d\xe9j\xe0 vu", `<meta charset="iso-8859-1"><p>` + french + "\n<p>déjà vu"},
		{"a page that is declared UTF-8", `<meta charset="utf-8"><p>` + quotes + "<p>" + in("windows-1252", german), `<meta charset="utf-8"><p>` + quotes + "<p>" + german},
	} {
		got, cs, err := Decode([]byte(tc.in), "")
		if got != tc.want || cs != utf8Name || err != nil {
			t.Errorf("%s: Decode = %q, %s, %v\nwant %q", tc.name, got, cs, err, tc.want)
		}
	}
}

// What is in one old character set throughout is no mixture, though some
// sequences in it are valid UTF-8.
func TestDecodeNoMixture(t *testing.T) {
	for _, tc := range []struct{ set, text string }{
		{"windows-1252", french + "\n" + german + "\nRates rose.\n" + french},
		{"windows-1250", "SPÓŁKA\nZarząd spółki z Łodzi ogłosił wyniki. SPÓŁKA rośnie.\n" + polish},
		{"windows-1251", russian + "\nДа.\nНЕТ\n" + russian},
		{"ibm866", russian + "\nравно\nработа\n" + russian},
		{"gb18030", strings.Repeat(chinese+"\n一\n人民\n", 20)},
		{"big5", strings.Repeat(taiwan+"\n一\n", 20)},
		{"shift_jis", strings.Repeat(japan+"\n一\n", 20)},
		{"euc-jp", strings.Repeat(japan+"\n中\n", 20)},
		{"euc-kr", strings.Repeat(korea+"\n는\n", 20)},
	} {
		got, cs, err := Decode(encode(t, tc.text, tc.set), "")
		if got != tc.text || cs == utf8Name || err != nil {
			t.Errorf("%s: Decode = %q, %s, %v", tc.set, got, cs, err)
		}
	}
}

func TestDecodeZeros(t *testing.T) {
	long := strings.Repeat("Rates rose again. ", 20)
	for _, tc := range []struct{ in, want string }{
		{"rates\x00rose", "rates rose"},
		{long + "\x00" + long, long + " " + long},
		{long + "\x00\x00\nThe end.", long + "  \nThe end."},
		{"The café\x00" + long, "The café " + long},
		{"caf\xe9\x00" + long, "café " + long},
		{long + strings.Repeat("\x00", 100), long + strings.Repeat(" ", 100)},
	} {
		if got, _, err := Decode([]byte(tc.in), ""); got != tc.want || err != nil {
			t.Errorf("Decode(%q) = %q, %v", tc.in, got, err)
		}
	}
	for _, in := range []string{
		"\x00", "\x00\x00\x00\x00", "\x00\x01\x00\x00\x00\x0fglyf", "\x00asm\x01\x00\x00\x00", "text" + strings.Repeat("\x00", 5000),
		"RIFF\x24\x08\x00\x00 data", long + strings.Repeat("\x00", 10_000),
	} {
		if !IsBinary([]byte(in)) {
			t.Errorf("%.20q is taken for text", in)
		}
	}
}
