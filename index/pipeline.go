package index

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
)

// A sync is a pipeline: entries are read, some ahead of time, and their articles
// are looked up in groups; the syncer takes the groups in order and assigns ids;
// workers cut articles into tokens; a batcher collects what they make, and writers
// make it durable.

// defaultMemory is what is held at a time by a sync whose options don't say.
const defaultMemory = 256 << 20

// minMemory is what the smallest batches worth writing need.
const minMemory = 16 << 20

// batchShare is the share of the budget that the text of a batch may have. A batch
// becomes a segment; the larger it is, the less there is to merge. The rest of the
// budget is for what is held beside this text: the articles themselves, the ids of
// their tokens (two thirds of the text), and while a batch is built its postings
// (one and a half times the text) and the segment (as much as the text), for all
// batches that are collected, written and waiting.
const batchShare = 20

// docCost is what an article takes beside its text: its values, its strings.
const docCost = 1 << 10

// writers is the number of batches written at a time: while one waits for the
// disk, the other is built.
const writers = 2

// aheadShare is the share of the budget that is for articles read ahead, and
// aheadUnit the unit in which they are counted.
const (
	aheadShare = 16
	aheadUnit  = 4 << 10
	maxAhead   = 4 << 10 // units that an entry needs at most
)

// A group of articles is looked up together. It is as large as one request to a
// server should be, and takes a part of what may be read ahead, so that a group
// is made while others wait.
const (
	maxGroup   = 256
	groupShare = 4
)

// item is an article of an entry, or an error of reading it.
type item struct {
	article   corpus.Article
	version   string
	known     engine.Known // of its id, in the snapshot that the sync began with
	duplicate bool         // whether the source gave it before, word for word
	moved     bool         // whether it stood elsewhere before
	withheld  bool         // whether it was removed, and stays out
	noted     bool         // whether it is known of, or notes, and no article to be written
	notes     []engine.Note
	err       error
}

// job makes the job of writing an article. One that the index has keeps the time at which
// it was added.
func (it *item) job(state *entryState) job {
	it.article.Added = it.known.Added
	return job{it.article, it.version, !it.known.Exists, it.noted, it.notes, state}
}

// needsWrite reports whether the article is not in the index as it is.
func (it *item) needsWrite() bool {
	return len(it.notes) > 0 || !it.noted && !it.duplicate && !it.known.Same
}

// group is some articles of an entry, in order, that were looked up. err ends
// the sync.
type group struct {
	items []item
	units int // of what the entry may be read ahead
	err   error
}

// entryReader is an entry that is being read. groups is nil when it need not be.
type entryReader struct {
	entry  corpus.Entry
	groups chan group
	ahead  chan struct{} // an element for each unit that is read and not taken
}

// drain yields the groups of an entry, in order. Each group that is yielded makes
// room for more to be read ahead.
func (r *entryReader) drain() iter.Seq[group] {
	return func(yield func(group) bool) {
		for g := range r.groups {
			r.release(g.units)
			if !yield(g) {
				return
			}
		}
	}
}

// unitsOf returns the units that an article takes, at most all that there are.
func (r *entryReader) unitsOf(a *corpus.Article) int { return min(1+cost(a)/aheadUnit, cap(r.ahead)) }

// tryReserve reserves units, or none when there aren't enough.
func (r *entryReader) tryReserve(units int) bool {
	for n := range units {
		select {
		case r.ahead <- struct{}{}:
		default:
			r.release(n)
			return false
		}
	}
	return true
}

// reserve waits until there are enough units; false when ctx has ended.
func (r *entryReader) reserve(ctx context.Context, units int) bool {
	for range units {
		select {
		case r.ahead <- struct{}{}:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

func (r *entryReader) release(units int) {
	for range units {
		<-r.ahead
	}
}

// readAhead yields the source's entries in order, with some of those that
// follow already being read. The caller drains the groups of each entry, or
// ends ctx.
func (s *syncer) readAhead(ctx context.Context) iter.Seq[*entryReader] {
	return func(yield func(*entryReader) bool) {
		entries := runtime.GOMAXPROCS(0)
		ahead := make(chan *entryReader, entries)
		// Beside those that wait, one is offered and one is being taken, of which
		// a group is in the hands of the syncer.
		units := min(max(1, int(s.memory/aheadShare)/aheadUnit/(entries+3)), maxAhead)
		ctx, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		defer wg.Wait()
		defer cancel()
		wg.Go(func() {
			defer close(ahead)
			for _, e := range s.entries {
				r := &entryReader{entry: e}
				if !s.isUnchanged(e) {
					r.groups, r.ahead = make(chan group, 2*groupShare), make(chan struct{}, units)
				}
				select {
				case ahead <- r:
				case <-ctx.Done():
					return
				}
				if r.groups != nil {
					wg.Go(func() { s.read(ctx, r) })
				}
			}
		})
		for r := range ahead {
			if !yield(r) {
				return
			}
		}
	}
}

// read sends an entry's articles. They are looked up here, where some entries
// are read at a time, and not where their ids are assigned one after the other.
func (s *syncer) read(ctx context.Context, r *entryReader) {
	defer close(r.groups)
	an := newDocBuilder(s.stages)
	var g group
	for a, err := range r.entry.Articles(ctx) {
		units := r.unitsOf(&a)
		if !r.tryReserve(units) {
			// What is in hand goes first: only then can units be released.
			if !s.send(ctx, r, &g) || !r.reserve(ctx, units) {
				return
			}
		}
		g.items = append(g.items, newItem(an, a, r.entry.Key, err))
		g.units += units
		if len(g.items) == maxGroup || g.units > cap(r.ahead)/groupShare {
			if !s.send(ctx, r, &g) {
				return
			}
		}
	}
	s.send(ctx, r, &g)
}

// newItem makes an item of what reading an entry gave.
func newItem(an *docBuilder, a corpus.Article, entry string, err error) item {
	it := item{article: a, err: err}
	if err != nil {
		return it
	}
	if it.err = checkArticle(&a); it.err == nil {
		it.version, it.err = an.version(&a, entry)
	}
	if it.err != nil {
		it.err = &corpus.ReadError{Path: a.Key, Err: it.err}
	}
	return it
}

// send looks a group up, sends it and begins a new one; false when ctx has
// ended.
func (s *syncer) send(ctx context.Context, r *entryReader, g *group) bool {
	if len(g.items) == 0 {
		return true
	}
	var items []*item
	for i := range g.items {
		if it := &g.items[i]; it.err == nil {
			items = append(items, it)
		}
	}
	if len(items) > 0 {
		g.err = lookUp(ctx, s.snap, items)
	}
	select {
	case r.groups <- *g:
		if n := len(g.items); n > 1 {
			*g = group{items: make([]item, 0, min(n+n/16, maxGroup))}
		} else {
			*g = group{}
		}
		return true
	case <-ctx.Done():
		return false
	}
}

// entryState follows an entry until all of its articles are durable: only
// then is it recorded as read.
type entryState struct {
	record  engine.Entry
	waiting int  // articles that are not durable yet
	whole   bool // whether it was read to its end
}

// job is an article on its way to be analysed.
type job struct {
	article corpus.Article
	version string
	isNew   bool // see engine.Doc
	noted   bool // there is no article, but notes
	notes   []engine.Note
	state   *entryState
}

// analysedDoc is a job that is ready to be written.
type analysedDoc struct {
	doc   engine.Doc
	noted bool
	notes []engine.Note
	state *entryState
}

// cost is how much of a batch it takes.
func (d *analysedDoc) cost() int {
	n := cost(&d.doc.Article)
	for i := range d.notes {
		n += len(d.notes[i].Value)
	}
	return n
}

// pipeline is what happens to an article after the syncer: it is analysed, collected
// in a batch, and written.
type pipeline struct {
	writer     engine.Writer
	batchBytes int
	stages     *enrich.Pipeline
	jobs       chan job
	docs       chan analysedDoc
	full       chan []analysedDoc
	analysing  sync.WaitGroup // workers
	writing    sync.WaitGroup // batcher and writers

	failed chan struct{} // closed with the first error

	mu      sync.Mutex
	err     error
	records []engine.Entry // of entries that are durable, to be written
	gone    []string       // entries that articles were moved from, to be forgotten
	large   []largeArticle // those that the engine does not take
	wrote   bool           // whether articles were written
}

func newPipeline(s *syncer) *pipeline {
	workers := runtime.GOMAXPROCS(0)
	p := &pipeline{
		writer:     s.writer,
		batchBytes: int(s.memory / batchShare),
		stages:     s.stages,
		jobs:       make(chan job, workers),
		docs:       make(chan analysedDoc, workers),
		full:       make(chan []analysedDoc),
		failed:     make(chan struct{}),
		records:    s.records,
	}
	for range workers {
		p.analysing.Go(p.analyse)
	}
	p.writing.Go(p.batch)
	for range writers {
		p.writing.Go(p.write)
	}
	return p
}

// put hands an article on. It fails when writing has failed.
func (p *pipeline) put(ctx context.Context, it *item, state *entryState) error {
	p.mu.Lock()
	state.waiting++
	p.mu.Unlock()
	select {
	case p.jobs <- it.job(state):
		return nil
	case <-p.failed:
		return p.failure()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// complete notes that all of an entry's articles were put.
func (p *pipeline) complete(state *entryState) {
	p.mu.Lock()
	defer p.mu.Unlock()
	state.whole = true
	p.queueRecord(state)
}

// queueRecord queues the record of an entry, if it is durable. p.mu is held.
func (p *pipeline) queueRecord(state *entryState) {
	if state.whole && state.waiting == 0 && state.record.Stamp != "" {
		p.records = append(p.records, state.record)
	}
}

// analyse turns jobs into documents.
func (p *pipeline) analyse() {
	an := newDocBuilder(p.stages)
	for j := range p.jobs {
		d := analysedDoc{noted: j.noted, notes: j.notes, state: j.state}
		if !j.noted {
			d.doc = an.doc(j.article, j.state.record.Key, j.version)
			d.doc.New = j.isNew
		}
		p.docs <- d
	}
}

// batch collects documents.
func (p *pipeline) batch() {
	defer close(p.full)
	var docs []analysedDoc
	size := 0
	for d := range p.docs {
		docs = append(docs, d)
		size += d.cost()
		if size >= p.batchBytes {
			last := len(docs)
			p.full <- docs
			// The next batch has about as many.
			docs, size = make([]analysedDoc, 0, last+last/16), 0
		}
	}
	if len(docs) > 0 {
		p.full <- docs
	}
}

// cost is how much of a batch an article takes.
func cost(a *corpus.Article) int {
	return docCost + len(a.Title) + len(a.Summary) + len(a.Body)
}

// write makes batches durable. After an error it drains what comes.
func (p *pipeline) write() {
	for docs := range p.full {
		if p.failure() != nil {
			continue
		}
		b := &engine.Batch{Put: make([]engine.Doc, 0, len(docs))}
		b.PutNotes = notesOf(docs)
		b.PutEntries, b.DeleteEntries = p.takeRecords()
		states := make([]*entryState, len(docs))
		for i := range docs {
			if states[i] = docs[i].state; !docs[i].noted {
				b.Put = append(b.Put, docs[i].doc)
			}
		}
		noteWritten(b)
		articles := len(b.Put)
		docs = nil // the engine lets go of articles before it is done
		if err := p.writeBatch(b, states); err != nil {
			p.fail(err)
			continue
		}
		p.mu.Lock()
		p.wrote = p.wrote || articles > 0
		for _, s := range states {
			if s.waiting--; s.waiting == 0 {
				p.queueRecord(s)
			}
		}
		p.mu.Unlock()
	}
}

// notesOf returns the notes of some documents, each key once.
func notesOf(docs []analysedDoc) (list []engine.Note) {
	for i := range docs {
		list = append(list, docs[i].notes...)
	}
	slices.SortStableFunc(list, func(a, b engine.Note) int { return strings.Compare(a.Key, b.Key) })
	return slices.CompactFunc(list, func(a, b engine.Note) bool { return a.Key == b.Key })
}

// forget removes the record of an entry that an article was moved from, with the
// batch that the article is in, or before.
func (p *pipeline) forget(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.gone = append(p.gone, key)
}

// takeRecords returns what is to be written and removed of entries.
func (p *pipeline) takeRecords() (records []engine.Entry, gone []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	records, gone = p.records, p.gone
	p.records, p.gone = nil, nil
	return records, gone
}

func (p *pipeline) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
		close(p.failed)
	}
}

func (p *pipeline) failure() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// finish waits until everything put is durable, and writes the records that
// are left.
func (p *pipeline) finish(ctx context.Context) error {
	close(p.jobs)
	p.analysing.Wait()
	close(p.docs)
	p.writing.Wait()
	if err := p.failure(); err != nil {
		return err
	}
	records, gone := p.takeRecords()
	if len(records)+len(gone) == 0 {
		return nil
	}
	return p.writer.Write(ctx, &engine.Batch{DeleteEntries: gone, PutEntries: records})
}
