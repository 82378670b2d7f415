package yomidasu

import (
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/reader/readertest"
	"github.com/newsq/newsq/corpus/internal/record"
)

// page is a page of two articles behind blank lines and a declaration.
const page = "\r\n\t\t\r\n" + `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html lang="ja"><head><script>yomiuriNewsSearch</script></head><body>
<div id="menu"><a href="yomiuriNewsSearch.action">検索</a></div>
<div id="heiseiDetailArea"><table class="contentsTable"><tr><th>1</th><th>2001.02.03</th><th class="wp50">港の新船　出航</th>
<th>&#26481;&#20140;&#26397;&#21002;</th><th>解説</th><th>09頁</th><th>17字</th><th>04段</th><th class="last">写真</th></tr></table>
<table class="selectSearchTable"><tr><th>選択部分をキーワードとして：</th><td>を検索</td></tr></table></div>
<div id="heiseiDetailContents"><br class="clB"/><p class="mb10">　港から<span class="phrase" onclick="x()">新船</span>が出航した。<br/>　船長が話した。<br/></p></div>
<div id="heiseiDetailArea"><table class="contentsTable"><tr><th>2</th><th>2001.02.04</th><th>［政治漫画］島の灯台</th><th>大阪夕刊</th><th>夕二面</th><th>02頁</th></tr></table></div>
<div id="footer">Copyright The Yomiuri Shimbun</div></body></html>`

func TestRead(t *testing.T) {
	if !Recognize(reader.NewHead("a.html", []byte(page), true)) {
		t.Error("not recognized")
	}
	records, faults := readertest.Read(t, Read, "a.html", page)
	if len(records) != 2 || len(faults) != 0 {
		t.Fatalf("got %d records, faults %v", len(records), faults)
	}
	a, b := &records[0], &records[1]
	if a.First(record.Title) != "港の新船 出航" || a.First(record.Source) != "読売新聞 東京朝刊" || a.First(record.Published) != "2001.02.03" {
		t.Errorf("got %q, %q, %q", a.First(record.Title), a.First(record.Source), a.First(record.Published))
	}
	if len(a.Blocks) != 2 || a.Blocks[0].Text != "港から新船が出航した。" || a.Blocks[1].Text != "船長が話した。" || len(a.Problems) != 0 {
		t.Errorf("blocks %v, problems %v", a.Blocks, a.Problems)
	}
	if b.First(record.Title) != "［政治漫画］島の灯台" || b.First(record.Source) != "読売新聞 大阪夕刊" || len(b.Blocks) != 0 {
		t.Errorf("got %q, %q, blocks %v", b.First(record.Title), b.First(record.Source), b.Blocks)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(page)
	f.Add(strings.Repeat(`<table class="contentsTable"><th>1`, 50))
	f.Add(`<table class="contentsTable"><th>2001.02.03<th>9字<div id="article">x`)
	f.Fuzz(func(t *testing.T, s string) { readertest.Read(t, Read, "a.html", s) })
}
