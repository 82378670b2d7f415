package maintain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/schema"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// restoringName returns the name under which the settings of a backup are looked at.
func restoringName(alias string) string { return alias + "-restoring" }

// Restore makes an index from a snapshot, and then has the alias stand for it. What the
// alias stood for before is an error that wraps fs.ErrExist, unless Force is set: then
// it is kept under the name that it has.
func (a Archive) Restore(ctx context.Context, from string, o engine.RestoreOptions) (engine.BackupReport, error) {
	r, err := a.restore(ctx, from, o)
	if err != nil {
		return r, fmt.Errorf("restore %s: %w", from, err)
	}
	return r, nil
}

func (a Archive) restore(ctx context.Context, from string, o engine.RestoreOptions) (out engine.BackupReport, err error) {
	p, err := parsePlace(from)
	if err != nil {
		return out, err
	}
	b, err := a.readBackup(ctx, p)
	if err != nil {
		return out, err
	}
	c, err := a.catalog(ctx)
	if err != nil {
		return out, err
	}
	if err := a.mayRestore(c, o); err != nil {
		return out, err
	}
	lease, err := store.Acquire(ctx, a.Client, a.Alias, o.LockWait)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lease.Release(ctx)) }()
	if c, err = a.catalog(ctx); err != nil { // it may have changed before the lease was there
		return out, err
	}
	if err := a.mayRestore(c, o); err != nil {
		return out, err
	}
	if err := a.sweep(ctx, c); err != nil {
		return out, err
	}
	next, err := a.restoreIndexes(ctx, lease, b, c, o, &out)
	if err == nil {
		err = a.replace(ctx, lease, c.current, next, "before a backup was restored")
	}
	if err != nil {
		return out, errors.Join(err, a.cleanUp(ctx, func(ctx context.Context) error { return a.removeRestored(ctx, c) }))
	}
	if c.current != nil {
		out.Kept = c.current.Name
	}
	return out, nil
}

// mayRestore returns an error where the alias is taken.
func (a Archive) mayRestore(c *catalog, o engine.RestoreOptions) error {
	switch {
	case c.taken != "":
		return fmt.Errorf("%w: %s", fs.ErrExist, c.taken)
	case c.current != nil && !o.Force:
		return fmt.Errorf("%w: the alias %s stands for %s", fs.ErrExist, a.Alias, c.current.Name)
	}
	return nil
}

// backup is a snapshot that can be restored.
type backup struct {
	place
	contents
	state string // the name of the index with the settings; empty without
	bytes int64
}

// readBackup looks at a snapshot, and refuses what is no whole backup.
func (a Archive) readBackup(ctx context.Context, p place) (*backup, error) {
	if err := a.checkRepository(ctx, p.repository); err != nil {
		return nil, err
	}
	info, err := a.snapshotInfo(ctx, p)
	if err != nil {
		return nil, err
	}
	if info.State != "SUCCESS" {
		return nil, info.notWhole()
	}
	if info.Metadata.Newsq == nil {
		return nil, fmt.Errorf("%w: the snapshot was not made by newsq backup; it has the indexes %.500s", engine.ErrUnsupported, strings.Join(info.Indices, ", "))
	}
	b := &backup{place: p, contents: *info.Metadata.Newsq}
	if b.Schema > schema.Version {
		return nil, fmt.Errorf("%w: the backup is of schema %d", engine.ErrNewer, b.Schema)
	}
	found := false
	for _, name := range info.Indices {
		found = found || name == b.Index
		if name == store.StateOf(b.Alias) {
			b.state = name
		}
	}
	if !found {
		return nil, fmt.Errorf("%w: the snapshot lacks the index %.200s", engine.ErrDamaged, b.Index)
	}
	b.bytes, err = a.snapshotSize(ctx, p)
	return b, err
}

// restoreIndexes restores the index of a backup beside the present one, and the
// settings.
func (a Archive) restoreIndexes(ctx context.Context, lease *store.Lease, b *backup, c *catalog, o engine.RestoreOptions, out *engine.BackupReport) (*indexInfo, error) {
	next := &indexInfo{Description: &store.Description{Name: store.NameOf(a.Alias, c.next())}}
	if err := a.restoreOne(ctx, b.place, b.Index, next.Name); err != nil {
		return nil, err
	}
	next, err := a.reload(ctx, next.Name)
	if err != nil {
		return nil, err
	}
	m := next.ours()
	outdated := next.outdated()
	m.Unfinished, m.Retired, m.Kept = true, 0, ""
	if err := a.setMeta(ctx, next.Name, m); err != nil {
		return nil, err
	}
	if err := a.show(ctx, next.Name); err != nil {
		return nil, err
	}
	state, err := store.ReadState(ctx, a.Client, next.Name)
	if err != nil {
		return nil, err
	}
	if outdated != nil {
		old := next
		next = &indexInfo{Description: &store.Description{Name: store.NameOf(a.Alias, old.number+1), Shards: old.Shards}}
		r := engine.RebuildReport{}
		if err := a.fill(ctx, lease, old, next, false, o.Reindex, &r); err != nil {
			return nil, err
		}
		if err := a.remove(ctx, old.Name); err != nil {
			return nil, err
		}
	} else if err := a.goOn(ctx, lease, next, c); err != nil {
		return nil, err
	}
	f, err := a.figures(ctx, next)
	if err != nil {
		return nil, err
	}
	out.Articles, out.Bytes = f.articles, b.bytes
	// Otherwise something was written after the articles were counted.
	if outdated == nil && !state.Written && state.Generation == b.Generation && f.articles != b.Articles {
		return nil, fmt.Errorf("%w: the backup has %d articles, where there should be %d", engine.ErrDamaged, f.articles, b.Articles)
	}
	return next, a.restoreSettings(ctx, b)
}

// goOn publishes what was restored, under a generation that comes after all that the
// alias has shown.
func (a Archive) goOn(ctx context.Context, lease *store.Lease, next *indexInfo, c *catalog) error {
	after := uint64(0)
	if c.current != nil {
		state, err := store.ReadState(ctx, a.Client, c.current.Name)
		if err != nil {
			return err
		}
		after = state.Generation + 1
	}
	w, err := store.NewWriter(ctx, a.Client, next.Name, lease, after)
	if err != nil {
		return err
	}
	return w.Publish(ctx)
}

// restoreSettings restores the files that people keep with an index.
func (a Archive) restoreSettings(ctx context.Context, b *backup) error {
	if b.state == "" {
		return nil
	}
	tmp := restoringName(a.Alias)
	if err := a.restoreOne(ctx, b.place, b.state, tmp); err != nil {
		return fmt.Errorf("restore the settings: %w", err)
	}
	body := transport.Object{
		"source": transport.Object{"index": tmp, "query": transport.Object{"ids": transport.Object{"values": store.SettingIDs()}}},
		"dest":   transport.Object{"index": store.StateWriter(a.Alias)},
	}
	var answer struct{ Failures []json.RawMessage }
	if err := a.Client.DoJSON(ctx, http.MethodPost, "/_reindex", body, &answer); err != nil {
		return fmt.Errorf("restore the settings: %w", err)
	}
	if len(answer.Failures) > 0 {
		return fmt.Errorf("restore the settings: %.500s", answer.Failures[0])
	}
	if err := a.removeSettings(ctx, tmp); err != nil {
		return err
	}
	return a.remove(ctx, tmp)
}

// removeSettings removes the settings that a backup, whose settings are in an index of
// their own, does not have.
func (a Archive) removeSettings(ctx context.Context, backup string) error {
	for _, id := range store.SettingIDs() {
		err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: transport.Path(backup, "_doc", id), Query: url.Values{"_source": {"false"}}}, nil)
		if isStatus(err, http.StatusNotFound) {
			err = a.Client.Do(ctx, &transport.Request{Method: http.MethodDelete, Path: transport.Path(store.StateWriter(a.Alias), "_doc", id)}, nil)
		}
		if err != nil && !isStatus(err, http.StatusNotFound) {
			return fmt.Errorf("remove a setting that the backup does not have: %w", err)
		}
	}
	return nil
}

// restoreOne restores an index of a snapshot under another name, and waits for it. It is
// hidden, see isRestored.
func (a Archive) restoreOne(ctx context.Context, p place, index, as string) error {
	body := transport.Object{
		"indices":              index,
		"include_global_state": false,
		"include_aliases":      false,
		"partial":              false,
		"rename_pattern":       "^" + regexp.QuoteMeta(index) + "$",
		"rename_replacement":   as,
		"index_settings":       transport.Object{"index.hidden": true, "index." + schema.ThreadsSetting: schema.OneThread},
	}
	if err := a.post(ctx, p.path()+"/_restore", url.Values{"wait_for_completion": {"false"}}, body); err != nil {
		return err
	}
	return a.waitForShards(ctx, as)
}

// show has an index no longer hidden.
func (a Archive) show(ctx context.Context, index string) error {
	body := transport.Object{"index": transport.Object{"hidden": nil}}
	if err := a.Client.DoJSON(ctx, http.MethodPut, transport.Path(index, "_settings"), body, nil); err != nil {
		return fmt.Errorf("have the index %s no longer hidden: %w", index, err)
	}
	return nil
}

// reload looks at one index of the archive.
func (a Archive) reload(ctx context.Context, name string) (*indexInfo, error) {
	c, err := a.catalog(ctx)
	if err != nil {
		return nil, err
	}
	i, ok := c.find(name)
	if !ok || !i.isOurs() {
		return nil, fmt.Errorf("%w: %s is no index that newsq made", engine.ErrDamaged, name)
	}
	return &i, nil
}

// removeRestored removes what was restored in vain: all that the catalog didn't have
// before, and the alias doesn't stand for.
func (a Archive) removeRestored(ctx context.Context, before *catalog) error {
	now, err := a.catalog(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, o := range now.others {
		if o.number >= before.next() {
			errs = append(errs, a.remove(ctx, o.Name))
		}
	}
	for _, name := range now.leftovers {
		errs = append(errs, a.remove(ctx, name))
	}
	return errors.Join(errs...)
}

// post sends a request that must not be carried out twice.
func (a Archive) post(ctx context.Context, path string, query url.Values, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return a.Client.Do(ctx, &transport.Request{Method: http.MethodPost, Path: path, Query: query, Body: b, Once: true}, nil)
}
