package index

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// Values that articles don't state are derived when an article is written, and
// once more for all articles when the rules change. An index knows by a record
// among those of entries which version its derived values have:
//
//   - The record says V: all of them have version V.
//   - It says unsettled: they are being changed, or the change was cut short.
//   - There is none: see stalenessOf.
//
// Before the first article gets other values, the record says unsettled; after
// the last one is durable, it says the new version. So whatever ends the change,
// the next sync knows that it has to go on.

// derivedKey is the key of the record. No source has such a key, and none sorts
// before it.
const derivedKey = "\x01derived"

// unsettled is no version of a pipeline.
const unsettled = "unsettled"

// ApplyTopicsOptions says how to apply rules; nil means the zero
// ApplyTopicsOptions.
type ApplyTopicsOptions struct {
	// Progress, when not nil, is called a few times a second with the number of
	// articles looked at, and that of all.
	Progress func(done, total int)
}

// ApplyTopicsReport is what rules changed.
type ApplyTopicsReport struct {
	Articles int           // that were looked at
	Changed  int           // of these, with other topics by rule, or other reasons for them
	Topics   []TopicChange // that articles gained or lost, by path
	Rules    []string      // the topics that have a rule now, sorted
	Took     time.Duration
}

// TopicChange is how many articles gained a topic, and how many lost it.
type TopicChange struct {
	Topic        string
	Gained, Lost int
}

// ApplyTopics makes rules those of the index, which keeps them, and gives all of
// its articles topics by them, those of Add too. Topics that an article came with
// stay. Nothing but the index is read.
//
// All changes become visible at once, at the end. When ctx ends, ctx.Err() is
// returned with what was done so far. Readers then see the articles as they were
// before, until the index is changed or opened for writing the next time; the next
// ApplyTopics or Sync goes on. Others who change the index wait meanwhile.
func (ix *Index) ApplyTopics(ctx context.Context, rules *TopicRules, opts *ApplyTopicsOptions) (ApplyTopicsReport, error) {
	start := time.Now()
	if err := ix.checkWritable("apply topic rules"); err != nil {
		return ApplyTopicsReport{}, err
	}
	var o ApplyTopicsOptions
	if opts != nil {
		o = *opts
	}
	ix.changes.Lock()
	defer ix.changes.Unlock()
	if err := changeTopics(ctx, ix.engine, rules); err != nil {
		return ApplyTopicsReport{}, err
	}
	ix.applied.Store(rules)
	stages, err := ix.stagesWith(ctx, rules)
	if err != nil {
		return ApplyTopicsReport{}, err
	}
	d, err := ix.deriveAll(ctx, stages, nil, o.Progress)
	if err != nil {
		err = fmt.Errorf("apply topic rules: %w", err)
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			err = ctx.Err()
		}
	}
	r := d.report
	r.Topics, r.Rules = d.topicChanges(), rules.Paths()
	r.Took = time.Since(start)
	return r, err
}

// rules returns the rules of the index: those last applied, else those it was
// opened with.
func (ix *Index) rules() (*TopicRules, error) {
	if r := ix.applied.Load(); r != nil {
		return r, nil
	}
	return ix.topics()
}

// changeTopics keeps rules with an index, for articles written from now on. If
// they differ from those kept before, the articles that are there are known to
// have others.
func changeTopics(ctx context.Context, e engine.Engine, rules *TopicRules) error {
	snap, err := e.Snapshot(ctx)
	if err != nil {
		return err
	}
	empty := snap.Len() == 0
	if err := snap.Close(ctx); err != nil {
		return err
	}
	if !empty {
		kept, err := loadTopics(ctx, e)
		if err != nil || kept.Fingerprint() != rules.Fingerprint() {
			if err := recordDerived(ctx, e, unsettled); err != nil {
				return err
			}
		}
	}
	return saveTopics(ctx, e, rules)
}

// recordDerived writes the record, and publishes it with all that was written
// before.
func recordDerived(ctx context.Context, w engine.Writer, version string) error {
	if err := w.Write(ctx, &engine.Batch{PutEntries: []engine.Entry{derivedRecord(version)}}); err != nil {
		return err
	}
	// What is durable is made visible even when the caller has given up.
	return w.Publish(context.WithoutCancel(ctx))
}

func derivedRecord(version string) engine.Entry { return engine.Entry{Key: derivedKey, Stamp: version} }

// recordedVersion returns what the record says; empty when there is none.
func recordedVersion(ctx context.Context, snap engine.Snapshot) (string, error) {
	for e, err := range snap.Entries(ctx) {
		if err != nil {
			return "", err
		}
		if e.Key == derivedKey {
			return e.Stamp, nil
		}
		break
	}
	return "", nil
}

// stampsAgree reports whether all derived values of a snapshot are by these rules,
// as far as the stamps of its entries tell: before there was a record, they ended
// in the fingerprint of the rules.
func stampsAgree(ctx context.Context, snap engine.Snapshot, rules *TopicRules) (bool, error) {
	agree := false
	for e, err := range snap.Entries(ctx) {
		if err != nil {
			return false, err
		}
		if e.Stamp == "" {
			continue
		}
		if agree = strings.HasSuffix(e.Stamp, " "+rules.Fingerprint()); !agree {
			break
		}
	}
	return agree, nil
}

// rederived says which articles got other derived values.
type rederived struct {
	ids     map[string]bool
	byEntry map[string]int // their number, by the key of the entry they came from
}

// staleness says what is to be done before articles are written.
type staleness uint8

const (
	current    staleness = iota
	unrecorded           // current, and there is no record that says so
	stale                // to be derived anew
)

// stalenessOf compares the values that a snapshot has with those that the rules and the other stages
// give.
func stalenessOf(ctx context.Context, snap engine.Snapshot, rules *TopicRules, stages *enrich.Pipeline) (staleness, error) {
	version, err := recordedVersion(ctx, snap)
	switch {
	case err != nil:
		return stale, err
	case version == stages.Version():
		return current, nil
	case snap.Len() == 0:
		return unrecorded, nil
	case version != "":
		return stale, nil
	}
	agree, err := stampsAgree(ctx, snap, rules)
	if agree {
		return unrecorded, err
	}
	return stale, err
}

// deriveIfStale ends what a writer of annotations has left, and derives the values of all articles anew where it has to be done
// before a sync. It returns which changed, and the records that the sync has to
// write with its first articles.
func (ix *Index) deriveIfStale(ctx context.Context, progress func(Progress)) (changed rederived, records []engine.Entry, err error) {
	if err := ix.settleLeftAnnotations(ctx); err != nil {
		return changed, nil, err
	}
	rules, err := ix.rules()
	if err != nil {
		return changed, nil, err
	}
	stages, err := ix.stagesWith(ctx, rules)
	if err != nil {
		return changed, nil, err
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return changed, nil, err
	}
	state, err := stalenessOf(ctx, snap, rules, stages)
	if err = errors.Join(err, snap.Close(ctx)); err != nil {
		return changed, nil, err
	}
	switch state {
	case current:
		return changed, nil, nil
	case unrecorded:
		return changed, []engine.Entry{derivedRecord(stages.Version())}, nil
	}
	ix.changes.Lock()
	defer ix.changes.Unlock()
	d, err := ix.deriveAll(ctx, stages, map[string]bool{}, func(done, _ int) {
		if progress != nil {
			progress(Progress{Report: SyncReport{Unchanged: done}})
		}
	})
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	}
	return d.changed, nil, err
}

// deriveAll derives the values of all articles anew, and writes those articles
// whose values changed. Their ids go to ids, which may be nil. ix.changes is held.
func (ix *Index) deriveAll(ctx context.Context, stages *enrich.Pipeline, ids map[string]bool, progress func(done, total int)) (*derivation, error) {
	return ix.deriveTopics(ctx, nil, stages, ids, progress)
}

// deriveTopics is deriveAll where stages have other stages of topics than those before, and
// the same ones of texts: what texts name is kept, if it is by those before. These may be nil.
func (ix *Index) deriveTopics(ctx context.Context, before, stages *enrich.Pipeline, ids map[string]bool, progress func(done, total int)) (*derivation, error) {
	d := &derivation{
		writer: ix.engine, stages: stages, batchBytes: int(ix.memory / batchShare), progress: progress,
		changed: rederived{ids: ids, byEntry: map[string]int{}}, topics: map[string]*TopicChange{},
	}
	for range runtime.GOMAXPROCS(0) {
		d.builders = append(d.builders, newDocBuilder(stages))
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return d, err
	}
	recorded, err := recordedVersion(ctx, snap)
	if err == nil {
		d.begun = recorded == unsettled
		d.keepsTexts = before != nil && recorded == before.Version()
		err = d.run(ctx, snap)
	}
	if err = errors.Join(err, snap.Close(ctx)); err != nil {
		return d, err
	}
	if recorded == stages.Version() && d.report.Changed == 0 {
		return d, nil
	}
	return d, recordDerived(context.WithoutCancel(ctx), ix.engine, stages.Version())
}

// derivation is a run over all articles of an index.
type derivation struct {
	writer     engine.Writer
	stages     *enrich.Pipeline
	builders   []*docBuilder
	batchBytes int
	progress   func(done, total int) // may be nil

	begun bool // whether the record says unsettled
	// keepsTexts says that what texts name is as it should be, and need not be found anew.
	keepsTexts bool
	docs       []engine.Doc // changed, to be written
	bytes      int          // of docs
	report     ApplyTopicsReport
	changed    rederived
	topics     map[string]*TopicChange
}

// The articles that are derived together: enough to keep all processors busy,
// and few in memory.
const (
	deriveArticles = 256
	deriveBytes    = 4 << 20
)

// groups yields articles in groups that are analysed together, of those that keep wants; nil
// wants all. A group is good until the next one. An error comes last.
func groups(articles iter.Seq2[engine.StoredArticle, error], keep func(*engine.StoredArticle) bool) iter.Seq2[[]engine.StoredArticle, error] {
	return func(yield func([]engine.StoredArticle, error) bool) {
		var group []engine.StoredArticle
		size := 0
		for a, err := range articles {
			if err != nil {
				yield(nil, err)
				return
			}
			if keep != nil && !keep(&a) {
				continue
			}
			group = append(group, a)
			if size += cost(&a.Article); len(group) < deriveArticles && size < deriveBytes {
				continue
			}
			if !yield(group, nil) {
				return
			}
			group, size = group[:0], 0
		}
		if len(group) > 0 {
			yield(group, nil)
		}
	}
}

// run looks at all articles. When it ends early, what was written stays.
func (d *derivation) run(ctx context.Context, snap engine.Snapshot) error {
	reported := time.Now()
	for group, err := range groups(snap.Articles(ctx), nil) {
		if err == nil {
			err = d.deriveGroup(ctx, group)
		}
		if err != nil {
			return err
		}
		if d.progress != nil && time.Since(reported) >= progressEvery {
			reported = time.Now()
			d.progress(d.report.Articles, snap.Len())
		}
	}
	if d.progress != nil {
		d.progress(d.report.Articles, snap.Len())
	}
	return d.write(ctx)
}

// rewritten is an article whose values were derived anew.
type rewritten struct {
	doc     engine.Doc // if it changed
	changed bool
	// The topics that were derived before, and those that are now.
	before, after []corpus.Topic
	err           error
}

// deriveGroup derives the values of some articles on all processors.
func (d *derivation) deriveGroup(ctx context.Context, group []engine.StoredArticle) error {
	out := make([]rewritten, len(group))
	next := make(chan int)
	var wg sync.WaitGroup
	for _, b := range d.builders {
		wg.Go(func() {
			for i := range next {
				out[i] = b.rewrite(&group[i], d.keepsTexts)
			}
		})
	}
	for i := range group {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range out {
		if out[i].err != nil {
			return out[i].err
		}
		d.report.Articles++
		if !out[i].changed {
			continue
		}
		d.note(&out[i])
		d.docs = append(d.docs, out[i].doc)
		if d.bytes += cost(&out[i].doc.Article); d.bytes >= d.batchBytes {
			if err := d.write(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// rewrite derives the values of an article that is stored, and makes its document if they are
// others. With keepsTexts, what its text names is that which is stored.
func (an *docBuilder) rewrite(stored *engine.StoredArticle, keepsTexts bool) (r rewritten) {
	a, was := stored.Article, &stored.Article
	text := an.derive(&a, keepsTexts)
	r.before, r.after = derivedTopics(was.Topics), derivedTopics(a.Topics)
	r.changed = !slices.Equal(r.before, r.after) || !reflect.DeepEqual(was.Entities, a.Entities) ||
		!slices.Equal(was.Quotations, a.Quotations) || !slices.Equal(was.Claims, a.Claims)
	if !r.changed {
		return r
	}
	version, err := an.version(was, stored.Entry)
	if err != nil {
		r.err = fmt.Errorf("article %q: %w", a.ID, err)
		return r
	}
	r.doc = an.docFrom(a, text, stored.Entry, version)
	r.doc.Story = stored.Story
	return r
}

// derivedTopics returns the topics that an article did not come with.
func derivedTopics(topics []corpus.Topic) []corpus.Topic {
	return slices.DeleteFunc(slices.Clone(topics), func(t corpus.Topic) bool { return t.Origin == corpus.Stated })
}

// note counts what changed of an article.
func (d *derivation) note(r *rewritten) {
	d.report.Changed++
	if d.changed.ids != nil {
		d.changed.ids[r.doc.Article.ID] = true
	}
	d.changed.byEntry[r.doc.Entry]++
	for _, t := range r.before {
		if !slices.ContainsFunc(r.after, func(v corpus.Topic) bool { return v.Path == t.Path }) {
			d.topic(t.Path).Lost++
		}
	}
	for _, v := range r.after {
		if !slices.ContainsFunc(r.before, func(t corpus.Topic) bool { return v.Path == t.Path }) {
			d.topic(v.Path).Gained++
		}
	}
}

func (d *derivation) topic(path string) *TopicChange {
	c := d.topics[path]
	if c == nil {
		c = &TopicChange{Topic: path}
		d.topics[path] = c
	}
	return c
}

// topicChanges returns the topics that articles gained or lost, by path.
func (d *derivation) topicChanges() []TopicChange {
	var list []TopicChange
	for _, c := range d.topics {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b TopicChange) int { return strings.Compare(a.Topic, b.Topic) })
	return list
}

// write makes the changed articles durable.
func (d *derivation) write(ctx context.Context) error {
	if err := ctx.Err(); err != nil || len(d.docs) == 0 {
		return err
	}
	// Nothing ends a write half way.
	ctx = context.WithoutCancel(ctx)
	if !d.begun {
		if err := recordDerived(ctx, d.writer, unsettled); err != nil {
			return err
		}
		d.begun = true
	}
	err := d.writer.Write(ctx, &engine.Batch{Put: d.docs})
	d.docs, d.bytes = nil, 0
	return err
}
