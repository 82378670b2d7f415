package corpus

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// facts are the fields that may stand above a text, a line each.
func facts(a Article) string {
	var lines []string
	add := func(name, value string) {
		if value != "" {
			lines = append(lines, name+" "+value)
		}
	}
	add("title", a.Title)
	add("summary", a.Summary)
	add("authors", strings.Join(a.Authors, ", "))
	add("source", a.Source)
	add("url", a.URL)
	if !a.Published.IsZero() {
		add("published", strings.TrimSuffix(a.Published.Format("2006-01-02T15:04"), "T00:00"))
	}
	if !a.Updated.IsZero() {
		add("updated", strings.TrimSuffix(a.Updated.Format("2006-01-02T15:04"), "T00:00"))
	}
	var topics []string
	for _, t := range a.Topics {
		topics = append(topics, t.Path)
	}
	add("topics", strings.Join(topics, ", "))
	return strings.Join(lines, "\n")
}

// What stands above a text is facts, and no part of it.
func TestFacts(t *testing.T) {
	for _, tt := range []struct{ name, ext, above, want string }{
		{"a site's header with a line that is empty", ".md", "Title: Ferries\nTags:\n\n", "title Ferries"},
		{"a site's header that names a template", ".md", "Title: Ferries\nTemplate: wide\nSlug: ferries\n\n", "title Ferries"},
		{
			"Hugo", "md", "+++\ntitle = 'The thaw'\nlastmod = 2026-03-06T08:00:00Z\ndate = 2026-03-05\nauthors = ['Ada Okoye', 'Li Na']\ncategories = ['Ports']\ntags = ['ice']\n+++\n",
			"title The thaw\nauthors Ada Okoye, Li Na\npublished 2026-03-05\nupdated 2026-03-06T08:00\ntopics ports, ice",
		},
		{
			"Zola", "md", "+++\ntitle = \"The thaw\"\ndate = 2026-03-05\n[taxonomies]\ntags = [\"ice\"]\n[extra]\nauthor = \"Ada Okoye\"\n+++\n",
			"title The thaw\nauthors Ada Okoye\npublished 2026-03-05\ntopics ice",
		},
		{
			"Jekyll", "md", "---\ntitle: The thaw\ndate: 2026-03-05 10:00:00 +0000\nlast_modified_at: 2026-03-07\nlayout: post\n---\n",
			"title The thaw\npublished 2026-03-05T10:00\nupdated 2026-03-07",
		},
		{
			"JSON", "md", "{\n\"title\": \"The thaw\",\n\"date\": \"2026-03-05\",\n\"author\": {\"name\": \"Ada Okoye\"},\n\"tags\": [\"ice\", \"ports\"]\n}\n\n",
			"title The thaw\nauthors Ada Okoye\npublished 2026-03-05\ntopics ice, ports",
		},
		{"JSON above a plain text", "txt", "{\"title\": \"The thaw\", \"date\": \"2026-03-05\"}\n", "title The thaw\npublished 2026-03-05"},
		{"one bad line", "md", "---\ntitle: The thaw: who pays\nauthor: Ada Okoye\ndate: 2026-03-05\n---\n", "title The thaw: who pays\nauthors Ada Okoye\npublished 2026-03-05"},

		{
			"Pelican", "md", "Title: The thaw\nDate: 2026-03-05 10:20\nModified: 2026-03-06\nCategory: Ports\nTags: ice, rates\nSlug: the-thaw\nAuthors: Ada Okoye, Li Na\nSummary: Who pays?\n\n",
			"title The thaw\nsummary Who pays?\nauthors Ada Okoye, Li Na\npublished 2026-03-05T10:20\nupdated 2026-03-06\ntopics ports, ice, rates",
		},
		{"MultiMarkdown", "md", "Title:    The thaw\n          of the north\nAuthor:   Ada Okoye\nBase Header Level: 2\nCSS: a.css\n\n", "title The thaw of the north\nauthors Ada Okoye"},
		{"a header with a list", "md", "Title: The thaw\nTags:\n  - ice\n  - ports\n\n", "title The thaw\ntopics ice, ports"},
		{"a header in bold", "md", "**Title:** The thaw\n**Author**: Ada Okoye\n\n", "title The thaw\nauthors Ada Okoye"},
		{"a header up to a rule", "md", "Title: The thaw\nDate: 2026-03-05\n---\n", "title The thaw\npublished 2026-03-05"},
		{"a header in German", "txt", "Titel: Das Tauwetter\nAutor: Ada Okoye\nDatum: 5. März 2026\nRessort: Hafen\n\n", "title Das Tauwetter\nauthors Ada Okoye\npublished 2026-03-05"},
		{"a header in Spanish", "txt", "Título: El deshielo\nFecha: 2026-03-05\nFuente: La Costa\n\n", "title El deshielo\nsource La Costa\npublished 2026-03-05"},
		{"a title alone", "txt", "Title: The thaw\n\n", "title The thaw"},

		{
			"a reader's header", "txt", "Title: The thaw\n\nURL Source: https://coast.example/a\n\nPublished Time: 2026-03-05T10:30:00Z\n\nMarkdown Content:\n",
			"title The thaw\nurl https://coast.example/a\npublished 2026-03-05T10:30",
		},
		{
			"another, without blank lines", "md", "Title: The thaw\nURL Source: https://coast.example/a\nNumber of Pages: 3\nWarning: This is a cached snapshot of the original page.\nMarkdown Content:\n",
			"title The thaw\nurl https://coast.example/a",
		},
		{
			"another, with blank lines and no line of contents", "txt", "Title: The thaw\n\nAuthor: Ada Okoye\n\nPublished: 2026-03-05\n\nURL: https://coast.example/a\n\n",
			"title The thaw\nauthors Ada Okoye\nurl https://coast.example/a\npublished 2026-03-05",
		},
		{"another, with its title again", "txt", "Title: The thaw\n\nURL Source: https://coast.example/a\n\nMarkdown Content:\n# The thaw\n\n", "title The thaw\nurl https://coast.example/a"},
		{
			"mail", "txt", "Received: from a.example\n\tby b.example; Thu, 5 Mar 2026 10:31:00 +0000\nFrom: Ada Okoye <ada@coast.example>\nTo: desk@coast.example\nCc: x@coast.example\nSubject: The thaw\nDate: Thu, 5 Mar 2026 10:30:00 +0000\nMessage-ID: <1@coast.example>\nX-Mailer: m\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n",
			"title The thaw\nauthors Ada Okoye\npublished 2026-03-05T10:30",
		},
		{
			"mail in encoded words", "txt", "Subject: =?utf-8?q?The_caf=C3=A9?=\n =?utf-8?q?_is_closed?=\nFrom: =?iso-8859-1?q?Jos=E9_N=FA=F1ez?= <jose@coast.example>\nSent: Thursday, March 5, 2026 10:30 AM\nTo: Desk\n\n",
			"title The café is closed\nauthors José Núñez\npublished 2026-03-05T10:30",
		},
		{
			"mail that was forwarded", "txt", "---------- Forwarded message ---------\nFrom: Ada Okoye <ada@coast.example>\nDate: Thu, Mar 5, 2026 at 10:30 AM\nSubject: The thaw\nTo: <desk@coast.example>\n\n",
			"title The thaw\nauthors Ada Okoye\npublished 2026-03-05T10:30",
		},
		{
			"mail in German", "txt", "Von: Ada Okoye <ada@coast.example>\nGesendet: Donnerstag, 5. März 2026 10:30\nAn: Redaktion\nBetreff: Das Tauwetter\n\n",
			"title Das Tauwetter\nauthors Ada Okoye\npublished 2026-03-05T10:30",
		},
		{
			"mail in French", "txt", "De : Ada Okoye <ada@coast.example>\nEnvoyé : 5 mars 2026 10:30\nÀ : La rédaction\nObjet : Le dégel\n\n",
			"title Le dégel\nauthors Ada Okoye\npublished 2026-03-05T10:30",
		},
		{"a memo", "txt", "TO: All desks\nFROM: Ada Okoye\nDATE: March 5, 2026\nSUBJECT: The thaw\n\n", "title The thaw\nauthors Ada Okoye\npublished 2026-03-05"},
		{"mail with an address book's name", "txt", "From: \"Okoye, Ada\" <ada@coast.example>\nTo: <desk@coast.example>\nSubject: The thaw\n\n", "title The thaw\nauthors Ada Okoye"},
		{"a header in the way of YAML", "md", "title: \"The thaw\"\ntags: [ice, \"ports\"]\n\n", "title The thaw\ntopics ice, ports"},
		{"a source that is a link", "md", "---\ntitle: The thaw\nsource: \"[The Coast](https://coast.example/thaw)\"\n---\n", "title The thaw\nsource The Coast\nurl https://coast.example/thaw"},
		{"mail without a name", "txt", "From: desk@coast.example\nSubject: The thaw\n\n", "title The thaw"},

		{
			"a clip", "md", "---\ntitle: The thaw\nsource: https://www.coast.example/2026/thaw\nauthor:\n  - \"[[Ada Okoye]]\"\n  - \"[[people/li-na|Li Na]]\"\npublished: 2026-03-05\ncreated: 2026-03-09\ntags: [clippings]\n---\n",
			"title The thaw\nauthors Ada Okoye, Li Na\nsource coast.example\nurl https://www.coast.example/2026/thaw\npublished 2026-03-05\ntopics clippings",
		},
		{
			"a clip without a date", "md", "---\ntitle: The thaw\nsource: https://coast.example/thaw\nauthor: [[Ada Okoye]]\npublished:\ncreated: 2026-03-09\n---\n",
			"title The thaw\nauthors Ada Okoye\nsource coast.example\nurl https://coast.example/thaw",
		},
		{"links in a row", "md", "---\ntitle: The thaw\nauthor: \"[[Ada Okoye]], [[Jan de Wit]] and [[Li Na]]\"\n---\n", "title The thaw\nauthors Ada Okoye, Jan de Wit, Li Na"},
		{"links in a row that is no YAML", "md", "---\ntitle: The thaw\nauthor: [[Ada Okoye]], [[Jan de Wit]]\n---\n", "title The thaw\nauthors Ada Okoye, Jan de Wit"},
		{"links without quotation marks", "md", "---\ntitle: The thaw\nauthor:\n- [[Ada Okoye]]\n- [[Okoye 2|Li Na]]\n---\n", "title The thaw\nauthors Ada Okoye, Li Na"},
		{"a shorter name is shown", "md", "---\ntitle: The thaw\nauthor: \"[[Ada Okoye|Ada]]\"\n---\n", "title The thaw\nauthors Ada Okoye"},
		{"a Markdown link", "md", "---\ntitle: The thaw\nauthor: \"[Ada Okoye](https://coast.example/ada)\"\n---\n", "title The thaw\nauthors Ada Okoye"},
		{"a source beside an address", "md", "---\ntitle: The thaw\nsource: \"[[The Coast]]\"\nurl: https://coast.example/thaw\n---\n", "title The thaw\nsource The Coast\nurl https://coast.example/thaw"},
		{"two addresses", "md", "---\ntitle: The thaw\nsource: https://feeds.example/7\nurl: https://coast.example/thaw\n---\n", "title The thaw\nsource feeds.example\nurl https://coast.example/thaw"},
		{"an address without its scheme", "md", "---\ntitle: The thaw\nsource: coast.example/thaw\n---\n", "title The thaw\nsource coast.example\nurl https://coast.example/thaw"},
		{"an outlet that is a host", "md", "---\ntitle: The thaw\nsource: coast.example\n---\n", "title The thaw\nsource coast.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			articles, errs := parse(t, tt.ext, []byte(tt.above+long))
			if len(articles) != 1 || len(errs) > 1 || len(errs) == 1 && !errors.Is(errs[0], ErrPartial) {
				t.Fatalf("%v, %v", articles, errs)
			}
			a := articles[0]
			if diff := cmp.Diff(tt.want, facts(a)); diff != "" {
				t.Error(diff)
			}
			if a.Body != long {
				t.Errorf("body %q", a.Body)
			}
		})
	}
}

// What looks a little like facts is text.
func TestNoFacts(t *testing.T) {
	for _, above := range []string{
		"Note: the harbour is closed.\nReason: ice in the channel.",
		"To: the minister",
		"To: the minister\nFrom: the port",
		"Question: Who pays?\nAnswer: Nobody.",
		"Author: Why did you sail at all?\nPublisher: Because we had to.",
		"Okoye: We shall see.\nDe Wit: So we shall.",
		"Place: the quay.\nTime: late at night.",
		"Update: The harbour is open again, the port said.",
		"Source: Reuters",
		"Summary: It was late.",
		"10:30: the harbour is closed\n11:15: nobody knows why",
		"https://coast.example/a\nhttps://coast.example/b",
		"Dear editor: the date: it is wrong.",
		"Subject: the thaw is no subject for the port.",
		"+++ 10:30: closed +++ 11:15: open +++",
		"Title: a word of many meanings. It is a right: or a name.\nNobody knows.",
	} {
		for _, ext := range []string{"txt", "md"} {
			a := parseOne(t, ext, above+"\n\n"+long)
			words := strings.Fields(above)
			for _, w := range words {
				if !strings.Contains(a.Title+" "+outline(a)+" "+a.Body, strings.Trim(w, ".:")) {
					t.Errorf("%s: %q lost %q: %+v", ext, above, w, a)
					break
				}
			}
		}
	}
}

// What was not as it should be is told, and the article is whole.
func TestFactsTold(t *testing.T) {
	dir := tree(t, map[string]string{"a.md": "---\ntitle: A: b\n---\n" + long})
	articles, errs := collect(t, open(t, Options{}, dir))
	if len(articles) != 1 || articles[0].Title != "A: b" || len(errs) != 1 || !strings.Contains(errs[0].Error(), "line 2: read as text: title: A: b") {
		t.Errorf("%+v, %v", articles, errs)
	}
}
