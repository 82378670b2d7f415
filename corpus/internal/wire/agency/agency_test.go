package agency

import (
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/extract"
)

func TestOutlet(t *testing.T) {
	for _, tt := range []struct {
		provider string
		names    []string
		want     string
	}{
		{"dpa.com", []string{"dpa"}, "dpa"},
		{"coastwire.example", []string{"Coast Wire"}, "Coast Wire"},
		{"coastwire.example", []string{"Harbor Magazine, LLC"}, "coastwire.example"},
		{"coastwire.example", []string{"", "COASTWIRE"}, "COASTWIRE"},
		{"", []string{"", "Coast Wire"}, "Coast Wire"},
		{"STT", []string{"STT–"}, "STT"},
		{"", nil, ""},
	} {
		if got := Outlet(tt.provider, tt.names...); got != tt.want {
			t.Errorf("%q %q: %q, want %q", tt.provider, tt.names, got, tt.want)
		}
	}
}

func TestStatus(t *testing.T) {
	for s, want := range map[string]string{
		"stat:usable": "", "": "", "Usable": "", "stat:canceled": "canceled", "Canceled": "canceled", "CANCELLED": "canceled", "stat:withdrawn": "withdrawn",
		"http://cv.iptc.org/newscodes/pubstatusg2/withheld": "withheld", "Withheld": "withheld",
	} {
		if got := Status(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestEmbargo(t *testing.T) {
	sent := time.Date(2026, 1, 11, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		line, language string
		want           string // empty: no embargo; "?": the end is not known
	}{
		{"EMBARGOED UNTIL 0600 GMT, Monday, January 12", "en", "2026-01-12T06:00:00Z"},
		{"EMBARGOED UNTIL 0600 GMT", "en", "2026-01-11T06:00:00Z"},
		{"Embargoed until January 12, 2026, 6 p.m.", "en", "2026-01-12T18:00:00Z"},
		{"Eds: Embargoed until 6 p.m. EST January 12, 2026.", "en", "2026-01-12T23:00:00Z"},
		{"EMBARGOED UNTIL FURTHER NOTICE", "en", "?"},
		{"NOT FOR PUBLICATION BEFORE 0001 GMT Jan 12", "en", "2026-01-12T00:01:00Z"},
		{"Sperrfrist: 12. Januar 2026, 18 Uhr", "de", "2026-01-12T18:00:00Z"},
		{"SPERRFRIST 12.01.2026 18.00 Uhr", "de", "2026-01-12T18:00:00Z"},
		{"(Achtung: Sperrfrist: 12. Januar 2026, 18 Uhr)", "de", "2026-01-12T18:00:00Z"},
		{"Sous embargo jusqu'au 12 janvier 2026 à 18h", "fr", "2026-01-12T18:00:00Z"},
		{"EMBARGO: 0600 GMT", "en", "2026-01-11T06:00:00Z"},
		{"Embargo: what an end of it would mean", "en", ""},
		{"The report was embargoed until Monday.", "en", ""},
		{"Oil embargo enters its third week", "en", ""},
		{"Sperrfristen sollen fallen", "de", ""},
		{"not for publication in 2026", "en", ""},
	} {
		until, ok := Embargo(tt.line, tt.language, sent)
		got := ""
		switch {
		case ok && until.IsZero():
			got = "?"
		case ok:
			got = until.UTC().Format(time.RFC3339)
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.line, got, tt.want)
		}
	}
}

func TestKilled(t *testing.T) {
	for line, want := range map[string]string{
		"BC-US--Harbor Fire, KILL":          "BC-US--Harbor Fire",
		"BC-US--Harbor Fire, Kill":          "BC-US--Harbor Fire",
		"MANDATORY KILL: Harbor fire":       "Harbor fire",
		"WITHDRAWN: Harbor fire spreads":    "Harbor fire spreads",
		"STORY KILLED - Harbor fire":        "Harbor fire",
		"ANNULATION: Incendie au port":      "Incendie au port",
		"Incendie au port (ANNULATION)":     "Incendie au port",
		"Three killed in harbor fire":       "-",
		"Harbor fire: three killed":         "-",
		"To kill a bird, a play in the pub": "-",
		"The offer was withdrawn":           "-",
		"Kill the bill, harbor workers say": "-",
		"BC-US--Road Crash, Three Killed":   "-",
	} {
		rest, ok := Killed(line)
		if !ok {
			rest = "-"
		}
		if rest != want {
			t.Errorf("%q: %q, want %q", line, rest, want)
		}
	}
}

func TestTakesBack(t *testing.T) {
	for note, want := range map[string]string{
		"Achtung Redaktionen: Die Meldung «Brand im Hafen» (dpa 0123) wird zurückgezogen.": "0123",
		"Achtung: Bitte verwenden Sie die Meldung nicht mehr. Sie wird zurückgezogen.":     "",
		"ATTENTION EDITORS: The story slugged BC-Harbor-Fire (w2870) is withdrawn.":        "w2870",
		"EDITORS: Please kill BC-US--Harbor Fire, w2870. The quotes are not authentic.":    "w2870",
		"Eds: With AP Photos.":                                   "-",
		"Die Klage wird zurückgezogen, sagte die Anwältin.":      "-",
		"The bill has been withdrawn, a spokeswoman said.":       "-",
		"Attention turned to the harbor, where a ship had sunk.": "-",
	} {
		numbers, ok := TakesBack(note)
		got := strings.Join(numbers, " ")
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", note, got, want)
		}
	}
}

func TestForbidsAI(t *testing.T) {
	for terms, want := range map[string]bool{
		"No part may be used for AI training or machine learning.":                                    true,
		"Use for text and data mining is prohibited.":                                                 true,
		"Text und Data Mining ist vorbehalten. Die Nutzung für künstliche Intelligenz ist untersagt.": true,
		"tdm-reservation: 1":                   true,
		"noai":                                 true,
		"Not for AI training.":                 true,
		"Not to be used for machine learning.": true,
		"The rights holder reserves the use of the text for generative AI.":           true,
		"Not for resale. Our editors cover artificial intelligence.":                  false,
		"This material may not be published, broadcast, rewritten or redistributed.":  false,
		"A company that is not listed trains large language models; its shares rose.": false,
		"AI training is permitted.": false,
	} {
		if got := ForbidsAI(terms); got != want {
			t.Errorf("%q: %v, want %v", terms, got, want)
		}
	}
}

func TestEdition(t *testing.T) {
	for _, tt := range []struct {
		slug    string
		version int
		rest    string
	}{
		{"BC-US--Harbor Fire", 1, "BC-US--Harbor Fire"},
		{"BC-US--Harbor Fire, 1st Ld-Writethru", 2, "BC-US--Harbor Fire"},
		{"BC-US--Harbor Fire, 2nd Ld", 3, "BC-US--Harbor Fire"},
		{"BC-BKN--Harbor-Fire 10thLd-Writethru", 11, "BC-BKN--Harbor-Fire"},
		{"1ST LEAD", 2, ""},
		{"Lead 2", 3, ""},
		{"UPDATE 2", 3, ""},
		{"BC-US--Leadership Race", 1, "BC-US--Leadership Race"},
	} {
		if version, rest := Edition(tt.slug); version != tt.version || rest != tt.rest {
			t.Errorf("%q: %d %q, want %d %q", tt.slug, version, rest, tt.version, tt.rest)
		}
	}
}

func TestNames(t *testing.T) {
	for s, want := range map[string]string{
		"By Ada Okoye": "Ada Okoye", "BY ADA OKOYE": "ADA OKOYE", "Von Jan de Wit, dpa": "Jan de Wit", "gr/bp": "", "hh": "", "By Staff Reporter": "",
		"Mia Lund / Fakta.example": "Mia Lund", "By The Associated Press": "", "By dpa correspondents": "", "Jordan Press": "Jordan Press", "By Ada Okoye =": "Ada Okoye",
	} {
		if got := Names(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestTidy(t *testing.T) {
	rec := &record.Record{}
	var blocks []extract.Block
	for _, s := range []string{
		"By Ada Okoye", "HARBOR (Coast) - The ferries sail again after nine days\nof wind, the harbor office said on Monday morning, and\nwill do so until spring.",
		"___", "One table\nof short\nlines", "<div class=\"x\"></div>", "\u00a0", "The end of it.", "hh/ph/ts",
	} {
		blocks = append(blocks, extract.Block{Text: s})
	}
	var got []string
	for _, b := range Tidy(rec, blocks) {
		got = append(got, b.Text)
	}
	want := "HARBOR (Coast) - The ferries sail again after nine days of wind, the harbor office said on Monday morning, and will do so until spring.|One table\nof short\nlines|The end of it."
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%q, want %q", s, want)
	}
	if a := rec.First(record.Authors); a != "Ada Okoye" {
		t.Errorf("author %q", a)
	}
	for _, s := range []string{"dpa geh yyth a3 hgo", "AAP RTV ar", "==Kyodo", "(SDA/sj)", "/ritzau/", "ends", "-ends-"} {
		if got := Tidy(rec, []extract.Block{{Text: "Text."}, {Text: s}}); len(got) != 1 {
			t.Errorf("%q is kept", s)
		}
	}
	for _, s := range []string{"Nobody was hurt.", "It rained in May", "USA Today reported it."} {
		if got := Tidy(rec, []extract.Block{{Text: "Text."}, {Text: s}}); len(got) != 2 {
			t.Errorf("%q is gone", s)
		}
	}
}
