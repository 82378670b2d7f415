package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/engine"
)

// SavedSearch is a search that is kept with an index under a name, to be asked what came
// in since the last time.
type SavedSearch struct {
	// Name has letters, digits, and - _ . between them: up to 64.
	Name string `json:"name"`
	// Text, Any, NoAliases, Filters, SinceDate and UntilDate are those of a Query. Words
	// that stand side by side must all occur, unless Any is set; the search is never relaxed.
	Text      string   `json:"query,omitempty"`
	Any       bool     `json:"any,omitempty"`
	NoAliases bool     `json:"no_aliases,omitempty"`
	Filters   []Filter `json:"filters,omitempty"`
	SinceDate string   `json:"since,omitempty"`
	UntilDate string   `json:"until,omitempty"`

	// Saved is when it was saved. Save sets it, and what follows.
	Saved time.Time `json:"saved"`
	// Seen is the time of the last article that was in the index when New was marked as
	// seen; what was added later is new. Zero where there was none.
	Seen time.Time `json:"seen,omitzero"`
	// SeenAt is the moment of that: what was under embargo then is new when it ends.
	SeenAt time.Time `json:"seen_at,omitzero"`
	// Notified is how far Notify has told of it, and Notifying, where it is not zero, how far
	// the message tells that is under way.
	Notified  NotifyMark `json:"notified,omitzero"`
	Notifying NotifyMark `json:"notifying,omitzero"`
	// Err says why it cannot be asked any more, as where its query is of an older version.
	// Saved sets it.
	Err error `json:"-"`
}

// The bounds of saved searches.
const (
	maxSavedName = 64 // letters: it is typed, and is part of addresses
	maxSaved     = 10_000
	maxSavedFile = 16 << 20 // bytes: a thousand searches take some 300 KB
)

// Query returns the search that s asks for.
func (s *SavedSearch) Query() Query {
	q := Query{
		Text: s.Text, Match: MatchStrict, NoAliases: s.NoAliases, Filters: slices.Clone(s.Filters),
		SinceDate: s.SinceDate, UntilDate: s.UntilDate, Sort: LastAdded,
	}
	if s.Any {
		q.Match = MatchAny
	}
	return q
}

// savedFile is the setting that keeps saved searches, in the order in which they were saved.
type savedFile struct {
	Format   int           `json:"format"`
	Searches []SavedSearch `json:"searches"`
	Lease    notifyLease   `json:"lease,omitzero"` // of who delivers messages
}

const savedFormat = 1

// savedFileError says what is wrong with what the setting holds. Who doesn't need saved
// searches goes on without them.
type savedFileError struct{ err error }

func (e *savedFileError) Error() string { return "read saved searches: " + e.err.Error() }
func (e *savedFileError) Unwrap() error { return e.err }

// Is makes it an ErrSavedFile.
func (e *savedFileError) Is(target error) bool { return target == ErrSavedFile }

// ErrSavedFile is what the errors are that tell that the setting with the saved searches
// can't be read; they name its place.
var ErrSavedFile = errors.New("the saved searches cannot be read")

// readSaved reads the saved searches of an index. What is wrong with them is a
// *savedFileError.
func readSaved(ctx context.Context, from settingsReader) (*savedFile, error) {
	f := &savedFile{Format: savedFormat}
	b, where, err := from.ReadSetting(ctx, engine.SavedSetting)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	if err := json.Unmarshal(b, f); err != nil {
		return nil, &savedFileError{fmt.Errorf("%s: %w; mend the file, or delete it", where, err)}
	}
	if f.Format > savedFormat {
		return nil, &savedFileError{fmt.Errorf("%s has form %d, which a newer newsq writes", where, f.Format)}
	}
	return f, nil
}

func (f *savedFile) write(ctx context.Context, to engine.Settings) error {
	b, err := json.MarshalIndent(f, "", " ")
	switch {
	case err != nil:
	case len(b) > maxSavedFile:
		err = fmt.Errorf("they take %d bytes, and may take %d", len(b), maxSavedFile)
	default:
		err = to.WriteSetting(ctx, engine.SavedSetting, append(b, '\n'))
	}
	if err != nil {
		return fmt.Errorf("keep saved searches: %w", err)
	}
	return nil
}

// changeSaved reads the saved searches, has them changed, and writes them. An error of
// change leaves them as they were.
func (ix *Index) changeSaved(ctx context.Context, change func(*savedFile) error) error {
	ix.saving.Lock()
	defer ix.saving.Unlock()
	f, err := readSaved(ctx, ix.engine)
	if err != nil {
		return err
	}
	if err := change(f); err != nil {
		return err
	}
	return f.write(ctx, ix.engine)
}

// named returns the index of a search; -1 for none.
func (f *savedFile) named(name string) int {
	return slices.IndexFunc(f.Searches, func(s SavedSearch) bool { return s.Name == name })
}

// find is named for a search that must be there: of none of the name it is ErrNotFound.
func (f *savedFile) find(name string) (int, error) {
	i := f.named(name)
	if i < 0 {
		return 0, fmt.Errorf("saved search %q: %w", name, ErrNotFound)
	}
	return i, nil
}

// CheckSavedName returns an error where a saved search can't have a name.
func CheckSavedName(name string) error {
	isInner := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
	first, _ := utf8.DecodeRuneInString(name)
	last, _ := utf8.DecodeLastRuneInString(name)
	switch {
	case name == "":
		return errors.New("a saved search needs a name")
	case utf8.RuneCountInString(name) > maxSavedName:
		return fmt.Errorf("the name of a saved search has up to %d letters", maxSavedName)
	case !isInner(first) || !isInner(last) || strings.ContainsFunc(name, func(r rune) bool { return !isInner(r) && !strings.ContainsRune("-_.", r) }):
		return fmt.Errorf("%q is no name of a saved search: it has letters and digits, with - _ . between them", name)
	}
	return nil
}

// Save keeps a search with the index, or puts it in the place of one of the same name.
// What is in the index now is not new for it. Its errors are those of a search.
func (ix *Index) Save(ctx context.Context, s SavedSearch) error {
	if err := ix.checkWritable("save a search"); err != nil {
		return err
	}
	if err := CheckSavedName(s.Name); err != nil {
		return err
	}
	if err := ix.checkSaved(ctx, &s); err != nil {
		return err
	}
	return ix.changeSaved(ctx, func(f *savedFile) (err error) {
		s.Saved = time.Now().UTC().Truncate(time.Second)
		s.SeenAt, s.Err = time.Now().UTC(), nil
		if s.Seen, err = lastAdded(ctx, ix.engine); err != nil {
			return err
		}
		s.Notified, s.Notifying = NotifyMark{To: s.Seen, At: s.SeenAt}, NotifyMark{}
		switch i := f.named(s.Name); {
		case i >= 0:
			f.Searches[i] = s
		case len(f.Searches) >= maxSaved:
			return fmt.Errorf("there are %d saved searches, and no more are kept", maxSaved)
		default:
			f.Searches = append(f.Searches, s)
		}
		return nil
	})
}

// checkSaved asks for nothing of a search, which tells whether it can be asked.
func (ix *Index) checkSaved(ctx context.Context, s *SavedSearch) error {
	q := s.Query()
	q.Limit = -1
	_, err := ix.Search(ctx, q)
	return err
}

// Saved returns the saved searches, in the order in which they were saved. One that cannot
// be asked any more has Err.
func (ix *Index) Saved(ctx context.Context) ([]SavedSearch, error) {
	f, err := readSaved(ctx, ix.engine)
	if err != nil {
		return nil, err
	}
	for i := range f.Searches {
		f.Searches[i].Err = f.Searches[i].check()
	}
	return f.Searches, nil
}

// check returns why the search can't be asked any more.
func (s *SavedSearch) check() error {
	q, err := s.Query().resolved()
	if err == nil {
		_, err = q.parse(nil)
	}
	return err
}

// SavedNamed returns the saved search of a name; ErrNotFound where there is none.
func (ix *Index) SavedNamed(ctx context.Context, name string) (SavedSearch, error) {
	f, err := readSaved(ctx, ix.engine)
	if err != nil {
		return SavedSearch{}, err
	}
	i, err := f.find(name)
	if err != nil {
		return SavedSearch{}, err
	}
	s := f.Searches[i]
	s.Err = s.check()
	return s, nil
}

// Unsave forgets saved searches. A name that none has is ErrNotFound, and nothing is
// forgotten then.
func (ix *Index) Unsave(ctx context.Context, names ...string) error {
	if err := ix.checkWritable("forget a saved search"); err != nil {
		return err
	}
	return ix.changeSaved(ctx, func(f *savedFile) error {
		for _, name := range names {
			i, err := f.find(name)
			if err != nil {
				return err
			}
			f.Searches = slices.Delete(f.Searches, i, i+1)
		}
		return nil
	})
}
