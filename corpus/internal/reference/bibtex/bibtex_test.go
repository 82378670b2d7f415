package bibtex

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"biblatex: a newspaper",
			"@article{okoye2026,\n  entrysubtype = {newspaper},\n  title = {Ferries Sail to {{Vessem}}},\n  subtitle = {A Day in the Harbour},\n  author = {Okoye, Ada and van der Berg, Jan and {News Desk}},\n  date = {2026-01-05T10:00:00+01:00},\n  journaltitle = {The Vessem Post},\n  url = {https://example.org/a_b~c},\n  urldate = {2026-02-01},\n  abstract = {They sail --- again.},\n  keywords = {ferries,harbour dues},\n  langid = {british}\n}\n",
			"place: okoye2026\ntitle: Ferries Sail to Vessem: A Day in the Harbour\nsummary: They sail — again.\nauthors: Ada Okoye | Jan van der Berg | News Desk\nsource: The Vessem Post\npublished: 2026-01-05T10:00:00+01:00\nlanguage: en-GB\ntopics: ferries,harbour dues\nurl: https://example.org/a_b~c\n",
		},
		{
			"classic: strings, parts joined, quotes, parentheses, month and day",
			"% a comment\n@String {post = {The Vessem Post}}\n@string(desk = \"News Desk\"))\n@Comment{jabref-meta: grouping;}\n@preamble{\"x\"}\n@ARTICLE(k1, author = desk, title = \"A \" # {B {\"}C{\"}}, journal = post # \", Sunday\", year = 2026, month = jan # \"~5\")\n@misc{k2, title={D}, year={2025}, month=3, howpublished={\\url{https://example.org/d}}, note={Accessed: 2026-01-01},}",
			"place: k1\ntitle: A B \"C\"\nauthors: News Desk\nsource: The Vessem Post, Sunday\npublished: January 5 2026\n\nplace: k2\ntitle: D\npublished: 2025-03\nurl: https://example.org/d\n",
		},
		{
			"letters of LaTeX",
			`@article{k, title = {{\"U}ber den Stra{\ss}en von G\"{o}ttingen, \O{}resund, Na\"{\i}ve \'Etude \& caf\'e}, author = {Bol\'ivar, Jos{\'e} and {\L}ukasz {\v C}apek and Dvo\v{r}{\'a}k, Anton\'{\i}n}, year=2026}`,
			"place: k\ntitle: Über den Straßen von Göttingen, Øresund, Naïve Étude & café\nauthors: José Bolívar | Łukasz Čapek | Antonín Dvořák\npublished: 2026\n",
		},
		{
			"names in other forms",
			`@book{k, title={A}, editor={family=Berg, given=Jan, prefix=van and Okoye, Jr., Ada and others and}, publisher={Quay \textit{Press}}, date={2016-07/2016-08}}`,
			"place: k\ntitle: A\nauthors: Jan van Berg | Ada Okoye Jr.\nsource: Quay Press\npublished: 2016-07\n",
		},
		{
			"a price, and a key of its own",
			"@online{k, title={A loan of $5 million}, doi={10.1000/1}}\n@online{k, title={B $x$}}\n@online{,title={C}}",
			"place: k\ntitle: A loan of $5 million\nurl: https://doi.org/10.1000/1\n\nplace: 2\ntitle: B x\n\nplace: 3\ntitle: C\n",
		},
		{
			"an address in a note, quotation marks, a dash, an at sign",
			"@misc{k, title={``Quoted'' -- and more}, author={{Office of Ports \\& Tolls}}, abstract={Write to desk@example.org. See \\href{https://example.org}{the page}.}}",
			"place: k\ntitle: “Quoted” – and more\nsummary: Write to desk@example.org. See the page.\nauthors: Office of Ports & Tolls\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.bib", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !Recognize(readertest.Head("a.txt", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

// An entry that is not closed is told, and the next is read.
func TestOpenEntry(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "a.bib", "@article{a, title={A {open},\n  year=2026\n}\n@article{b, title={B}}\n@article{c, title=\"C\n")
	if readertest.Show(recs) != "place: b\ntitle: B\n" || len(faults) != 2 || !strings.HasPrefix(faults[0].Error(), "line 1: ") || !strings.HasPrefix(faults[1].Error(), "line 5: ") {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		"@ada{writes} of the harbour",
		"@media (min-width: 1px) { a { color: red } }",
		"Text with an entry:\n@article{a, title={B}}",
		"%0 Book\n%T title\n",
		"@desk: the title is = A",
		"@mayor{} wrote: the title = a joke.",
	} {
		if Recognize(readertest.Head("a.txt", s)) {
			t.Errorf("%q is taken for BibTeX", s)
		}
	}
}

// What never closes is read in a time that grows no faster than its size.
func TestHostile(t *testing.T) {
	for _, s := range []string{"@a{x,", "@comment{", "@a{x, y={", "@string{a = a # a}", "@a{{", "\n@a{b,c=\"", "@a(", "\\'"} {
		start := time.Now()
		readertest.Read(t, Read, "a.bib", strings.Repeat(s, 1<<20/len(s)))
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("a megabyte of %q took %v", s, took)
		}
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.bib", "@string{a = {b}}\n@article{k, title = {A {B}} # a, author = {C, D and {E}}, year = 2026, month = jan}\n", `@a{k, title={\"{o} \'\i \v r $5 ~ \href{a}{b} \foo[x]{y}`, "@comment{x\n@a(k, title=\"a\")", "@a{k,\\")
}
