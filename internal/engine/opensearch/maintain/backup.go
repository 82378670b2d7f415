package maintain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/store"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
)

// place is where a backup is: a repository that the cluster is configured with, and
// the name of a snapshot in it.
type place struct{ repository, snapshot string }

// parsePlace takes repository/snapshot apart.
func parsePlace(s string) (place, error) {
	repository, snapshot, ok := strings.Cut(s, "/")
	if !ok || repository == "" || snapshot == "" || strings.ContainsAny(snapshot, `/\*?"<>|,# `) || strings.HasPrefix(repository, "_") {
		return place{}, fmt.Errorf("%q names no backup on a cluster: give REPOSITORY/NAME, such as nightly/2026-11-30", s)
	}
	return place{repository, snapshot}, nil
}

func (p place) path() string {
	return transport.Path("_snapshot", p.repository, p.snapshot)
}

func (p place) String() string { return p.repository + "/" + p.snapshot }

// contents are what a backup says of itself.
type contents struct {
	Alias, Index string
	Schema       int
	Articles     int
	Generation   uint64
}

// snapshotInfo is what a repository tells of a snapshot.
type snapshotInfo struct {
	State    string
	Indices  []string
	Reason   string
	Failures []struct {
		Index  string
		Shard  int `json:"shard_id"`
		Reason string
	}
	Metadata struct{ Newsq *contents }
}

// Backup makes a snapshot of the index in a repository of the cluster. Files that the
// repository has from an earlier snapshot are not copied again. What was written and
// not published yet is in it too, as after a crash.
func (a Archive) Backup(ctx context.Context, to string) (engine.BackupReport, error) {
	r, err := a.backup(ctx, to)
	if err != nil {
		return r, fmt.Errorf("back up to %s: %w", to, err)
	}
	return r, nil
}

func (a Archive) backup(ctx context.Context, to string) (out engine.BackupReport, err error) {
	p, err := parsePlace(to)
	if err != nil {
		return out, err
	}
	if err := a.checkRepository(ctx, p.repository); err != nil {
		return out, err
	}
	if _, err := a.snapshotInfo(ctx, p); err == nil {
		return out, fmt.Errorf("%w: the repository has a snapshot of that name", fs.ErrExist)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return out, err
	}
	i, err := a.current(ctx)
	if err != nil {
		return out, err
	}
	before, err := a.figures(ctx, i)
	if err != nil {
		return out, err
	}
	c := contents{Alias: a.Alias, Index: i.Name, Schema: i.schema(), Articles: before.articles, Generation: before.generation}
	if err := a.snapshot(ctx, p, &c); err != nil {
		return out, err
	}
	out.Articles = c.Articles
	out.Bytes, err = a.snapshotSize(ctx, p)
	return out, err
}

// checkRepository returns an error that names the repositories that there are, where
// one is not configured.
func (a Archive) checkRepository(ctx context.Context, name string) error {
	all := map[string]json.RawMessage{}
	if err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: "/_snapshot"}, &all); err != nil {
		if isForbidden(err) {
			return nil // what comes next tells
		}
		return err
	}
	if _, ok := all[name]; ok {
		return nil
	}
	if len(all) == 0 {
		return fmt.Errorf("%w: the cluster has no repository for snapshots: who runs it configures one (PUT /_snapshot/%s)", fs.ErrNotExist, name)
	}
	return fmt.Errorf("%w: the cluster has no repository %q; there are: %s", fs.ErrNotExist, name, joined(all))
}

// snapshotInfo asks for a snapshot; fs.ErrNotExist when it is not there.
func (a Archive) snapshotInfo(ctx context.Context, p place) (*snapshotInfo, error) {
	var answer struct{ Snapshots []snapshotInfo }
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: p.path()}, &answer)
	if isStatus(err, http.StatusNotFound) || err == nil && len(answer.Snapshots) == 0 {
		return nil, fmt.Errorf("%w: there is no snapshot %s", fs.ErrNotExist, p)
	}
	if err != nil {
		return nil, err
	}
	return &answer.Snapshots[0], nil
}

// snapshot makes a snapshot and waits for it. One that is not whole is deleted.
func (a Archive) snapshot(ctx context.Context, p place, c *contents) error {
	body := transport.Object{
		"indices":              c.Index + "," + store.StateOf(a.Alias),
		"include_global_state": false,
		"partial":              false,
		"metadata":             transport.Object{"newsq": c},
	}
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	err = a.Client.Do(ctx, &transport.Request{Method: http.MethodPut, Path: p.path(), Body: b, Once: true}, nil)
	if err == nil {
		err = a.waitForSnapshot(ctx, p)
	}
	if err == nil {
		return nil
	}
	// Of one that is being made, the deletion is the end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), removeTimeout)
	defer cancel()
	if info, ierr := a.snapshotInfo(ctx, p); ierr == nil && info.Metadata.Newsq != nil && *info.Metadata.Newsq == *c {
		err = errors.Join(err, a.Client.Do(ctx, &transport.Request{Method: http.MethodDelete, Path: p.path()}, nil))
	}
	return err
}

// removeTimeout bounds the removal of what was made in vain.
const removeTimeout = time.Minute

// waitForSnapshot waits until a snapshot is made.
func (a Archive) waitForSnapshot(ctx context.Context, p place) error {
	return poll(ctx, func() (done bool, err error) {
		info, err := a.snapshotInfo(ctx, p)
		if err != nil {
			return false, err
		}
		switch info.State {
		case "SUCCESS":
			return true, nil
		case "IN_PROGRESS", "STARTED":
			return false, nil
		}
		return false, info.notWhole()
	})
}

// notWhole says what a snapshot lacks.
func (i *snapshotInfo) notWhole() error {
	err := fmt.Errorf("%w: the snapshot is %s %s", engine.ErrDamaged, i.State, i.Reason)
	for _, f := range i.Failures {
		err = fmt.Errorf("%w; shard %d of %s: %s", err, f.Shard, f.Index, f.Reason)
	}
	return err
}

// snapshotSize returns the bytes of all files of a snapshot.
func (a Archive) snapshotSize(ctx context.Context, p place) (int64, error) {
	var answer struct {
		Snapshots []struct {
			Stats struct {
				Total struct {
					Bytes int64 `json:"size_in_bytes"`
				}
			}
		}
	}
	err := a.Client.Do(ctx, &transport.Request{Method: http.MethodGet, Path: p.path() + "/_status"}, &answer)
	if err != nil || len(answer.Snapshots) == 0 {
		return 0, err
	}
	return answer.Snapshots[0].Stats.Total.Bytes, nil
}
