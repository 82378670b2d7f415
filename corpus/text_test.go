package corpus

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/layout"
)

// long is a sentence to stand under a heading.
const long = "The committee met for nine hours and agreed on little beyond the date of its next meeting."

func TestTextTitleAndSections(t *testing.T) {
	tests := []struct {
		name, text     string
		title, outline string
	}{
		{
			"a title, then paragraphs parted by blank lines",
			"The slow thaw\n\nTalks resumed. Nobody cheered.\n\nThey stopped again.\n",
			"The slow thaw", "Talks resumed.",
		},
		{
			"a paragraph a line, headings between them, no title",
			"The treaty, diplomats say, is dead — which leaves two armies with no rules.\n" + long + "\n" +
				"Why It Failed\n" + long + "\nWhat Comes Next\n" + long,
			"The treaty, diplomats say, is dead", ": The treaty, | Why It Failed: The committee | What Comes Next: The committee",
		},
		{
			"a heading that asks",
			"A title\n\n" + long + "\n\nWho pays?\n\n" + long,
			"A title", ": The committee | Who pays?: The committee",
		},
		{
			"underlined headings of two levels",
			"The report\n==========\n\n" + long + "\n\nCosts\n-----\n" + long,
			"The report", ": The committee | Costs: The committee",
		},
		{
			"headings marked with number signs",
			"# The report\n\n" + long + "\n\n## Costs\n" + long + "\n### In detail\n" + long,
			"The report", ": The committee | Costs: The committee | In detail: The committee",
		},
		{
			"a heading in capitals",
			"THE YEAR IN STEEL\n\n" + long + "\n\nPRICES AND WAGES\n\n" + long,
			"THE YEAR IN STEEL", ": The committee | PRICES AND WAGES: The committee",
		},
		{
			"a heading over a list",
			"A title\n\n" + long + "\n\nKey figures\n\n- four ships\n- two ports\n",
			"A title", ": The committee | Key figures: - four",
		},
		{
			"a heading without a text of its own",
			"# A title\n\n## One\n\n## Two\n\n" + long,
			"A title", "One:  | Two: The committee",
		},
		{
			"the second of two short lines in a row is not a heading",
			"A title\n\n" + long + "\n\nApples\n\nPears\n\n" + long,
			"A title", "The committee",
		},
		{
			"what recurs is no heading",
			"A title\n\n" + long + "\n\nOur pick\n\n" + long + "\n\nOur pick\n\n" + long,
			"A title", "The committee",
		},
		{
			"nor is what ends the text",
			"A title\n\n" + long + "\n\nAda Okoye",
			"A title", "The committee",
		},
		{
			"nor what follows an unfinished sentence",
			"A title\n\nHe wrote to them:\n\nCome home now\n\n" + long,
			"A title", "He wrote",
		},
		{
			"nor the furniture of a website",
			"A title\n\n" + long + "\n\nAdvertisement\n\n" + long + "\n\nRead more: the other strike\n\n" + long + "\n\nA day at the port 1:14\n\n" + long,
			"A title", "The committee",
		},
		{
			"nor speech, items, quotations, or a broken sentence",
			"A title\n\n" + long + "\n\n“Nobody asked us”\n\n" + long + "\n\n• First point\n\n" + long + "\n\nThe ship that\n\nsank was old and slow and full.",
			"A title", "The committee",
		},
		{"one line is a text, not a title above nothing", "Prices fell again", "Prices fell again", "Prices fell"},
		{"a line of dashes is drawn, not written", long + "\n\n---\n\nPrices fell.", strings.TrimSuffix(long, "."), "The committee"},
		{"a first line that ends as a sentence is no title", "Prices fell.\n\n" + long, "Prices fell", "Prices fell."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := parseOne(t, "txt", tt.text)
			if a.Title != tt.title && !(len(tt.title) > layout.MaxTitle && strings.HasPrefix(tt.title, strings.TrimSuffix(a.Title, "…"))) {
				t.Errorf("title %q, want %q", a.Title, tt.title)
			}
			if got := outline(a); got != tt.outline {
				t.Errorf("outline\n%s, want\n%s", got, tt.outline)
			}
		})
	}
}

func TestTextLayout(t *testing.T) {
	tests := []struct {
		name, text, body string
	}{
		{
			"lines broken at a width are joined, blank lines part paragraphs",
			"The pilots went back to work on Monday, but the harbour did not,\n" +
				"since cranes that had stood idle for nine days turned out to need\n" +
				"more than one shift to start.\n\nInsurers put the bill at forty million crowns, and most of that\n" +
				"will fall on growers upriver.\n",
			"The pilots went back to work on Monday, but the harbour did not, since cranes that had stood idle for nine days " +
				"turned out to need more than one shift to start.\n\nInsurers put the bill at forty million crowns, and most of " +
				"that will fall on growers upriver.",
		},
		{
			"indented lines start paragraphs, as wire services send them",
			"The bank said it left its lending rate unchanged at six pct,\n" +
				"and that it saw no reason to move before the autumn meeting of\n" +
				"its board.\n    It gave no forecast. Traders who had expected a cut of half\n" +
				"a point sold the currency.\n    The market closed lower.\n",
			"The bank said it left its lending rate unchanged at six pct, and that it saw no reason to move before the autumn " +
				"meeting of its board.\n\nIt gave no forecast. Traders who had expected a cut of half a point sold the currency." +
				"\n\nThe market closed lower.",
		},
		{
			"a paragraph a line stays as it is",
			"One sentence stands here and is finished.\nAnother stands here, and it is longer than the first one was.\nA third.",
			"One sentence stands here and is finished.\n\nAnother stands here, and it is longer than the first one was.\n\nA third.",
		},
		{
			"a sentence that goes on in the next line is one",
			"The ship was old and\nslow. It sank.",
			"The ship was old and slow. It sank.",
		},
		{
			"a word that was broken keeps its hyphen",
			"The talks were held in the old castle above the river by the non-\naligned states, and ended there.",
			"The talks were held in the old castle above the river by the non-aligned states, and ended there.",
		},
		{
			"lists and tables keep their lines",
			"What was sold, and when it was sold.\n\n- ships\n- cranes\n\nMay     12    14\nJune     9    11\n",
			"What was sold, and when it was sold.\n\n- ships\n- cranes\n\nMay     12    14\nJune     9    11",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.body, parseOne(t, "txt", tt.text).Body); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTextHead(t *testing.T) {
	tests := []struct {
		text      string
		title     string
		authors   string
		published string
		body      string
	}{
		{"A title\nBy Ada Okoye\nMarch 5, 2026\n\n" + long, "A title", "Ada Okoye", "2026-03-05", long},
		{"By Ada Okoye and Jan de Wit\n\nA title\n\n" + long, "A title", "Ada Okoye, Jan de Wit", "", long},
		{"A title\n\nPublished: 2026-03-05\n\n" + long, "A title", "", "2026-03-05", long},
		// What isn't a name for certain stays in the text.
		{"A title\n\nBy our own correspondent\n\n" + long, "A title", "", "", "By our own correspondent\n\n" + long},
		{"A title\n\nBy 2030, all of it\n\n" + long, "A title", "", "", "By 2030, all of it\n\n" + long},
		// A dateline is part of its sentence.
		{"A title\n\nLONDON, March 5, 2026 (AP) — " + long, "A title", "", "2026-03-05", "LONDON, March 5, 2026 (AP) — " + long},
		{
			"Title: A title\nAuthor: Ada Okoye\nDate: 2026-03-05\nTags: ports, labour\n\n" + long,
			"A title", "Ada Okoye", "2026-03-05", long,
		},
		{"Note: all of this is true\nWarning: none of this is true\n\n" + long, "", "", "", ""},
	}
	for _, tt := range tests {
		a := parseOne(t, "txt", tt.text)
		if tt.title == "" {
			if !strings.Contains(a.Title+a.Body, "Note: all of this") {
				t.Errorf("%q lost its first line: %+v", tt.text, a)
			}
			continue
		}
		published := ""
		if !a.Published.IsZero() {
			published = a.Published.Format("2006-01-02")
		}
		if a.Title != tt.title || strings.Join(a.Authors, ", ") != tt.authors || published != tt.published || a.Body != tt.body {
			t.Errorf("%q\ngot %q, %q, %s, %q", tt.text, a.Title, a.Authors, published, a.Body)
		}
	}
}
