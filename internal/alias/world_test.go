package alias

import (
	"cmp"
	"encoding/binary"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"github.com/newsq/newsq/internal/analysis"
)

// TestWorldIndex holds world/index.bin to the files beside it; -update writes it.
func TestWorldIndex(t *testing.T) {
	want := makeWorldIndex()
	if *update {
		if err := os.WriteFile("world/index.bin", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(want) != worldIndex {
		t.Error("world/index.bin is not that of the files; run go test ./internal/alias -run WorldIndex -update")
	}
}

// makeWorldIndex returns the index of the names of all things.
func makeWorldIndex() []byte {
	type record struct{ hash, place uint32 }
	var records []record
	eachThing(func(t thing, place uint32) {
		for n := range t.names {
			records = append(records, record{hashOf(loose(n.text)), place})
		}
	})
	slices.SortFunc(records, func(a, b record) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.place, b.place))
	})
	var b []byte
	for _, r := range slices.Compact(records) {
		b = binary.BigEndian.AppendUint32(b, r.hash)
		b = binary.BigEndian.AppendUint32(b, r.place)
	}
	return b
}

// eachThing calls f with the line of each thing and its place.
func eachThing(f func(t thing, place uint32)) {
	for i := range worldFiles {
		offset := 0
		for line := range strings.Lines(worldFile(i)) {
			if text := strings.TrimSuffix(line, "\n"); text != "" && text[0] != '#' {
				f(thing(text), uint32(i<<offsetBits|offset))
			}
			offset += len(line)
		}
	}
}

// Every name is found by its words, unless it is never asked for.
func TestWorldNames(t *testing.T) {
	lines := map[string]bool{}
	eachThing(func(line thing, _ uint32) {
		english, _ := line.cut()
		if lines[english] {
			t.Errorf("%s stands in two lines", english)
		}
		lines[english] = true
		for n := range line.names {
			checkWorldName(t, line, n)
		}
	})
	if len(lines) < 500 {
		t.Errorf("there are %d things", len(lines))
	}
}

func checkWorldName(t *testing.T, line thing, n worldName) {
	name := newName(english, n.text)
	switch {
	case name.len() == 0 || name.len() > 3*maxWords || strings.TrimSpace(n.text) != n.text || strings.ContainsAny(n.text, `"*()（）`):
		t.Errorf("%q is no name: %s", n.text, line)
		return
	case !n.isNameAs(name.key, n.text):
		return // never asked for
	}
	if !slices.Contains(thingsNamed(english, name.key, n.text), line) {
		t.Errorf("%q does not find %s", n.text, line)
	}
	for tag := range strings.SplitSeq(n.langs, ",") {
		if _, err := language.Parse(tag); err != nil && n.langs != "" {
			t.Errorf("%s: %q is no language: %v", line, tag, err)
		}
	}
}

// Names of one language find those of others in the languages of the articles.
func TestExpandInLanguages(t *testing.T) {
	tests := []struct{ tags, query, want string }{
		{"", "Путин", "Путин OR =Putin^0.7"},
		{"", "Германия", "Германия OR =Germany^0.7 OR German^0.6"},
		{"", "Alemania elecciones", "(Alemania OR =Germany^0.7 OR German^0.6) elecciones"},
		{"", "ООН", `ООН OR "United Nations"^0.7`},
		{"", "普京", "普京 OR =Putin^0.7"},
		{"", "بوتين", "بوتين OR =Putin^0.7"},
		{"", "پوتین", "پوتین OR =Putin^0.7"},
		{"", "习近平", `习近平 OR "Xi Jinping"^0.7`},
		{"", "Путин Макрон", "(Путин OR =Putin^0.7) (Макрон OR =Macron^0.7)"},
		{"", "germany", "germany OR German^0.6"},
		{"", "vladimir putin", "vladimir putin"},
		{"", "onu biliyor", "onu biliyor"},
		{"", "island nations", "island nations"},
		{"", `"Путин" =Путин`, `"Путин" =Путин`},
		{"tr", "Moskova", "Moskova OR =Moscow^0.7"},
		{"tr", "Moscow", "Moscow OR Moskova^0.7"},
		{"tr", "Germany", "Germany OR German^0.6 OR =Almanya^0.7 OR =Almanya'nın^0.7 OR =Almanya'da^0.7 OR =Almanya'ya^0.7 OR =Almanya'dan^0.7"},
		{"tr", "Путин", "Путин OR =Putin^0.7 OR Putin^0.7"},
		{"tr", "saudi arabia oil", "(saudi arabia OR =KSA^0.7 OR Saudi^0.6 OR =Riyadh^0.4 OR (Suudi ADJ/1 Arabistan)^0.7) oil"},
		{"tr", "island nations", "island nations"},
	}
	for _, tt := range tests {
		languages := slices.Clone(inEnglish)
		for tag := range strings.FieldsSeq(tt.tags) {
			languages = append(languages, analysis.Of(tag))
		}
		n, _ := Starter().Expand(languages, parseQuery(t, tt.query))
		if got := unwrapped(n).String(); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.query, got, tt.want)
		}
	}
}

// A file of its own has the names in other languages if it says so, without those that it
// leaves out.
func TestParseLanguages(t *testing.T) {
	for _, tt := range []struct {
		file, query string
		found       int
	}{
		{"aliases: []\n", "Путин", 0},
		{"languages: starter\n", "Путин", 1},
		{"languages: starter\nwithout: [Путин]\n", "Путин", 0},
		{"languages: starter\nwithout: [Putin]\n", "Путин", 0},
		{"extends: starter\nwithout: [Путин, Pyongyang]\n", "Путин", 0},
		{"extends: starter\n", "Путин", 1},
	} {
		table := parseTable(t, tt.file)
		for _, table := range []*Table{table, parseTable(t, string(table.YAML()))} {
			if _, uses := table.Expand(inEnglish, parseQuery(t, tt.query)); len(uses) != tt.found {
				t.Errorf("%q: %s has %d uses, want %d", tt.file, tt.query, len(uses), tt.found)
			}
		}
	}
	for _, file := range []string{"languages: all\n", "languages: starter\nwithout: [Nowhere]\n"} {
		if _, err := Parse(english, []byte(file), "names.yaml"); err == nil {
			t.Errorf("%q is read", file)
		}
	}
}
