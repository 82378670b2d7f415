package endnote

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

const head = `<?xml version="1.0" encoding="UTF-8"?>`

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"values in runs of several styles",
			head + `<xml><records><record><source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>12</rec-number><ref-type name="Newspaper Article">23</ref-type>
<contributors><authors><author><style face="normal">Okoye, Ada</style></author><author><style>News Desk,</style></author></authors></contributors>
<titles><title>
	<style>Ferries sa</style>
	<style face="italic">il</style>
	<style> again</style>
</title><secondary-title><style>The Vessem Post</style></secondary-title></titles>
<dates><year><style>2026</style></year><pub-dates><date><style>Jan 5</style></date></pub-dates></dates>
<keywords><keyword><style>ferries</style></keyword><keyword>tolls; dues</keyword></keywords>
<abstract><style>The ferries sail.&#13;They are full.</style></abstract><electronic-resource-num>10.1000/1</electronic-resource-num>
<urls><related-urls><url><style>https://example.org/1</style></url></related-urls><pdf-urls><url>internal-pdf://1.pdf</url></pdf-urls></urls><language>English</language></record></records></xml>`,
			"place: 12\ntitle: Ferries sail again\nsummary: The ferries sail.\\nThey are full.\nauthors: Ada Okoye | News Desk\nsource: The Vessem Post\npublished: Jan 5 2026 | 2026\nlanguage: English\ntopics: ferries | tolls; dues\nurl: https://example.org/1\n",
		},
		{
			"the full title of a periodical, no styles, two entries",
			head + `<xml><records><record><ref-type name="Journal Article">17</ref-type><titles><title>A</title></titles><periodical><full-title>Ports</full-title></periodical><dates><year>2025</year></dates></record>` +
				`<record><ref-type name="Book">6</ref-type><contributors><secondary-authors><author>Li, Na</author></secondary-authors></contributors><titles><title>B</title></titles><publisher>Quay Press</publisher></record></records></xml>`,
			"place: 1\ntitle: A\nsource: Ports\npublished: 2025\n\nplace: 2\ntitle: B\nauthors: Na Li\nsource: Quay Press\n",
		},
		{
			"EndNote 7",
			`<?xml version="1.0"?><XML><RECORDS><RECORD><REFERENCE_TYPE>31</REFERENCE_TYPE><REFNUM>4</REFNUM><AUTHORS><AUTHOR>Okoye, Ada</AUTHOR></AUTHORS><YEAR>1999</YEAR><TITLE>A</TITLE><SECONDARY_TITLE>The Post</SECONDARY_TITLE><URL>https://example.org/4</URL><ABSTRACT>Short.</ABSTRACT></RECORD></RECORDS></XML>`,
			"place: 4\ntitle: A\nsummary: Short.\nauthors: Ada Okoye\nsource: The Post\npublished: 1999\nurl: https://example.org/4\n",
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

func TestReadTagged(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"entries without a closing mark",
			"%0 Newspaper Article\n%T Ferries sail\nagain\n%A Okoye, Ada\n%A Li, Na\n%B The Vessem Post\n%D 2026\n%8 January 5\n%X They sail.\n%K ferries\ntolls\n%U https://example.org/1\n\n%0 Journal Article\r\n%T B\r\n%J Ports\r\n%R 10.1000/2\r\n",
			"place: https://example.org/1\ntitle: Ferries sail again\nsummary: They sail.\nauthors: Ada Okoye | Na Li\nsource: The Vessem Post\npublished: January 5 2026 | 2026\ntopics: ferries | tolls\nurl: https://example.org/1\n\nplace: 10.1000/2\ntitle: B\nsource: Ports\nurl: https://doi.org/10.1000/2\n",
		},
		{
			"entries parted by blank lines",
			"%T A\n%D 2025\n\n%T B\n%D 2026\n",
			"place: 1\ntitle: A\npublished: 2025\n\nplace: 2\ntitle: B\npublished: 2026\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, ReadTagged, "a.enw", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
		})
	}
}

func TestRecognize(t *testing.T) {
	if RecognizeTagged(readertest.Head("a.txt", "%0 of the harbour\nis closed.\n")) {
		t.Error("a text is taken for a tagged file")
	}
	if !RecognizeTagged(readertest.Head("a.txt", "%0 Book\n%T A\n")) {
		t.Error("a tagged file is not recognized")
	}
	if Recognize(readertest.Head("a.xml", head+"<records><record><title>A</title></record></records>")) {
		t.Error("other XML is taken for EndNote's")
	}
}

func TestEmpty(t *testing.T) {
	for _, fn := range []reader.Func{Read, ReadTagged} {
		if _, faults := readertest.Read(t, fn, "a", "nothing of the kind"); len(faults) != 1 {
			t.Errorf("got %v", faults)
		}
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.xml", "<xml><records><record><titles><title><style>A</style></title></titles><urls><url>x</url></urls></record></records></xml>", strings.Repeat("<records><record>", 10), "<records><record/>")
}

func FuzzReadTagged(f *testing.F) {
	readertest.Fuzz(f, ReadTagged, "a.enw", "%0 Book\n%T A\nb\n%8 x\n%D 2026\n", "%T\n%", "%0\n\n%0")
}

// A value of very many lines is read in a time that grows no faster than its size.
func TestManyLines(t *testing.T) {
	start := time.Now()
	if recs, faults := readertest.Read(t, ReadTagged, "a", "%0 A\n%T A\n%X x\n"+strings.Repeat("y\n", 1<<20)); len(recs) != 1 || len(faults) > 0 {
		t.Errorf("%d records, %v", len(recs), faults)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
}
