package kikuzo

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// page is a page of two articles, of which one may not be shown.
const page = `<html lang="ja"><body><table><tr><td><span class="font007">聞蔵II</span></td></tr></table>
<table class="topic-list"><tr><th class="topic-list">No.</th><th class="topic-list">発行日</th><th class="topic-list">朝夕刊</th>
<th class="topic-list">面名</th><th class="topic-list">ページ</th><th class="topic-list">文字数</th></tr>
<tr><td class="topic-list">00001</td><td class="topic-list"><nobr>2001年</nobr><nobr>02月03日</nobr></td><td class="topic-list">夕刊</td>
<td class="topic-list">１総</td><td class="topic-list">001</td><td class="topic-list">00020文字</td></tr></table>
<table class="topic-detail"><tr><td><br></td></tr><tr><td><span class="font002">
港の<span style="font-weight: bold;background:#88FFCC">新船</span>　出航</span><br><br></td></tr>
<tr><td><span class="font003"><div class="detail001">
　港から<span style="font-weight: bold">新船</span>が出航した。<br>　　　　<br>　船長が話した。</div></span><br><br></td></tr></table>
<table class="topic-inside"><tr><td><a href="#top">このページのＴＯＰへ</a></td></tr></table><hr>
<table class="topic-list"><tr><th class="topic-list">No.</th><th class="topic-list">発行日</th><th class="topic-list">朝夕刊</th>
<th class="topic-list">面名</th><th class="topic-list">ページ</th><th class="topic-list">文字数</th></tr>
<tr><td class="topic-list">00002</td><td class="topic-list"><nobr>2001年</nobr><nobr>02月04日</nobr></td><td class="topic-list">朝刊</td>
<td class="topic-list">２外</td><td class="topic-list">004</td><td class="topic-list">00300文字</td></tr></table>
<table class="topic-detail"><tr><td><span class="font002">島の灯台</span></td></tr>
<tr><td>※著作権などの関係で本文を表示できません。<br></td></tr></table></body></html>`

func TestRead(t *testing.T) {
	if !Recognize(reader.NewHead("a.html", []byte(page), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "a.html", page)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	a, b := &records[0], &records[1]
	if a.First(record.Title) != "港の新船 出航" || a.First(record.Source) != "朝日新聞 夕刊" || a.First(record.Published) != "2001年02月03日" {
		t.Errorf("got %q, %q, %q", a.First(record.Title), a.First(record.Source), a.First(record.Published))
	}
	if len(a.Blocks) != 2 || a.Blocks[0].Text != "港から新船が出航した。" || a.Blocks[1].Text != "船長が話した。" || len(a.Problems) != 0 {
		t.Errorf("blocks %v, problems %v", a.Blocks, a.Problems)
	}
	if b.First(record.Title) != "島の灯台" || b.First(record.Source) != "朝日新聞 朝刊" || len(b.Blocks) != 0 || len(b.Problems) != 1 || b.Place != "2" {
		t.Errorf("got %q, blocks %v, problems %v", b.First(record.Title), b.Blocks, b.Problems)
	}
}

func TestRecognizeOthers(t *testing.T) {
	for _, s := range []string{"<html><p class=topic-list>x</p>", "<p>font002 topic-list</p>"} {
		if Recognize(reader.NewHead("a.html", []byte(s), true)) {
			t.Errorf("%q is recognized", s)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(page)
	f.Add(strings.Repeat(`<table class="topic-list"><td class="topic-list">1`, 50))
	f.Add(`<td class="topic-list"><th class="topic-list">文字数<td class="topic-list">9文字`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "a.html", s) })
}
