package faultproxy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// node answers a bulk request with an item for each operation, and counts these.
type node struct{ operations atomic.Int32 }

func (n *node) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var items []string
	for _, op := range operations(body) {
		n.operations.Add(1)
		action, id, _ := target(op)
		items = append(items, fmt.Sprintf(`{%q:{"_id":%q,"status":200}}`, action, id))
	}
	fmt.Fprintf(w, `{"items":[%s]}`, strings.Join(items, ","))
}

const bulk = `{"index":{"_id":"a"}}
{"n":1}
{"delete":{"_id":"b"}}
{"index":{"_id":"c"}}
{"n":3}
`

func TestFaults(t *testing.T) {
	const whole = `{"items":[{"index":{"_id":"a","status":200}},{"delete":{"_id":"b","status":200}},{"index":{"_id":"c","status":200}}]}`
	for _, tt := range []struct {
		fault   Fault
		status  int
		body    string
		err     bool
		applied int32
	}{
		{None, 200, whole, false, 3},
		{DropAnswer, 0, "", true, 3},
		{DropRequest, 0, "", true, 0},
		{TooMany, 429, "rejected", false, 0},
		{Unavailable, 503, "rejected", false, 0},
		{CutAnswer, 200, whole[:len(whole)/2], true, 3},
		{BadJSON, 200, whole[:len(whole)/2], false, 3},
		{HalfOfBulk, 200, `{"delete":{"_id":"b","error":{"type":"rejected_execution_exception","reason":"rejected by a test"},"status":429}},{"index":{"_id":"c"`, false, 2},
		{ShortBulk, 200, whole[:strings.Index(whole, `,{"index":{"_id":"c"`)], false, 2},
		{Trickle, 200, whole, false, 3},
		{Hang, 0, "", true, 0},
		{HangAfter, 0, "", true, 3},
	} {
		t.Run(fmt.Sprint(tt.fault), func(t *testing.T) {
			n := &node{}
			s := httptest.NewServer(n)
			defer s.Close()
			p := Start(s.URL, func(int, *http.Request) Fault { return tt.fault })
			defer p.Close()
			ctx := t.Context()
			if tt.fault == Hang || tt.fault == HangAfter {
				var cancel func()
				ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
				defer cancel()
			}
			status, body, err := post(ctx, p.URL+"/x/_bulk")
			if status != tt.status || (err != nil) != tt.err || !strings.Contains(body, tt.body) {
				t.Errorf("%d %q, %v", status, body, err)
			}
			if got := n.operations.Load(); got != tt.applied && tt.fault != HangAfter || p.Done(tt.fault) != 1 {
				t.Errorf("%d operations applied, want %d", got, tt.applied)
			}
		})
	}
}

// post sends the bulk request.
func post(ctx context.Context, address string) (status int, body string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(bulk))
	if err != nil {
		return 0, "", err
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	b, err := io.ReadAll(a.Body)
	return a.StatusCode, string(b), errors.Join(err, a.Body.Close())
}

func TestRuleSeesRequests(t *testing.T) {
	s := httptest.NewServer(&node{})
	defer s.Close()
	p := Start(s.URL, func(n int, r *http.Request) Fault {
		if n == 2 && IsBulk(r) {
			return TooMany
		}
		return None
	})
	defer p.Close()
	for i, want := range []int{200, 429, 200} {
		if status, _, err := post(t.Context(), p.URL+"/x/_bulk"); status != want || err != nil {
			t.Errorf("request %d: %d, %v", i+1, status, err)
		}
	}
	p.SetRule(func(int, *http.Request) Fault { return Unavailable })
	if status, _, _ := post(t.Context(), p.URL+"/x/_bulk"); status != 503 {
		t.Errorf("by another rule: %d", status)
	}
}
