package index

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/embed/endpoint"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/query"
)

// Embeddings say which endpoint makes the vectors of articles and queries, in place of what
// is learned from the corpus. It must understand POST {URL}/embeddings as OpenAI's does.
//
// Title and beginning of each article are sent there, and the words of queries; articles
// under embargo, and those whose rights forbid to give them to programs that learn, are
// not. Vectors by another URL, Model, Dims, PassagePrefix or Chars are of another model:
// then those of all articles are asked for anew.
type Embeddings struct {
	// URL is that of the API, such as https://host/v1. Over plain http:// it must be on
	// this machine, unless PlainHTTP is set.
	URL string
	// Model is its name there.
	Model string
	// Dims asks for vectors of so many dimensions, 16 to 4,096; 0 leaves it to the model.
	Dims int
	// Key is sent as a bearer token; empty for none.
	Key Secret
	// PlainHTTP lets texts and the key go over http:// to another machine.
	PlainHTTP bool
	// QueryPrefix and PassagePrefix are put before queries and articles, as some models
	// want it: "query: " and "passage: ".
	QueryPrefix, PassagePrefix string
	// Chars is how many characters of an article are sent at most; 0 means 2,000.
	Chars int
	// Batch is how many articles are sent at a time, 512 at most; 0 means 32.
	Batch int
	// PerMinute is how many requests with articles are sent in a minute; 0 for any number.
	PerMinute int
	// QueryTimeout is how long a search waits for the vector of its words; 0 means 2 s.
	// Without it hits are in the order of words.
	QueryTimeout time.Duration
}

// Secret is what nobody may see. However it is printed, it is left out.
type Secret string

// String says whether there is a secret.
func (s Secret) String() string { return endpoint.Key(s).String() }

// Format writes String for every verb.
func (s Secret) Format(f fmt.State, verb rune) { endpoint.Key(s).Format(f, verb) }

// MarshalJSON returns String.
func (s Secret) MarshalJSON() ([]byte, error) { return endpoint.Key(s).MarshalJSON() }

// MarshalText returns String.
func (s Secret) MarshalText() ([]byte, error) { return endpoint.Key(s).MarshalText() }

// LogValue returns String.
func (s Secret) LogValue() slog.Value { return endpoint.Key(s).LogValue() }

// The bounds of Embeddings.
const (
	defaultChars = 2000
	maxChars     = 100_000
	defaultBatch = 32
	maxBatch     = 512
)

// EmbedReport is what asking for vectors came to, in articles. Each of the index is counted
// once in Articles, Owed, Refused, Forbidden, Embargoed or Empty.
type EmbedReport struct {
	URL, Model string // of the endpoint
	Dims       int    // of the vectors; 0 where none came yet
	Articles   int    // that have vectors
	Sent       int    // of these, those that were asked for now
	Owed       int    // whose vectors are still to come: the next Sync or Learn asks for them
	Refused    int    // whose text the endpoint refused; Refusal says why, for one of them
	Refusal    string
	// Forbidden have rights that forbid to give them to programs that learn, Embargoed
	// are under embargo, and Empty have no text: they have no vectors.
	Forbidden, Embargoed, Empty int
}

// provider asks for vectors as Embeddings say. It is an engine.Provider.
type provider struct {
	client  *endpoint.Client
	e       Embeddings
	queries queryVectors
}

// newProvider returns nil for nil.
func newProvider(e *Embeddings) (*provider, error) {
	if e == nil {
		return nil, nil
	}
	p := &provider{e: *e}
	if p.e.Chars == 0 {
		p.e.Chars = defaultChars
	}
	if p.e.Batch == 0 {
		p.e.Batch = defaultBatch
	}
	switch {
	case p.e.Chars < 0 || p.e.Chars > maxChars:
		return nil, fmt.Errorf("%d characters of an article to send: there may be 1 to %d", p.e.Chars, maxChars)
	case p.e.Batch < 0 || p.e.Batch > maxBatch:
		return nil, fmt.Errorf("%d articles to send at a time: there may be 1 to %d", p.e.Batch, maxBatch)
	}
	var err error
	p.client, err = endpoint.New(endpoint.Config{
		URL: e.URL, Model: e.Model, Dims: e.Dims, Key: endpoint.Key(e.Key), PlainHTTP: e.PlainHTTP,
		PerMinute: e.PerMinute, QueryTimeout: e.QueryTimeout,
	})
	return p, err
}

// Model implements engine.Provider.
func (p *provider) Model() embed.Outside {
	return embed.Outside{
		URL: p.client.URL(), Name: p.e.Model, Dims: p.e.Dims, Asked: p.e.Dims, Prefix: p.e.PassagePrefix, Chars: p.e.Chars,
	}
}

// Batch implements engine.Provider.
func (p *provider) Batch() int { return p.e.Batch }

// maxRefused is how many texts one after the other a server may refuse. Then it is not for
// what they say.
const maxRefused = 8

// asking is an engine.Provider for one run, with what it met.
type asking struct {
	*provider
	refused int   // texts in a row
	refusal error // of the last one
}

// Vectors implements engine.Provider. Of a batch that is refused, each text is tried alone.
func (a *asking) Vectors(ctx context.Context, texts []string, dims int) ([]embed.Vector, int, error) {
	found, got, err := a.client.Vectors(ctx, texts, dims)
	switch {
	case err == nil:
		a.refused = 0
		return found, got, nil
	case !endpoint.IsRefused(err):
		return nil, dims, err
	case len(texts) == 1:
		a.refusal = err
		if a.refused++; a.refused >= maxRefused {
			return nil, dims, err
		}
		return make([]embed.Vector, 1), dims, nil
	}
	found = nil
	for _, half := range [][]string{texts[:len(texts)/2], texts[len(texts)/2:]} {
		part, got, err := a.Vectors(ctx, half, dims)
		found = append(found, part...)
		if dims = got; err != nil {
			return found, dims, err
		}
	}
	return found, dims, nil
}

// Query returns the vector of a query, which is asked for once.
func (p *provider) Query(ctx context.Context, text string, dims int) (embed.Vector, error) {
	text = p.e.QueryPrefix + embed.Clip(text, p.e.Chars)
	if v := p.queries.get(text); len(v) == embed.Padded(dims) {
		return v, nil
	}
	v, err := p.client.Query(ctx, text, dims)
	if err == nil {
		p.queries.put(text, v)
	}
	return v, err
}

// maxQueryVectors bounds how many vectors of queries are kept: the last ones that were
// asked for.
const maxQueryVectors = 256

// queryVectors keeps the vectors of queries. The zero value is empty.
type queryVectors struct {
	mu     sync.Mutex
	byText map[string]*list.Element
	recent list.List // of *queryVector, the last used first
}

type queryVector struct {
	text   string
	vector embed.Vector
}

func (q *queryVectors) get(text string) embed.Vector {
	q.mu.Lock()
	defer q.mu.Unlock()
	e := q.byText[text]
	if e == nil {
		return nil
	}
	q.recent.MoveToFront(e)
	return e.Value.(*queryVector).vector
}

func (q *queryVectors) put(text string, v embed.Vector) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.byText == nil {
		q.byText = map[string]*list.Element{}
	}
	if e := q.byText[text]; e != nil {
		e.Value.(*queryVector).vector = v
		q.recent.MoveToFront(e)
		return
	}
	q.byText[text] = q.recent.PushFront(&queryVector{text, v})
	if q.recent.Len() > maxQueryVectors {
		last := q.recent.Back()
		q.recent.Remove(last)
		delete(q.byText, last.Value.(*queryVector).text)
	}
}

// embedArticles has an engine ask for the vectors that are lacking. The report is good with
// an error too.
func embedArticles(ctx context.Context, e engine.Engine, p *provider, progress func(done, total int)) (LearnReport, error) {
	em, ok := able[engine.Embedder](e)
	if !ok {
		return LearnReport{}, fmt.Errorf("vectors of %s: %w by this kind of index", p.client.URL(), ErrUnsupported)
	}
	start := time.Now()
	a := &asking{provider: p}
	r, err := em.Embed(ctx, a, progress)
	out := LearnReport{Articles: r.Articles, Bytes: r.Bytes, Took: time.Since(start), Embedded: &EmbedReport{
		URL: p.client.URL(), Model: p.e.Model, Articles: r.Articles, Sent: r.Sent, Owed: r.Owed, Refused: r.Refused,
		Forbidden: r.Forbidden, Embargoed: r.Embargoed, Empty: r.Empty,
	}}
	if r.Model != nil {
		out.Model, out.Embedded.Dims = r.Model.ID(), r.Model.Dims
	}
	if a.refusal != nil {
		out.Embedded.Refusal = a.refusal.Error()
	}
	return out, err
}

// unmeantError is why a query has no vector though articles have. Hits are in the order of
// words then.
type unmeantError struct{ why string }

func (e *unmeantError) Error() string { return e.why }

// warnUnmeant is the warning of a search whose query has no vector.
const warnUnmeant = "hits are in the order of words alone: %s"

// outsideMeaning returns what q means by a model from outside; nil where the vectors are by
// none. Where it can't be asked, the error is an *unmeantError.
func outsideMeaning(ctx context.Context, snap engine.Snapshot, q *Query, r *parsedQuery) (*meaning, error) {
	reader, ok := snap.(engine.OutsideReader)
	if !ok {
		return nil, nil
	}
	o, err := reader.Outside(ctx)
	if err != nil || o == nil {
		return nil, err
	}
	text := textOf(r.written)
	if text == "" {
		return nil, nil
	}
	p := q.provider
	if p == nil {
		return nil, &unmeantError{fmt.Sprintf("the vectors of the index are by %s, and no embeddings are set to ask it for that of the query", o)}
	}
	if own := p.Model(); !o.Same(&own) {
		return nil, &unmeantError{fmt.Sprintf("the vectors of the index are by %s, and the embeddings that are set are others: %s; newsq learn asks for those", o, &own)}
	}
	return &meaning{vectors: snap.(engine.VectorReader), outside: o, provider: p, text: text}, nil
}

// resolve has the query have its vector, for which a server is asked.
func (m *meaning) resolve(ctx context.Context) error {
	if m.outside == nil || m.query != nil {
		return nil
	}
	v, err := m.provider.Query(ctx, m.text, m.outside.Dims)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &unmeantError{err.Error()}
	}
	m.query = make(embed.QueryVector, len(v))
	m.query.Add(1, v)
	return nil
}

// id returns that of the model.
func (m *meaning) id() string {
	if m.outside != nil {
		return m.outside.ID()
	}
	return m.words.Model()
}

// textOf returns the words that a query asks for in title, headings and text, in their
// order and as they were written. Patterns and what is left out are not among them.
func textOf(n query.Node) string {
	var words []string
	var walk func(n query.Node)
	all := func(list []query.Node) {
		for _, n := range list {
			walk(n)
		}
	}
	walk = func(n query.Node) {
		switch n := n.(type) {
		case query.And:
			all(n.Operands)
		case query.Or:
			all(n.Operands)
		case query.Near:
			all(n.Operands)
		case query.NotNear:
			walk(n.Operand)
		case query.AtLeast:
			walk(n.Operand)
		case query.Lead:
			walk(n.Operand)
		case query.Boost:
			walk(n.Operand)
		case query.Field:
			if n.Name == "title" || n.Name == "heading" || n.Name == "body" || n.Name == "caps" {
				walk(n.Operand)
			}
		case query.Word:
			words = append(words, n.Text)
		case query.Phrase:
			words = append(words, n.Text)
		}
	}
	walk(n)
	return strings.Join(words, " ")
}

// EmbeddingsKeyFrom reads the key of an endpoint from the environment, where getenv is
// os.Getenv: NEWSQ_EMBEDDINGS_KEY, or the first line of the file in
// NEWSQ_EMBEDDINGS_KEY_FILE.
func EmbeddingsKeyFrom(getenv func(string) string) (Secret, error) {
	s, err := engine.ReadSecret(getenv, embeddingsKey, embeddingsKeyFile)
	return Secret(s), err
}

// ExposedEmbeddingsKey says, for a person, whether others on this machine can read the file
// that EmbeddingsKeyFrom takes the key from, and what to do. It is used all the same.
func ExposedEmbeddingsKey(getenv func(string) string) []string {
	return engine.ExposedSecrets(getenv, embeddingsKeyFile)
}

const (
	embeddingsKey     = "NEWSQ_EMBEDDINGS_KEY"
	embeddingsKeyFile = "NEWSQ_EMBEDDINGS_KEY_FILE"
)

// isUnmeant reports whether an error says that a query has no vector.
func isUnmeant(err error) bool {
	_, ok := errors.AsType[*unmeantError](err)
	return ok
}
