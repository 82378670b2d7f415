package corpus

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// paths are the topics of an article, in one line.
func paths(a *Article) string {
	var list []string
	for _, t := range a.Topics {
		list = append(list, t.Path)
	}
	return strings.Join(list, " ")
}

// Keywords are names, objects with a name, or pairs of a sort and a value.
func TestJSONTopics(t *testing.T) {
	for _, tt := range []struct{ name, json, want string }{
		{"a sort and a value", `"keywords": [{"name": "glocations", "value": "Oman", "rank": 1}, {"name": "creative_works", "value": "The Long Wait"}]`, "oman the_long_wait"},
		{"a sort as a type", `"keywords": [{"type": "subject", "value": "Ports"}, {"type": "place", "value": "Oman"}]`, "ports oman"},
		{"a label as the sort", `"tags": [{"label": "Subject", "term": "Ports"}, {"label": "Person", "term": "Li Na"}]`, "ports li_na"},
		{"a key and a label", `"keywords": [{"key": "topic", "label": "Ports"}]`, "ports"},
		{"a sort and several values", `"keywords": [{"name": "locations", "values": ["Oman", "Iran"]}]`, "oman iran"},
		{"sorts of another language", `"keywords": [{"name": "Ort", "value": "Maskat"}, {"name": "Ort", "value": "Teheran"}, {"name": "Firma", "value": "Hafen AG"}]`, "maskat teheran hafen_ag"},
		{"an unknown sort", `"keywords": [{"name": "Schiffstyp", "value": "Tanker der Klasse B"}]`, "tanker_der_klasse_b"},
		{"lists by sort", `"keywords": {"glocations": ["Oman", "Iran"], "subject": ["Ports"]}`, "oman iran ports"},
		{"a name and an id", `"tags": [{"id": "t7", "name": "Ports"}, {"id": 8, "name": "Oman"}]`, "ports oman"},
		{"a name and a slug", `"tags": [{"name": "North Sea", "slug": "north-sea"}]`, "north_sea"},
		{"a label and a key that is called value", `"tags": [{"label": "Ports", "value": "topic-17"}, {"label": "Ice", "value": "ICE4"}]`, "ports ice"},
		{"a name and a slug that is called value", `"tags": [{"name": "North Sea", "value": "north-sea"}, {"label": "Trade Winds", "value": "trade_winds"}]`, "north_sea trade_winds"},
		{"a name and a code", `"tags": [{"name": "Oman", "value": "OMN"}, {"name": "Ports", "value": "p-17"}]`, "oman ports"},
		{"a name and a count", `"tags": [{"name": "Oman", "value": 3}, {"name": "Ports", "value": "12"}]`, "oman ports"},
		{"a name and a weight in words", `"tags": [{"name": "Oman", "value": "high"}, {"name": "Ports", "value": "high"}, {"name": "Ice", "value": "low"}]`, "oman ports ice"},
		{"a name and an address", `"tags": [{"name": "Oman", "value": "https://x.example/oman"}]`, "oman"},
		{"a name and an empty value", `"tags": [{"name": "Oman", "value": null}, {"name": "Ports", "value": ""}]`, "oman ports"},
		{"nodes of edges", `"tags": {"edges": [{"node": {"name": "Oman"}}, {"node": {"name": "Ports"}}]}`, "oman ports"},
		{"facets", `"des_facet": ["Ports"], "geo_facet": ["Oman"]`, "ports"},
		{"names of sections", `"sections": [{"id": 1, "title": "World", "description": "News from all over the world."}, {"name": "Trade", "text": "Trade"}]`, "world trade"},
		{"a section with a name", `"section": {"name": "World", "path": "/world"}`, "world"},
		{"a sentence is no topic", `"topics": ["Ports", "The ferries stay in port, as the ice is thick."]`, "ports"},
		{"nor one in a list of texts", `"sections": "The ferries stay in port, as the ice is thick.", "tags": "Ports; Oman"`, "ports oman"},
		{"a name with a stop is one", `"topics": ["Bank of New York Mellon Corp.", "Washington, D.C.", "Who Pays?"]`, "bank_of_new_york_mellon_corp. washington,_d.c. who_pays?"},
		{"an element that is a list", `"tags": ["Ports,Ferries,Häfen", "Oman", "1,000 ships", "Trade, maritime"]`, "ports ferries häfen oman 1,000_ships trade,_maritime"},
		{"one within a list", `"tags": "Ports,Ferries;Oman"`, "ports ferries oman"},
		{"entities", `"tags": "Ports &amp; Ships; Caf&eacute;s"`, "ports_&_ships cafés"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			articles, _ := parse(t, "json", []byte(`{"title": "A", "text": "The ferries stay.", `+tt.json+`}`))
			if len(articles) != 1 || paths(&articles[0]) != tt.want || articles[0].Body != "The ferries stay." {
				t.Errorf("%+v", articles)
			}
		})
	}
}

// A text may be a list; what stands in a list is one value.
func TestJSONLists(t *testing.T) {
	for _, tt := range []struct{ name, json, topics, places, people, organizations string }{
		{"commas, in one of several fields", `"tags": "ports, ice", "section": "World"`, "ports ice world", "", "", ""},
		{"semicolons, in several fields", `"categories": "World;Trade", "tags": "ports;ice, thick"`, "world trade ports ice,_thick", "", "", ""},
		{"bars", `"keywords": "ports | ice", "category": "World"`, "ports ice world", "", "", ""},
		{"lists as programs print them", `"tags": "['ports', 'ice, thick']", "keywords": "{snow,\"the sea\"}", "category": "[\"World\"]"`, "ports ice,_thick snow the_sea world", "", "", ""},
		{"hash tags", `"tags": "#ports #ice"`, "ports ice", "", "", ""},
		{"one in brackets that is none", `"tags": "[sic]", "category": "#ports and ice"`, "sic #ports_and_ice", "", "", ""},
		{"persons in parts", `"people": [{"firstname": "Ada", "lastname": "Okoye"}]`, "", "", "Ada Okoye", ""},
		{"other scripts", `"tags": "港口、冰", "keywords": "إيران، نفط", "category": "油，气；船"`, "港口 冰 إيران نفط 油，气 船", "", "", ""},
		{"an element is one, though it be alone", `"tags": ["Trade, maritime"]`, "trade,_maritime", "", "", ""},
		{"the name of an object is one", `"tags": [{"name": "Trade, maritime"}], "category": {"name": "Ports; ships"}`, "trade,_maritime ports;_ships", "", "", ""},
		{"places", `"countries": "Oman, Iran", "location": "Vessem"`, "", "Oman|Iran|Vessem", "", ""},
		{"people", `"people": "Ada Okoye; Li Na", "persons": ["Smit, Jan; the younger"], "person": "Okoye, Ada"`, "", "", "Ada Okoye|Li Na|Smit, Jan; the younger|Okoye, Ada", ""},
		{"organizations", `"orgs": "The Bank | Ports, Ltd", "companies": ["Ice; Snow"]`, "", "", "", "The Bank|Ports, Ltd|Ice; Snow"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := parseOne(t, "json", `{"title": "A", "text": "The ferries stay.", `+tt.json+`}`)
			got := []string{paths(&a), strings.Join(a.Places, "|"), strings.Join(a.People, "|"), strings.Join(a.Organizations, "|")}
			if diff := cmp.Diff([]string{tt.topics, tt.places, tt.people, tt.organizations}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The outlet is a name, else a host, and never an address.
func TestJSONOutlets(t *testing.T) {
	const page = "https://coast.example/ports/ice"
	for _, tt := range []struct{ name, json, source, url string }{
		{"the address of the page, and a name", `"source": "` + page + `", "hostname": "coast.example", "sitename": "The Coast"`, "The Coast", page},
		{"the other way round", `"site_name": "The Coast", "source-hostname": "coast.example", "source": "` + page + `"`, "The Coast", page},
		{"the address and a host", `"hostname": "coast.example", "source": "` + page + `"`, "coast.example", page},
		{"the address alone", `"source": "https://www.coast.example/ports/ice?x=1#top"`, "coast.example", "https://www.coast.example/ports/ice?x=1#top"},
		{"an address without a scheme", `"source": "coast.example/ports/ice"`, "coast.example", "coast.example/ports/ice"},
		{"a host with its www", `"hostname": "www.coast.example"`, "coast.example", ""},
		{"that of the outlet", `"source": "https://coast.example/", "url": "` + page + `"`, "coast.example", page},
		{"that of the outlet alone", `"source": "https://coast.example/"`, "coast.example", ""},
		{"a better address", `"source": "https://coast.example/amp/ice", "url": "` + page + `"`, "coast.example", page},
		{"a host before a name", `"source": "coast.example", "publisher": "The Coast"`, "The Coast", ""},
		{"the address of another", `"publisher": "https://social.example/thecoast", "source": "The Coast"`, "The Coast", ""},
		{"the name of the medium", `"media_id": 17, "media_name": "The Coast", "media_url": "https://coast.example/"`, "The Coast", ""},
		{"addresses of a request", `"sitename": "The Coast", "requested_url": "https://coast.example/?p=7", "responded_url": "` + page + `"`, "The Coast", page},
		{"a name", `"source": "The Coast", "url": "` + page + `"`, "The Coast", page},
		{"a name with a slash or a dot", `"source": "AFP/dpa", "publisher": "St. Elmo's"`, "AFP/dpa", ""},
		{"an object with a name", `"source": {"id": "coast", "name": "The Coast", "url": "https://coast.example"}`, "The Coast", ""},
		{"an object with an address", `"source": {"href": "` + page + `"}`, "coast.example", page},
		{"an object with a host as its key", `"source": {"uri": "coast.example", "title": "The Coast"}`, "The Coast", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := parseOne(t, "json", `{"title": "A", "text": "The ferries stay.", `+tt.json+`}`)
			if a.Source != tt.source || a.URL != tt.url {
				t.Errorf("source %q, url %q", a.Source, a.URL)
			}
		})
	}
}

// Entities of a plain text are decoded, once; a text all of whose tags are
// escaped is HTML.
func TestJSONEntities(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"Write &#; or &#x; for nothing", "Write &#; or &#x; for nothing"},
		{"Oman&#8217;s ports &mdash; &#x201C;shut&#x201D; &hellip; in M&uuml;nchen", "Oman’s ports — “shut” … in München"},
		{"AT&amp;T &lt;T.N&gt;", "AT&T <T.N>"},
		{"AT&T and R&D; and P&O, a &b; ?x=1&copy=2&lt=3;", "AT&T and R&D; and P&O, a &b; ?x=1&copy=2&lt=3;"},
		{"&notit; &ampere; &;", "&notit; &ampere; &;"},
		{"&amp;lt; and &amp;amp;", "&lt; and &amp;"},
		{"5 &lt; 6 and 7 &gt; 6", "5 < 6 and 7 > 6"},
		{"&lt;p&gt;Prices &lt;b&gt;fell&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;R&amp;amp;D rose.&lt;/p&gt;", "Prices fell.\n\nR&D rose."},
		{"Prices fell.&lt;br /&gt;Wages rose.", "Prices fell.\n\nWages rose."},
		{"The tag &lt;p&gt; begins a paragraph.", "The tag <p> begins a paragraph."},
		{"<p>Write &amp;lt; and &lt;b&gt; here.</p>", "Write &lt; and <b> here."},
		{"one&nbsp;two&shy;three&zwnj;", "one twothree"},
	} {
		a := parseOne(t, "json", `{"title": "A", "body": `+quoteJSON(tt.text)+`}`)
		got := strings.ReplaceAll(a.Body, "\u200c", "")
		if tt.want == "Prices fell.\n\nWages rose." {
			got = strings.ReplaceAll(got, "fell.\nW", "fell.\n\nW") // a line or a paragraph
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A title may be marked up like a text.
func TestJSONTitleMarkup(t *testing.T) {
	for _, tt := range []struct{ title, want string }{
		{"Prices <em>fell</em>, <abbr title='x'>R&amp;D</abbr> rose", "Prices fell, R&D rose"},
		{"Wages<sup>1</sup> rise<br>at last", "Wages rise at last"},
		{"<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の港", "東京の港"},
		{"&lt;i&gt;Vessem&lt;/i&gt; sails", "Vessem sails"},
		{"The tag <p> begins a paragraph", "The tag <p> begins a paragraph"},
		{"AT&amp;T <T.N> & 5 < 6", "AT&T <T.N> & 5 < 6"},
	} {
		if a := parseOne(t, "json", `{"title": `+quoteJSON(tt.title)+`, "body": "The ferries stay."}`); a.Title != tt.want {
			t.Errorf("%s: %q, want %q", tt.title, a.Title, tt.want)
		}
	}
}

func quoteJSON(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// A first paragraph that stands apart is searched, and stands once.
func TestJSONLeads(t *testing.T) {
	const lead = "The ferries of Vessem stay in port."
	for _, tt := range []struct{ name, json, summary, body string }{
		{"beside an abstract", `"abstract": "No ferries.", "lead_paragraph": "` + lead + `"`, "No ferries.", lead},
		{"alone", `"lead_paragraph": "` + lead + `"`, "", lead},
		{"beside a text that has it", `"lead_paragraph": "` + lead + `", "body": "` + lead + `\n\nThe ice is thick."`, lead, lead + "\n\nThe ice is thick."},
		{"beside a text that goes on", `"abstract": "No ferries.", "introtext": "<p>` + lead + `</p>", "fulltext": "<p>The ice is thick.</p>"`, "No ferries.", lead + "\n\nThe ice is thick."},
		{"the abstract once more", `"abstract": "` + lead + `", "lead_paragraph": "` + lead + `"`, lead, lead},
		{"the abstract once more, beside a text", `"abstract": "` + lead + `", "lead_paragraph": "` + lead + `", "body": "The ice is thick."`, lead, "The ice is thick."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := parseOne(t, "json", `{"title": "A", `+tt.json+`}`)
			if a.Summary != tt.summary || a.Body != tt.body {
				t.Errorf("summary %q, body %q", a.Summary, a.Body)
			}
		})
	}
}

func TestJSONAuthors(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`{"name": "Ada Okoye", "url": "https://x.example"}`, "Ada Okoye"},
		{`[{"given": "Ada", "family": "Okoye"}, {"first_name": "Jan", "last_name": "Smit"}]`, "Ada Okoye|Jan Smit"},
		{`{"person": [{"firstname": "Ada", "middlename": null, "lastname": "Okoye", "rank": 1}], "original": null}`, "Ada Okoye"},
		{`{"original": "By Ada Okoye and Jan Smit", "person": [{"firstname": "Ada"}]}`, "Ada Okoye|Jan Smit"},
		{`[{"author": {"display_name": "Ada Okoye"}}]`, "Ada Okoye"},
		{`{"data": [{"attributes": {"fullName": "Ada Okoye"}}]}`, "Ada Okoye"},
		{`["www.social.example", "Ada Okoye", "https://social.example/ada"]`, "Ada Okoye"},
		{`"https://social.example/ada"`, ""},
		{`[12, 13]`, ""},
		{`{"id": 5, "url": "https://x.example"}`, ""},
	} {
		if a := parseOne(t, "json", `{"title": "A", "author": `+tt.json+`}`); strings.Join(a.Authors, "|") != tt.want {
			t.Errorf("%s: %q", tt.json, a.Authors)
		}
	}
}

// What was there and is no part of an article is told, with its place and its
// beginning.
func TestJSONLeftOut(t *testing.T) {
	const text = "The ferries of Vessem stay in port, as the ice is thick. "
	const several = text + "Nobody knows why, and nobody asks any more. The pilots wait for the thaw, which the office expects in a week."
	long := strings.Repeat(text, 5)
	for _, tt := range []struct{ name, json, told string }{
		{"a text under an unknown name", `{"title": "Ice", "xz_17": "` + text + `"}`, "text was left out, at xz_17: The ferries of Vessem"},
		{"a tree under an unknown name", `{"title": "Ice", "summary": "No ferries.", "xz": {"yy": [{"zz": "` + text + `"}, {"zz": "It is thick, said one of the pilots."}]}}`, "at xz.yy.zz: The ferries of Vessem"},
		{"a short sentence", `{"title": "The ferries of Vessem", "xz": {"yy": "The ice thickens."}}`, "at xz.yy: The ice thickens."},
		{"much more than the text", `{"title": "Ice", "body": "Read on in the paper.", "xz_17": "` + long + `"}`, "at xz_17: The ferries"},
		{"a better form of the text", `{"title": "Ice", "text": "Read on in the paper of today.", "content": "<p>` + long + `</p>"}`, "at content: The ferries"},
		{"an author who has no name", `{"title": "Ice", "text": "` + text + `", "author": {"fax": "none of these", "zodiac": "Leo"}}`, `a value was not understood, at author (authors): {"fax": "none of these"`},
		{"a sentence as a topic", `{"title": "Ice", "text": "` + text + `", "topics": ["The ice is thick in all ports."]}`, "a value was not understood, at topics: The ice is thick"},
		{"nothing: the same text in two forms", `{"title": "Ice", "text": "` + long + `", "content": "<p>` + long + `</p>", "raw_text": "` + long + `"}`, ""},
		{"nothing: the page of the text", `{"title": "Ice", "text": "` + text + `", "html": "<!DOCTYPE html><html><body><nav>` + strings.Repeat("All that is in the port and on the sea. ", 50) + `</nav></body></html>"}`, ""},
		{"nothing: the text with a frame of its own", `{"title": "Ice", "text": "` + several + `", "html": "<div>Skip to what the paper says</div><p>` + several + `</p><div>All rights are ours, as ever.</div>"}`, ""},
		{"nothing: captions and the author's life", `{"title": "Ice", "summary": "No ferries.", "image": {"caption": "` + long + `"}, "author": {"name": "Ada Okoye", "bio": "` + long + `"}, "copyright": "` + text + `"}`, ""},
		{"nothing: reader comments, related articles", `{"title": "Ice", "text": "` + text + `", "comments": [{"text": "` + long + `"}], "related": [{"title": "B", "text": "` + long + `"}]}`, ""},
		{"nothing: addresses, keys, numbers, code", `{"title": "Ice", "text": "` + text + `", "x": "https://x.example/a-b-c-d-e-f-g-h", "y": "` + strings.Repeat("0f3a", 200) + `", "z": [` + strings.Repeat("1, ", 300) + `1]}`, ""},
		{"nothing: less than twice as much", `{"title": "Ice", "text": "` + long + `", "note_of_day": "` + long + `"}`, ""},
		{"nothing: a title alone", `{"title": "Ice", "id": 7, "kind": "news"}`, ""},
		{"nothing: the number of a user", `{"title": "Ice", "text": "` + text + `", "author": 12}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			articles, errs := parse(t, "json", []byte(tt.json))
			if len(articles) != 1 || len(errs) > 1 || len(errs) == 1 && !errors.Is(errs[0], ErrPartial) {
				t.Fatal(articles, errs)
			}
			if told := errors.Join(errs...); tt.told == "" && told != nil || tt.told != "" && (told == nil || !strings.Contains(told.Error(), tt.told)) {
				t.Errorf("%v, want %s", told, tt.told)
			}
		})
	}
}
