// Package watch tells which files of some folders change.
//
// The system tells of changes where it can (fsnotify). Where it can't, as on some
// network drives, or when it has too many folders to watch, the caller's own looking
// at intervals is the net: it is told how often.
package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// quiet is how long nothing must change before changes are handed on, and most how
// long they are held back at most: a file is written in many steps.
const (
	quiet = 300 * time.Millisecond
	most  = 1500 * time.Millisecond
)

// maxPaths is how many changed paths are named. Where more changed, all is to be
// looked at.
const maxPaths = 1000

// maxFolders bounds the folders that are watched.
const maxFolders = 100_000

// Changes is what changed.
type Changes struct {
	// Paths are the files and folders that were written, made, renamed or removed,
	// absolute and sorted. Empty means that all is to be looked at.
	Paths []string
}

// Watcher watches folders and files. Its methods are for one goroutine.
type Watcher struct {
	system  *fsnotify.Watcher // nil where the system can't tell
	missing error             // why some is not watched by the system; may be nil
	folders int
	roots   []string
	skip    func(name string) bool
}

// New watches all folders in roots, and files among roots, which are absolute paths.
// Folders whose names skip tells are passed over.
func New(roots []string, skip func(name string) bool) *Watcher {
	w := &Watcher{roots: roots, skip: skip}
	if w.system, w.missing = fsnotify.NewBufferedWatcher(1024); w.missing != nil {
		w.system = nil
		return w
	}
	for _, r := range roots {
		info, err := os.Stat(r)
		switch {
		case err != nil:
			w.missing = err
		case info.IsDir():
			w.add(r)
		default:
			// A file that is replaced is a new one. So its folder is watched.
			w.watch(filepath.Dir(r))
		}
	}
	return w
}

// Missing returns why the system does not tell of all changes; nil when it does. Then
// all is to be looked at from time to time.
func (w *Watcher) Missing() error { return w.missing }

// Close ends the watching.
func (w *Watcher) Close() error {
	if w.system == nil {
		return nil
	}
	return w.system.Close()
}

// add watches a folder and those in it.
func (w *Watcher) add(folder string) {
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			if !errors.Is(err, fs.ErrNotExist) {
				w.missing = err
			}
			return nil
		case !d.IsDir():
			return nil
		case path != folder && w.skip(d.Name()):
			return filepath.SkipDir
		}
		w.watch(path)
		return nil
	})
	if err != nil {
		w.missing = err
	}
}

func (w *Watcher) watch(folder string) {
	if w.folders >= maxFolders {
		w.missing = errors.New("there are too many folders")
		return
	}
	if err := w.system.Add(folder); err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			w.missing = err
		}
		return
	}
	w.folders++
}

// Next waits until something changes and a while after, or until the time after has
// passed, and returns what changed: nothing when it was the time. The error is that
// of ctx.
func (w *Watcher) Next(ctx context.Context, after time.Duration) (changes *Changes, err error) {
	alarm := time.NewTimer(after)
	defer alarm.Stop()
	var events chan fsnotify.Event
	var faults chan error
	if w.system != nil {
		events, faults = w.system.Events, w.system.Errors
	}
	var due, latest <-chan time.Time
	c := collected{paths: map[string]bool{}}
	for {
		select {
		case e := <-events:
			if !w.take(e, &c) {
				continue
			}
			due = time.After(quiet)
			if latest == nil {
				latest = time.After(most)
			}
		case err := <-faults:
			// Events were lost.
			c.all = true
			w.missing = cmpErr(w.missing, err)
			due = time.After(quiet)
		case <-due:
			return c.changes(), nil
		case <-latest:
			return c.changes(), nil
		case <-alarm.C:
			if due != nil {
				return c.changes(), nil
			}
			return nil, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// cmpErr returns the first error, but for a queue that ran over, which is mended by
// looking at all.
func cmpErr(first, second error) error {
	if first != nil || errors.Is(second, fsnotify.ErrEventOverflow) {
		return first
	}
	return second
}

// collected are changes that wait.
type collected struct {
	paths map[string]bool
	all   bool
}

func (c *collected) changes() *Changes {
	out := &Changes{}
	if c.all || len(c.paths) > maxPaths {
		return out
	}
	for p := range c.paths {
		out.Paths = append(out.Paths, p)
	}
	slices.Sort(out.Paths)
	return out
}

// take takes an event, and reports whether it is one of what is watched.
func (w *Watcher) take(e fsnotify.Event, c *collected) bool {
	if e.Op == fsnotify.Chmod || !w.isWatched(e.Name) {
		return false
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			w.add(e.Name)
		}
	}
	if len(c.paths) <= maxPaths {
		c.paths[e.Name] = true
	}
	return true
}

// isWatched reports whether a path lies in one of the roots, and under no folder that
// is passed over.
func (w *Watcher) isWatched(path string) bool {
	for _, r := range w.roots {
		if path == r {
			return true
		}
		rest, ok := strings.CutPrefix(path, strings.TrimSuffix(r, string(filepath.Separator))+string(filepath.Separator))
		if !ok {
			continue
		}
		seen := true
		for name := range strings.SplitSeq(rest, string(filepath.Separator)) {
			seen = seen && !w.skip(name)
		}
		if seen {
			return true
		}
	}
	return false
}
