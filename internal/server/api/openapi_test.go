package api

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/server/ask"
)

// document reads the description as a program does that knows nothing of newsq.
func document(t *testing.T, h http.Handler) *openapi3.T {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+"openapi.json", nil))
	d, err := openapi3.NewLoader().LoadFromData(w.Body.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

// samples are values of parameters that need one of a certain form.
var samples = map[string][]string{
	"q": {"sanctions", "oil OR gas", `"interest rates"`, "sanctions zebra", "why sanctions", "deterr*"}, "since": {"2001"}, "until": {"2w"}, "as-of": {"2024-06"}, "recency": {"90d"},
	"timezone": {"Asia/Tokyo"}, "topic": {"economy"}, "lang": {"en"}, "not-lang": {"pt"}, "cursor": nil,
}

// values returns values of a parameter to try.
func values(p *ask.Parameter) []string {
	if list, ok := samples[p.Name]; ok {
		return list
	}
	switch p.Kind {
	case "string":
		return []string{"meridian", "=Meridian Review"}
	case "integer":
		return []string{strconv.Itoa(p.Min), p.Default, strconv.Itoa(p.Max)}
	case "boolean":
		return []string{"true", "false"}
	}
	return strings.Split(p.Kind, "|")
}

// addresses returns those of an endpoint that ask for each value of each parameter.
func addresses(e *endpoint) []string {
	path := Root + strings.NewReplacer("{id}", "meridian-2024-02", "{name}", "sanctions").Replace(e.Path)
	base := url.Values{}
	for _, p := range e.Parameters {
		if p.Name == "q" {
			base.Set("q", "sanctions")
		}
	}
	list := []string{path + "?" + base.Encode()}
	for _, p := range e.Parameters {
		for _, v := range values(&p) {
			q := url.Values{"q": base["q"]}
			q.Set(p.Name, v)
			list = append(list, path+"?"+q.Encode())
		}
	}
	return append(list, path+"?nothing=1", path+"?q=(oil", path+"?limit=99999999999999999999", strings.ReplaceAll(path, "meridian-2024-02", "none")+"?q=oil", strings.ReplaceAll(path, "meridian-2024-02", "m")+"?q=oil")
}

// What is described is what is answered: every documented request is sent, and every answer
// held to its schema, which has all of its fields.
func TestAnswersAreAsDescribed(t *testing.T) {
	ix := newIndex(t)
	h := New(Options{Index: ix, Version: "1.2.3", ShowPaths: true})
	d := document(t, h)
	if d.Info.Version != "1.2.3" || d.OpenAPI != "3.1.0" {
		t.Errorf("%s of %s", d.OpenAPI, d.Info.Version)
	}
	if len(d.Paths.Map()) != len(endpoints()) {
		t.Errorf("%d paths of %d endpoints", len(d.Paths.Map()), len(endpoints()))
	}
	results := d.Components.Schemas["Results"].Value
	if results.VisitJSON(map[string]any{"format": 1.0}, openapi3.EnableJSONSchema2020()) == nil {
		t.Error("a page without hits is as described")
	}
	sent := 0
	for _, e := range endpoints() {
		op := d.Paths.Value(Root + e.Path).Get
		for _, address := range addresses(&e) {
			w := httptest.NewRecorder()
			h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
			res := w.Result()
			sent++
			checkAnswer(t, op, address, res)
		}
	}
	if sent < 150 {
		t.Errorf("only %d requests were sent", sent)
	}
	// Forms that the samples don't have: handling, an explanation, a cursor.
	r, _ := newIndexOf(t, corpus.Article{
		ID: "a", Title: "Oil", Summary: "s", Body: "Oil falls.\n\nOil.", Sections: []corpus.Section{{Heading: "H", Start: 0, End: 16}}, Pages: []corpus.Page{{Label: "7"}},
		Handling: &corpus.Handling{Version: 2, Rights: "r", NoAI: true, Replaces: []string{"x"}}, Places: []string{"Caracas"}, People: []string{"B"}, Organizations: []string{"UN"},
	}, corpus.Article{ID: "b", Title: "Oil"})
	h = New(Options{Index: r})
	for address, path := range map[string]string{"articles/a": "articles/{id}", "search?q=oil&explain=true&limit=1&facet=person,year": "search", "stats": "stats", "search?q=oil+zebra": "search", "analyze?q=oil+date:2w": "analyze"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Root+address, nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", address, w.Code, w.Body)
		}
		checkAnswer(t, d.Paths.Value(Root+path).Get, address, w.Result())
	}
}

// checkAnswer holds an answer to what is described.
func checkAnswer(t *testing.T, op *openapi3.Operation, address string, res *http.Response) {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	described := op.Responses.Value(strconv.Itoa(res.StatusCode))
	if described == nil {
		described = op.Responses.Default()
	}
	kind, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	content := described.Value.Content[kind]
	if content == nil {
		t.Errorf("%s: %s is answered as %s, which is not described", address, res.Status, kind)
		return
	}
	if kind != jsonType && kind != "application/problem+json" {
		return
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Errorf("%s: %v", address, err)
		return
	}
	if err := content.Schema.Value.VisitJSON(value, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("%s: %v\n%s", address, err, body)
	}
	checkFields(t, address, "", content.Schema.Value, value)
}

// checkFields wants every field of a value to be described, which schemas don't ask for:
// fields may be added.
func checkFields(t *testing.T, address, at string, s *openapi3.Schema, value any) {
	t.Helper()
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			checkFields(t, address, at+"[]", s.Items.Value, v)
		}
	case map[string]any:
		for name, v := range value {
			switch p := s.Properties[name]; {
			case p != nil:
				checkFields(t, address, at+"."+name, p.Value, v)
			case s.AdditionalProperties.Schema != nil:
				checkFields(t, address, at+"[]", s.AdditionalProperties.Schema.Value, v)
			default:
				t.Errorf("%s: the field %s.%s is not described", address, at, name)
			}
		}
	}
}

// The README's table has every address.
func TestReadmeHasEveryEndpoint(t *testing.T) {
	text := readme(t)
	for _, e := range endpoints() {
		if path := Root + strings.NewReplacer("{id}", "ID", "{name}", "NAME").Replace(e.Path); !strings.Contains(text, "`"+path+"`") {
			t.Errorf("README.md doesn't name %s", path)
		}
	}
}

func readme(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
