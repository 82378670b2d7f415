package endpoint_test

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/embed/endpoint"
	"github.com/newsq/newsq/internal/embed/endpoint/endpointtest"
)

const secret = "sk-not-for-anybody"

// client returns a client of a server, which may be changed before.
func client(t *testing.T, s *endpointtest.Server, change func(c *endpoint.Config)) *endpoint.Client {
	t.Helper()
	config := endpoint.Config{URL: s.API() + "/", Model: "grams", Key: secret, Timeout: 5 * time.Second, QueryTimeout: 5 * time.Second}
	if change != nil {
		change(&config)
	}
	c, err := endpoint.New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestVectors(t *testing.T) {
	for _, asked := range []int{0, 32, 300} {
		s := endpointtest.New(t, endpointtest.Options{Key: secret, Dims: 48})
		c := client(t, s, func(c *endpoint.Config) { c.Dims = asked })
		texts := []string{"missile launch", "missiles launched", "interest rates"}
		got, dims, err := c.Vectors(t.Context(), texts, 0)
		want := asked
		if asked == 0 {
			want = 48
		}
		if err != nil || len(got) != 3 || dims != want {
			t.Fatalf("%d vectors of %d dimensions, %v", len(got), dims, err)
		}
		if near, far := embed.Cosine(got[0], got[1]), embed.Cosine(got[0], got[2]); near < far+.2 {
			t.Errorf("cosines of %.2f with what is about the same, %.2f with something else", near, far)
		}
		q, err := c.Query(t.Context(), "missile launch", dims)
		if err != nil || !slices.Equal(q, got[0]) {
			t.Errorf("a query of the same text has another vector: %v", err)
		}
	}
}

// A vector belongs to the text that its index says, and an embedding may be base64.
func TestOrderAndBase64(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{Mend: func(d []endpointtest.Data) []endpointtest.Data {
		slices.Reverse(d)
		return d
	}})
	texts := []string{"one", "two", "three"}
	got, _, err := client(t, s, nil).Vectors(t.Context(), texts, 0)
	if err != nil {
		t.Fatal(err)
	}
	encoded := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var data []map[string]any
		for i, text := range texts {
			var raw []byte
			for _, x := range endpointtest.Embed("grams", text, 64) {
				raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(x)))
			}
			data = append(data, map[string]any{"index": i, "embedding": base64.StdEncoding.EncodeToString(raw)})
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
	}))
	t.Cleanup(encoded.Close)
	same, _, err := client(t, &endpointtest.Server{Server: encoded}, nil).Vectors(t.Context(), texts, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		want, err := embed.NewVector(float32s(endpointtest.Embed("grams", text, 64)))
		if err != nil || !slices.Equal(got[i], want) || !slices.Equal(same[i], want) {
			t.Errorf("the vector of %q is another one's (%v)", text, err)
		}
	}
}

func float32s(x []float64) (y []float32) {
	for _, v := range x {
		y = append(y, float32(v))
	}
	return y
}

// Whatever a server answers that is no answer is an error that says what to do, and never
// has the key in it.
func TestFaults(t *testing.T) {
	data := func(list ...endpointtest.Data) func([]endpointtest.Data) []endpointtest.Data {
		return func([]endpointtest.Data) []endpointtest.Data { return list }
	}
	unit := func(dims int) []float64 { return append(make([]float64, dims-1), 1) }
	fault := func(status int, body string) func(http.ResponseWriter, *http.Request, int) bool {
		return func(w http.ResponseWriter, _ *http.Request, _ int) bool { return endpointtest.Answer(w, status, body) }
	}
	for name, tt := range map[string]struct {
		o       endpointtest.Options
		want    string
		refused bool
	}{
		"another key":   {endpointtest.Options{Key: "another"}, "refused a key (401): set NEWSQ_EMBEDDINGS_KEY", false},
		"no such model": {endpointtest.Options{Fault: fault(404, "no grams")}, `no model "grams" (404)`, false},
		"too long":      {endpointtest.Options{Refuse: "two"}, "refused the texts (400): if they are too long, set embeddings-chars", true},
		"redirection": {endpointtest.Options{Fault: func(w http.ResponseWriter, r *http.Request, _ int) bool {
			http.Redirect(w, r, "http://127.0.0.1:1/", http.StatusTemporaryRedirect)
			return true
		}}, "sends on to another address", false},
		"a page":               {endpointtest.Options{Fault: fault(200, "<html>Sign in</html>")}, "cannot be read", false},
		"another object":       {endpointtest.Options{Fault: fault(200, `{"data": {}}`)}, "cannot be read", false},
		"no data":              {endpointtest.Options{Fault: fault(200, `{}`)}, "0 vectors came for 2 texts", false},
		"too few":              {endpointtest.Options{Mend: data(endpointtest.Data{Index: 0, Embedding: unit(64)})}, "1 vectors came for 2 texts", false},
		"too many":             {endpointtest.Options{Mend: data(make([]endpointtest.Data, 3)...)}, "3 vectors came for 2 texts", false},
		"twice":                {endpointtest.Options{Mend: data(endpointtest.Data{Index: 1, Embedding: unit(64)}, endpointtest.Data{Index: 1, Embedding: unit(64)})}, "index 1 of 2 vectors is wrong, or comes twice", false},
		"beyond":               {endpointtest.Options{Mend: data(endpointtest.Data{Index: 0, Embedding: unit(64)}, endpointtest.Data{Index: 2, Embedding: unit(64)})}, "index 2 of 2 vectors is wrong", false},
		"no index":             {endpointtest.Options{Fault: fault(200, `{"data": [{"embedding": []}, {"embedding": []}]}`)}, "no index", false},
		"two sizes":            {endpointtest.Options{Mend: data(endpointtest.Data{Index: 0, Embedding: unit(64)}, endpointtest.Data{Index: 1, Embedding: unit(65)})}, "65 dimensions, and others 64", false},
		"few dimensions":       {endpointtest.Options{Dims: 15}, "15 dimensions: there may be 16 to 4096", false},
		"many dimensions":      {endpointtest.Options{Dims: 4097}, "4097 dimensions: there may be 16 to 4096", false},
		"zero":                 {endpointtest.Options{Mend: data(endpointtest.Data{Index: 0, Embedding: unit(64)}, endpointtest.Data{Index: 1, Embedding: make([]float64, 64)})}, "zero or not finite", true},
		"infinite":             {endpointtest.Options{Fault: fault(200, `{"data": [{"index": 0, "embedding": [1e39]}, {"index": 1, "embedding": [1]}]}`)}, "cannot be read", false},
		"endless":              {endpointtest.Options{Fault: fault(200, strings.Repeat(" ", 1<<20))}, "more than 327680 bytes for 2 texts", false},
		"the key in a failure": {endpointtest.Options{Fault: fault(418, "you sent "+secret+" to a teapot\x1b[2J")}, "answered 418: you sent (the key) to a teapot [2J", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := endpointtest.New(t, tt.o)
			c := client(t, s, nil)
			_, _, err := c.Vectors(t.Context(), []string{"one", "two"}, 0)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), s.API()) || endpoint.IsRefused(err) != tt.refused {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if err != nil && strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), secret) {
				t.Errorf("the key is in %v", err)
			}
			if s.Requests() != 1 {
				t.Errorf("%d requests, want 1", s.Requests())
			}
		})
	}
}

// What passes is tried again, when the server says so.
func TestTriesAgain(t *testing.T) {
	for name, fault := range map[string]func(w http.ResponseWriter, r *http.Request, n int) bool{
		"too many requests": func(w http.ResponseWriter, _ *http.Request, n int) bool {
			w.Header().Set("Retry-After", "0.05")
			return n <= 2 && endpointtest.Answer(w, 429, "slow down")
		},
		"failures": func(w http.ResponseWriter, _ *http.Request, n int) bool {
			return n <= 2 && endpointtest.Answer(w, 503, "")
		},
		"cut": func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n <= 1 {
				w.Header().Set("Content-Length", "1000")
			}
			return n <= 2 && endpointtest.Answer(w, 200, `{"data": [{"index": 0, "emb`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := endpointtest.New(t, endpointtest.Options{Fault: fault})
			got, _, err := client(t, s, nil).Vectors(t.Context(), []string{"one"}, 64)
			if err != nil || len(got) != 1 || s.Requests() != 3 {
				t.Errorf("%d vectors by %d requests, %v", len(got), s.Requests(), err)
			}
			_, err = client(t, endpointtest.New(t, endpointtest.Options{Fault: fault}), nil).Query(t.Context(), "one", 64)
			if e, ok := errors.AsType[*endpoint.Error](err); !ok || e.Where == "" {
				t.Errorf("a query was tried again, or has the error %v", err)
			}
		})
	}
}

// A server that is slow, or isn't there, keeps nobody waiting for longer than was said.
func TestNoAnswer(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{Fault: func(_ http.ResponseWriter, r *http.Request, _ int) bool { return endpointtest.Hang(r) }})
	c := client(t, s, func(c *endpoint.Config) { c.QueryTimeout = 50 * time.Millisecond })
	if _, err := c.Query(t.Context(), "one", 0); err == nil || !strings.Contains(err.Error(), "no answer within 50ms") {
		t.Errorf("a server that hangs: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := c.Vectors(ctx, []string{"one"}, 0); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a context that ends: %v", err)
	}
	s.Close()
	if _, err := c.Query(t.Context(), "one", 0); err == nil || !strings.Contains(err.Error(), "no answer") {
		t.Errorf("a server that is gone: %v", err)
	}
}

func TestConfig(t *testing.T) {
	for _, tt := range []struct {
		config endpoint.Config
		want   string // of the error; empty for none
	}{
		{endpoint.Config{URL: "https://api.example.org/v1", Model: "m"}, ""},
		{endpoint.Config{URL: "http://localhost:11434/v1", Model: "m"}, ""},
		{endpoint.Config{URL: "http://[::1]:11434/v1", Model: "m"}, ""},
		{endpoint.Config{URL: "http://api.example.org/v1", Model: "m"}, "over http://, where others can read them"},
		{endpoint.Config{URL: "http://api.example.org/v1", Model: "m", PlainHTTP: true}, ""},
		{endpoint.Config{URL: "https://jo:" + secret + "@api.example.org/v1", Model: "m"}, "a user or a password in it"},
		{endpoint.Config{URL: "https://api.example.org/v1?key=" + secret, Model: "m"}, "a ? or a # in it"},
		{endpoint.Config{URL: "api.example.org", Model: "m"}, "must be such as https://"},
		{endpoint.Config{URL: "ftp://api.example.org", Model: "m"}, "must be such as https://"},
		{endpoint.Config{URL: "https://api.example.org/v1"}, "none is named"},
		{endpoint.Config{URL: "https://api.example.org/v1", Model: "m", Dims: 8}, "16 to 4096"},
		{endpoint.Config{URL: "https://api.example.org/v1", Model: "m", Key: "a\nb"}, "a character in it"},
		{endpoint.Config{URL: "https://api.example.org/v1", Model: "m", PerMinute: -1}, "not be negative"},
	} {
		_, err := endpoint.New(tt.config)
		if (err == nil) != (tt.want == "") || err != nil && (!strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), secret)) {
			t.Errorf("%+v: %v, want %q", tt.config, err, tt.want)
		}
	}
}

// A rate keeps requests apart: of so many a minute, the third begins two intervals after
// the first at the earliest.
func TestRate(t *testing.T) {
	s := endpointtest.New(t, endpointtest.Options{})
	c := client(t, s, func(c *endpoint.Config) { c.PerMinute = 1200 })
	start := time.Now()
	for range 3 {
		if _, _, err := c.Vectors(t.Context(), []string{"one"}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("three requests came within %v", took)
	}
}

func TestKeyIsNotPrinted(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	config := endpoint.Config{Key: secret}
	logger.Info("x", "key", config.Key, "config", config)
	encoded, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	all := log.String() + string(encoded) + fmt.Sprintf("%v %+v %#v %s %q %x", config, config, config, config.Key, config.Key, config.Key)
	if strings.Contains(all, secret) || strings.Contains(all, fmt.Sprintf("%x", secret)) {
		t.Errorf("the key is in %s", all)
	}
}
