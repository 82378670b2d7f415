package rdf

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

const zotero = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:dc="http://purl.org/dc/elements/1.1/">`

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"Zotero: an article with a note, an attachment and a collection",
			zotero + `
    <bib:Article rdf:about="https://example.org/1">
        <z:itemType>newspaperArticle</z:itemType>
        <dcterms:isPartOf><bib:Newspaper><dc:title>The Vessem Post</dc:title></bib:Newspaper></dcterms:isPartOf>
        <bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Okoye</foaf:surname><foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
        <rdf:li><foaf:Person><foaf:surname>News Desk</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>
        <dcterms:isReferencedBy rdf:resource="#item_3"/>
        <link:link rdf:resource="#item_4"/>
        <dc:subject>ferries</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>tolls</rdf:value></z:AutomaticTag></dc:subject>
        <dc:subject><dcterms:LCC><rdf:value>HE561</rdf:value></dcterms:LCC></dc:subject>
        <dc:title>Ferries sail again</dc:title>
        <dcterms:abstract>They sail.</dcterms:abstract>
        <dc:date>2026-01-05</dc:date>
        <z:language>en</z:language>
        <dc:identifier><dcterms:URI><rdf:value>https://example.org/1</rdf:value></dcterms:URI></dc:identifier>
        <dcterms:dateSubmitted>2026-02-01 10:00:00</dcterms:dateSubmitted>
        <dc:description>Citation Key: okoye2026</dc:description>
    </bib:Article>
    <bib:Memo rdf:about="#item_3"><rdf:value>&lt;p&gt;The first ferry left at noon.&lt;/p&gt;</rdf:value></bib:Memo>
    <z:Attachment rdf:about="#item_4"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/4/a.html"/><dc:title>Snapshot</dc:title></z:Attachment>
    <z:Collection rdf:about="#collection_1"><dc:title>Harbours</dc:title><dcterms:hasPart rdf:resource="https://example.org/1"/></z:Collection>
</rdf:RDF>`,
			"place: https://example.org/1\ntitle: Ferries sail again\nsummary: They sail.\nbody: <p>The first ferry left at noon.</p>\nauthors: Ada Okoye | News Desk\nsource: The Vessem Post\npublished: 2026-01-05\nlanguage: en\ntopics: ferries | tolls\nurl: https://example.org/1\n",
		},
		{
			"Zotero: a journal that stands apart, a note of its own",
			zotero + `<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/><dc:title>A</dc:title></bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5678"><dc:title>Ports</dc:title><dc:identifier>DOI 10.1000/1</dc:identifier></bib:Journal>
<bib:Memo rdf:about="#item_9"><z:itemType>note</z:itemType><rdf:value>Ask the ferry office again.</rdf:value></bib:Memo></rdf:RDF>`,
			"place: #item_1\ntitle: A\nsource: Ports\n\nplace: #item_9\nsummary: Ask the ferry office again.\nbody: Ask the ferry office again.\n",
		},
		{
			"Bibliontology: people by reference, a publisher",
			`<rdf:RDF xmlns:bibo="http://purl.org/ontology/bibo/" xmlns:dct="http://purl.org/dc/terms/" xmlns:foaf="http://xmlns.com/foaf/0.1/"><bibo:Book rdf:about="https://example.org/b"><dct:title>A</dct:title><dct:creator rdf:resource="#p"/><dct:publisher><foaf:Organization><foaf:name>Quay Press</foaf:name></foaf:Organization></dct:publisher><dct:issued>2026</dct:issued><dct:language rdf:resource="http://id.loc.gov/vocabulary/iso639-2/ger"/></bibo:Book><foaf:Person rdf:about="#p"><foaf:familyName>Li</foaf:familyName><foaf:givenName>Na</foaf:givenName></foaf:Person></rdf:RDF>`,
			"place: https://example.org/b\ntitle: A\nauthors: Na Li\nsource: Quay Press\npublished: 2026\nlanguage: ger\nurl: https://example.org/b\n",
		},
		{
			"Bibliontology: contributions, names in attributes",
			`<rdf:RDF xmlns:bibo="http://purl.org/ontology/bibo/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:foaf="http://xmlns.com/foaf/0.1/"><bibo:Journal rdf:about="urn:issn:1"><dc:title>Ports</dc:title></bibo:Journal><bibo:Article rdf:about="#a"><dc:title>A</dc:title><dc:isPartOf rdf:resource="urn:issn:1"/><bibo:doi>10.1000/1</bibo:doi><bibo:contribution><bibo:Contribution><bibo:contributor><foaf:Person foaf:name="Ada Okoye"/></bibo:contributor></bibo:Contribution></bibo:contribution></bibo:Article></rdf:RDF>`,
			"place: #a\ntitle: A\nauthors: Ada Okoye\nsource: Ports\nurl: https://doi.org/10.1000/1\n",
		},
		{
			"Dublin Core and PRISM",
			`<rdf:RDF xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/"><rdf:Description rdf:about="https://example.org/c"><dc:title>A</dc:title><dc:creator>Okoye, Ada</dc:creator><dc:creator>Li, Na</dc:creator><prism:publicationName>The Post</prism:publicationName><prism:publicationDate>2026-01-05</prism:publicationDate><dc:description>They sail.</dc:description><prism:doi>10.1000/1</prism:doi></rdf:Description></rdf:RDF>`,
			"place: https://example.org/c\ntitle: A\nsummary: They sail.\nauthors: Ada Okoye | Na Li\nsource: The Post\npublished: 2026-01-05\nurl: https://example.org/c\n",
		},
		{
			"schema.org",
			`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://schema.org/"><s:NewsArticle rdf:nodeID="n1"><s:headline>A</s:headline><s:author rdf:nodeID="n2"/><s:datePublished>2026-01-05</s:datePublished><s:keywords>ferries</s:keywords></s:NewsArticle><s:Person rdf:nodeID="n2"><s:name>Ada Okoye</s:name></s:Person></rdf:RDF>`,
			"place: n1\ntitle: A\nauthors: Ada Okoye\npublished: 2026-01-05\ntopics: ferries\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.rdf", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !Recognize(readertest.Head("a.rdf", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

func TestRecognize(t *testing.T) {
	for _, s := range []string{
		`<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/></rdf:RDF>`,
		`<rdf:RDF xmlns:skos="http://www.w3.org/2004/02/skos/core#"></rdf:RDF>`,
		`<feed xmlns:dc="http://purl.org/dc/elements/1.1/"/>`,
	} {
		if Recognize(readertest.Head("a.rdf", s)) {
			t.Errorf("%s is taken for a bibliography", s)
		}
	}
}

// Things that all refer to one of great size take no time of their own.
func TestManyReferences(t *testing.T) {
	var b strings.Builder
	b.WriteString(zotero + `<foaf:Person rdf:about="#p"><foaf:name>` + strings.Repeat("x ", 200_000) + `</foaf:name></foaf:Person><bib:Memo rdf:about="#m"><rdf:value>` + strings.Repeat("<p>x", 100_000) + `</rdf:value></bib:Memo>`)
	for range 10_000 {
		b.WriteString(`<bib:Article><dc:title>A</dc:title><dc:creator rdf:resource="#p"/><dcterms:isPartOf rdf:resource="#p"/><dcterms:isReferencedBy rdf:resource="#m"/></bib:Article>`)
	}
	start := time.Now()
	readertest.Read(t, Read, "a.rdf", b.String())
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.rdf", zotero+`<bib:Article rdf:about="a"><dc:title>A</dc:title><bib:authors><rdf:Seq><rdf:li rdf:resource="a"/></rdf:Seq></bib:authors><dcterms:isPartOf rdf:resource="a"/></bib:Article></rdf:RDF>`, `<rdf:RDF><x about="#1"><title>A</title><ispartof><x/></ispartof></x>`)
}
