package notify

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/leaktest"
	"github.com/newsq/newsq/internal/wire"
)

func TestMain(m *testing.M) { os.Exit(leaktest.Run(m)) }

func message() *index.Message {
	return &index.Message{
		ID: "0123456789abcdef0123456789abcdef", Search: index.SavedSearch{Name: "grain", Text: "grain"},
		To: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Count: 2,
		Hits: []index.Hit{{ID: "a1", Article: &corpus.Article{ID: "a1", Title: "Grain <prices>"}, Snippets: []index.Snippet{{Text: "Grain rose."}}}},
	}
}

// The signature is what openssl dgst -sha256 -hmac "a secret of the port" says of
// 1767225600.{"id":"1"}
func TestSign(t *testing.T) {
	const want = "sha256=1850a6cc4237084953f18fa7ec1598c043bca33886af41bfa68a304a621a10ce"
	if got := Sign("a secret of the port", 1767225600, []byte(`{"id":"1"}`)); got != want {
		t.Errorf("got %s", got)
	}
}

// An address gets the message, its id, the time and a signature of the bytes that came.
func TestWebhook(t *testing.T) {
	var body []byte
	var header http.Header
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ = io.ReadAll(r.Body)
		header = r.Header
		w.WriteHeader(http.StatusAccepted)
	}))
	defer server.Close()
	send, err := To(server.URL+"/hook", &Options{Secret: "s3", Version: "v1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	var got wire.Notification
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != message().ID || got.Count != 2 || got.Omitted != 1 || got.Search != "grain" || got.Newsq != "v1" || got.Articles[0].Passage != "Grain rose." {
		t.Errorf("got %+v", got)
	}
	var at int64
	if err := json.Unmarshal([]byte(header.Get("Newsq-Timestamp")), &at); err != nil || time.Since(time.Unix(at, 0)) > time.Hour {
		t.Errorf("timestamp %q", header.Get("Newsq-Timestamp"))
	}
	if header.Get("Newsq-Id") != got.ID || header.Get("Content-Type") != "application/json" || header.Get("Newsq-Signature") != Sign("s3", at, body) {
		t.Errorf("header %v", header)
	}
}

// What an answer means: whether the message is refused, and how long to wait.
func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		status  int
		after   string
		refused bool
		wait    time.Duration
		want    string
	}{
		{301, "", true, 0, "leads to another address (301)"},
		{400, "", true, 0, "answered 400 Bad Request: no such room"},
		{408, "", false, 0, "answered 408"},
		{429, "120", false, 2 * time.Minute, "answered 429"},
		{500, "x", false, 0, "answered 500"},
		{503, "-5", false, 0, "answered 503"},
		{503, "Thu, 01 Jan 1970 00:00:00 GMT", false, 0, "answered 503"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/there" {
				t.Error("a redirect was followed")
			}
			w.Header().Set("Retry-After", tt.after)
			w.Header().Set("Location", "/there")
			w.WriteHeader(tt.status)
			_, _ = io.WriteString(w, "no such\nroom\n"+strings.Repeat("x", 1<<20))
		}))
		send, err := To(server.URL+"/token-0815", nil)
		if err != nil {
			t.Fatal(err)
		}
		err = send(t.Context(), message())
		server.Close()
		d, ok := errors.AsType[*index.DeliveryError](err)
		if !ok || d.Refused != tt.refused || d.After != tt.wait || !strings.Contains(err.Error(), tt.want) || len(err.Error()) > 2*maxSaid {
			t.Errorf("%d: %+v", tt.status, err)
		}
		if strings.Contains(err.Error(), "0815") {
			t.Errorf("the error tells the address: %v", err)
		}
	}
}

// Nobody answers: the error names the server and no more of the address.
func TestNoServer(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	send, err := To(server.URL+"/token-0815?key=0815", nil)
	if err != nil {
		t.Fatal(err)
	}
	err = send(t.Context(), message())
	if d, ok := errors.AsType[*index.DeliveryError](err); !ok || d.Refused || strings.Contains(err.Error(), "0815") {
		t.Errorf("%v", err)
	}
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.ReadAll(r.Body)
		<-r.Context().Done()
	}))
	defer slow.Close()
	send, _ = To(slow.URL+"/token-0815", nil)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := send(ctx, message()); err == nil || strings.Contains(err.Error(), "0815") || !strings.Contains(err.Error(), "no answer") {
		t.Errorf("no answer: %v", err)
	}
}

// A command gets the message, and says by its exit code whether it was delivered.
func TestCommand(t *testing.T) {
	file := filepath.Join(t.TempDir(), "got")
	t.Setenv("GOT", file)
	send, err := To(`cat >> "$GOT"`, nil)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := send(t.Context(), message()); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(file)
	line, other, _ := strings.Cut(string(b), "\n")
	if err != nil || !json.Valid([]byte(line)) || other != line+"\n" || !strings.Contains(string(b), `"title":"Grain <prices>"`) {
		t.Errorf("got %s, %v", b, err)
	}
	for line, want := range map[string]string{
		"true":                            "", // it reads nothing
		"echo full >&2; exit 3":           "the command failed: exit status 3: full",
		"no-such-command-at-all":          "the command failed: exit status 127",
		"yes x | head -c 1000000; exit 1": "exit status 1: x x",
	} {
		send, err := To(line, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = send(t.Context(), message())
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) || len(err.Error()) > 2*maxSaid) {
			t.Errorf("%s: %v", line, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	send, _ = To("sleep 5", nil)
	if err := send(ctx, message()); err == nil || !strings.Contains(err.Error(), "it took too long") {
		t.Errorf("a slow command: %v", err)
	}
}

func TestTargets(t *testing.T) {
	for _, target := range []string{"", " ", "ftp://example.org/x", "https://", "http:///x", "https://exa mple.org/0815"} {
		if _, err := To(target, nil); err == nil || strings.Contains(err.Error(), "0815") {
			t.Errorf("%q: %v", target, err)
		}
	}
	for _, target := range []string{"https://example.org/hook", "HTTP://example.org", "notify-send news", "curl -d @- https://example.org"} {
		if _, err := To(target, nil); err != nil {
			t.Errorf("%q: %v", target, err)
		}
	}
}
