package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

// An article whose text lies beside the table of its export is one article,
// whichever of the two is read.
func TestTextsBesideTables(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"s/posts.csv": "post_id,post_date,is_published,type,title,subtitle\n1234567.ferries,2026-01-05T10:00:00.000Z,TRUE,newsletter,Ferries stop,In short\n" +
			"1234568.draft,2026-01-05T10:00:00.000Z,FALSE,newsletter,Draft,\n",
		"s/posts/1234567.ferries.html": `<p>One.</p><p class="button-wrapper"><a href="https://harbour.substack.com/subscribe?">Subscribe</a></p><p>Two.</p>`,
		"s/posts/1234568.draft.html":   `<p>One.</p>`,
		"b/emails.csv":                 "id,secondary_id,subject,publish_date,source,slug\n0a-1,1,Ferries stop,2026-01-05 10:00:00+00:00,app,ferries\n",
		"b/emails/ferries.md":          "<!-- buttondown-editor-mode: plaintext -->One.\n\nTwo.",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]map[string]string{
		"s/posts.csv":                  {"id": "substack:1234567", "source": "harbour.substack.com", "url": "https://harbour.substack.com/p/ferries", "summary": "In short"},
		"s/posts/1234567.ferries.html": {"id": "substack:1234567", "source": "harbour.substack.com"},
		"b/emails.csv":                 {"id": "0a-1"},
		"b/emails/ferries.md":          {"id": "0a-1"},
	} {
		f, err := Options{}.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		articles, errs := collect(t, f)
		if len(articles) != 1 || len(errs) != 0 {
			t.Fatalf("%s: %d articles, %v", name, len(articles), errs)
		}
		want["title"], want["body"], want["published"] = "Ferries stop", "One.\n\nTwo.", "2026-01-05T10:00:00Z"
		t.Log(name)
		checkArticle(t, &articles[0], want)
	}
	f, err := Options{}.Open(filepath.Join(dir, "s/posts/1234568.draft.html"))
	if err != nil {
		t.Fatal(err)
	}
	articles, _ := collect(t, f)
	if h := articles[0].Handling; articles[0].Title != "Draft" || h == nil || h.Status != Withheld {
		t.Error(articles[0])
	}
}
