package mods

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"an article of a newspaper, from Zotero",
			`<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>Ferries sail again</title></titleInfo><titleInfo type="abbreviated"><title>Ferries</title></titleInfo><typeOfResource>text</typeOfResource><genre authority="local">newspaperArticle</genre>
<name type="personal"><namePart type="family">Okoye</namePart><namePart type="given">Ada</namePart><role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role></name>
<name type="personal"><namePart type="family">Li</namePart><namePart type="given">Na</namePart><role><roleTerm type="code">edt</roleTerm></role></name>
<abstract>They sail.</abstract><subject><topic>ferries</topic><geographic>Vessem</geographic><name type="corporate"><namePart>Ferry Office</namePart></name></subject>
<relatedItem type="host"><titleInfo><title>The Vessem Post</title></titleInfo><part><date>2026-01-05</date></part></relatedItem>
<location><url usage="primary display">https://example.org/1</url></location><language><languageTerm type="text">English</languageTerm><languageTerm type="code">eng</languageTerm></language>
<recordInfo><recordIdentifier>r1</recordIdentifier></recordInfo></mods>
<mods><titleInfo><nonSort>The</nonSort><title>Harbour</title><subTitle>A history</subTitle></titleInfo><name type="personal"><namePart>Okoye, Ada</namePart></name><originInfo><publisher>Quay Press</publisher><dateIssued encoding="w3cdtf" point="start">1999</dateIssued><dateIssued point="end">2001</dateIssued></originInfo><identifier type="doi">10.1000/1</identifier></mods></modsCollection>`,
			"place: r1\ntitle: Ferries sail again\nsummary: They sail.\nauthors: Ada Okoye\nsource: The Vessem Post\npublished: 2026-01-05\nlanguage: eng\ntopics: ferries\nplaces: Vessem\norganizations: Ferry Office\nurl: https://example.org/1\n\n" +
				"place: 2\ntitle: The Harbour: A history\nauthors: Ada Okoye\nsource: Quay Press\npublished: 1999\nurl: https://doi.org/10.1000/1\n",
		},
		{
			"of several dates the library names the one that counts",
			`<mods><titleInfo><title>A</title></titleInfo><originInfo><copyrightDate>2003</copyrightDate><dateCreated encoding="w3cdtf" keyDate="yes">1955-03-22</dateCreated></originInfo></mods>`,
			"place: 1\ntitle: A\npublished: 1955-03-22\n",
		},
		{
			"one alone, with prefixes; a page that was captured",
			`<?xml version="1.0"?><mods:mods xmlns:mods="http://www.loc.gov/mods/v3"><mods:titleInfo><mods:title>A page</mods:title></mods:titleInfo><mods:name type="corporate"><mods:namePart>Port, Office of the</mods:namePart></mods:name><mods:originInfo><mods:dateCaptured point="start">20260105 </mods:dateCaptured><mods:dateCaptured point="end">20260205</mods:dateCaptured></mods:originInfo></mods:mods>`,
			"place: 1\ntitle: A page\nauthors: Port, Office of the\npublished: 20260105\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.xml", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
			if !Recognize(readertest.Head("a.xml", tt.in)) {
				t.Error("it is not recognized")
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.xml", "<mods><titleInfo><title>A</title></titleInfo><name><namePart>B, C</namePart></name><subject><name/></subject></mods>", "<mods><mods><relatedItem type=host>", "<mods/><mods/>")
}
