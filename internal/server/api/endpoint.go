package api

import (
	"context"
	"net/http"
	"strings"

	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/openapi"
	"github.com/newsq/newsq/internal/server/problem"
	"github.com/newsq/newsq/internal/wire"
)

// endpoint is an address of the interface.
type endpoint struct {
	Path       string // below Root; {id} is that of an article, {name} that of a saved search
	Summary    string
	Parameters []ask.Parameter
	Form       any // the zero value of the form that it answers with
	// streams says that the answer may be all hits, line by line.
	streams bool
	// tagged says that the answer has a tag, and works that it takes a turn.
	tagged, works bool
	handle        func(a *api, ctx context.Context, c *call) (any, error)
}

// KindOf returns the endpoint of a path below Root, in a word; other for none.
func KindOf(path string) string {
	first, rest, _ := strings.Cut(path, "/")
	switch first {
	case "articles":
		if _, last, _ := strings.Cut(rest, "/"); last == "passages" || last == "similar" || last == "context" || last == "copies" {
			return last
		}
		return "article"
	case "saved":
		if rest != "" {
			return "latest"
		}
		return first
	case "search", "quotations", "timeline", "compare", "words", "gaps", "topics", "facets", "suggest", "analyze", "stats", "health", "openapi.json":
		return first
	}
	return "other"
}

// endpoints are all of them.
func endpoints() []endpoint {
	return []endpoint{
		{Path: "search", Summary: "Find articles, with the passages that matter", Parameters: ask.Answers(), Form: wire.Results{}, streams: true, tagged: true, works: true, handle: (*api).search},
		{Path: "articles/{id}", Summary: "An article with all that is known of it", Form: wire.Article{}, tagged: true, handle: (*api).article},
		{Path: "articles/{id}/passages", Summary: "The best passages of an article for a query: a search of this article alone, for any of the words", Parameters: ask.PassagesOf(), Form: wire.Results{}, tagged: true, works: true, handle: (*api).passages},
		{Path: "articles/{id}/similar", Summary: "Articles that are similar to one, without its copies", Parameters: ask.Similar(), Form: wire.Similar{}, tagged: true, works: true, handle: (*api).similar},
		{Path: "articles/{id}/context", Summary: "What was written on the subject of an article before it, and after it", Parameters: ask.Context(), Form: wire.Surroundings{}, tagged: true, works: true, handle: (*api).context},
		{Path: "articles/{id}/copies", Summary: "The copies of an article, and what each added or cut", Form: wire.Copies{}, tagged: true, works: true, handle: (*api).copies},
		{Path: "quotations", Summary: "What was said, and who said it", Parameters: ask.Quotations(), Form: wire.Quotations{}, tagged: true, works: true, handle: (*api).quotations},
		{Path: "timeline", Summary: "How many articles a query finds over time, and its bursts", Parameters: ask.Timeline(), Form: wire.Timeline{}, tagged: true, works: true, handle: (*api).timeline},
		{Path: "compare", Summary: "How outlets, topics or years tell it differently: the words that each uses more than the others", Parameters: ask.Compare(), Form: wire.Comparison{}, tagged: true, works: true, handle: (*api).compare},
		{Path: "words", Summary: "The words that stand out in what a query finds", Parameters: ask.Words(), Form: wire.Words{}, tagged: true, works: true, handle: (*api).words},
		{Path: "gaps", Summary: "What some outlets leave out that others cover", Parameters: ask.Gaps(), Form: wire.Gaps{}, tagged: true, works: true, handle: (*api).gaps},
		{Path: "topics", Summary: "Topics, and how many articles each has", Parameters: ask.Selection(), Form: wire.Topics{}, tagged: true, works: true, handle: (*api).topics},
		{Path: "facets", Summary: "Count articles by properties: a search without hits", Parameters: ask.Facets(), Form: wire.Results{}, tagged: true, works: true, handle: (*api).facets},
		{Path: "suggest", Summary: "Complete a query that is being typed", Parameters: ask.Suggest(), Form: wire.Suggestions{}, tagged: true, works: true, handle: (*api).suggest},
		{Path: "analyze", Summary: "How a query is read, and what each part of it finds", Parameters: ask.Selection(), Form: wire.Analysis{}, tagged: true, works: true, handle: (*api).analyze},
		{Path: "saved", Summary: "The saved searches, and how many articles are new in each: since newsq new told them the last time", Form: wire.SavedSearches{}, works: true, handle: (*api).saved},
		{Path: "saved/{name}", Summary: "What a saved search finds, those articles first that came into the index last", Parameters: ask.Latest(), Form: wire.Results{}, works: true, handle: (*api).latest},
		{Path: "stats", Summary: "What the index holds and takes", Form: wire.Stats{}, tagged: true, works: true, handle: (*api).readStats},
		{Path: "health", Summary: "Whether the index can be read", Form: wire.Health{}, handle: (*api).health},
	}
}

// described is the description of the interface, for a version of newsq.
func described(version string) *openapi.Document {
	var operations []openapi.Operation
	for _, e := range endpoints() {
		o := openapi.Operation{
			Path: Root + e.Path, Name: KindOf(e.Path),
			Summary: e.Summary, Parameters: e.Parameters, Form: e.Form, Tagged: e.tagged,
		}
		if e.streams {
			o.Hit = wire.Hit{}
		}
		operations = append(operations, o)
	}
	return openapi.New(version, operations, problem.Problem{})
}

// The media types of answers.
const (
	jsonType   = "application/json"
	ndjsonType = "application/x-ndjson"
	csvType    = "text/csv"
)

// form returns the form that a request asks for: by its parameter, else by Accept, of
// which the first type counts that there is.
func (e *endpoint) form(r *http.Request, parameter string) (string, error) {
	if parameter != "" {
		return parameter, nil
	}
	accept := r.Header.Get("Accept")
	if accept == "" {
		return ask.JSON, nil
	}
	forms := []string{jsonType}
	for one := range strings.SplitSeq(accept, ",") {
		kind, parameters, _ := strings.Cut(one, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
		switch {
		case strings.ReplaceAll(parameters, " ", "") == "q=0":
		case kind == jsonType, kind == "*/*", kind == "application/*", kind == problem.ContentType, kind == "text/html": // a browser
			return ask.JSON, nil
		case e.streams && (kind == ndjsonType || kind == "application/jsonl"):
			return ask.NDJSON, nil
		case e.streams && kind == csvType:
			return ask.CSV, nil
		}
	}
	if e.streams {
		forms = append(forms, ndjsonType, csvType)
	}
	return "", problem.New(problem.Acceptable, "none of the types in the header Accept is one of this answer", "there are "+strings.Join(forms, ", "))
}
