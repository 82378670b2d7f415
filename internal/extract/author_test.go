package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestSplitAuthors(t *testing.T) {
	for in, want := range map[string]string{
		"Ada Okoye":                            "Ada Okoye",
		"By Ada Okoye and Per Lindqvist":       "Ada Okoye|Per Lindqvist",
		"Von Ada Okoye und Per Lindqvist, dpa": "Ada Okoye|Per Lindqvist|dpa",
		"Ada Okoye (aok), Per Lindqvist (pl)":  "Ada Okoye|Per Lindqvist",
		"José Ortega y Gasset":                 "José Ortega y Gasset",
		"Marta Ruiz y Juan Peña":               "Marta Ruiz|Juan Peña",
		"Ada Okoye, ada okoye":                 "Ada Okoye",
		"Ada Okoye, harbour.example":           "Ada Okoye",
		"harbour.example":                      "harbour.example",
		"https://harbour.example/ada":          "",
		"ada@harbour.example":                  "",
		"Ada Okoye, professor of history at the university of the harbour": "Ada Okoye",
		"12345": "",
		"":      "",
	} {
		if got := strings.Join(new(resolver).splitAuthors([]string{in}, false), "|"); got != want {
			t.Errorf("splitAuthors(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestSplitAuthorsRoles(t *testing.T) {
	for in, want := range map[string]string{
		// Degrees and suffixes.
		"Ada Okoye, MD":                       "Ada Okoye",
		"Ada Okoye, M.D., Ph.D.":              "Ada Okoye",
		"Ada Okoye, MD, Per Lindqvist, PhD":   "Ada Okoye|Per Lindqvist",
		"Luther Kane, Jr.":                    "Luther Kane",
		"Luther Kane Jr., Esq. and Ada Okoye": "Luther Kane Jr|Ada Okoye",
		"Ada Okoye, MA (Hons)":                "Ada Okoye",
		"Ada Okoye, Dipl.-Ing.":               "Ada Okoye",
		"Ada Okoye, BSc MSc":                  "Ada Okoye",
		"Okoye, MD":                           "Okoye",
		"Li Na, Ma":                           "Li Na|Ma", // a family, no degree

		// What they do, and where.
		"By Ada Okoye, Foreign Correspondent":                             "Ada Okoye",
		"Ada Okoye, Professor of History, University of the Harbour":      "Ada Okoye",
		"Ada Okoye, Senior Fellow, Harbour Institute":                     "Ada Okoye",
		"Ada Okoye, Political Editor, and Per Lindqvist, Chief Reporter":  "Ada Okoye|Per Lindqvist",
		"Ada Okoye | Diplomatic Editor":                                   "Ada Okoye",
		"Ada Okoye – Head of Research at the bank":                        "Ada Okoye",
		"Ada Okoye, Professor of History and Political Science":           "Ada Okoye",
		"Ada Okoye, Political Editor and Per Lindqvist":                   "Ada Okoye|Per Lindqvist",
		"Ada Okoye, Auslandskorrespondentin":                              "Ada Okoye",
		"Ada Okoye, Vice President, Harbour Bank Institute":               "Ada Okoye",
		"Ada Okoye, Moscow Bureau Chief, and Li Na":                       "Ada Okoye|Li Na",
		"Ada Okoye, grand reporter":                                       "Ada Okoye",
		"Ada Okoye, maître de conférences à Rennes":                       "Ada Okoye",
		"Ada Okoye, former Deputy Governor":                               "Ada Okoye",
		"Ada Okoye, caporedattore":                                        "Ada Okoye",
		"Анна Окунева, специальный корреспондент":                         "Анна Окунева",
		"Ada Okoye, Minister Per van der Lind":                            "Ada Okoye|Minister Per van der Lind",
		"By Ada Okoye, Nairobi":                                           "Ada Okoye",
		"Ada Okoye, Warszawa, and Per Lindqvist, Washington D.C.":         "Ada Okoye|Per Lindqvist",
		"Ada Okoye in Beijing and Per Lindqvist in Washington":            "Ada Okoye|Per Lindqvist",
		"Ada Okoye, Chief Economist, Harbour Bank":                        "Ada Okoye",
		"Ada Okoye, Chief Economist, Per Lindqvist":                       "Ada Okoye|Per Lindqvist",
		"Ada Okoye, Doçent, Norrfjord Üniversitesi":                       "Ada Okoye",
		"Jack London, Per Lindqvist":                                      "Jack London|Per Lindqvist",
		"Harbour Bank":                                                    "Harbour Bank",
		"Ada Okoye in Nairobi":                                            "Ada Okoye",
		"Ada Okoye and Per Lindqvist in Nairobi":                          "Ada Okoye|Per Lindqvist",
		"Ada Okoye for Reuters":                                           "Ada Okoye",
		"Von Ada Okoye, Korrespondentin in Nairobi":                       "Ada Okoye",
		"Ada Okoye, Leiterin der Wirtschaftsredaktion, und Per Lindqvist": "Ada Okoye|Per Lindqvist",
		"Par Ada Okoye, envoyée spéciale à Nairobi":                       "Ada Okoye",
		"Ada Okoye, chercheuse au CNRS":                                   "Ada Okoye",
		"Por Ada Okoye, corresponsal en Nairobi":                          "Ada Okoye",
		"Ada Okoye, catedrática de Historia":                              "Ada Okoye",
		"di Ada Okoye, corrispondente da Nairobi":                         "Ada Okoye",
		"Door Ada Okoye, verslaggever":                                    "Ada Okoye",
		"Анна Окунева, корреспондент":                                     "Анна Окунева",
		"Anna Okoye, profesor Uniwersytetu":                               "Anna Okoye",
		"김혜진 기자":                                                          "김혜진",
		"本报记者 张三":                                                         "张三",
		"松岡大地記者":                                                          "松岡大地",

		// Several people, newsrooms, and names that look like roles.
		"Ada Okoye, Per Lindqvist, Li Na":         "Ada Okoye|Per Lindqvist|Li Na",
		"Ada Okoye, Professor Per Lindqvist":      "Ada Okoye|Professor Per Lindqvist",
		"Ada Okoye, Dr. Per van der Lind":         "Ada Okoye|Dr. Per van der Lind",
		"Ludwig von der Heide, Simone de la Cruz": "Ludwig von der Heide|Simone de la Cruz",
		"Editorial Board":                         "Editorial Board",
		"Foreign Staff":                           "Foreign Staff",
		"Redaktion Harbour":                       "Redaktion Harbour",
		"Contributors to the encyclopaedia":       "Contributors to the encyclopaedia",
		"Ministry of Fisheries":                   "Ministry of Fisheries",
		"Ada Okoye, Reuters":                      "Ada Okoye|Reuters",
		"Ada Okoye；Per Lindqvist":                 "Ada Okoye|Per Lindqvist",
		"배윤경, 이상현":                                "배윤경|이상현",
	} {
		if got := strings.Join(new(resolver).splitAuthors([]string{in}, false), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// In meta tags and JSON-LD the family may come first.
func TestInvertedAuthors(t *testing.T) {
	for in, want := range map[string]string{
		"Okoye, Ada":                   "Ada Okoye",
		"Okoye, Ada N.":                "Ada N. Okoye",
		"van der Lind, Per":            "Per van der Lind",
		"Okoye, Ada; Lindqvist, Per":   "Ada Okoye|Per Lindqvist",
		"Okoye, Ada, MD":               "Ada Okoye",
		"Okoye, Florence":              "Florence Okoye",
		"Ada Okoye, Per Lindqvist":     "Ada Okoye|Per Lindqvist",
		"Okoye, Foreign Correspondent": "Okoye",
		"Okoye, PhD":                   "Okoye",
		"Ada Okoye, Reuters":           "Ada Okoye|Reuters",
	} {
		if got := strings.Join(new(resolver).splitAuthors([]string{in}, true), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestPageAuthors(t *testing.T) {
	ld := func(author string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Delay","author":` + author + `}</script>`
	}
	const site = `<meta property="og:site_name" content="Harbour Times">`
	text := "<p>" + strings.Repeat("Ships wait outside. ", 20) + "</p>"
	for _, tc := range []struct{ name, in, want string }{
		{"in parts", ld(`[{"@type":"Person","givenName":"Ada","familyName":"Okoye"},{"givenName":"Jan","additionalName":["P.","Q."],"familyName":"de Wit"}]`), "Ada Okoye|Jan P. Q. de Wit"},
		{"a family alone", ld(`{"@type":"Person","familyName":"Okoye"}`), "Okoye"},
		{"in parts, in Chinese", ld(`{"@type":"Person","givenName":"三","familyName":"张"}`), "张三"},
		{"a name goes before parts", ld(`{"@type":"Person","name":"A. Okoye","givenName":"Ada","familyName":"Okoye"}`), "A. Okoye"},
		{"a reference with parts elsewhere", `<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"x","author":{"@type":"Person","@id":"#a"}},{"@type":"Person","@id":"#a","givenName":"Ada","familyName":"Okoye"}]}</script>`, "Ada Okoye"},
		{"a name in parts", ld(`{"name":{"givenName":"Ada","familyName":"Okoye"}}`), "Ada Okoye"},
		{"a list object", ld(`{"@list":[{"name":"Ada Okoye"},{"name":"Per Lindqvist"}]}`), "Ada Okoye|Per Lindqvist"},
		{"strings", ld(`["Ada Okoye","Per Lindqvist"]`), "Ada Okoye|Per Lindqvist"},
		{"two tags", `<meta name=author content="Ada Okoye"><meta name=author content="Per Lindqvist">`, "Ada Okoye|Per Lindqvist"},
		{"an address is no name", `<meta property="article:author" content="https://h.example/ada">`, ""},
		{"a person goes before an agency", ld(`{"@type":"Person","name":"Associated Press"}`) + `<meta name=author content="Ada Okoye">`, "Ada Okoye"},
		{"a person goes before a role", ld(`"Staff Writer"`) + `<meta name=author content="Ada Okoye">`, "Ada Okoye"},
		{"a person in the byline goes before the outlet", site + ld(`"Harbour Times"`) + `<h1>Delay</h1><div class="article-byline">By Ada Okoye, Foreign Correspondent</div>` + text, "Ada Okoye"},
		{"an outlet with its place is none", site + ld(`{"@type":"Organization","name":"Harbour Times newsroom"}`) + `<meta name=author content="Harbour Times, Port Ada, Norway">`, "Harbour Times newsroom"},
		{"no byline of another story", site + ld(`"Harbour Times"`) + `<h1>Delay</h1>` + text + text + `<section><h3>More</h3><a href=/x>The fog of May</a> <span class=author>Per Lindqvist</span></section>`, "Harbour Times"},
		{"a newsroom that signs", site + ld(`"Redaktion Harbour Times"`), "Redaktion Harbour Times"},
		{"a person and an agency in one list", ld(`[{"name":"Ada Okoye"},{"name":"dpa"}]`), "Ada Okoye|dpa"},
		{"microdata of another story", `<h1>Delay</h1>` + text + text + `<article itemscope><h3>Fog</h3><meta itemprop=author content="Per Lindqvist"></article>`, ""},
	} {
		p, err := HTML(tc.in, "")
		if got := strings.Join(p.Authors, "|"); got != tc.want || err != nil {
			t.Errorf("%s: %q (%s), %v, want %q", tc.name, got, p.From.Authors, err, tc.want)
		}
	}
	if got := DropRoles([]string{"Ada Okoye", "MD"}); !slices.Equal(got, []string{"Ada Okoye"}) {
		t.Errorf("got %q", got)
	}
}

// TestDatesInBylines: a day is no part of a name.
func TestDatesInBylines(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"By Ada Okoye March 25, 2015", "Ada Okoye"},
		{"By Ada Okoye, March 25, 2015 at 6:01 am", "Ada Okoye"},
		{"Ada Okoye22 Dec 2016", "Ada Okoye"},
		{"Ada Okoye | 12.01.2026, 14:07 Uhr", "Ada Okoye"},
		{"Monday, February 29, 2016 by Ada Okoye", "Ada Okoye"},
		{"Von Ada Okoye und Per Lindqvist, 3. März 2026", "Ada Okoye, Per Lindqvist"},
		{"Par Ada Okoye, le 3 février 2026 à 12h30", "Ada Okoye"},
		{"Ада Окойе, 3 марта 2026", "Ада Окойе"},
		{"April Mai", "April Mai"},
		{"May Okoye, 3 May 2026", "May Okoye"},
		{"Harbour24 Redaktion", "Harbour24 Redaktion"},
		{"20 Minuten", "20 Minuten"},
		{"Last Updated: January 7, 2025", ""},
	} {
		p, err := HTML(`<h1>Delay at the locks</h1><div class="byline">`+tc.in+"</div><p>"+strings.Repeat("Ships wait outside the harbour for a third day. ", 5), "")
		if got := strings.Join(p.Authors, ", "); got != tc.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tc.in, got, err, tc.want)
		}
	}
}
