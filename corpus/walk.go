package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/internal/extract"
)

// maxFolders bounds how deep folders may nest. Paths that people make stay
// within 20.
const maxFolders = 200

// walker yields the entries of a source. Its methods report whether to go on.
type walker struct {
	files *Files
	ctx   context.Context
	yield func(Entry, error) bool
	found int // entries yielded for the root at hand
	// isIndex: the root at hand is itself the folder of an index.
	isIndex bool
	links   map[string]bool // folders outside of the roots that links led to, by their real paths
	reals   []string        // real paths of the roots; nil until a link is met

	fetched func(r *root) *remote // waits for what is at an address
	pages   *pages
}

func (w *walker) fail(e *ReadError) bool { return w.yield(Entry{}, e) }

// failAt tells that what lies at path could not be looked at, which says nothing
// about what lies there.
func (w *walker) failAt(path, shown string, err error, hint string) bool {
	return w.fail(&ReadError{Path: shown, Key: keyOf(path), Err: withoutPath(err), Hint: hint})
}

// checkContext reports whether ctx goes on; when not, its error is the last thing
// yielded.
func (w *walker) checkContext() bool {
	if err := w.ctx.Err(); err != nil {
		w.yield(Entry{}, err)
		return false
	}
	return true
}

func (w *walker) root(r *root) bool {
	if !w.checkContext() {
		return false
	}
	if r.url != "" {
		return w.remote(r)
	}
	if r.path == "" {
		return w.yield(w.files.stream(r), nil)
	}
	info, err := os.Stat(r.path)
	if err != nil {
		if (w.files.set.absent || w.files.only != nil) && isGone(err) {
			return true
		}
		return w.failAt(r.path, r.shown, err, hintFor(err))
	}
	if !info.IsDir() {
		return w.yield(w.files.file(r.path, r.shown, info, false), nil)
	}
	w.found, w.isIndex = 0, false
	if !w.folder(r.path, r.shown, nil, 0) {
		return false
	}
	if w.found == 0 && !w.isIndex && w.files.only == nil {
		return w.fail(&ReadError{Path: r.shown, Err: errors.New("holds nothing to read"), Hint: hintFormats})
	}
	return true
}

// folder walks a folder, in the order of names.
func (w *walker) folder(path, shown string, rules *ignoreRules, depth int) bool {
	if depth > maxFolders {
		return w.fail(&ReadError{Path: shown, Err: fmt.Errorf("folders nested deeper than %d", maxFolders)})
	}
	entries, err := os.ReadDir(path)
	if err != nil && !w.failAt(path, shown, err, hintFor(err)) {
		return false
	}
	if isIndexFolder(path, entries) {
		if w.isIndex = depth == 0; w.isIndex {
			return w.fail(&ReadError{Path: shown, Err: errIndexGiven, Hint: "name the folder that its articles came from"})
		}
		return w.fail(&ReadError{Path: shown, Err: ErrIndexFolder})
	}
	rules, ok := w.rules(path, shown, rules, entries)
	if !ok {
		return false
	}
	for _, e := range entries {
		if !w.checkContext() || !w.entry(path, shown, rules, e, depth) {
			return false
		}
	}
	return true
}

// rules reads the ignore file of a folder, if it has one.
func (w *walker) rules(path, shown string, above *ignoreRules, entries []fs.DirEntry) (*ignoreRules, bool) {
	for _, e := range entries {
		if e.Name() != ignoreName {
			continue
		}
		shown = filepath.Join(shown, ignoreName)
		text, err := readIgnoreFile(filepath.Join(path, ignoreName))
		if err != nil {
			return above, w.fail(&ReadError{Path: shown, Err: withoutPath(err), Hint: hintFor(err)})
		}
		parsed, line, err := parseIgnore(text)
		if err != nil && !w.fail(&ReadError{Path: shown, Line: line, Err: err, Hint: "the line is passed over"}) {
			return above, false
		}
		return &ignoreRules{parent: above, dir: keyOf(path), rules: parsed}, true
	}
	return above, true
}

func readIgnoreFile(path string) (string, error) {
	f, _, err := openRegular(path)
	if err != nil {
		return "", err
	}
	defer f.Close() // nothing was written
	b, err := io.ReadAll(io.LimitReader(f, maxIgnoreFile+1))
	if err == nil && len(b) > maxIgnoreFile {
		err = fmt.Errorf("%w: more than %s", ErrTooLarge, reader.SizeText(maxIgnoreFile))
	}
	return string(b), err
}

// entry deals with one name in a folder.
func (w *walker) entry(dir, dirShown string, rules *ignoreRules, e fs.DirEntry, depth int) bool {
	path, shown := filepath.Join(dir, e.Name()), filepath.Join(dirShown, e.Name())
	if w.isRoot(path) || !w.files.wants(keyOf(path)) {
		return true // it is read in its own turn, or not wanted
	}
	v := rules.verdict(keyOf(path), e.IsDir())
	if v == ignored || v == unsaid && isHiddenName(e.Name()) || e.Name() == ignoreName {
		return true
	}
	if e.Type()&fs.ModeSymlink != 0 {
		return w.files.set.noFollow || w.link(path, shown, rules, depth)
	}
	if e.IsDir() {
		return w.folder(path, shown, rules, depth+1)
	}
	info, err := e.Info()
	if err != nil {
		return w.failAt(path, shown, err, hintFor(err))
	}
	return w.file(path, shown, info)
}

// file yields a file of a folder, if it may hold articles.
func (w *walker) file(path, shown string, info fs.FileInfo) bool {
	if !info.Mode().IsRegular() {
		return w.fail(&ReadError{Path: shown, Err: fmt.Errorf("%w: %w", ErrUnknownFormat, errIrregular(info.Mode()))})
	}
	if f, ext, _ := w.files.set.formats.ofFile(info.Name()); f == nil && isNeverText(ext) {
		return w.fail(&ReadError{Path: shown, Err: fmt.Errorf("%w %s", ErrUnknownFormat, extract.Clean(ext))})
	}
	w.found++
	return w.yield(w.files.file(path, shown, info, true), nil)
}

// isHiddenName reports whether a walk leaves a name out unless told otherwise.
func isHiddenName(name string) bool {
	return strings.HasPrefix(name, ".") || name == "node_modules"
}

// isRoot reports whether a path was itself given.
func (w *walker) isRoot(path string) bool {
	if len(w.files.roots) < 2 {
		return false
	}
	_, ok := w.files.given[keyOf(path)]
	return ok
}

// link follows a symbolic link. What lies within the roots is read at its own
// place, so a link to it would only bring it twice; what lies elsewhere is
// read once.
func (w *walker) link(path, shown string, rules *ignoreRules, depth int) bool {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errors.New("the link leads nowhere")
		}
		return w.failAt(path, shown, err, "remove or mend it")
	}
	info, err := os.Stat(target)
	if err != nil {
		return w.failAt(path, shown, err, hintFor(err))
	}
	if !info.IsDir() {
		if w.walked(target) {
			return true
		}
		return w.file(path, shown, renamed{info, filepath.Base(path)})
	}
	here, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return w.failAt(path, shown, err, hintFor(err))
	}
	if isWithin(here, target) || w.links[target] {
		return w.fail(&ReadError{Path: shown, Err: fmt.Errorf("the link leads back to %s", target), Hint: "it is not followed"})
	}
	if w.walked(target) {
		return true
	}
	if w.links == nil {
		w.links = map[string]bool{}
	}
	w.links[target] = true
	return w.folder(path, shown, rules, depth+1)
}

// renamed is a file under the name of the link that led to it.
type renamed struct {
	fs.FileInfo
	name string
}

func (r renamed) Name() string { return r.name }

// walked reports whether the walk reads a real path at its own place: it is
// under a root, and no name on the way is hidden.
func (w *walker) walked(target string) bool {
	for _, real := range w.realRoots() {
		if !isWithin(target, real) {
			continue
		}
		rel := filepath.ToSlash(strings.TrimPrefix(target, real))
		seen := true
		for name := range strings.SplitSeq(rel, "/") {
			seen = seen && !isHiddenName(name)
		}
		if seen {
			return true
		}
	}
	return false
}

func (w *walker) realRoots() []string {
	if w.reals == nil {
		w.reals = []string{}
		for i := range w.files.roots {
			r := &w.files.roots[i]
			if real, err := filepath.EvalSymlinks(r.path); err == nil && r.path != "" {
				w.reals = append(w.reals, real)
			}
		}
	}
	return w.reals
}

// isWithin reports whether path is dir or lies within it.
func isWithin(path, dir string) bool {
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
