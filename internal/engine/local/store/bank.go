package store

import (
	"errors"
	"path/filepath"

	"github.com/newsq/newsq/internal/embed"
	"github.com/newsq/newsq/internal/engine/local/learn"
	"github.com/newsq/newsq/internal/engine/local/vectors"
)

// pendingFileName is the name of the log of a model from outside.
func pendingFileName(id string) string { return shortModel(id) + pendingExt }

func (s *Store) pendingPath(id string) string {
	return filepath.Join(s.vectorsDir(), pendingFileName(id))
}

// openBank opens all that has vectors by a model from outside: what lies in the writer's
// folder, and what the current generation has. What can't be read is left out.
func (s *Store) openBank(id string) (b *learn.Bank, closeBank func() error) {
	folders := []string{s.vectorsDir()}
	if p, err := readPointer(s.dir); err == nil {
		folders = append(folders, filepath.Join(s.dir, generationsFolder, p.name(), vectorsFolder))
	}
	b = &learn.Bank{Files: openKeyed(folders, id)}
	if l, err := vectors.ReadLog(s.pendingPath(id)); err == nil {
		b.Log = l
	}
	return b, func() error { return closeBankFiles(b) }
}

func closeBankFiles(b *learn.Bank) error {
	var errs []error
	for _, f := range b.Files {
		errs = append(errs, f.Close())
	}
	if b.Log != nil {
		errs = append(errs, b.Log.Close())
	}
	return errors.Join(errs...)
}

// openKeyed opens the files of vectors with keys by a model that lie in folders, each name
// once.
func openKeyed(folders []string, id string) (files []*vectors.File) {
	seen := map[string]bool{}
	for _, folder := range folders {
		paths, err := filepath.Glob(filepath.Join(folder, "*-"+shortModel(id)+vectorsExt))
		if err != nil {
			continue // the pattern is ours
		}
		for _, path := range paths {
			name := filepath.Base(path)
			if seen[name] {
				continue
			}
			f, err := vectors.Open(path)
			switch {
			case err != nil:
			case f.Model != id || !f.HasKeys():
				_ = f.Close()
			default:
				seen[name] = true
				files = append(files, f)
			}
		}
	}
	return files
}

// canComplete reports whether the log has vectors that a file lacks, or that are damaged
// there.
func (s *Store) canComplete(path, id string) bool {
	l, err := vectors.ReadLog(s.pendingPath(id))
	if err != nil {
		return false
	}
	defer l.Close()
	f, err := vectors.Open(path)
	if err != nil {
		return true
	}
	defer f.Close()
	lacking, err := learn.Lacking(f)
	if err != nil || f.Verify() != nil {
		return true
	}
	if len(lacking) == 0 {
		return false
	}
	for key := range l.All() {
		if lacking[key] {
			return true
		}
	}
	return false
}

// pendingLogs returns the models of the logs that lie in the writer's folder, with their
// paths.
func (s *Store) pendingLogs() map[string]*embed.Outside {
	found := map[string]*embed.Outside{}
	paths, _ := filepath.Glob(filepath.Join(s.vectorsDir(), "*"+pendingExt)) // the pattern is ours
	for _, path := range paths {
		if l, err := vectors.ReadLog(path); err == nil {
			found[path] = l.Model
			_ = l.Close()
		}
	}
	return found
}

// keepVectors writes a log of the vectors by a model from outside that are in folders, and
// in the logs there, to the folder to.
func keepVectors(o *embed.Outside, folders []string, to string) (err error) {
	b := &learn.Bank{Files: openKeyed(folders, o.ID())}
	for _, folder := range folders {
		if l, err := vectors.ReadLog(filepath.Join(folder, pendingFileName(o.ID()))); err == nil {
			b.Log = l
			break
		}
	}
	defer func() { err = errors.Join(err, closeBankFiles(b)) }()
	l, err := vectors.CreateLog(filepath.Join(to, pendingFileName(o.ID())), o)
	if err != nil {
		return err
	}
	a := &appender{log: l}
	b.Each(a.add)
	return errors.Join(a.flush(), l.Close())
}

// appender collects vectors for a log, each key once.
type appender struct {
	log  *vectors.Log
	seen map[embed.PassageKey]bool
	keys []embed.PassageKey
	list []embed.Vector
	err  error
}

// appendRows is how many vectors are appended at a time.
const appendRows = 1 << 10

func (a *appender) add(key embed.PassageKey, v embed.Vector) {
	if a.seen == nil {
		a.seen = map[embed.PassageKey]bool{}
	}
	if a.err != nil || a.seen[key] {
		return
	}
	a.seen[key] = true
	a.keys, a.list = append(a.keys, key), append(a.list, v)
	if len(a.list) == appendRows {
		a.err = a.flush()
	}
}

func (a *appender) flush() error {
	if a.err != nil || len(a.list) == 0 {
		return a.err
	}
	err := a.log.Append(a.keys, a.list)
	a.keys, a.list = a.keys[:0], a.list[:0]
	return err
}
