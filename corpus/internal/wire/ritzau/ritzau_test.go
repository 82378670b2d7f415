package ritzau

import (
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

const feed = `<?xml version="1.0"?><XMLNewsQueuedResponse><ListOfRBNews>
<RBNews><NewsID>a-1</NewsID><PublishDate>2026-01-05T10:00:00.5</PublishDate><strapline>---PRESSE---</strapline><headline>Ferries sail &amp;amp; wait</headline><subtitle>It&amp;apos;s over</subtitle>
<town>Northport</town><origin>/ritzau/</origin><section>Sport</section><version>2</version><Replaces i:nil="true"/><byLine>Mia Lund</byLine>
<content>&lt;P&gt;&lt;/P&gt;&#xD;
&lt;P&gt;Ferries &amp;amp;quot;sail&amp;amp;quot;.&lt;/P&gt;&lt;P&gt;/ritzau/&lt;/P&gt;</content><SubjectKeyword>Ships;Wind</SubjectKeyword></RBNews>
<RBNews><NewsID>a-2</NewsID><headline i:nil="true"/><strapline>In short</strapline><Replaces>a-0</Replaces><content>&lt;p&gt;One.&lt;/p&gt;</content></RBNews>
</ListOfRBNews></XMLNewsQueuedResponse>`

func TestRead(t *testing.T) {
	recs, faults := readertest.Read(t, Read, "a.xml", feed)
	if len(recs) != 2 || len(faults) > 0 {
		t.Fatalf("%d records, %v", len(recs), faults)
	}
	for f, want := range map[record.Field]string{
		record.ID: "a-1", record.Title: "Ferries sail & wait", record.Summary: "It's over", record.Published: "2026-01-05T10:00:00.5", record.Source: "ritzau",
		record.Authors: "Mia Lund", record.Places: "Northport",
	} {
		if got := recs[0].First(f); got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	if b := recs[0].Blocks; len(b) != 1 || b[0].Text != `Ferries "sail".` {
		t.Errorf("text %v", b)
	}
	if h := recs[0].Handling; h.Version != 2 || h.Replaces != nil {
		t.Errorf("%+v", h)
	}
	if recs[1].First(record.Title) != "In short" || recs[1].Place != "a-2" || recs[1].Handling.Replaces[0] != "a-0" || recs[1].First(record.Source) != "Ritzau" {
		t.Errorf("%+v", recs[1])
	}
	if !Recognize(readertest.Head("a.xml", feed)) || Recognize(readertest.Head("a.xml", "<rss><title>RBNews</title></rss>")) {
		t.Error("recognized wrongly")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(feed)
	f.Add("<RBNews><content>&lt;p&amp;amp;amp;lt;&lt;b&gt;")
	f.Fuzz(func(t *testing.T, content string) { readertest.Read(t, Read, "a.xml", content) })
}
