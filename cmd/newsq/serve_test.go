package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// talk is what a command writes while it runs.
type talk struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (w *talk) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.Write(p)
}

func (w *talk) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.b.String()
}

var opened = regexp.MustCompile(`open (https?://[^ "]+/)`)

// startServe runs newsq serve until stop is called, which returns the exit code.
func startServe(t *testing.T, args ...string) (url string, said *talk, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	said = &talk{}
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), strings.NewReader(""), io.Discard, said)
	}()
	stop = sync.OnceValue(func() int { cancel(); return <-code })
	t.Cleanup(func() { stop() })
	for {
		if m := opened.FindStringSubmatch(said.String()); m != nil {
			return m[1], said, stop
		}
		select {
		case got := <-code:
			code <- got
			t.Fatalf("serve ends with %d: %s", got, said)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func fetch(t *testing.T, url string, headers ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

// The server answers what the command prints, and Ctrl-C ends it well.
func TestServeAnswersWhatSearchPrints(t *testing.T) {
	sampleIndex(t)
	url, said, stop := startServe(t, "--show-paths")
	status, body := fetch(t, url+"api/v1/search?q=deterrence&limit=3")
	out, _, _ := command(t, "search", "--json", "-n", "3", "deterrence")
	if status != http.StatusOK || withoutTime(t, body) != withoutTime(t, out) {
		t.Errorf("%d\n%s\nthe command prints\n%s", status, body, out)
	}
	status, body = fetch(t, url+"api/v1/articles/meridian-2024-02")
	if out, _, _ := command(t, "show", "--json", "meridian-2024-02"); status != http.StatusOK || body != out {
		t.Errorf("%d\n%s\nthe command prints\n%s", status, body, out)
	}
	if code := stop(); code != exitDone {
		t.Errorf("it ends with %d: %s", code, said)
	}
}

// withoutTime is a JSON object without how long a search took.
func withoutTime(t *testing.T, s string) string {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(s), &fields); err != nil {
		t.Fatalf("%v: %s", err, s)
	}
	delete(fields, "took_ms")
	delete(fields, "cursor") // has the moment of the search
	b, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestServeWatches(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"} {
		t.Setenv(name, t.TempDir())
	}
	dir := t.TempDir()
	t.Setenv("NEWSQ_INDEX", filepath.Join(dir, "index")) // which is made
	t.Setenv("NEWSQ_TOKEN", "0123456789abcdef")
	notes := filepath.Join(dir, "notes")
	if err := os.Mkdir(notes, 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(notes, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", "The harbour of Vessem.")
	url, said, stop := startServe(t, "--watch", notes, "--log-json")
	if status, _ := fetch(t, url+"api/v1/search?q=harbour"); status != http.StatusUnauthorized {
		t.Errorf("without the token: %d", status)
	}
	find := func(word string) {
		t.Helper()
		for {
			status, body := fetch(t, url+"api/v1/search?q="+word, "Authorization", "Bearer 0123456789abcdef")
			if status != http.StatusOK {
				t.Fatalf("%d %s\n%s", status, body, said)
			}
			if strings.Contains(body, `"total":1`) {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	find("harbour")
	write("b.txt", "A lighthouse on the coast.")
	find("lighthouse")
	// What is written can be found a moment before its sync is over.
	synced := func() bool {
		_, body := fetch(t, url+"metrics", "Authorization", "Bearer 0123456789abcdef")
		if !strings.Contains(body, "newsq_last_sync_timestamp_seconds ") {
			t.Fatal(body)
		}
		return !strings.Contains(body, "newsq_last_sync_timestamp_seconds 0\n")
	}
	for !synced() {
		time.Sleep(20 * time.Millisecond)
	}
	if code := stop(); code != exitDone {
		t.Errorf("it ends with %d: %s", code, said)
	}
	for line := range strings.Lines(said.String()) {
		var fields struct{ Level, Msg, Time string }
		if err := json.Unmarshal([]byte(line), &fields); err != nil || fields.Level == "" || fields.Msg == "" || fields.Time == "" {
			t.Errorf("line %s: %v", line, err)
		}
	}
}
