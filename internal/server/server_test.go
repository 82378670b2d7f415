package server

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

func newIndex(t *testing.T) *index.Index {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(t.TempDir(), "index"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if err := ix.Add(t.Context(), corpus.Article{ID: "a", Title: "Oil", Body: "The price of oil fell."}); err != nil {
		t.Fatal(err)
	}
	return ix
}

func TestRunServesUntilItIsStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	started, done := make(chan string, 1), make(chan error, 1)
	o := &Options{Index: newIndex(t), Addr: "127.0.0.1:0", Started: func(url string) { started <- url }}
	go func() { done <- Run(ctx, o) }()
	url := <-started
	res, err := http.Get(url + "api/v1/search?q=oil")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusOK {
		t.Error(res.Status)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := http.Get(url); err == nil {
		t.Error("it still answers")
	}
}
