package export

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

var evidenceQuery = index.Query{Text: "tariff", Copies: index.AllCopies}

// withEvidence returns an index of some articles, and a folder of evidence of it.
func withEvidence(t *testing.T) (*index.Index, string, EvidenceReport) {
	ix := newIndex(t)
	err := ix.Add(t.Context(),
		corpus.Article{ID: "one", Title: "A tariff on ferries", Body: "The tariff came on a Monday.\n\nNobody had told the ferries.", Language: "en", Published: made},
		corpus.Article{ID: "two", Title: "Wagons", Body: "Nine wagons stood there. The tariff was argued over.", Language: "en"},
		corpus.Article{ID: "three", Title: "Bridges", Body: "A bridge has no tariff and no opinion.", Language: "en"},
		corpus.Article{ID: "later", Title: "Tariff talks", Body: "The tariff is a secret.", Language: "en", Handling: &corpus.Handling{Embargoed: true, EmbargoedUntil: time.Now().Add(time.Hour)}},
	)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "ev")
	var report EvidenceReport
	err = ix.ReadAll(t.Context(), evidenceQuery, func(found *index.Found) (err error) {
		report, err = WriteEvidence(dir, evidenceQuery, found, &EvidenceOptions{Newsq: "test", Made: made})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ix, dir, report
}

func verify(t *testing.T, dir, want string) *Verification {
	t.Helper()
	v, err := Verify(t.Context(), dir, want)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEvidence(t *testing.T) {
	ix, dir, report := withEvidence(t)
	if report.Articles != 3 || report.Passages != 3 || report.Files != 7 { // without the one under embargo
		t.Errorf("%+v", report)
	}
	v := verify(t, dir, report.SHA256)
	if !v.Whole() || !v.Noted || v.Hits != 3 || v.Files != 6 || v.Manifest.Query != "tariff" || v.Manifest.ReadAs != "tariff" || v.Manifest.Newsq != "test" || v.Manifest.Generation == 0 {
		t.Errorf("%+v", v)
	}
	c, err := Compare(t.Context(), dir, ix)
	if err != nil || c.Articles != 3 || c.Unchanged != 3 || len(c.Differences) > 0 {
		t.Errorf("%+v %v", c, err)
	}
	sums, _ := os.ReadFile(filepath.Join(dir, sumsFile))
	if got := fmt.Sprintf("%x", sha256.Sum256(sums)); got != report.SHA256 {
		t.Errorf("the sum is %s, not %s", got, report.SHA256)
	}
	err = ix.ReadAll(t.Context(), evidenceQuery, func(found *index.Found) error {
		_, err := WriteEvidence(dir, evidenceQuery, found, &EvidenceOptions{})
		return err
	})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("a folder was written over: %v", err)
	}
	if _, err := Verify(t.Context(), t.TempDir(), ""); err == nil {
		t.Error("an empty folder is evidence")
	}
	if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) != 1 {
		t.Errorf("it leaves %v", left)
	}
}

// Any byte that is changed in any file is named.
func TestChangedEvidence(t *testing.T) {
	_, dir, report := withEvidence(t)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		whole, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for at := 0; at < len(whole); at += 1 + len(whole)/40 {
			changed := bytes.Clone(whole)
			changed[at] ^= 1
			if err := os.WriteFile(path, changed, 0o600); err != nil {
				return err
			}
			v := verify(t, dir, report.SHA256)
			if v.Whole() || v.Damage[0].File != filepath.ToSlash(name) && filepath.ToSlash(name) != sumsFile {
				t.Errorf("%s, byte %d: %+v", name, at, v.Damage)
			}
		}
		return os.WriteFile(path, whole, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	if v := verify(t, dir, report.SHA256); !v.Whole() {
		t.Errorf("%+v", v.Damage)
	}
}

// What was changed of an article is said: in which passage.
func TestChangedPassage(t *testing.T) {
	_, dir, report := withEvidence(t)
	files, _ := filepath.Glob(filepath.Join(dir, articlesDir, "*.json"))
	for _, path := range files {
		b, _ := os.ReadFile(path)
		if err := os.WriteFile(path, bytes.ReplaceAll(b, []byte("a Monday"), []byte("a Sunday")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v := verify(t, dir, "")
	if len(v.Damage) != 1 || !strings.Contains(v.Damage[0].What, "it was changed") || !strings.Contains(v.Damage[0].What, "the article one was changed: the text, in passage 1 (bytes 0 to 28 of the body)") {
		t.Errorf("%+v", v.Damage)
	}
	// Even where all sums of files are made anew, the hits tell.
	remakeSums(t, dir)
	if v := verify(t, dir, ""); len(v.Damage) != 1 || !strings.Contains(v.Damage[0].What, "the article one") {
		t.Errorf("%+v", v.Damage)
	}
	if v := verify(t, dir, report.SHA256); len(v.Damage) != 2 || v.Damage[0].File != sumsFile {
		t.Errorf("%+v", v.Damage)
	}
}

func remakeSums(t *testing.T, dir string) {
	old, err := os.ReadFile(filepath.Join(dir, sumsFile))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(old)) {
		_, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		content, _ := os.ReadFile(filepath.Join(dir, name))
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(content), name)
	}
	if err := os.WriteFile(filepath.Join(dir, sumsFile), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLostAndAdded(t *testing.T) {
	_, dir, _ := withEvidence(t)
	for _, err := range []error{
		os.Remove(filepath.Join(dir, articlesDir, "000002.json")),
		os.WriteFile(filepath.Join(dir, "note.txt"), nil, 0o600),
		os.Remove(filepath.Join(dir, pageFile)),
		os.Symlink("manifest.json", filepath.Join(dir, pageFile)),
	} {
		if err != nil {
			t.Skip(err) // a system without links
		}
	}
	got := map[string]string{}
	for _, d := range verify(t, dir, "").Damage {
		got[d.File] = d.What
	}
	if len(got) != 3 || got["articles/000002.json"] != "it is missing" || !strings.Contains(got["note.txt"], "was added") || !strings.Contains(got[pageFile], "no file of its own") {
		t.Errorf("%v", got)
	}
}

// A list of sums from elsewhere does not lead out of the folder.
func TestSumsFromElsewhere(t *testing.T) {
	_, dir, _ := withEvidence(t)
	path := filepath.Join(dir, sumsFile)
	b, _ := os.ReadFile(path)
	b = append(b, (strings.Repeat("0", 64) + "  ../outside\nno line\n")...)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	v := verify(t, dir, "")
	if len(v.Damage) != 1 || v.Damage[0].File != sumsFile || strings.Count(v.Damage[0].What, "is not a sum and a name") != 2 {
		t.Errorf("%+v", v.Damage)
	}
}

// Who changes a passage with its sum, and makes all sums anew, is told of as long as
// the article is another one. So is who changes a title.
func TestForgedPassage(t *testing.T) {
	for old, forged := range map[string]string{
		"The tariff came on a Monday.":  "The tariff came on a Friday.",
		`"title":"A tariff on ferries"`: `"title":"A tariff on wagons"`,
		`"file":"articles/000001.json"`: `"file":"../elsewhere.json"`,
		`"file":"articles/000002.json"`: `"file":"hits.jsonl"`,
	} {
		_, dir, _ := withEvidence(t)
		hits := filepath.Join(dir, hitsFile)
		b, _ := os.ReadFile(hits)
		changed := strings.ReplaceAll(string(b), old, forged)
		changed = strings.ReplaceAll(changed, textSum(old), textSum(forged))
		if changed == string(b) {
			t.Fatalf("no %s in %s", old, b)
		}
		if err := os.WriteFile(hits, []byte(changed), 0o600); err != nil {
			t.Fatal(err)
		}
		remakeSums(t, dir)
		if v := verify(t, dir, ""); v.Whole() {
			t.Errorf("%s: it passes for whole", forged)
		}
	}
}

// Nothing outside of the folder is read, by whichever link, and no pipe is waited for.
func TestLinkedFolder(t *testing.T) {
	for _, name := range []string{articlesDir, hitsFile, manifestFile, sumsFile} {
		_, dir, report := withEvidence(t)
		path, elsewhere := filepath.Join(dir, name), filepath.Join(t.TempDir(), "elsewhere")
		if err := os.Rename(path, elsewhere); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, path); err != nil {
			t.Skip(err) // a system without links
		}
		v, err := Verify(t.Context(), dir, report.SHA256)
		if name == sumsFile {
			if !errors.Is(err, errNoFile) {
				t.Errorf("%s: %v", name, err)
			}
		} else if err != nil || v.Whole() || name == articlesDir && v.Files != 3 {
			t.Errorf("%s: %+v %v", name, v, err)
		}
	}
}

// A link to a folder is as good as its name.
func TestFolderByLink(t *testing.T) {
	_, dir, report := withEvidence(t)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err) // a system without links
	}
	if v := verify(t, link, report.SHA256); !v.Whole() || v.Files != 6 {
		t.Errorf("%+v", v)
	}
}

// A file that is listed twice is read once.
func TestListedTwice(t *testing.T) {
	_, dir, _ := withEvidence(t)
	path := filepath.Join(dir, sumsFile)
	b, _ := os.ReadFile(path)
	if err := os.WriteFile(path, append(b, b...), 0o600); err != nil {
		t.Fatal(err)
	}
	if v := verify(t, dir, ""); v.Files != 6 || len(v.Damage) != 1 || strings.Count(v.Damage[0].What, "once more") != 6 {
		t.Errorf("%+v", v)
	}
}

// What became of articles is told apart from damage.
func TestCompare(t *testing.T) {
	ix, dir, report := withEvidence(t)
	err := ix.Add(t.Context(),
		corpus.Article{ID: "one", Title: "A tariff on all ferries", Body: "First, a word.\n\nThe tariff came on a Monday.\n\nNobody had told the ferries.", Language: "en", Published: made},
		corpus.Article{ID: "three", Title: "Bridges", Body: "A bridge has no tariff and no opinion.", Language: "en", Path: "elsewhere.txt"},
	)
	if err == nil {
		err = ix.Delete(t.Context(), "two")
	}
	if err != nil {
		t.Fatal(err)
	}
	c, err := Compare(t.Context(), dir, ix)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]Difference{}
	for _, d := range c.Differences {
		states[d.ID] = d
	}
	if c.Unchanged != 1 || len(states) != 2 || states["two"].State != Removed || states["one"].State != Updated || states["one"].Standing != 1 ||
		!strings.Contains(states["one"].What, `its text; its title is now "A tariff on all ferries"`) {
		t.Errorf("%+v", c)
	}
	if v := verify(t, dir, report.SHA256); !v.Whole() {
		t.Errorf("%+v", v.Damage)
	}
}
