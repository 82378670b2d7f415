package stated

import (
	"reflect"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

func TestParseLength(t *testing.T) {
	for _, tt := range []struct {
		s          string
		n          int
		characters bool
	}{
		{"3362 words", 3362, false},
		{"490  words", 490, false},
		{"1,234 words", 1234, false},
		{"1.285 Wörter", 1285, false},
		{"877 W\ufffdrter", 877, false},
		{"295 mots", 295, false},
		{"1 234 mots", 1234, false},
		{"584 palabras", 584, false},
		{"12 parole", 12, false},
		{"12 woorden", 12, false},
		{"8165 字", 8165, true},
		{"733文字", 733, true},
		{"words", 0, false},
		{"12", 0, false},
		{"12 pages", 0, false},
		{"about 12 words", 0, false},
	} {
		if l, _ := ParseLength(tt.s); l.N != tt.n || l.Characters != tt.characters {
			t.Errorf("ParseLength(%q) = %v", tt.s, l)
		}
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		length, text, title string
		told                bool
	}{
		{"1000 words", strings.Repeat("word ", 950), "", false},
		{"1000 words", strings.Repeat("word ", 890), "", true},
		{"1000 words", strings.Repeat("word ", 890), strings.Repeat("word ", 20), false},
		{"1000 words", strings.Repeat("word ", 1200), "", false},
		{"1000 words", strings.Repeat("word ", 1300), "", true},
		{"10 words", strings.Repeat("word ", 35), "", false},
		{"500 字", strings.Repeat("海峡轮渡，", 100), "", false},
		{"500 字", strings.Repeat("海峡轮渡，", 60), "", true},
		{"100 字", strings.Repeat("word ", 100), "", false},
		{"500 字", strings.Repeat("word ", 100), "", true},
		{"100 words", "เรือข้ามฟากกลับมาแล้ว", "", false},
		{"250 words", strings.Repeat("海峡轮渡，", 100), "", false},
		{"1000 words", strings.Repeat("海峡轮渡，", 100), "", true},
	} {
		var rec record.Record
		l, ok := ParseLength(tt.length)
		if !ok {
			t.Fatal(tt.length)
		}
		l.Check(&rec, tt.text, tt.title)
		if got := len(rec.Problems) > 0; got != tt.told {
			t.Errorf("%s for %d bytes: %v", tt.length, len(tt.text), rec.Problems)
		}
	}
}

func TestByline(t *testing.T) {
	for _, tt := range []struct{ s, outlet, want string }{
		{"CHRIS DOE  cdoe@example.com, 608-555-0198", "Example Journal", "CHRIS DOE"},
		{"Ann Roe, The Example Herald, Clinton, N.C.", "Example Herald (Clinton, North Carolina)", "Ann Roe"},
		{"By Ann Roe and Jo Doe, The Example Sun", "The Example Sun", "By Ann Roe and Jo Doe"},
		{" By Ann Roe  and Jo Doe   Example Beach Post Staff Writers", "Example Beach Post (Florida)", "By Ann Roe and Jo Doe"},
		{"Ann Roe;and reported by Jo Doe;Mary\nMajor", "", "Ann Roe; Jo Doe; Mary Major"},
		{"Ann Roe, theguardian.example", "", "Ann Roe"},
		{"Ann Roe Staff writer", "", "Ann Roe"},
		{"Okoye, A.B.", "", "Okoye, A.B."},
		{"The Example Herald, Ann Roe", "Example Herald", "Ann Roe"},
		{"Ann Roe (roe@example.com); JO DOE jo@example.com", "", "Ann Roe; JO DOE"},
		{"VON ANNA MUSTER", "", "ANNA MUSTER"},
		{"VON DER FELD", "", "VON DER FELD"},
		{"Ann Roe, Jo Doe", "", "Ann Roe, Jo Doe"},
		{"表太郎", "", "表太郎"},
		{"Example Press", "The Example Herald", "Example Press"},
		{"", "", ""},
	} {
		if got := Byline(tt.s, tt.outlet); got != tt.want {
			t.Errorf("Byline(%q) = %q, want %q", tt.s, got, tt.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for s, want := range map[string]string{
		"ENGLISH": "en", "Englisch": "en", "Anglais": "en", "英文": "en", "FRENCH": "fr", "Französisch": "fr", "Deutsch": "de", "Tedesco": "de",
		"简体中文": "zh-Hans", "Chinesisch (vereinfacht)": "zh-Hans", "Chinese (Simplified)": "zh", "Chinesisch": "zh", "Русский": "ru",
		"Russisch": "ru", "ENGLISH; FRENCH": "en", "Klingon": "Klingon", "": "",
	} {
		if got := Language(s); got != want {
			t.Errorf("Language(%q) = %q, want %q", s, got, want)
		}
	}
	for code, want := range map[string]string{"en": "en", "de": "de", "zhcn": "zh-CN", "zhtw": "zh-TW", "xx": ""} {
		if got := LanguageOfClass(code); got != want {
			t.Errorf("LanguageOfClass(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestList(t *testing.T) {
	for s, want := range map[string][]string{
		"FERRIES (90%); HARBORS & PORTS (78%)":                                               {"FERRIES", "HARBORS & PORTS"},
		"NORTHPORT, NY, USA (73%) NEW YORK, USA (92%); MAINE, USA (90%) UNITED STATES (92%)": {"NORTHPORT, NY, USA", "NEW YORK, USA", "MAINE, USA", "UNITED STATES"},
		"Paris (France) (90%)":   {"Paris (France)"},
		"Growth of 5 (%) in May": {"Growth of 5 (%) in May"},
		"; ;":                    nil,
	} {
		if got := List(s); !reflect.DeepEqual(got, want) {
			t.Errorf("List(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestLines(t *testing.T) {
	var out readertest.Output
	var l Lines
	for i := range MaxLines + 5 {
		if got := l.Add(&out, i); got != (i < MaxLines) {
			t.Fatalf("line %d: %v", i, got)
		}
	}
	if len(out.Faults) != 1 || l.Stopped {
		t.Errorf("told %v", out.Faults)
	}
	if l.Reset(); !l.Add(&out, 1) {
		t.Error("the next article has no lines")
	}
}
