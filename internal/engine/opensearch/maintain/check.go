package maintain

import (
	"context"
	"errors"
	"fmt"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/reader"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// maxDamage bounds the damages that a report names.
const maxDamage = 100

// ChecksumsVariable, set to 1 in the environment, stands for Archive.Checksums.
const ChecksumsVariable = "NEWSQ_ENGINE_CHECKSUMS"

// Check reads every article of the last generation, and holds what the index says of
// itself against each other: the mapping, the kinds of its documents, the fields of its
// articles. The files below are read by the server alone, and checked where Checksums
// is set. An article that was deleted by other means than newsq is
// not missed: how many there must be is written nowhere.
func (a Archive) Check(ctx context.Context) (*engine.CheckReport, error) {
	r, err := a.check(ctx)
	if err != nil {
		return nil, fmt.Errorf("check index: %w", err)
	}
	return r, nil
}

func (a Archive) check(ctx context.Context) (*engine.CheckReport, error) {
	c, err := a.catalog(ctx)
	if err != nil {
		return nil, err
	}
	i, err := a.currentOf(c)
	if err != nil {
		return nil, err
	}
	if err := i.outdated(); err != nil {
		return nil, err
	}
	k := &checker{Archive: a, index: i}
	k.report.Schema = i.schema()
	for _, step := range []func(context.Context) error{k.mapping, k.health, k.generation, k.files, k.checksums} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	k.others(c)
	return &k.report, nil
}

// checker is a check that is under way. Its methods are named for what they check, and
// add what they find to the report.
type checker struct {
	Archive
	index   *indexInfo
	report  engine.CheckReport
	omitted int // damages beyond maxDamage
	// unreadable says that a part of the index is on no server.
	unreadable bool
}

func (k *checker) damage(where, format string, args ...any) {
	if len(k.report.Damage) == maxDamage {
		k.omitted++
		return
	}
	k.report.Damage = append(k.report.Damage, engine.Damage{Path: where, Err: fmt.Errorf(format, args...)})
}

func (k *checker) note(format string, args ...any) {
	k.report.Notes = append(k.report.Notes, fmt.Sprintf(format, args...))
}

// mapping holds the fields of the index to those that newsq makes.
func (k *checker) mapping(context.Context) error {
	if has := k.index.ours().Hash; has != schema.Hash() {
		k.damage(k.index.Name, "its fields are not those of schema %d (%s, not %s): newsq check --repair makes it again", schema.Version, has, schema.Hash())
	}
	if k.index.Refresh != "-1" {
		k.damage(k.index.Name, "its refresh_interval is %q: what is being written is seen before it is published; it should be -1", k.index.Refresh)
	}
	return nil
}

// health asks whether all shards and copies are there.
func (k *checker) health(ctx context.Context) error {
	copies, err := k.copies(ctx, k.index.Name)
	if err != nil {
		return err
	}
	missing := 0
	for _, s := range copies {
		switch {
		case s.isThere():
		case s.Primary == "p":
			k.unreadable = true
			k.damage(fmt.Sprintf("%s, shard %s", k.index.Name, s.Shard), "no copy of it is there (%s): start the server that has one, or restore a backup", s.Reason)
		default:
			missing++
		}
	}
	if missing > 0 {
		k.note("%d of the %d copies of the shards of %s are not there", missing, len(copies), k.index.Name)
	}
	return nil
}

// generation reads all articles and counts the documents beside them.
func (k *checker) generation(ctx context.Context) (err error) {
	if k.unreadable {
		return nil
	}
	g, err := store.Take(ctx, k.Client, k.index.Name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Release(ctx)) }()
	v := g.View
	f, err := figuresOf(ctx, v)
	if err != nil {
		return err
	}
	k.kinds(f)
	if err := k.fields(ctx, v); err != nil {
		return err
	}
	n, err := k.articles(ctx, v)
	k.report.Articles = n
	if err == nil && n != f.articles {
		k.damage(k.index.Name, "%d articles can be read one after the other, where %d are counted", n, f.articles)
	}
	if k.omitted > 0 {
		k.note("%d more damages are not listed", k.omitted)
	}
	return err
}

// kinds holds the documents of each kind to what there must be.
func (k *checker) kinds(f figures) {
	for kind, n := range f.kinds {
		switch kind {
		case schema.KindArticle, schema.KindRecord, schema.KindNote, schema.KindWords:
		case schema.KindGeneration:
			if n > 1 {
				k.damage(k.index.Name, "it has %d documents with the number of its generation, instead of one", n)
			}
		default:
			k.damage(k.index.Name, "it has %d documents of the kind %.50q, which newsq doesn't write", n, kind)
		}
	}
	if f.total != f.sum() {
		k.damage(k.index.Name, "%d of its documents are of no kind", f.total-f.sum())
	}
	if f.articles > 0 && f.kinds[schema.KindGeneration] == 0 {
		k.damage(k.index.Name, "the document with the number of its generation is missing")
	}
	if f.articles > 0 && f.kinds[schema.KindWords] == 0 {
		k.damage(k.index.Name, "it has articles and no words: queries with patterns find too little; newsq check --repair makes them again")
	}
}

// fields counts the articles that lack a field which each has.
func (k *checker) fields(ctx context.Context, v *reader.View) error {
	required := []string{schema.FieldID, schema.FieldVersion, schema.FieldLength}
	aggs := transport.Object{}
	for _, f := range required {
		aggs[f] = transport.Object{"missing": transport.Object{"field": f}}
	}
	var answer struct {
		Aggregations map[string]struct {
			Count int `json:"doc_count"`
		}
	}
	body := transport.Object{"size": 0, "query": transport.Object{"bool": transport.Object{"filter": v.ArticlesFilter()}}, "aggs": aggs}
	if err := v.Search(ctx, body, &answer); err != nil {
		return err
	}
	for _, f := range required {
		if n := answer.Aggregations[f].Count; n > 0 {
			k.damage(k.index.Name, "%d articles lack the field %s", n, f)
		}
	}
	return nil
}

// articles reads all articles, and returns how many there are, readable or not.
func (k *checker) articles(ctx context.Context, v *reader.View) (n int, err error) {
	for d, err := range documents(ctx, v) {
		if err != nil {
			return n, err
		}
		n++
		if err := d.check(); err != nil {
			k.damage(fmt.Sprintf("%s/_doc/%.200s", k.index.Name, d.ID), "%w", err)
		}
	}
	return n, nil
}

// files asks what lies on the disks.
func (k *checker) files(ctx context.Context) error {
	sizes, err := k.fileSizes(ctx, k.index.Name)
	if err != nil {
		return err
	}
	for _, n := range sizes {
		k.report.Bytes += n
	}
	segments, err := k.segments(ctx, k.index.Name)
	k.report.Files = len(segments)
	return err
}

// checksums has the server read every byte, where the operator wants it.
func (k *checker) checksums(ctx context.Context) error {
	if !k.Checksums {
		k.note("the bytes of its files were not held against their checksums: set %s=1 for that, or make a backup in a repository of its own", ChecksumsVariable)
		return nil
	}
	err := k.readWhole(ctx, k.index)
	if errors.Is(err, engine.ErrDamaged) {
		k.damage(k.index.Name, "%w", err)
		return nil
	}
	if err == nil && k.index.Replicas > 0 {
		k.note("checksums are those of the primary shards; the other copies were not read")
	}
	return err
}

// others names indexes beside.
func (k *checker) others(c *catalog) {
	for _, o := range c.others {
		k.note("the index %s is there as well: %s", o.Name, o.why())
	}
}
