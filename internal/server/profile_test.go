package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestProfiles(t *testing.T) {
	for path, want := range map[string]int{
		"/": 200, "/heap": 200, "/goroutine?debug=1": 200, "/profile?seconds=0.01": 200, "/trace?seconds=0.01": 200,
		"/nothing": 404, "/profile?seconds=1e9": 400, "/profile?seconds=NaN": 400,
	} {
		w := httptest.NewRecorder()
		profiles().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/debug/pprof"+path, nil))
		if w.Code != want || want == 200 && w.Body.Len() == 0 {
			t.Errorf("%s: %d, %d bytes", path, w.Code, w.Body.Len())
		}
	}
	w := httptest.NewRecorder()
	profiles().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/debug/pprof/", nil))
	if !strings.Contains(w.Body.String(), "heap?debug=1") {
		t.Error(w.Body)
	}
}
