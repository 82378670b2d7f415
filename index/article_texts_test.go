package index

import (
	"reflect"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/enrich"
)

// TestDeriveKeepsTexts holds that what the text of an article gave is kept where it isn't read
// again: else a change of topics would take it away.
func TestDeriveKeepsTexts(t *testing.T) {
	an := newDocBuilder(enrich.NewPipeline(textStages(sought{quotations: true}), nil))
	a := corpus.Article{
		ID: "1", Title: "Rates", Language: "en",
		Body: "“Rates will rise sharply next year,” Kim Lee said on Monday. Prices will likely fall by spring, the bank said.",
	}
	read := an.doc(a, "entry", "version")
	if len(read.Article.Claims) == 0 || len(read.Article.Quotations) == 0 {
		t.Fatalf("%d claims and %d quotations were found, want some of both", len(read.Article.Claims), len(read.Article.Quotations))
	}
	again := read.Article
	text := an.derive(&again, true)
	kept := an.docFrom(again, text, "entry", "version")
	if !reflect.DeepEqual(kept.Article, read.Article) {
		t.Errorf("kept: %+v\nwant %+v", kept.Article, read.Article)
	}
	if !reflect.DeepEqual(kept.Text.Marks, read.Text.Marks) {
		t.Errorf("marks: %v\nwant %v", kept.Text.Marks, read.Text.Marks)
	}
}
