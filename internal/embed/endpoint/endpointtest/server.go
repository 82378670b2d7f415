// Package endpointtest is a server of embeddings for tests: a real one over HTTP, whose
// vectors are made of the text alone, and which can be told to fail in the ways that
// servers do.
package endpointtest

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
)

// Server answers POST /v1/embeddings. Its fields may be changed between requests by Set.
type Server struct {
	*httptest.Server
	mu sync.Mutex
	o  Options
	// Sent are the texts of all requests that were answered with vectors, in order, and
	// Requests counts all requests.
	sent     []string
	requests int
}

// Options say how a server answers.
type Options struct {
	Dims int    // of vectors that no dimensions are asked for; 0 means 64
	Key  string // that requests must have; empty for none
	Salt string // makes another model of it
	// Fault may answer in place of the server, and says whether it did. n is the number
	// of the request, from 1.
	Fault func(w http.ResponseWriter, r *http.Request, n int) bool
	// Mend changes the data of an answer before it is sent.
	Mend func(data []Data) []Data
	// Refuse is a part of texts that are refused with 400.
	Refuse string
}

// Data is a vector in an answer.
type Data struct {
	Index     int       `json:"index"`
	Embedding []float64 `json:"embedding"`
}

// New starts a server, which ends with the test.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s := &Server{o: o}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// API returns the URL of the API.
func (s *Server) API() string { return s.URL + "/v1" }

// Set changes how the server answers.
func (s *Server) Set(change func(o *Options)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.o)
}

// Sent returns the texts that were answered with vectors since the last call.
func (s *Server) Sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.sent
	s.sent = nil
	return sent
}

// Requests returns how many requests came.
func (s *Server) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	n, o := s.requests, s.o
	s.mu.Unlock()
	if o.Fault != nil && o.Fault(w, r, n) {
		return
	}
	var q struct {
		Model    string   `json:"model"`
		Input    []string `json:"input"`
		Encoding string   `json:"encoding_format"`
		Dims     int      `json:"dimensions"`
	}
	switch err := json.NewDecoder(r.Body).Decode(&q); {
	case r.Method != http.MethodPost || r.URL.Path != "/v1/embeddings":
		http.NotFound(w, r)
		return
	case o.Key != "" && r.Header.Get("Authorization") != "Bearer "+o.Key:
		http.Error(w, `{"error": "who are you with `+r.Header.Get("Authorization")+`?"}`, http.StatusUnauthorized)
		return
	case err != nil || q.Encoding != "float" || len(q.Input) == 0:
		http.Error(w, fmt.Sprintf("what is asked for? %v", err), http.StatusBadRequest)
		return
	case o.Refuse != "" && slices.ContainsFunc(q.Input, func(s string) bool { return strings.Contains(s, o.Refuse) }):
		http.Error(w, `{"error": "this model's maximum context length is 8 tokens"}`, http.StatusBadRequest)
		return
	}
	dims := q.Dims
	if dims == 0 {
		dims = o.Dims
	}
	if dims == 0 {
		dims = 64
	}
	var data []Data
	for i, text := range q.Input {
		data = append(data, Data{i, Embed(q.Model+o.Salt, text, dims)})
	}
	if o.Mend != nil {
		data = o.Mend(data)
	}
	s.mu.Lock()
	s.sent = append(s.sent, q.Input...)
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "model": q.Model, "data": data})
}

// Embed returns the vector of a text: each of its words, and each run of four characters
// of these, has a direction of its own, drawn by its hash and the name of the model, and
// is weighted by the logarithm of its length. Texts that share words, or words with the
// same stem, are near each other.
func Embed(model, text string, dims int) []float64 {
	sum := make([]float64, dims)
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		add(sum, model, word)
		padded := []rune("<" + word + ">")
		for i := 0; i+4 <= len(padded); i++ {
			add(sum, model, string(padded[i:i+4]))
		}
	}
	length := 1e-9
	for _, x := range sum {
		length += x * x
	}
	for i := range sum {
		sum[i] /= math.Sqrt(length)
	}
	return sum
}

func add(sum []float64, model, feature string) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(model + "\x00" + feature))
	random := rand.New(rand.NewPCG(h.Sum64(), 1))
	weight := math.Log(float64(len(feature)))
	for i := range sum {
		sum[i] += weight * random.NormFloat64()
	}
}

// Answer answers with a status and a body.
func Answer(w http.ResponseWriter, status int, body string) bool {
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
	return true
}

// Hang waits until the client gives up, or for a while.
func Hang(r *http.Request) bool {
	_, _ = io.Copy(io.Discard, r.Body) // else the server doesn't see that the client is gone
	select {
	case <-r.Context().Done():
	case <-time.After(10 * time.Second):
	}
	return true
}
