package text

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text/texttest"
)

const (
	someEnglish = "The minister said on Monday that the talks had been moved to the autumn because of the elections. The opposition called for a new date to be named before the end of the month, and said that it would not wait any longer than that."
	someGerman  = "Der Minister sagte am Montag, dass die Gespräche wegen der Wahl in den Herbst verlegt worden sind. Die Opposition kritisierte das und verlangte, dass noch in diesem Monat ein neuer Termin genannt wird. Eine Antwort gab es bis zum Abend nicht."
	someRussian = "Министр сказал в понедельник, что переговоры из-за выборов перенесены на осень. Оппозиция раскритиковала это решение и потребовала назвать новую дату."
	someChinese = "部长星期一表示，由于选举，会谈已推迟到秋季。反对党批评了这一决定，并要求在本月底之前公布新的日期。直到晚上都没有人回答记者的问题。警察封锁了通往港口的所有道路，船只只能在海上等待。"
)

func TestDetectSections(t *testing.T) {
	halfGerman := strings.SplitAfterN(someGerman, ". ", 2)
	for _, tt := range []struct {
		name, language string
		paragraphs     []string
		want           string // tag and paragraphs of each part
	}{
		{"one language", "en", []string{someEnglish, someEnglish}, ""},
		{"two languages", "en", []string{someEnglish, someGerman, someEnglish}, "de 1-1"},
		{"at the end", "en-GB", []string{someEnglish, someGerman, someRussian}, "de 1-1 ru 2-2"},
		{"at the start", "de", []string{someEnglish, someGerman}, "en 0-0"},
		{"short lines between", "en", []string{someEnglish, halfGerman[0], "* * *", halfGerman[1], "Ende", someEnglish}, "de 1-3"},
		{"too little", "en", []string{someEnglish, halfGerman[0], someEnglish}, ""},
		{"a quotation", "en", []string{someEnglish + " “" + halfGerman[0] + "” " + someEnglish}, ""},
		{"close languages", "nb", []string{"Havnen i byen har været lukket siden mandag, og ingen ved, hvornår skibene kan sejle igen. Ministeren sagde, at regeringen vil se på sagen efter ferien, men hun ville ikke sige noget om, hvad det kommer til at koste."}, ""},
		{"no language", "", []string{someEnglish, someGerman}, "de 1-1"},
		{"a language that can't be told", "lb", []string{someGerman, someEnglish}, ""},
		{"a script of one language", "zh", []string{someChinese, someEnglish, someChinese}, "en 1-1"},
		{"another one", "en", []string{someEnglish, someChinese}, "zh 1-1"},
		{"names", "en", []string{someEnglish, strings.Repeat("Giovanni Rossi, Milano; Hans Müller, Köln; Pierre Dupont, Lyon; ", 6)}, ""},
		{"figures", "en", []string{strings.Repeat("12,5 % 2024 -- 300.000; ", 20), someEnglish}, ""},
	} {
		body := strings.Join(tt.paragraphs, "\n\n")
		var got []string
		for _, part := range DetectSections(tt.language, body) {
			first := strings.Count(body[:part.Start], "\n\n")
			last := first + strings.Count(body[part.Start:part.End], "\n\n")
			got = append(got, part.Tag, string(rune('0'+first))+"-"+string(rune('0'+last)))
		}
		if got := strings.Join(got, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// Parts are in order, apart from each other, whole paragraphs, and long enough.
func TestDetectSectionsSpans(t *testing.T) {
	paragraphs := rapid.SampledFrom([]string{someEnglish, someGerman, someRussian, someChinese, "", "\n", "short", "\xff\xfe", "12 34"})
	rapid.Check(t, func(r *rapid.T) {
		body := strings.Join(rapid.SliceOfN(paragraphs, 0, 8).Draw(r, "paragraphs"), "\n\n")
		end := 0
		for _, part := range DetectSections(rapid.SampledFrom([]string{"en", "de", "", "zh", "xx"}).Draw(r, "language"), body) {
			if part.Start < end || part.End-part.Start < minForeign || part.End > len(body) || part.Tag == "" {
				r.Fatalf("%+v of %q", part, body)
			}
			if part.Start > 0 && !strings.HasSuffix(body[:part.Start], "\n\n") || part.End < len(body) && !strings.HasPrefix(body[part.End:], "\n\n") {
				r.Fatalf("%+v cuts a paragraph of %q", part, body)
			}
			end = part.End
		}
	})
}

// TestRealDataSections holds how many articles of one language are said to have
// parts in another one. Some do.
func TestRealDataSections(t *testing.T) {
	const most = 0.003
	articles, mixed := 0, 0
	for _, r := range texttest.Collection(t, "allsides", 64<<20) {
		articles++
		if parts := DetectSections("en", r.Text); len(parts) > 0 {
			mixed++
			t.Logf("%s: %.60q", parts[0].Tag, r.Text[parts[0].Start:parts[0].End])
		}
	}
	t.Logf("%d of %d articles have a part in another language", mixed, articles)
	if float64(mixed) > most*float64(articles) {
		t.Errorf("%d of %d articles have a part in another language", mixed, articles)
	}
}

func BenchmarkDetectSections(b *testing.B) {
	body := strings.TrimSuffix(strings.Repeat(someEnglish+"\n\n", 20), "\n\n")
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		DetectSections("en", body)
	}
}
