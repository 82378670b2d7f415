package corpus

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/newsq/newsq/internal/extract"
)

// export is what a file of an export is expected to give: how many articles, and
// of the first one what its source says, word for word.
type export struct {
	Articles int
	First    struct{ Title, Date, Outlet string }
}

// minRight is the share of files, in percent, that must have the number of
// articles and the first title that were found by reading the files by eye.
const minRight = 95

// Every form in which archives are kept is read from files that real programs
// wrote: so many articles, and the first of them with the right title.
func TestRealDataExports(t *testing.T) {
	root := realData(t, "formats/exports")
	b, err := os.ReadFile(filepath.Join(root, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var forms map[string]map[string]export
	if err := json.Unmarshal(b, &forms); err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		t.Run(form, func(t *testing.T) {
			n := 0
			for _, name := range slices.Sorted(maps.Keys(forms[form])) {
				want := forms[form][name]
				if got := checkExport(t, filepath.Join(root, form, filepath.FromSlash(name)), &want); got != "" {
					t.Logf("%s: %s", name, got)
				} else {
					n++
				}
			}
			t.Logf("%d of %d files are right", n, len(forms[form]))
			right, all = right+n, all+len(forms[form])
		})
	}
	t.Logf("%d of %d files are right", right, all)
	if right*100 < all*minRight {
		t.Errorf("less than %d %% of the files are right", minRight)
	}
}

// checkExport returns what is wrong with what is read from a file; empty when
// nothing is. What only differs in date and outlet is logged.
func checkExport(t *testing.T, path string, want *export) string {
	t.Helper()
	f, err := Options{Links: true}.Open(path)
	if err != nil {
		return err.Error()
	}
	articles, errs := collect(t, f)
	var told []string
	for _, err := range errs {
		told = append(told, strings.TrimPrefix(err.Error(), path+": "))
	}
	about := ""
	if len(told) > 0 {
		about = " (" + strings.Join(told[:min(len(told), 3)], "; ") + ")"
	}
	if len(articles) != want.Articles {
		return "articles: " + strconv.Itoa(len(articles)) + ", want " + strconv.Itoa(want.Articles) + about
	}
	if len(articles) == 0 {
		if len(errs) == 0 {
			return "nothing was read, and nothing told"
		}
		return ""
	}
	a := articles[0]
	if title := want.First.Title; !isTitle(a.Title, title) {
		return "title: " + a.Title + ", want " + title + about
	}
	if day, ok := extract.ParseDateIn(want.First.Date, a.Language); ok && day.Format("2006-01-02") != a.Published.Format("2006-01-02") {
		t.Logf("%s: date: %v, want %s", filepath.Base(path), a.Published, want.First.Date)
	}
	if outlet := want.First.Outlet; outlet != "" && !strings.Contains(plainLetters(a.Source), plainLetters(outlet)) &&
		!strings.Contains(plainLetters(outlet), plainLetters(a.Source)) || outlet != "" && a.Source == "" {
		t.Logf("%s: outlet: %q, want %q", filepath.Base(path), a.Source, outlet)
	}
	if len(errs) > 0 && !errors.Is(errs[0], ErrPartial) {
		t.Logf("%s: told: %s", filepath.Base(path), about)
	}
	return ""
}

// isTitle reports whether a title is the expected one, of which either may be cut.
// What is expected of a message without a title is how it begins: the title is in it,
// or at its end.
func isTitle(got, want string) bool {
	if want == "" || want == "None" || strings.HasPrefix(want, "(") || strings.HasPrefix(want, "[") || strings.HasPrefix(want, "<!--") {
		return true
	}
	got, begin := plainLetters(strings.TrimRight(got, "…")), plainLetters(tag.ReplaceAllString(want, " "))
	for cut := range begin {
		if strings.Contains(want, "|") && len(begin)-cut >= minOverlap && strings.HasPrefix(got, begin[cut:]) {
			return true
		}
	}
	return strings.HasPrefix(got, begin) || strings.HasPrefix(begin, got) || strings.Contains(want, "|") && strings.Contains(begin, got)
}

// minOverlap is how many letters of a title at the end of a beginning tell it.
const minOverlap = 5

var tag = regexp.MustCompile(`<[^>]*>`)

// plainLetters returns the letters and digits of a text, in lower case.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
