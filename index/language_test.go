package index_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/query"
)

// dozen returns a dozen articles for the examples of the language to find.
func dozen(now time.Time) []corpus.Article {
	// section makes the body of an article of sections, heading before text.
	section := func(a corpus.Article, parts ...string) corpus.Article {
		for i := 0; i < len(parts); i += 2 {
			start := len(a.Body)
			a.Body += parts[i+1]
			a.Sections = append(a.Sections, corpus.Section{Heading: parts[i], Start: start, End: len(a.Body)})
		}
		return a
	}
	return []corpus.Article{
		section(corpus.Article{
			ID: "missile", Title: "Deterrence holds, for now", Source: "Northern Ledger", Authors: []string{"Ngozi Okoye"},
			Published: day("2022-01-12"), Topics: stated("security/nuclear"), Language: "en",
		},
			"Military signaling", "A ballistic missile was tested. The answer was oil and other sanctions. ",
			"The Psychological Dimension", "Talks about missiles failed."),
		{
			ID: "limits", Title: "Sanctions and their limits", Source: "Harbor & Exchange", Authors: []string{"Ann Lee"},
			Published: day("2021-06-30"), Topics: stated("diplomacy/sanctions"), Organizations: []string{"United Nations"},
			Body: "An oil embargo was sanctioned by no one, and gas sells as before. Nobody deters the buyers.",
		},
		{
			ID: "bank", Title: "Why the bank waits", Source: "Northern Ledger", Summary: "Rates stay where they are.",
			Published: day("2020-12-31"), Topics: stated("economy"), Body: "The organisation meets at 12:30 and decides nothing.",
		},
		{
			ID: "code", Title: "The language of models", Authors: []string{"Okoye Adaeze"}, Published: day("2021-12-31"),
			Body: "Analysts write C++ until 12:30; then they go home.",
		},
		{
			ID: "speech", Title: "A speech and its echo", Published: day("2020-02-28"),
			Body: "The state of the union is sound, she said. A state union would be another thing. War or peace: she said nothing on it.",
		},
		{
			ID: "guild", Body: "Unions of the state are not the state of a union, and the organization of a guild is weak.",
		},
		{
			ID: "kim", Title: "Kim and Maduro", Published: time.Date(2022, 3, 5, 18, 0, 0, 0, time.UTC), Topics: stated("asia"),
			People: []string{"Nicolás Maduro"}, Places: []string{"Caracas"}, URL: "https://example.org/2022/kim",
			Body: "Kim Jong Un watches what befell Maduro. The war games go on.",
		},
		{
			ID: "k0rea", Title: "Summer in Korea", Published: day("2022-03-31"), Path: "archive/korea/summer.md",
			Body: "War games start in August, and the nuclear option is on the table; nukes are not mentioned. An ambush is.",
		},
		{
			ID: "k0brasil", Title: "Sanções e petróleo", Language: "pt-BR", Published: day("2020-05-01"), Path: "archive/2020/korea.md",
			Body: "As sanções atingem o petróleo.",
		},
		{
			ID: "week", Title: "Gas without talks", Published: now.Add(-3 * 24 * time.Hour),
			Body: "It is unclear who deterred whom.",
		},
		{
			ID: "month", Title: "An old oil war", Published: now.Add(-20 * 24 * time.Hour),
			Body: "Oil was the aim then; nobody had heard of sanctions, and the union was young.",
		},
		{
			ID: "yesterday", Title: "Union of states", Published: now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -1),
			Body: "The state, one reads, of the unions is dire.",
		},
	}
}

// What each query finds, in the order of ids. Every example of the reference
// in doc.go and of the help on queries stands here.
var findings = map[string]string{
	// Words.
	"sanction":               "limits missile month",
	"sanctions":              "limits missile month",
	"nuclear deterrence":     "",
	"oil sanctioned":         "limits missile month",
	"=sanctions":             "limits missile month",
	"=sanctioned":            "limits",
	"=Sancoes":               "k0brasil",
	`"state of the union"`:   "speech",
	`“state of the union”`:   "speech",
	`"state of * union"`:     "guild speech",
	`"kim * un"`:             "kim",
	`"ballistic miss*"`:      "missile",
	`"oil sanctions"~3`:      "missile",
	`"oil sanctions"~1`:      "",
	`"the state of"`:         "guild speech",
	"the state of the union": "guild speech yesterday",
	"of the":                 "code guild month speech yesterday",
	"12:30 C++":              "code",
	"12:30":                  "bank code",
	`war \OR peace`:          "speech",
	"war or peace":           "speech",
	"*":                      "bank code guild k0brasil k0rea kim limits missile month speech week yesterday",
	"":                       "bank code guild k0brasil k0rea kim limits missile month speech week yesterday",
	"embargo's":              "limits",

	// Operators.
	"missile AND talks":    "missile",
	"missile OR talks":     "missile week",
	"missile | talks":      "missile week",
	"oil NOT missile":      "limits month",
	"oil -missile":         "limits month",
	"-missile oil":         "limits month",
	"+missile zebra":       "",
	"(missile OR gas) oil": "limits missile",
	"missile OR gas oil":   "limits missile",
	"NOT (oil OR union)":   "bank code k0brasil k0rea kim week",
	"the AND deterrence":   "missile",

	// Places.
	"kim NEAR/5 maduro":               "kim",
	"maduro NEAR/2 kim":               "kim",
	"maduro ADJ/2 kim":                "",
	"oil ADJ/3 sanction":              "limits missile",
	"sanction ADJ/3 oil":              "",
	"sanction NEAR/3 oil":             "limits missile",
	`(kim OR korea) NEAR "war games"`: "kim",
	"sanctions NEAR talks":            "",

	// Sentences and paragraphs, counts, leads, capitals, lengths.
	"oil NEAR/s sanctions":                               "limits missile month",
	"talks NEAR/p missile":                               "missile",
	"oil NOT NEAR/3 war":                                 "limits missile month",
	"war NOT ADJ/1 games":                                "month speech",
	"(oil NEAR/3 war) NEAR/10 (sanctions OR \"no one\")": "",
	"=sanctions NEAR/s oil":                              "missile month",
	"atleast/3 war":                                      "",
	"atleast/2 (oil OR gas)":                             "limits month",
	"atleast/2 (war games)":                              "",
	"atleast/2 war ADJ/1 games":                          "",
	"sanction*{1}":                                       "limits missile month",
	"lead:sanctions":                                     "limits missile month",
	"lead/5:(oil -gas)":                                  "limits month",
	"caps:War":                                           "k0rea speech",
	`caps:"War games" NEAR/5 start`:                      "k0rea",
	"caps:(AIDS OR HIV)":                                 "",
	"title:(caps:Kim -deterrence)":                       "kim",
	"is:forecast sanctions":                              "",
	"is:(recommendation OR caveat)":                      "week",
	"oil NEAR/s is:forecast":                             "",
	"words:>20":                                          "k0rea limits missile speech",
	"words:5..12":                                        "bank k0brasil week yesterday",

	"sanctions NEAR/5 person:*":                    "",
	"treaty NEAR/5 place:caracas":                  "",
	`war ADJ/8 (person:"kim jong un" OR org:nato)`: "",

	// Quotations.
	"said:ceasefire":              "",
	"said:(oil sanctions)":        "",
	`said:"red line" by:kim`:      "",
	"said:war by:(kim OR maduro)": "",

	// Patterns.
	"deterr*":         "missile week",
	"deter*":          "limits missile week",
	"*clear":          "k0rea week",
	"organi?ation":    "bank guild",
	"madura~":         "kim",
	"mudaro~2":        "kim",
	"mudaro~":         "",
	"/n(ucl|uke).*/":  "k0rea",
	"/N(UCL|UKE)AR?/": "",

	// Fields.
	"title:deterrence":                  "missile",
	"headline:deterrence":               "missile",
	`heading:"psychological dimension"`: "missile",
	"body:(oil OR gas)":                 "limits missile month",
	"title:(oil OR gas)":                "month week",
	"summary:rates":                     "bank",
	"rates":                             "",
	"author:okoye":                      "code missile",
	`by:"ngozi okoye"`:                  "missile",
	`source:"northern ledger"`:          "bank missile",
	"source:ledger":                     "bank missile",
	"place:caracas":                     "kim",
	"person:maduro":                     "kim",
	"person:nicolas":                    "kim",
	`org:"united nations"`:              "limits",
	"topic:security":                    "missile",
	"topic:security/nuclear":            "missile",
	"topics:security tag:security":      "missile",
	"topic:nuclear":                     "",
	"language:pt":                       "k0brasil",
	"language:pt-br":                    "k0brasil",
	"mytag:trip":                        "",
	"note:fares":                        "",
	"rights:no-ai":                      "",
	"id:k0*":                            "k0brasil k0rea",
	"id:k0":                             "",
	"id:kim":                            "kim",
	"path:archive/korea/*":              "k0rea",
	"path:korea":                        "k0brasil k0rea",
	"url:example.org":                   "kim",
	"title:*":                           "bank code k0brasil k0rea kim limits missile month speech week yesterday",
	"topic:*":                           "bank kim limits missile",
	"-topic:* topic:*":                  "",
	"lang:*":                            "k0brasil missile",
	"date:*":                            "bank code k0brasil k0rea kim limits missile month speech week yesterday",
	"-title:*":                          "guild",

	// Dates.
	"date:2022":           "k0rea kim missile",
	"year:2022":           "k0rea kim missile",
	"date:2022-03":        "k0rea kim",
	"date:2022-03-05":     "kim",
	"on:2022-03-05":       "kim",
	"date:2022-q1":        "k0rea kim missile",
	`date:"march 2022"`:   "k0rea kim",
	"date:2020..2021-06":  "bank k0brasil limits speech",
	"date:..2020":         "bank k0brasil speech",
	"date:[2020 TO 2022}": "bank code k0brasil limits speech",
	"date:>2021":          "k0rea kim missile month week yesterday",
	"date:>=2021":         "code k0rea kim limits missile month week yesterday",
	"date:<2021":          "bank k0brasil speech",
	"date:<=2021":         "bank code k0brasil limits speech",
	"before:2021":         "bank k0brasil speech",
	"until:2021":          "bank code k0brasil limits speech",
	"after:2021":          "k0rea kim missile month week yesterday",
	"since:2021":          "code k0rea kim limits missile month week yesterday",
	"since:2w":            "week yesterday",
	"date:30d":            "month week yesterday",
	"date:30d..":          "month week yesterday",
	"date:yesterday":      "yesterday",
	"-date:*":             "guild",

	"added:2d..":               "bank code guild k0brasil k0rea kim limits missile month speech week yesterday",
	"added:2026-03-05T12:30..": "bank code guild k0brasil k0rea kim limits missile month speech week yesterday",

	// Boosts score, and take nothing away.
	"sanctions^3 oil": "limits missile month",

	// Scripts without spaces, which none of these articles is in.
	"金正恩为什么害怕马杜罗": "",
	`"金正恩害怕"`:     "",
	"北?大学":        "",
	"北*":          "",
	"北京~":         "",
	"/北./":        "",

	// What the help shows beside these.
	"interest rates":         "",
	`"interest rates"`:       "",
	"=rates":                 "",
	"rates OR inflation":     "",
	"rates NOT inflation":    "",
	"rat*":                   "",
	"recesion~":              "",
	"sanctions NEAR/5 oil":   "limits missile",
	"oil NOT NEAR/5 embargo": "missile month",
	"(oil NEAR/3 price) NEAR/10 (ecb OR fed)": "",
	"atleast/3 sanctions":                     "",
	"caps:AIDS":                               "",
	"words:>1000":                             "",
	`"sanctions oil"~5`:                       "",
	"+rates inflation":                        "",
	"/rat(e|io)s/":                            "",
	`"bank * rates"`:                          "",
	"date:2026-03":                            "",
	"date:2024..2025":                         "",
	"before:2020":                             "",
}

// unread are queries that cannot be read, and why.
var unread = map[string]string{
	`"oil`:                      "unclosed quotation at column 1",
	"(oil":                      "unclosed parenthesis at column 1",
	"oil OR":                    "nothing to the right of OR at column 5",
	"autor:okoye":               "unknown field autor at column 1",
	"date:2024-13":              "no such month as 2024-13 at column 6",
	"/^oil/":                    "anchor in a regular expression at column 1",
	`"oil gas"~2 NEAR war`:      "a quotation with ~ beside NEAR at column 1",
	"oil NEAR/5 gas NEAR/s war": "NEAR/s after NEAR/5 at column 16",
	"atleast/2 -war":            "a sign or NOT behind atleast/2 at column 11",
	"is:prophecy":               "no kind of sentence named prophecy at column 4",
	"words:many":                "no such number of words as many at column 7",
}

// findingsOf asks for all findings, and returns those that are others, each in
// words.
func findingsOf(t *testing.T) (ix *index.Index, wrong []string) {
	t.Helper()
	now := time.Now()
	ix = open(t, t.TempDir(), &index.Options{Topics: noRules(t)})
	add(t, ix, dozen(now)...)
	for text, want := range findings {
		res := search(t, ix, index.Query{Text: text, Match: index.MatchStrict, NoAliases: true, Location: time.UTC, Limit: 100})
		got := ids(res.Hits)
		slices.Sort(got)
		if !slices.Equal(got, strings.Fields(want)) || res.Total != len(got) {
			wrong = append(wrong, fmt.Sprintf("%s finds %v, want [%s]", text, got, want))
		}
	}
	if time.Now().UTC().Day() != now.UTC().Day() {
		return findingsOf(t) // midnight came between, and yesterday is another day
	}
	return ix, wrong
}

func TestLanguage(t *testing.T) {
	ix, wrong := findingsOf(t)
	for _, w := range wrong {
		t.Error(w)
	}
	for text, want := range unread {
		_, err := ix.Search(t.Context(), index.Query{Text: text})
		var syntax *index.SyntaxError
		if !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), want) || syntax.Hint == "" {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
		if res := search(t, ix, index.Query{Text: text, Lenient: true}); len(res.Warnings) == 0 {
			t.Errorf("%s read leniently: no warning", text)
		}
	}
}

// What the reference shows is so.
func TestReferenceExamples(t *testing.T) {
	text := readFile(t, "doc.go")
	_, text, _ = strings.Cut(text, "// # The query language\n")
	text, _, ok := strings.Cut(text, "// # Ranking\n")
	if !ok {
		t.Fatal("doc.go has no section on the query language before that on ranking")
	}
	examples := 0
	for line := range strings.Lines(text) {
		line, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "//\t")
		if !ok {
			continue
		}
		example, about, _ := strings.Cut(line, "   ")
		examples++
		_, finds := findings[example]
		reason, fails := unread[example]
		if !finds && !fails {
			t.Errorf("nothing is known of the example %s", example)
		}
		if fails && !strings.HasPrefix(reason, strings.TrimSpace(about)+" at column ") {
			t.Errorf("the example %s fails with %s", example, reason)
		}
	}
	if examples < 60 {
		t.Errorf("%d examples", examples)
	}
	for _, f := range query.Fields() {
		for _, name := range append(f.Aliases, f.Name) {
			if !strings.Contains(text, name+":") {
				t.Errorf("the reference doesn't name %s:", name)
			}
		}
	}
}

// And so is what the command's help shows: in each line queries, and from a
// fixed column on what they mean.
func TestHelpExamples(t *testing.T) {
	const indent, column = 2, 30
	_, text, _ := strings.Cut(readFile(t, "../cmd/newsq/help.go"), "Long: `The query language\n")
	text, _, ok := strings.Cut(text, "\n\nOperators are written in capitals")
	if !ok {
		t.Fatal("help.go shows no queries")
	}
	examples := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) > column && line[column-1] == ' ' && line[column] != ' ' {
			line = line[:column]
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		for _, example := range regexp.MustCompile(` {3,}`).Split(strings.TrimSpace(line[indent:]), -1) {
			examples++
			if _, ok := findings[example]; !ok {
				t.Errorf("nothing is known of the example %s", example)
			}
		}
	}
	if examples < 15 {
		t.Errorf("%d examples", examples)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
