package index_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// A program may say itself who asks a cluster. Without that, the environment does.
func ExampleWithCredentials() {
	secret, err := os.ReadFile("/run/secrets/search")
	if err != nil {
		log.Fatal(err)
	}
	ctx := index.WithCredentials(context.Background(), index.Credentials{
		User: "newsroom", Password: strings.TrimSpace(string(secret)), CAFile: "/etc/ssl/search-ca.pem",
	})
	ix, err := index.Open(ctx, "https://a.example:9200,b.example:9200/news", &index.Options{ReadOnly: true})
	if err != nil {
		log.Fatal(err)
	}
	defer ix.Close()
}

// Credentials reach the server, and no message.
func TestCredentials(t *testing.T) {
	asked := make(chan string, 16)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		select {
		case asked <- user + ":" + password:
		default:
		}
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	}))
	defer s.Close()
	c := index.Credentials{User: "kim", Password: "hush-hush"}
	_, err := index.Open(index.WithCredentials(t.Context(), c), s.URL+"/news", &index.Options{ReadOnly: true})
	if !errors.Is(err, index.ErrServer) || !strings.Contains(err.Error(), "accept the user and password") {
		t.Errorf("refused: %v", err)
	}
	if got := <-asked; got != "kim:hush-hush" {
		t.Errorf("the server was asked by %s", got)
	}
	b, jsonErr := json.Marshal(c)
	if all := fmt.Sprintf("%v %+v %#v %s %q %v %s %v", c, c, c, c, &c, err, b, jsonErr); strings.Contains(all, "hush") {
		t.Errorf("the secret is in %s", all)
	}
}
