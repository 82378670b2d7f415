package extract

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html/charset"
)

// encode puts a text into a character set, for tests.
func encode(t testing.TB, s, name string) []byte {
	t.Helper()
	b, err := encodingOf(name).NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("encode %q in %s: %v", s, name, err)
	}
	return b
}

const (
	german  = "Die Währungshüter in Köln erhöhten überraschend den Leitzins. Größere Sprünge dürfte es nach den Worten des Präsidenten vorerst nicht geben, fügte er hinzu."
	french  = "Le président a été réélu dès le premier tour, après une campagne très disputée à Besançon. L’opposition dénonce une élection truquée."
	russian = "Центральный банк неожиданно повысил ключевую ставку. Аналитики ожидали, что она останется прежней до конца года, и теперь пересматривают прогнозы."
	polish  = "Narodowy Bank Polski niespodziewanie podniósł stopy procentowe. Ekonomiści spodziewali się, że pozostaną one bez zmian aż do końca następnego roku, choć głosów krytyki nie brakowało."
	greek   = "Η κεντρική τράπεζα αύξησε απροσδόκητα τα επιτόκια. Οι αναλυτές περίμεναν ότι θα παραμείνουν αμετάβλητα έως το τέλος του έτους."
	chinese = "中央银行周四意外宣布加息二十五个基点。分析人士此前普遍预计，利率将在年底之前保持不变，市场对此反应强烈。"
	taiwan  = "中央銀行週四意外宣布升息一碼。分析師原本普遍預期，利率在年底之前將維持不變，市場對此反應強烈。"
	japan   = "日本銀行は木曜日、政策金利を予想外に引き上げた。市場関係者の多くは、年末まで据え置かれるとみていた。"
	korea   = "한국은행은 목요일 기준금리를 예상 밖으로 인상했다. 전문가들은 연말까지 금리가 동결될 것으로 내다봤다."
)

func TestDecode(t *testing.T) {
	page := func(charset, text string) string {
		return `<!doctype html><html><head><meta charset="` + charset + `"></head><body><p>` + text + `</p></body></html>`
	}
	utf8Page := page("iso-8859-1", german)
	for _, tc := range []struct {
		name, contentType string
		in                []byte
		want, charset     string
	}{
		{"nothing", "", nil, "", "utf-8"},
		{"ASCII", "", []byte("Rates rose."), "Rates rose.", "utf-8"},
		{"UTF-8", "", []byte(german), german, "utf-8"},
		{"UTF-8 with a mark", "", []byte("\ufeff" + german), german, "utf-8"},
		{"UTF-8 cut within a character", "", []byte(german + "é")[:len(german)+1], german + "\ufffd", "utf-8"},
		{"UTF-8 with one bad byte", "", []byte(russian + "\xff" + russian), russian + "\ufffd" + russian, "utf-8"},
		{"line ends", "", []byte("one\r\ntwo"), "one\ntwo", "utf-8"},

		{"UTF-16 with a mark", "", append([]byte("\xff\xfe"), encode(t, german, "utf-16le")[2:]...), german, "utf-16le"},
		{"UTF-16, big end first, with a mark", "", encode(t, german, "utf-16be"), german, "utf-16be"},
		{"UTF-16 without a mark", "", encode(t, german, "utf-16le")[2:], german, "utf-16le"},
		{"UTF-16, big end first, without a mark", "", encode(t, german, "utf-16be")[2:], german, "utf-16be"},
		{"UTF-32 with a mark", "", encode(t, german, "utf-32le"), german, "utf-32le"},

		{"content type", "text/html; charset=ISO-8859-1", encode(t, german, "windows-1252"), german, "windows-1252"},
		{"content type of a short text", "text/plain; charset=koi8-r", encode(t, "Мир", "koi8-r"), "Мир", "koi8-r"},
		{"content type before meta", "text/html; charset=windows-1251", encode(t, page("koi8-r", russian), "windows-1251"), page("koi8-r", russian), "windows-1251"},
		{"meta", "text/html", encode(t, page("koi8-r", russian), "koi8-r"), page("koi8-r", russian), "koi8-r"},
		{"meta of old", "", encode(t, `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1250"><p>Žluťoučký kůň`, "windows-1250"), `<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1250"><p>Žluťoučký kůň`, "windows-1250"},
		{"XML declaration", "", encode(t, `<?xml version="1.0" encoding="ISO-8859-15"?><p>5 €</p>`, "iso-8859-15"), `<?xml version="1.0" encoding="ISO-8859-15"?><p>5 €</p>`, "iso-8859-15"},
		{"meta that lies", "", []byte(utf8Page), utf8Page, "utf-8"},
		{"content type that lies", "text/html; charset=utf-8", encode(t, german, "windows-1252"), german, "windows-1252"},
		{"content type that cannot be", "text/plain; charset=shift_jis", encode(t, russian, "windows-1251"), russian, "windows-1251"},
		{"content type unknown", "text/plain; charset=x-klingon", []byte(german), german, "utf-8"},
		{"content type broken", "text/plain; charset=\"", []byte(german), german, "utf-8"},
		{"UTF-16 declared in ASCII", "", []byte(`<?xml version="1.0" encoding="utf-16"?><p>x</p>`), `<?xml version="1.0" encoding="utf-16"?><p>x</p>`, "utf-8"},
		{"two characters of GBK that are valid UTF-8", "text/plain; charset=gbk", encode(t, "联通", "gbk"), "联通", "gbk"},
		{"Japanese mail", "", encode(t, japan, "iso-2022-jp"), japan, "iso-2022-jp"},
	} {
		s, cs, err := Decode(tc.in, tc.contentType)
		if s != tc.want || cs != tc.charset || err != nil {
			t.Errorf("%s: Decode = %q, %q, %v, want %q, %q", tc.name, s, cs, err, tc.want, tc.charset)
		}
	}
}

func TestDecodeUndeclared(t *testing.T) {
	for _, tc := range []struct{ charset, text string }{
		{"windows-1252", german},
		{"windows-1252", french},
		{"windows-1252", "The bank’s “surprise” – a rise of ¼ point – cost £5 billion, the café said."},
		{"windows-1252", "caf\u00e9"},
		{"windows-1251", russian},
		{"koi8-r", russian},
		{"iso-8859-5", russian},
		{"ibm866", russian},
		{"windows-1250", polish},
		{"iso-8859-2", polish},
		{"windows-1253", greek},
		{"gb18030", chinese},
		{"big5", taiwan},
		{"shift_jis", japan},
		{"euc-jp", japan},
		{"euc-kr", korea},
	} {
		got, cs, err := Decode(encode(t, tc.text, tc.charset), "")
		if got != tc.text || err != nil {
			t.Errorf("%s read as %s: %q, %v", tc.charset, cs, got, err)
		}
	}
}

// What is guessed must not differ from run to run, nor depend on how much
// ASCII stands before the telling characters.
func TestDetectIsStable(t *testing.T) {
	b := append([]byte(strings.Repeat("Plain words in front. ", 4000)+"\n"), encode(t, french, "windows-1252")...)
	for range 20 {
		if got := detect(b); got != "windows-1252" {
			t.Fatalf("detect = %s", got)
		}
	}
}

func TestIsBinary(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     bool
	}{
		{"nothing", "", false},
		{"text", "Rates rose.\r\n\f\tThe bank said so.", false},
		{"text of a terminal", "\x1b[31mRates rose.\x1b[0m", false},
		{"wire text with control characters", "\x01\x02" + strings.Repeat("Rates rose. ", 10) + "\x03", false},
		{"legacy text", string(encode(t, russian, "koi8-r")), false},
		{"UTF-16 with a mark", string(encode(t, german, "utf-16le")), false},
		{"UTF-16 without a mark", string(encode(t, german, "utf-16be")[2:]), false},
		{"PostScript is text", "%!PS-Adobe-3.0", false},
		{"zip", "PK\x03\x04rest", true},
		{"pdf", "%PDF-1.7\nrest", true},
		{"png", "\x89PNG\r\n\x1a\n", true},
		{"jpeg", "\xff\xd8\xff\xe0", true},
		{"gzip", "\x1f\x8b\x08", true},
		{"zstd", "\x28\xb5\x2f\xfdrest", true},
		{"old office file", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", true},
		{"tar", strings.Repeat("a", 257) + "ustar", true},
		{"a zero byte", "text\x00text", false},
		{"zero bytes", "text\x00\x00\x00text", true},
		{"control characters", "\x01\x02\x03\x04 text", true},
	} {
		if got := IsBinary([]byte(tc.in)); got != tc.want {
			t.Errorf("%s: IsBinary = %t", tc.name, got)
		}
		if _, _, err := Decode([]byte(tc.in), ""); errors.Is(err, ErrBinary) != tc.want {
			t.Errorf("%s: Decode = %v", tc.name, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{german, russian, "\xff\xfea\x00", "\x00a", "\xe9", "<?xml encoding='koi8-r'?>\xc1", "\x1b$B", "\xff\xfe\x00\x00"} {
		f.Add([]byte(s), "")
		f.Add([]byte(s), "text/html; charset=shift_jis")
	}
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		s, cs, err := Decode(b, contentType)
		if err != nil {
			if !errors.Is(err, ErrBinary) || s != "" {
				t.Errorf("Decode(%q) = %q, %v", b, s, err)
			}
			return
		}
		checkClean(t, "text", s)
		if e, _ := charset.Lookup(cs); e == nil && !strings.HasPrefix(cs, "utf-32") {
			t.Errorf("Decode(%q) names %q, which nobody knows", b, cs)
		}
	})
}
