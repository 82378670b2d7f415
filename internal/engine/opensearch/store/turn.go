package store

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"

	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// A lease goes to who asks for it first when it is free. One writer after the other, each
// of which asks at once when the one before has ended, would leave out whoever asks from
// time to time. So the first who waits says so in a document beside the lease, and who
// comes upon a free lease lets that one go first, for a moment. It is a courtesy: nothing
// depends on it but who is next, and where it fails the lease is still held by one.

// turnID is the id of the document that says who waits first.
const turnID = "waiting"

// turnPolls is how often in turn a free lease is left to who waits first, who asks for it
// once in leasePoll: more often than it takes to ask. One that has ended without a word
// costs who comes next that time, once.
const turnPolls = 3

// turnTaker is a writer who asks for a lease, maybe several times.
type turnTaker struct {
	client *transport.Client
	alias  string
	token  string
	waits  bool // the document is its own
	left   int  // how often the lease was left to another
}

func newTurnTaker(c *transport.Client, alias string) *turnTaker {
	return &turnTaker{client: c, alias: alias, token: rand.Text()}
}

// turn is the document.
type turn struct {
	Token string `json:"token"`
}

// queue says that it waits, unless somebody else did before.
func (t *turnTaker) queue(ctx context.Context) {
	if t.waits {
		return
	}
	body, err := marshal(turn{t.token})
	if err == nil {
		err = t.do(ctx, http.MethodPut, StateWriter(t.alias), url.Values{"op_type": {"create"}}, body, nil)
	}
	t.waits = err == nil
}

// leavesIt reports whether it leaves a free lease to another who waits.
func (t *turnTaker) leavesIt(ctx context.Context) bool {
	if t.waits || t.left >= turnPolls {
		return false
	}
	var first struct {
		Source turn `json:"_source"`
	}
	err := t.do(ctx, http.MethodGet, StateOf(t.alias), nil, nil, &first)
	if err != nil || first.Source.Token == t.token { // mostly, that nobody waits
		return false
	}
	t.left++
	return true
}

// end removes the document of who has its turn now, or waits no longer: its own, and one
// to which the lease was left in vain.
func (t *turnTaker) end(ctx context.Context) {
	if !t.waits && t.left < turnPolls {
		return
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	// Where it stays, the next writer waits for a moment.
	_ = t.do(bounded, http.MethodDelete, StateWriter(t.alias), nil, nil, nil)
}

func (t *turnTaker) do(ctx context.Context, method, index string, query url.Values, body []byte, out any) error {
	return t.client.Do(ctx, &transport.Request{Method: method, Path: transport.Path(index, "_doc", turnID), Query: query, Body: body}, out)
}
