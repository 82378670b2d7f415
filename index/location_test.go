package index_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// A URL that no engine serves is an error, which doesn't repeat its password,
// and makes nothing.
func TestLocationsOfNoEngine(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, location := range []string{
		"opensearch+https://user:secret@example.org/news", "opensearch+https://example.org/news", "s3://bucket/news", "ftp://user:secret@host/news",
	} {
		for _, o := range []*index.Options{nil, {ReadOnly: true}} {
			if ix, err := index.Open(t.Context(), location, o); !errors.Is(err, index.ErrUnsupported) {
				t.Errorf("open %s: %v, %v; want ErrUnsupported", location, ix, err)
			} else if strings.Contains(err.Error(), "secret") {
				t.Errorf("open %s: %v", location, err)
			}
		}
		if _, err := index.Check(t.Context(), location); !errors.Is(err, index.ErrUnsupported) {
			t.Errorf("check %s: %v", location, err)
		}
		if _, err := index.Rebuild(t.Context(), location, nil); !errors.Is(err, index.ErrUnsupported) {
			t.Errorf("rebuild %s: %v", location, err)
		}
		if _, err := index.Repair(t.Context(), location, nil); !errors.Is(err, index.ErrUnsupported) {
			t.Errorf("repair %s: %v", location, err)
		}
		if _, err := index.WriteBackup(t.Context(), location, "backup"); !errors.Is(err, index.ErrUnsupported) {
			t.Errorf("back up %s: %v", location, err)
		}
		if _, err := index.RestoreBackup(t.Context(), "backup", location, nil); !errors.Is(err, index.ErrUnsupported) {
			t.Errorf("restore %s: %v", location, err)
		}
	}
	if made, err := os.ReadDir("."); err != nil || len(made) > 0 {
		t.Errorf("made %v, %v", made, err)
	}
}

// A URL with a slip is an error before anything is sent, which doesn't repeat its
// password, and makes nothing.
func TestLocationsWithSlips(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, location := range []string{
		"https://user:secret@example.org/news", "HTTPS://example.org", "https:/example.org/news", "http:", "http:news",
		"http://localhost:9200/", "http://localhost:9200/News", "http://localhost:9200/_news", "http://localhost:9200,/news",
		"http://localhost:9200/news?password=secret", "localhost:9200/news", "kim:secret@localhost:9200/news",
	} {
		tried := func(what string, err error) {
			t.Helper()
			if err == nil || strings.Contains(err.Error(), "secret") || errors.Is(err, index.ErrServer) {
				t.Errorf("%s %s: %v", what, location, err)
			}
		}
		for _, o := range []*index.Options{nil, {ReadOnly: true}} {
			_, err := index.Open(t.Context(), location, o)
			tried("open", err)
		}
		_, err := index.Check(t.Context(), location)
		tried("check", err)
		_, err = index.Rebuild(t.Context(), location, nil)
		tried("rebuild", err)
		_, err = index.Repair(t.Context(), location, nil)
		tried("repair", err)
		_, err = index.WriteBackup(t.Context(), location, "backup")
		tried("back up", err)
		_, err = index.RestoreBackup(t.Context(), "backup", location, nil)
		tried("restore", err)
		_, err = index.PlanInit(t.Context(), location, nil)
		tried("prepare", err)
		_, err = index.StatusOf(t.Context(), location)
		tried("status of", err)
		_, err = index.Copy(t.Context(), location, "copy", nil)
		tried("copy", err)
	}
	if made, err := os.ReadDir("."); err != nil || len(made) > 0 {
		t.Errorf("made %v, %v", made, err)
	}
}

// A file URL is the folder that it names; a name with a colon is a folder.
func TestLocationsOfFolders(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	slashed := filepath.ToSlash(filepath.Join(dir, "a b"))
	for location, folder := range map[string]string{
		"file://" + slashed: "a b",
		"file:" + slashed:   "a b",
		"file://localhost" + strings.Replace(slashed, " ", "%20", 1): "a b",
		"weird:name": "weird:name",
		"host:9200":  "host:9200",
		"./http:":    "http:",
	} {
		ix, err := index.Open(t.Context(), location, &index.Options{Topics: noRules(t)})
		if err != nil {
			t.Fatalf("open %s: %v", location, err)
		}
		add(t, ix, corpus.Article{ID: "1", Title: "rates"})
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(filepath.Join(dir, folder, "newsq.json")); err != nil {
			t.Errorf("%s: %v", location, err)
		}
		if r, err := index.Check(t.Context(), location); err != nil || r.Articles != 1 {
			t.Errorf("check %s: %+v, %v", location, r, err)
		}
	}
	for _, location := range []string{"file://elsewhere/news", "file:///news?x=1"} {
		if _, err := index.Open(t.Context(), location, nil); err == nil {
			t.Errorf("opened %s", location)
		}
	}
}
