package corpus

import (
	"context"
	"errors"
	"testing"
)

const bookmarkFile = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<DL><p>
<DT><A HREF="https://example.org/1" ADD_DATE="1767603600">Ferries sail</A>
<DT><A HREF="https://example.org/2">Tolls rise</A>
<DD>They rise by a tenth.
<DT><A HREF="https://example.org/3">The harbour closes</A>
</DL>`

// Links without a text are counted once for a file, behind its articles, and are
// articles where they are asked for.
func TestLinks(t *testing.T) {
	dir := tree(t, map[string]string{"bookmarks.html": bookmarkFile})
	articles, errs := collect(t, open(t, Options{}, dir))
	var links *LinksError
	var place *ReadError
	if len(articles) != 1 || articles[0].Title != "Tolls rise" || len(errs) != 1 || !errors.As(errs[0], &links) || links.Links != 2 ||
		!errors.As(errs[0], &place) || place.Form != "bookmarks, HTML" {
		t.Errorf("got %v, %v", articles, errs)
	}
	all, errs := collect(t, open(t, Options{Links: true}, dir))
	if len(all) != 3 || len(errs) != 0 {
		t.Errorf("with Links: got %v, %v", all, errs)
	}
	if len(articles) == 1 && len(all) == 3 && articles[0].Key != all[1].Key {
		t.Errorf("the key of an article depends on Links: %s, %s", articles[0].Key, all[1].Key)
	}
}

// A file is read again when links are asked for, or no longer.
func TestLinksStamp(t *testing.T) {
	dir := tree(t, map[string]string{"bookmarks.html": bookmarkFile})
	stamp := func(o Options) string {
		for e, err := range open(t, o, dir).Entries(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			return e.Stamp
		}
		return ""
	}
	if stamp(Options{}) == stamp(Options{Links: true}) {
		t.Error("the stamp is the same with and without Links")
	}
}

func TestLinksErrorText(t *testing.T) {
	for n, want := range map[int]string{1: "one link without text", 1204: "1204 links without text"} {
		if got := (&LinksError{n}).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
