package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/neardup"
)

// maxID bounds an id, in bytes: it is typed, printed and looked up.
const maxID = 512

// Add puts articles in, replacing those of the same id: all of one call or
// none, durable and visible on return. An article without an id gets one
// derived from its key, or from its text. Many articles are best added some
// hundred a call.
//
// At times the index learns from its articles, which takes seconds; see Learn.
//
// Of an article that states a version the best one stands, as with Sync, and what it
// says of others is done. Such a call writes twice.
func (ix *Index) Add(ctx context.Context, a ...corpus.Article) error {
	if err := ix.checkWritable("add articles"); err != nil {
		return err
	}
	batch := &engine.Batch{Put: make([]engine.Doc, 0, len(a))}
	position := make(map[string]int, len(a))
	stages, err := ix.stages(ctx)
	if err != nil {
		return err
	}
	ix.changes.RLock()
	defer ix.changes.RUnlock()
	if err := ix.removed.load(ctx, ix.engine); err != nil {
		return err
	}
	an := newDocBuilder(stages)
	notes, a, err := ix.noteVersions(ctx, a)
	if err != nil {
		return err
	}
	batch.PutNotes = notes
	if a, err = ix.withAnnotations(ctx, a); err != nil {
		return err
	}
	for i := range a {
		art := a[i]
		if err := checkArticle(&art); err != nil {
			return fmt.Errorf("add article %d: %w", i+1, err)
		}
		v, err := an.version(&art, "")
		if err != nil {
			return fmt.Errorf("add article %q: %w", art.ID, err)
		}
		d := an.doc(art, "", v)
		if k, ok := position[art.ID]; ok {
			batch.Put[k] = d // the later one replaces the earlier
			continue
		}
		position[art.ID] = len(batch.Put)
		batch.Put = append(batch.Put, d)
	}
	added := len(batch.Put)
	if err := ix.keepAdded(ctx, batch.Put); err != nil {
		return err
	}
	if err := ix.writeWithStories(ctx, batch, stages); err != nil {
		return err
	}
	for i := range added {
		ix.removed.drop(batch.Put[i].Article.ID) // whoever adds it wants it back
	}
	if len(notes) > 0 {
		if err := ix.settleAdded(context.WithoutCancel(ctx), stages); err != nil {
			return err
		}
		if err := ix.settleAddedStories(context.WithoutCancel(ctx), stages); err != nil {
			return err
		}
	}
	if err := ix.removed.save(context.WithoutCancel(ctx), ix.engine); err != nil || ix.noLearn {
		return err
	}
	// The articles are there, whatever comes of learning, which the next call does else.
	if _, err := learnIfDue(ctx, ix.engine, ix.provider, nil); err != nil && ctx.Err() == nil {
		return fmt.Errorf("articles were added; %w", err)
	}
	return nil
}

// checkWritable refuses what an Index that was opened read-only cannot do, before
// any work is done for it.
func (ix *Index) checkWritable(what string) error {
	if ix.readOnly {
		return fmt.Errorf("%s: %w", what, ErrReadOnly)
	}
	return nil
}

func (ix *Index) write(ctx context.Context, b *engine.Batch) error {
	if len(b.Put)+len(b.Delete)+len(b.PutNotes) == 0 {
		return nil
	}
	if err := ix.engine.Write(ctx, b); err != nil {
		return err
	}
	// What is durable is made visible even when the caller has given up.
	return ix.engine.Publish(context.WithoutCancel(ctx))
}

// maxCandidates is the number of ids that an ambiguous prefix lists.
const maxCandidates = 10

// AmbiguousError is an id cut so short that several articles start with it.
type AmbiguousError struct {
	Prefix string
	IDs    []string // the first ten
}

// Error names the candidates.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("id %q is ambiguous: %s; write more of it", e.Prefix, strings.Join(e.IDs, ", "))
}

// Get returns the article of an id, or of a unique prefix of one: ErrNotFound
// when there is none, an *AmbiguousError when there are several. One that may not be
// shown yet is an *EmbargoedError. That its sender took back is a *WithdrawnError,
// and one that another article has replaced a *ReplacedError.
func (ix *Index) Get(ctx context.Context, id string) (a corpus.Article, err error) {
	_, err = ix.read(ctx, time.Now(), false, func(snap engine.Snapshot) error {
		full, err := resolve(ctx, snap, id)
		if errors.Is(err, ErrNotFound) && id != "" {
			err = ix.embargoedError(ctx, id, absentError(ctx, snap, id, err))
		}
		if err != nil {
			return err
		}
		found, err := snap.Get(ctx, full)
		if err == nil {
			a = found[0]
			ix.addCodes(&a)
		}
		return err
	})
	return a, err
}

// resolve returns the id that prefix stands for.
func resolve(ctx context.Context, snap engine.Snapshot, prefix string) (string, error) {
	if prefix == "" {
		return "", fmt.Errorf("no id given: %w", ErrNotFound)
	}
	var ids []string
	for id, err := range snap.IDs(ctx, prefix) {
		if err != nil {
			return "", err
		}
		if id == prefix {
			return id, nil
		}
		if ids = append(ids, id); len(ids) > maxCandidates {
			break
		}
	}
	switch len(ids) {
	case 0:
		return "", fmt.Errorf("article %q: %w", prefix, ErrNotFound)
	case 1:
		return ids[0], nil
	}
	return "", &AmbiguousError{Prefix: prefix, IDs: ids[:min(len(ids), maxCandidates)]}
}

// checkArticle refuses what the index could not give back as it was.
func checkArticle(a *corpus.Article) error {
	switch {
	case len(a.ID) > maxID:
		return fmt.Errorf("id of %d bytes; at most %d are kept", len(a.ID), maxID)
	case strings.ContainsFunc(a.ID, func(r rune) bool { return r < ' ' || r == 0x7f || r == utf8.RuneError }):
		return fmt.Errorf("id %q holds control characters", a.ID)
	}
	end := 0
	for i, s := range a.Sections {
		if s.Start != end || s.End < s.Start || s.End > len(a.Body) {
			return fmt.Errorf("section %d spans [%d, %d) and should start at %d; sections tile the body", i+1, s.Start, s.End, end)
		}
		end = s.End
	}
	if len(a.Sections) > 0 && end != len(a.Body) {
		return fmt.Errorf("sections end at byte %d of a body of %d", end, len(a.Body))
	}
	for i, p := range a.Pages {
		if p.Start < 0 || p.Start > len(a.Body) || i > 0 && p.Start < a.Pages[i-1].Start || !utf8.ValidString(p.Label) {
			return fmt.Errorf("page %d starts at byte %d of a body of %d; pages follow each other", i+1, p.Start, len(a.Body))
		}
	}
	for _, s := range [...]string{a.Title, a.Summary, a.Body, a.Source, a.URL, a.Path} {
		if !utf8.ValidString(s) {
			return errors.New("text is not valid UTF-8")
		}
	}
	return nil
}

// docBuilder makes documents of articles. It serves one goroutine at a time.
type docBuilder struct {
	stages  *enrich.Pipeline
	encoder *match.Encoder
	deriver *enrich.Deriver
	cutter  *analysis.Cutter // of both, for one article
	buf     []byte           // of version, for the next article
	// shingler and keys make Doc.Keys.
	shingler neardup.Shingler
	keys     neardup.Keys
}

// maxKept bounds the memory that is kept for the next article.
const maxKept = 1 << 20

func newDocBuilder(stages *enrich.Pipeline) *docBuilder {
	an := &docBuilder{stages: stages, encoder: match.NewEncoder(analyzerOf), cutter: new(analysis.Cutter)}
	an.encoder.UseCutter(an.cutter)
	an.deriver = stages.Deriver(an.cutter)
	return an
}

// doc cuts an article into tokens and derives what it doesn't state. entry is the
// key of the corpus entry that it came from.
func (an *docBuilder) doc(a corpus.Article, entry, version string) engine.Doc {
	text := an.derive(&a, false)
	return an.docFrom(a, text, entry, version)
}

// derive cuts an article into tokens and derives what it doesn't state. With keepsTexts,
// what was found in its text before is kept.
func (an *docBuilder) derive(a *corpus.Article, keepsTexts bool) *match.Encoded {
	entities, quotations, claims := a.Entities, a.Quotations, a.Claims
	toGiven(a)
	if keepsTexts {
		a.Entities, a.Quotations, a.Claims = entities, quotations, claims
	} else {
		an.deriver.DeriveText(a)
	}
	d := an.encode(a)
	a.Topics = append(a.Topics, an.deriver.DeriveTopics(a, d)...)
	return d
}

// docFrom makes the document of an article that was analysed and given topics.
func (an *docBuilder) docFrom(a corpus.Article, d *match.Encoded, entry, version string) engine.Doc {
	d.Values[match.Topic] = a.TopicPaths()
	d.Values[match.TopicBy] = enrich.TopicValues(a.Topics)
	doc := engine.Doc{Article: a, Entry: entry, Version: version, Text: d, Keys: an.sharedKeys(&a)}
	doc.EmbargoedUntil, doc.Embargoed = EmbargoOf(&a)
	return doc
}

// sharedKeys returns the keys of an article, each once, in ascending order.
func (an *docBuilder) sharedKeys(a *corpus.Article) []uint32 {
	an.keys = an.shingler.AppendKeys(an.keys[:0], a.Title, copiedText(a))
	keys := slices.Clone(an.keys)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// copiedText returns what of an article copies have in common, beside its title: the body,
// or the summary where there is none.
func copiedText(a *corpus.Article) string {
	if a.Body == "" {
		return a.Summary
	}
	return a.Body
}

// toGiven leaves what an article came with, with its topics in the form in which the index
// keeps them.
func toGiven(a *corpus.Article) {
	enrich.Given(a)
	for i := range a.Topics {
		t := &a.Topics[i]
		t.Path, t.Origin = corpus.TopicPath(t.Path), corpus.Stated
	}
}

// version is a digest of what an article came with, and so not of when it was added.
// It is the same for an article that was read and for the same one as it is stored. It is cheap beside
// analysis, which articles that are already there in this version are spared.
func (an *docBuilder) version(a *corpus.Article, entry string) (string, error) {
	given := *a
	toGiven(&given)
	given.Annotations, given.Added = nil, time.Time{}
	b, err := engine.AppendJSON(an.buf[:0], &given)
	if err != nil {
		return "", err
	}
	b = append(append(b, 0), entry...)
	b = append(b, 0)
	sum := sha256.Sum256(b)
	if an.buf = b; cap(b) > maxKept {
		an.buf = nil
	}
	// 96 bits: no two versions of one article will ever agree by chance.
	return hex.EncodeToString(sum[:12]), nil
}

// encode cuts an article into tokens.
func (an *docBuilder) encode(a *corpus.Article) *match.Encoded {
	in := match.Input{
		Title: a.Title, Summary: a.Summary,
		Authors: a.Authors, Places: a.Names(corpus.Place), People: a.Names(corpus.Person), Orgs: a.Names(corpus.Organization),
		Source: a.Source, Path: a.Path, URL: a.URL,
		Lang: a.Language, ID: a.ID, Published: a.Published, Added: a.Added,
	}
	if h := a.Handling; h != nil {
		if h.Rights != "" || h.NoAI {
			in.Rights = append(in.Rights, match.RightsStated)
		}
		if h.NoAI {
			in.Rights = append(in.Rights, match.RightsNoAI)
		}
	}
	secs := sections(a)
	for _, s := range secs {
		in.Headings = append(in.Headings, s.Heading)
		in.Body = append(in.Body, a.Body[s.Start:s.End])
	}
	in.Foreign = foreignParts(a, secs)
	in.Marked = markedTexts(a, analyzerOf(a.Language))
	for _, t := range a.Topics {
		in.Topics = append(in.Topics, t.Path)
	}
	if n := a.Annotations; n != nil {
		for i := range n.Tags {
			in.MyTags = append(in.MyTags, n.Tags[i].Path)
		}
		for i := range n.Notes {
			in.Notes = append(in.Notes, n.Notes[i].Text)
		}
	}
	defer an.cutter.Forget()
	return an.encoder.Encode(in)
}

// sections returns the sections of an article, one for a body without any.
func sections(a *corpus.Article) []corpus.Section {
	if len(a.Sections) > 0 {
		return a.Sections
	}
	return []corpus.Section{{End: len(a.Body)}}
}
