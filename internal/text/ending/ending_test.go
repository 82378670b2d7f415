package ending

import "testing"

var table = Table{Rules: `
	2  oes>ao nis>nis
	3  en s innen`}

func TestApply(t *testing.T) {
	if why := table.Problem(); why != "" {
		t.Fatal(why)
	}
	for _, tt := range []struct {
		word, stem string
		kept       int // of the stem
	}{
		{"lehrerinnen", "lehrer", 6},
		{"innen", "inn", 3},
		{"den", "den", 3},
		{"eleicoes", "eleicao", 5},
		{"ergebnis", "ergebnis", 8},
		{"autos", "auto", 4},
		{"mao", "mao", 3}, // too short for -oes to stand for -ao
		{"", "", 0},
	} {
		if got := table.Apply(tt.word); got != tt.stem {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.stem)
		}
		if got := table.Kept(tt.stem); got != tt.kept {
			t.Errorf("%q starts with %d bytes of the stem %q, not %d", tt.word, tt.kept, tt.stem, got)
		}
	}
}

// Letters are counted, and not bytes.
func TestApplyOfAnyScript(t *testing.T) {
	table := Table{Rules: `
	2  ами сть>ст
	3  ы ий>ия`}
	if why := table.Problem(); why != "" {
		t.Fatal(why)
	}
	for _, tt := range []struct {
		word, stem string
		kept       int
	}{
		{"выборы", "выбор", 10},
		{"вы", "вы", 4},
		{"кры", "кры", 6},
		{"власть", "власт", 10},
		{"судами", "суд", 6},
		{"россий", "россия", 10}, // of и and й, which are alike in their first byte
	} {
		if got := table.Apply(tt.word); got != tt.stem {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.stem)
		}
		if got := table.Kept(tt.stem); got != tt.kept {
			t.Errorf("%q starts with %d bytes of the stem %q, not %d", tt.word, tt.kept, tt.stem, got)
		}
	}
}

func TestFleeting(t *testing.T) {
	f := Fleeting{Vowels: "ое", Before: "кц", Consonants: "нкр"}
	for _, tt := range []struct {
		stem, want string
		kept       int
	}{
		{"рынок", "рынк", 6},
		{"рынк", "рынк", 6},
		{"конец", "конц", 6},
		{"урок", "урк", 4}, // nothing tells it from rynok
		{"нок", "нок", 6},  // too short
		{"поток", "поток", 10},
		{"к", "к", 2},
		{"", "", 0},
	} {
		if got := f.Drop(tt.stem); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.stem, got, tt.want)
		}
		if got := f.Kept(tt.want); got != tt.kept {
			t.Errorf("words of the stem %q start with %d bytes of it, not %d", tt.want, tt.kept, got)
		}
	}
}

func TestTableProblem(t *testing.T) {
	for _, bad := range []string{"0 s", "-1 s", "3 s>sch", "3 s\n2 s>s", "s", "3 x1", "3 s>5"} {
		if (&Table{Rules: bad}).Problem() == "" {
			t.Errorf("%q has no problem", bad)
		}
	}
	if why := (&Table{Rules: "5 s\n2 es"}).Problem(); why != "" {
		t.Error(why)
	}
}

func TestForms(t *testing.T) {
	forms := Forms{Words: `
		firma: firmen
		geb: gab gegeben`}
	if why := forms.Problem(); why != "" {
		t.Fatal(why)
	}
	for _, tt := range []struct{ word, stem string }{{"gab", "geb"}, {"gegeben", "geb"}, {"firmen", "firma"}, {"firma", ""}, {"", ""}, {"zoo", ""}} {
		if got := forms.Stem(tt.word); got != tt.stem {
			t.Errorf("%q: got %q, want %q", tt.word, got, tt.stem)
		}
	}
	if got := forms.Kept("geb"); got != 1 {
		t.Errorf("%d letters of geb start gab and gegeben", got)
	}
	if got := forms.Kept("zoo"); got != 3 {
		t.Errorf("%d letters of zoo start its words", got)
	}
	for _, bad := range []string{"a: a a", "a: b", "a", ": a"} {
		if (&Forms{Words: bad}).Problem() == "" {
			t.Errorf("%q has no problem", bad)
		}
	}
}

func TestUndoubled(t *testing.T) {
	for word, want := range map[string]string{"bakk": "bak", "all": "all", "free": "free", "": "", "bakken": "bakken"} {
		if got := Undoubled(word, Consonants); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}

func TestIsLetters(t *testing.T) {
	for word, want := range map[string]bool{"haus": true, "": false, "f16": false, "o'brien": false, "дом": false} {
		if got := IsLetters(word); got != want {
			t.Errorf("%q: got %v", word, got)
		}
	}
}
