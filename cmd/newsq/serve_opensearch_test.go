//go:build opensearch

package main

import (
	"net/http"
	"testing"
)

// served are addresses that must be answered alike for either engine.
var served = []string{
	"search?q=deterrence&limit=3&facet=topic,source,year", "search?q=interest+rates&explain=true", "search?q=sanctions&format=ndjson",
	"search?q=sanctions&format=csv", "search?source=%3DMeridian+Review&sort=newest", "search?q=zebra+deterrence", "search?q=(oil",
	"articles/meridian-2024-02", "articles/meridian-2024-02/passages?q=deterrence", "articles/meridian-2024-02/similar?limit=3", "articles/meridian-2024-02/copies", "articles/nothing",
	"topics?q=sanctions", "facets?q=policy&facet=lang,source", "suggest?q=north+k", "suggest?q=source:mer&complete=true", "analyze?q=nuclear+deterrence", "stats", "openapi.json",
}

// sameService asks servers of both indexes the same.
func sameService(t *testing.T, a, b string) {
	t.Helper()
	first, _, stop := startServe(t, "-i", a)
	second, said, stopSecond := startServe(t, "-i", b)
	for _, path := range served {
		wantStatus, want := fetch(t, first+"api/v1/"+path)
		status, got := fetch(t, second+"api/v1/"+path)
		if status != wantStatus {
			t.Errorf("%s: %d, want %d: %s\n%s", path, status, wantStatus, got, said)
		} else if where := difference(withoutRequest(parsed(t, want)), withoutRequest(parsed(t, got))); where != "" {
			t.Errorf("%s: %s\ngot  %.2000s\nwant %.2000s", path, where, got, want)
		}
	}
	for _, path := range []string{"readyz", "metrics", "api/v1/health"} {
		if status, body := fetch(t, second+path); status != http.StatusOK {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	if stop() != exitDone || stopSecond() != exitDone {
		t.Errorf("the servers did not end well: %s", said)
	}
}

// withoutRequest takes the ids of requests out of problems.
func withoutRequest(values []any) any {
	for _, v := range values {
		if fields, ok := v.(map[string]any); ok {
			delete(fields, "request_id")
		}
	}
	return values
}
