package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// CopyOptions says how to copy; nil means the zero CopyOptions.
type CopyOptions struct {
	// Force makes the target equal to the source when it has something else: what the
	// source lacks is removed from it. Without, such a target is refused.
	Force bool
	// LockWait is how long to wait for another writer of the target; 0 means 2 s.
	// Waiting is as in Options.
	LockWait time.Duration
	Waiting  func(err error)
	// Memory is as in Options.
	Memory int64
	// Progress, when not nil, is called a few times a second, from one goroutine at a
	// time, with the number of articles done, and that of all. Each article is read
	// twice: to be copied, and to be compared.
	Progress func(done, total int)
}

// CopyReport is what copying an index came to.
type CopyReport struct {
	Articles int // in both indexes, equal in all that they state
	Copied   int // of these: the others were there from a copy that was cut short
	Removed  int // that the target had and the source has not
	Notes    int // versions that don't stand, and what is known of those taken back
	Sources  int // files and other entries whose articles the next sync need not read
	Settings int // topics, aliases, the list of removed articles, and saved searches, as far as there are
	Took     time.Duration
}

// ErrCopy: the target isn't equal to the source at the end of a copy.
var ErrCopy = errors.New("the copy is not equal to the index that it was made from")

// UnfinishedError: the index at a location is a copy that was cut short, and so may be
// without a part of what it was made from. Copy to it from the same source ends it.
type UnfinishedError struct{ Location, Source string }

func (e *UnfinishedError) Error() string {
	return fmt.Sprintf("at %s is an unfinished copy of %s", e.Location, e.Source)
}

// Copy makes the index at to the same as the index at from, of whatever kinds they
// are: articles under embargo too, versions that don't stand, what is known of files so
// that the next Sync finds them unchanged, and settings. Articles are analysed anew.
// The copy is of the last generation of from, which others may read and write
// meanwhile. A source that is itself a copy that was cut short is refused with an
// UnfinishedError.
//
// A target that has something is an error that wraps fs.ErrExist, unless Force is set or
// a copy of the same index was cut short there, or found not equal: that is gone on with.
// All becomes visible at the end. Then the target is read again and compared, article by
// article; ErrCopy says that it isn't equal. At last the target learns what words mean if
// it is time to, as after a Sync.
func Copy(ctx context.Context, from, to string, o *CopyOptions) (_ CopyReport, err error) {
	start := time.Now()
	if o == nil {
		o = &CopyOptions{}
	}
	if sameLocation(from, to) {
		return CopyReport{}, errors.New("copy: both are the same index")
	}
	source, err := openEngine(ctx, from, &Options{ReadOnly: true})
	if err != nil {
		return CopyReport{}, fmt.Errorf("copy, from: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close(context.WithoutCancel(ctx))) }()
	topics, err := loadTopics(ctx, source)
	if err != nil {
		return CopyReport{}, err
	}
	stages, err := stagesOf(ctx, source, topics)
	if err != nil {
		return CopyReport{}, err
	}
	snap, err := source.Snapshot(ctx)
	if err != nil {
		return CopyReport{}, fmt.Errorf("copy, from: %w", err)
	}
	defer func() { err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))) }()
	if err := unfinished(ctx, snap, from); err != nil {
		return CopyReport{}, fmt.Errorf("copy, from: %w", err)
	}
	target, err := openEngine(ctx, to, &Options{LockWait: o.LockWait, Waiting: o.Waiting})
	if err != nil {
		return CopyReport{}, fmt.Errorf("copy, to: %w", err)
	}
	defer func() { err = errors.Join(err, target.Close(context.WithoutCancel(ctx))) }()
	c := &copying{from: snap, settings: source, to: target, stages: stages, budget: memoryOf(o.Memory) / batchShare, progress: o.Progress}
	if err = c.run(ctx, from, to, o.Force); err == nil {
		if _, learnErr := learnIfDue(ctx, target, nil, nil); learnErr != nil {
			err = fmt.Errorf("the copy is equal; %w", learnErr)
		}
	}
	c.report.Took = time.Since(start)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return c.report, err
}

// sameLocation reports whether two locations are written alike, or are one folder.
func sameLocation(a, b string) bool {
	dirA, okA := FolderOf(a)
	dirB, okB := FolderOf(b)
	if !okA || !okB {
		return a == b
	}
	absA, errA := filepath.Abs(dirA)
	absB, errB := filepath.Abs(dirB)
	return errA == nil && errB == nil && absA == absB
}

// copying is a copy under way.
type copying struct {
	from     engine.Snapshot
	settings settingsReader // of the source
	to       engine.Engine
	stages   *enrich.Pipeline
	budget   int64
	progress func(done, total int)
	report   CopyReport

	done, total int       // steps, of which each article is two
	told        time.Time // when there was progress last
}

// copyNote is the key of the note that a target has until a copy is found equal. Its
// value is the name of the source, see nameOfSource.
const copyNote = "c\x00"

// nameOfSource returns a location in a form that doesn't depend on the working
// directory.
func nameOfSource(location string) string {
	if dir, ok := FolderOf(location); ok {
		if abs, err := filepath.Abs(dir); err == nil {
			return abs
		}
	}
	return location
}

// unfinished returns an UnfinishedError when a snapshot of the index at a location is of
// a copy that isn't done.
func unfinished(ctx context.Context, snap engine.Snapshot, location string) error {
	for n, err := range snap.Notes(ctx, copyNote, false) {
		if err != nil {
			return err
		}
		if n.Key == copyNote {
			return &UnfinishedError{location, string(n.Value)}
		}
	}
	return nil
}

func (c *copying) run(ctx context.Context, from, to string, force bool) error {
	// What a copy wrote that was cut short becomes visible, to be gone on with.
	if err := c.to.Publish(ctx); err != nil {
		return err
	}
	there, err := c.to.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = there.Close(context.WithoutCancel(ctx)) }()
	if err := c.checkTarget(ctx, there, from, to, force); err != nil {
		return err
	}
	if err := c.mark(ctx, from); err != nil {
		return err
	}
	c.total = 2 * c.from.Len()
	sum, err := c.copyArticles(ctx, there)
	if err != nil {
		return err
	}
	if err := c.copyRest(ctx, there); err != nil {
		return err
	}
	if err := c.to.Publish(ctx); err != nil {
		return err
	}
	if err := c.compare(ctx, sum); err != nil {
		return err
	}
	if err := c.to.Write(ctx, &engine.Batch{DeleteNotes: []string{copyNote}}); err != nil {
		return err
	}
	return c.to.Publish(ctx)
}

// mark writes the note, and shows it: who reads the target before the copy is done is
// told so.
func (c *copying) mark(ctx context.Context, from string) error {
	note := engine.Note{Key: copyNote, Value: []byte(nameOfSource(from))}
	if err := c.to.Write(ctx, &engine.Batch{PutNotes: []engine.Note{note}}); err != nil {
		return err
	}
	return c.to.Publish(ctx)
}

// checkTarget refuses a target that has something of its own.
func (c *copying) checkTarget(ctx context.Context, there engine.Snapshot, from, to string, force bool) error {
	if force {
		return nil
	}
	err := unfinished(ctx, there, to)
	if u, ok := errors.AsType[*UnfinishedError](err); ok && u.Source == nameOfSource(from) {
		return nil
	} else if ok {
		return fmt.Errorf("%w: %w", err, fs.ErrExist)
	} else if err != nil {
		return err
	}
	what := ""
	if n := there.Len(); n > 0 {
		what = fmt.Sprintf("%d articles", n)
	}
	for _, err := range there.Notes(ctx, "", true) {
		if err != nil {
			return err
		}
		what = cmp.Or(what, "versions of articles")
	}
	if what != "" {
		return fmt.Errorf("there is an index at %s already, with %s: %w", to, what, fs.ErrExist)
	}
	return nil
}

// copyArticles writes the articles that the target lacks, and removes those that the
// source lacks. It returns the sum of the source.
func (c *copying) copyArticles(ctx context.Context, there engine.Snapshot) (articleSum, error) {
	var sum articleSum
	if there.Len() > 0 {
		err := eachMissing(there.IDs(ctx, ""), c.from.IDs(ctx, ""), func(s string) string { return s }, func(ids []string) error {
			c.report.Removed += len(ids)
			return c.to.Write(ctx, &engine.Batch{Delete: ids})
		})
		if err != nil {
			return sum, err
		}
	}
	annotated, err := annotatedIDs(ctx, there)
	if err != nil {
		return sum, err
	}
	b := newDocBuilder(c.stages)
	missing := func(yield func(engine.StoredArticle, error) bool) {
		var group []engine.StoredArticle
		var refs []engine.Ref
		flush := func() bool {
			known, err := lookupIn(ctx, there, refs)
			if err != nil {
				yield(engine.StoredArticle{}, err)
				return false
			}
			for i, a := range group {
				if known[i].Same && a.Article.Annotations == nil && !annotated[a.Article.ID] {
					c.step()
				} else if !yield(a, nil) {
					return false
				}
			}
			group, refs = group[:0], refs[:0]
			return true
		}
		for a, err := range c.from.Articles(ctx) {
			var version, digest string
			if err == nil {
				version, err = b.version(&a.Article, a.Entry)
			}
			if err == nil {
				digest, err = comparedAs(version, &a.Article)
			}
			if err != nil {
				yield(a, err)
				return
			}
			sum.add(digest)
			group, refs = append(group, a), append(refs, engine.Ref{ID: a.Article.ID, Version: version})
			if len(group) == copyGroup && !flush() {
				return
			}
		}
		flush()
	}
	err = writeArticles(ctx, missing, c.to, c.stages, int(c.budget), func(n int) {
		c.report.Copied = n
		c.tell(c.done + n)
	})
	c.done = c.from.Len()
	return sum, err
}

// annotatedIDs returns the ids of the articles about which people wrote something.
func annotatedIDs(ctx context.Context, snap engine.Snapshot) (map[string]bool, error) {
	ids := map[string]bool{}
	for n, err := range snap.Notes(ctx, notedAnnotations, true) {
		if err != nil {
			return nil, err
		}
		_, id := splitNoteKey(n.Key)
		ids[id] = true
	}
	return ids, nil
}

// copyGroup is how many articles are looked up at a time, and how many keys are
// written.
const copyGroup = 500

// lookupIn is Lookup, which an empty snapshot is spared.
func lookupIn(ctx context.Context, snap engine.Snapshot, refs []engine.Ref) ([]engine.Known, error) {
	if snap.Len() == 0 || len(refs) == 0 {
		return make([]engine.Known, len(refs)), nil
	}
	return snap.Lookup(ctx, refs)
}

// step counts one article.
func (c *copying) step() {
	c.done++
	c.tell(c.done)
}

// tell tells of progress, unless it did so a moment ago.
func (c *copying) tell(done int) {
	if c.progress != nil && (time.Since(c.told) > progressEvery || done == c.total) {
		c.told = time.Now()
		c.progress(done, c.total)
	}
}

// copyRest copies what there is beside articles: notes, settings, and at the end the
// records of entries.
func (c *copying) copyRest(ctx context.Context, there engine.Snapshot) error {
	err := eachMissing(withoutCopyNote(there.Notes(ctx, "", true)), c.from.Notes(ctx, "", true), noteKeyOf, func(notes []engine.Note) error {
		var b engine.Batch
		for _, n := range notes {
			b.DeleteNotes = append(b.DeleteNotes, n.Key)
		}
		return c.to.Write(ctx, &b)
	})
	if err != nil {
		return err
	}
	if err := writeNotes(ctx, c.from.Notes(ctx, "", false), c.to, int(c.budget)); err != nil {
		return err
	}
	for _, name := range []string{engine.TopicsSetting, engine.TopicModelSetting, engine.AliasesSetting, engine.EntitiesSetting, engine.QuotationsSetting, engine.RemovedSetting, engine.SavedSetting} {
		content, _, err := c.settings.ReadSetting(ctx, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = c.to.WriteSetting(ctx, name, content)
		}
		if err != nil {
			return err
		}
		c.report.Settings++
	}
	return c.copyEntries(ctx, there)
}

// copyEntries copies the records of entries, and removes those that the source lacks.
func (c *copying) copyEntries(ctx context.Context, there engine.Snapshot) error {
	err := eachMissing(recorded(there.Entries(ctx)), recorded(c.from.Entries(ctx)), entryKey, func(entries []engine.Entry) error {
		var b engine.Batch
		for _, e := range entries {
			b.DeleteEntries = append(b.DeleteEntries, e.Key)
		}
		return c.to.Write(ctx, &b)
	})
	if err != nil {
		return err
	}
	b := engine.Batch{PutEntries: []engine.Entry{derivedRecord(c.stages.Version())}}
	for e, err := range recorded(c.from.Entries(ctx)) {
		if err != nil {
			return err
		}
		if e.Key == derivedKey {
			continue
		}
		if b.PutEntries = append(b.PutEntries, engine.Entry{Key: e.Key, Stamp: e.Stamp}); len(b.PutEntries) >= copyGroup {
			if err := c.to.Write(ctx, &b); err != nil {
				return err
			}
			b = engine.Batch{}
		}
	}
	if len(b.PutEntries) == 0 {
		return nil
	}
	return c.to.Write(ctx, &b)
}

func noteKeyOf(n engine.Note) string { return n.Key }

func entryKey(e engine.Entry) string { return e.Key }

// recorded returns the entries that have a record.
func recorded(entries iter.Seq2[engine.Entry, error]) iter.Seq2[engine.Entry, error] {
	return keeping(entries, func(e engine.Entry) bool { return e.Stamp != "" })
}

// withoutCopyNote returns the notes of a target but for that one.
func withoutCopyNote(notes iter.Seq2[engine.Note, error]) iter.Seq2[engine.Note, error] {
	return keeping(notes, func(n engine.Note) bool { return n.Key != copyNote })
}

// keeping returns the values of a stream that keep says.
func keeping[T any](stream iter.Seq2[T, error], keep func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range stream {
			if (err != nil || keep(v)) && !yield(v, err) {
				return
			}
		}
	}
}

// eachMissing calls f with groups of the values of a stream whose keys another stream
// lacks. Both are in the order of their keys.
func eachMissing[T any](of, in iter.Seq2[T, error], key func(T) string, f func([]T) error) error {
	next, stop := iter.Pull2(in)
	defer stop()
	other, err, more := next()
	var group []T
	for v, vErr := range of {
		if vErr != nil {
			return vErr
		}
		for more && err == nil && key(other) < key(v) {
			other, err, more = next()
		}
		if err != nil {
			return err
		}
		if more && key(other) == key(v) {
			continue
		}
		if group = append(group, v); len(group) == copyGroup {
			if err := f(group); err != nil {
				return err
			}
			group = nil
		}
	}
	if err != nil || len(group) == 0 {
		return err
	}
	return f(group)
}
