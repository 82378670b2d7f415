package opensearch_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch"
)

// TestWhoAsks holds that a driver asks as its environment says, unless the context says
// who asks, and that without an environment it reads none.
func TestWhoAsks(t *testing.T) {
	t.Setenv("NEWSQ_ENGINE_API_KEY", "of the process")
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header.Get("Authorization")
		http.Error(w, `{"status":403,"error":{"type":"security_exception","reason":"no"}}`, http.StatusForbidden)
	}))
	t.Cleanup(server.Close)
	environment := func(name string) string {
		return map[string]string{"NEWSQ_ENGINE_API_KEY": "of the driver"}[name]
	}
	withAccess := engine.WithAccess(t.Context(), engine.Access{APIKey: "of the context"})
	location := server.URL + "/news"
	for want, ask := range map[string]func() error{
		"": func() error {
			_, err := opensearch.Driver{}.Status(t.Context(), location)
			return err
		},
		"ApiKey of the driver": func() error {
			_, err := opensearch.Driver{Getenv: environment}.Open(t.Context(), location, engine.Options{ReadOnly: true})
			return err
		},
		"ApiKey of the context": func() error {
			_, err := opensearch.Driver{Getenv: environment}.PlanInit(withAccess, location, engine.InitOptions{})
			return err
		},
	} {
		asked = "nobody"
		if err := ask(); err == nil || asked != want {
			t.Errorf("asked as %q, want %q (%v)", asked, want, err)
		}
	}
}

func TestEnvironmentIsRead(t *testing.T) {
	for variable, value := range map[string]string{"NEWSQ_ENGINE_CHECKSUMS": "yes", "NEWSQ_ENGINE_PLAIN_HTTP": "yes", "NEWSQ_ENGINE_USER": "jo"} {
		d := opensearch.Driver{Getenv: func(name string) string {
			if name == variable {
				return value
			}
			return ""
		}}
		if _, err := d.Check(t.Context(), "http://127.0.0.1:1/news"); err == nil || !strings.Contains(err.Error(), variable) {
			t.Errorf("%s=%s: %v", variable, value, err)
		}
	}
}
