package index_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// page is what the handler answers with.
type page struct {
	Total  int      `json:"total"`
	Titles []string `json:"titles"`
	Next   string   `json:"next,omitempty"` // the cursor of the page that follows
}

// searchHandler answers /?q=QUERY&after=CURSOR. One Index serves all requests at
// the same time.
func searchHandler(ix *index.Index) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A search ends when its client goes away, as the request's context does.
		res, err := ix.Search(r.Context(), index.Query{
			Text:   r.FormValue("q"),
			Cursor: r.FormValue("after"),
			Limit:  2,
		})
		var syntax *index.SyntaxError
		switch {
		case errors.As(err, &syntax):
			http.Error(w, syntax.Error(), http.StatusBadRequest)
			return
		case errors.Is(err, index.ErrDamaged), errors.Is(err, index.ErrClosed):
			http.Error(w, "the index cannot be read", http.StatusInternalServerError)
			return
		case err != nil: // the cursor of another query, say
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		p := page{Total: res.Total, Next: res.Cursor}
		for _, hit := range res.Hits {
			p.Titles = append(p.Titles, hit.Article.Title)
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(p); err != nil {
			log.Print(err)
		}
	})
}

// An HTTP handler that searches.
func ExampleIndex_Search_handler() {
	dir, err := os.MkdirTemp("", "newsq")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	ctx := context.Background()
	ix, err := index.Open(ctx, dir, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()
	err = ix.Add(ctx,
		corpus.Article{ID: "a", Title: "Rates rise", Body: "The bank raised its rates."},
		corpus.Article{ID: "b", Title: "Rates fall", Body: "The bank cut its rates."},
		corpus.Article{ID: "c", Title: "Rates wait", Body: "The bank left its rates."})
	if err != nil {
		log.Fatal(err)
	}

	handler := searchHandler(ix)
	get := func(v url.Values) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?"+v.Encode(), nil))
		return w
	}
	var first, second page
	if err := json.NewDecoder(get(url.Values{"q": {"rates"}}).Body).Decode(&first); err != nil {
		log.Fatal(err)
	}
	fmt.Println(first.Total, first.Titles)
	if err := json.NewDecoder(get(url.Values{"q": {"rates"}, "after": {first.Next}}).Body).Decode(&second); err != nil {
		log.Fatal(err)
	}
	fmt.Println(second.Total, second.Titles)
	bad := get(url.Values{"q": {`"rates`}})
	fmt.Print(bad.Code, " ", bad.Body)
	// Output:
	// 3 [Rates rise Rates fall]
	// 3 [Rates wait]
	// 400 unclosed quotation at column 1; add " at the end
}
