package maintain

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
)

// readCatalog makes a catalog of a recorded answer.
func readCatalog(t *testing.T, file, alias string) *catalog {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var found store.Descriptions
	if err := json.Unmarshal(b, &found); err != nil {
		t.Fatal(err)
	}
	return newCatalog(alias, found)
}

func TestCatalog(t *testing.T) {
	c := readCatalog(t, "catalog.json", "news")
	i := c.current
	if i == nil || i.Name != "news-2" || i.Shards != 1 || i.AutoExpand != "0-1" || i.Refresh != "-1" || i.Durability != "async" || i.Created.IsZero() || i.Closed {
		t.Errorf("the index is %+v", i)
	}
	if c.taken != "" || !c.state || c.next() != 8 || len(c.leftovers) != 1 || len(c.strangers) != 1 || len(c.others) != 3 {
		t.Errorf("catalog %+v, next %d", c, c.next())
	}
	for n, want := range []string{"another took its place at 2026-11-30T05:00:00Z", "it is being filled", "newsq did not make it"} {
		if why := c.others[n].why(); !strings.HasPrefix(why, want) {
			t.Errorf("%s: %s, want %s", c.others[n].Name, why, want)
		}
	}
	if err := i.outdated(); !errors.Is(err, engine.ErrOutdated) {
		t.Errorf("an index of schema 1: %v", err)
	}
	if err := c.others[0].outdated(); !errors.Is(err, engine.ErrNewer) {
		t.Errorf("an index of schema 99: %v", err)
	}
}

// TestTaken holds that a name that others use is not touched.
func TestTaken(t *testing.T) {
	for answer, want := range map[string]string{
		`{}`:                                  "",
		`{"news": {}}`:                        "news is an index",
		`{"logs": {"aliases": {"news": {}}}}`: "news is an alias of logs, which newsq did not make",
		`{"a": {"aliases": {"news": {}}}, "b": {"aliases": {"news": {}}}}`:                       "news is an alias of several indexes: a, b",
		`{"a": {"aliases": {"news": {}}, "mappings": {"_meta": {"newsq": "what"}}}}`:             "news is an alias of a, which",
		`{"a": {"aliases": {"news": {}}, "mappings": {"_meta": ["newsq"]}}}`:                     "news is an alias of a, which",
		`{"news-1": {"aliases": {"news": {}}, "mappings": {"_meta": {"newsq": {"schema": 1}}}}}`: "",
	} {
		var indexes store.Descriptions
		if err := json.Unmarshal([]byte(answer), &indexes); err != nil {
			t.Errorf("%s: %v", answer, err)
		}
		got := newCatalog("news", indexes).taken
		if !strings.HasPrefix(got, want) || (got == "") != (want == "") {
			t.Errorf("%s: %q, want %q", answer, got, want)
		}
	}
}
