package telex

import "testing"

func TestMessages(t *testing.T) {
	for _, tt := range []struct {
		name, content string
		want          []Message
	}{
		{"one", "\x16\x16\x01head\x02text\x03trailer\x7f\x04", []Message{{Head: "head", Text: "text", Trailer: "trailer", Line: 1}}},
		{"two", "\x01a\x02b\x03c\x04\n\x01d\x02e\x03f\x04", []Message{{Head: "a", Text: "b", Trailer: "c", Line: 1}, {Head: "d", Text: "e", Trailer: "f", Line: 2}}},
		{"cut", "\x01a\x02b", []Message{{Head: "a", Text: "b", Line: 1}}},
		{"bare", "a\nb", []Message{{Text: "a\nb", Bare: true, Line: 1}}},
		{"Latin-1", "\x01a\x02Beh\xf6rde am Hafen f\xfcr Gel\xe4nde\x03", []Message{{Head: "a", Text: "Behörde am Hafen für Gelände", Line: 1}}},
		{"UTF-8", "\x01a\x02Behörde\x03", []Message{{Head: "a", Text: "Behörde", Line: 1}}},
		{"controls within", "\x01a\x1fb\x02c\x1ed\x03", []Message{{Head: "a\x1fb", Text: "c\x1ed", Line: 1}}},
	} {
		got, err := Messages([]byte(tt.content))
		if err != nil || len(got) != len(tt.want) {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %+v, want %+v", tt.name, got[i], tt.want[i])
			}
		}
	}
}

func TestDateline(t *testing.T) {
	for text, want := range map[string]string{
		"Berlin (dpa) - Text": "Berlin|dpa", "BUENOS AIRES, Argentina (AP) — Text": "BUENOS AIRES, Argentina|AP", "SAITAMA, Japan, Dec. 9 Kyodo - Text": "SAITAMA, Japan|Kyodo",
		"Paris (ats afp) Les bacs": "Paris|ats afp", "The office (of the harbor) said": "|", "It rained.": "|",
	} {
		if place, agency := Dateline(text); place+"|"+agency != want {
			t.Errorf("%q: %q, %q", text, place, agency)
		}
	}
}

func TestTable(t *testing.T) {
	for line, want := range map[string]string{"\x08Los\x10 Angeles\x1f\x1e 61\x1e \x1e 64": "Los Angeles | 61 | 64", "no table": "no table"} {
		if got := Table(line); got != want {
			t.Errorf("%q: %q", line, got)
		}
	}
}
