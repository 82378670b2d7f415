package jex

import (
	"archive/tar"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func id(n int) string { return fmt.Sprintf("%032x", n) }

// noteItem returns a note with more lines at its end.
func noteItem(n int, text string, more ...string) string {
	return text + "\n\nid: " + id(n) + "\nparent_id: " + id(900) + "\ncreated_time: 2026-02-01T10:00:00.000Z\nupdated_time: 2026-02-02T10:00:00.000Z\nuser_created_time: 2026-01-05T10:00:00.000Z\n" +
		strings.Join(append(more, "type_: 1"), "\n")
}

// archiveOf returns a tar file of members, name and content in turn.
func archiveOf(t testing.TB, members ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: members[i], Mode: 0o600, Size: int64(len(members[i+1]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(members[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func member(n int) string { return id(n) + ".md" }

func TestRead(t *testing.T) {
	in := archiveOf(t,
		member(1), noteItem(1, "Ferries\n\nThey **sail**.\n\n![x.png](:/"+id(50)+")\n\nSource: the office", "source_url: https://example.org/1", "author: Ada Okoye", "markup_language: 1"),
		member(900), "A notebook\n\nid: "+id(900)+"\ntype_: 2",
		member(60), "ports\n\nid: "+id(60)+"\ntype_: 5",
		member(61), "id: "+id(61)+"\nnote_id: "+id(1)+"\ntag_id: "+id(60)+"\ntype_: 6",
		member(2), noteItem(2, "A page\n\n<p>They sail.</p>", "markup_language: 2", "is_conflict: 0", "deleted_time: 0"),
		member(3), noteItem(3, "Thrown away\n\nx", "deleted_time: 1767603600000"),
		member(4), noteItem(4, "The other side\n\nx", "is_conflict: 1"),
		member(5), noteItem(5, "", "encryption_applied: 1"),
		member(6), "nothing says what this is",
		member(7), noteItem(7, "\n\nNo title"),
		"resources/"+id(50)+".txt", "An attachment.",
	)
	o := readertest.Run(t, Read, "a.jex", in, nil)
	want := "place: " + id(1) + "\nid: " + id(1) + "\ntitle: Ferries\nauthors: Ada Okoye\npublished: 2026-01-05T10:00:00.000Z | 2026-02-01T10:00:00.000Z\nupdated: 2026-02-02T10:00:00.000Z\ntopics: ports\nurl: https://example.org/1\nblocks: They sail. | Source: the office\n\n" +
		"place: " + id(2) + "\nid: " + id(2) + "\ntitle: A page\nbody: \\n<p>They sail.</p>\npublished: 2026-01-05T10:00:00.000Z | 2026-02-01T10:00:00.000Z\nupdated: 2026-02-02T10:00:00.000Z\n\n" +
		"place: " + id(7) + "\nid: " + id(7) + "\npublished: 2026-01-05T10:00:00.000Z | 2026-02-01T10:00:00.000Z\nupdated: 2026-02-02T10:00:00.000Z\nblocks: No title\n"
	if d := cmp.Diff(want, readertest.Show(o.Records)); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if len(o.Faults) != 2 || !strings.Contains(o.Faults[0].Error(), "encrypted") {
		t.Errorf("faults: %v", o.Faults)
	}
	if len(o.Members) != 1 || !strings.Contains(o.Members[0], "An attachment.") {
		t.Errorf("members: %v", o.Members)
	}
	if !Recognize(readertest.Head("a", in)) {
		t.Error("it is not recognized")
	}
	if Recognize(readertest.Head("a", archiveOf(t, "articles/1.md", "# A"))) {
		t.Error("any tar file is taken for Joplin's")
	}
}

// An archive that is cut short gives the notes that are there, and is told.
func TestCut(t *testing.T) {
	in := archiveOf(t, member(1), noteItem(1, "A\n\nB"), member(2), noteItem(2, "C\n\n"+strings.Repeat("D", 2000)))
	recs, faults := readertest.Read(t, Read, "a.jex", in[:1800])
	if len(recs) != 0 && len(recs) != 1 || len(faults) == 0 {
		t.Errorf("got %s, %v", readertest.Show(recs), faults)
	}
}

func TestReadItem(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"a note", noteItem(1, "Ferries\n\nThey sail."), "id: " + id(1) + "\ntitle: Ferries\npublished: 2026-01-05T10:00:00.000Z | 2026-02-01T10:00:00.000Z\nupdated: 2026-02-02T10:00:00.000Z\nblocks: They sail.\n"},
		{"a tag", "ports\n\nid: " + id(60) + "\ntype_: 5", ""},
		{"a text of that name", "# Ferries\n\nThey sail.", "title: Ferries\nblocks: They sail.\n"},
	} {
		recs, faults := readertest.Read(t, ReadItem, member(1), tt.in)
		if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
			t.Errorf("%s: %v, -want +got:\n%s", tt.name, faults, d)
		}
	}
	if h := readertest.Head(member(1), noteItem(1, "A\n\nB")); !RecognizeItem(h) {
		t.Error("a note is not recognized")
	}
	for name, s := range map[string]string{"a.md": noteItem(1, "A\n\nB"), member(1): "# A\n\nB"} {
		if RecognizeItem(readertest.Head(name, s)) {
			t.Errorf("%s is taken for an item", name)
		}
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.jex", archiveOf(f, member(1), noteItem(1, "A\n\nB"), member(6), "id: x\nnote_id: y\ntag_id: z\ntype_: 6"))
}

func FuzzReadItem(f *testing.F) {
	readertest.Fuzz(f, ReadItem, member(1), noteItem(1, "A\n\nB"), "type_: 1", "id: 1\ntype_: 1", ": \n")
}
