package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// The bounds of what is read of a folder, which may come from anybody.
const (
	maxManifest    = 1 << 20 // bytes
	maxRecord      = 1 << 30 // bytes of an article or of a hit's line
	maxSumLine     = 4 << 10
	maxDamage      = 1000     // files that are told one by one
	maxWhat        = 64 << 10 // bytes that are told of one
	maxSumsEntries = 10_000_000
)

// ErrSum says that what was given as a sum is none, such as a part of one.
var ErrSum = errors.New("not a SHA-256")

// Damage is a file of a folder of evidence that is not as it was written.
type Damage struct {
	File string
	What string // what is wrong, and where that is known
}

// Verification says whether a folder is as it was written.
type Verification struct {
	Manifest Manifest // zero where it cannot be read
	// SHA256 is that of SHA256SUMS as it is now.
	SHA256 string
	// Noted says that SHA256 was compared with the one that was noted. Without that, a
	// folder that is whole agrees with itself, and no more is known.
	Noted bool
	Files int // that were read
	Hits  int
	// Damage is what is wrong; MoreDamage counts what is not listed.
	Damage     []Damage
	MoreDamage int
}

// Whole reports whether nothing is wrong.
func (v *Verification) Whole() bool { return len(v.Damage) == 0 }

// damage notes what is wrong with a file, all of it as one.
func (v *Verification) damage(file, format string, args ...any) {
	for i := range v.Damage {
		if v.Damage[i].File == file {
			if d := &v.Damage[i]; len(d.What) < maxWhat {
				d.What += "; " + fmt.Sprintf(format, args...)
			}
			return
		}
	}
	if len(v.Damage) >= maxDamage {
		v.MoreDamage++
		return
	}
	v.Damage = append(v.Damage, Damage{File: file, What: fmt.Sprintf(format, args...)})
}

// Verify checks a folder of evidence in itself: that each file is the one whose sum
// is listed, that none is missing or was added, and that each passage stands in its
// article where it is said to. want is the SHA-256 of SHA256SUMS that was noted when
// the folder was made; without it (""), a folder of which every sum was made anew by
// who changed it looks whole. ErrSum: want is no such sum. Any other error tells that dir is no such folder, or cannot be
// read.
func Verify(ctx context.Context, dir, want string) (*Verification, error) {
	want = strings.TrimSpace(want)
	if b, err := hex.DecodeString(want); err != nil || len(b) != sha256.Size && want != "" {
		return nil, fmt.Errorf("%w, which has %d digits of 0 to 9 and a to f", ErrSum, 2*sha256.Size)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	v := &Verification{Noted: want != ""}
	listed, err := v.checkSums(ctx, root)
	if err != nil {
		return nil, err
	}
	if want != "" && !strings.EqualFold(want, v.SHA256) {
		v.damage(sumsFile, "its SHA-256 is %s, and not %s, which was noted", v.SHA256, want)
	}
	if err := v.checkExtra(root, listed); err != nil {
		return nil, err
	}
	v.readManifest(root)
	err = eachHit(root, func(n int, h *EvidenceHit, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.damage(hitsFile, "line %d: %v", n, err)
			return nil
		}
		v.Hits++
		v.checkHit(root, listed, n, h)
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoFile): // told with the sums
	case err != nil:
		return nil, err
	case v.Manifest.Type != "" && v.Hits != v.Manifest.Articles:
		v.damage(hitsFile, "it has %d hits, and %s says %d", v.Hits, manifestFile, v.Manifest.Articles)
	}
	return v, nil
}

// checkSums compares each file with its sum, and returns the names that are listed.
func (v *Verification) checkSums(ctx context.Context, root *os.Root) (map[string]bool, error) {
	f, err := openFile(root, sumsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is no folder of evidence: it has no %s", root.Name(), sumsFile)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(root.Name(), sumsFile), err)
	}
	defer f.Close()
	h := sha256.New()
	in := bufio.NewScanner(io.TeeReader(f, h))
	in.Buffer(nil, maxSumLine)
	listed := map[string]bool{}
	for n := 1; in.Scan(); n++ {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		sum, name, ok := strings.Cut(in.Text(), "  ")
		switch {
		case !ok || len(sum) != 2*sha256.Size || !filepath.IsLocal(filepath.FromSlash(name)) || path.Clean(name) != name || n > maxSumsEntries:
			v.damage(sumsFile, "line %d is not a sum and a name", n)
		case listed[name]:
			v.damage(sumsFile, "line %d lists %s once more", n, name)
		default:
			listed[name] = true
			v.checkFile(ctx, root, name, sum)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(root.Name(), sumsFile), err)
	}
	for _, name := range []string{manifestFile, hitsFile, pageFile} {
		if !listed[name] {
			v.damage(sumsFile, "it does not list %s", name)
		}
	}
	v.SHA256 = hex.EncodeToString(h.Sum(nil))
	return listed, nil
}

func (v *Verification) checkFile(ctx context.Context, root *os.Root, name, want string) {
	f, err := openFile(root, name)
	if errors.Is(err, fs.ErrNotExist) {
		v.damage(name, "it is missing")
		return
	}
	if err != nil {
		v.damage(name, "%v", err)
		return
	}
	defer f.Close()
	v.Files++
	h := sha256.New()
	if _, err := io.Copy(h, &contextReader{ctx, f}); err != nil {
		v.damage(name, "%v", err)
		return
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		v.damage(name, "it was changed: its SHA-256 is %s…, and was %s…", got[:16], want[:16])
	}
}

// contextReader reads until its context ends: a file of a folder may be of any size.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (r *contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// errNoFile says that a name stands for a link, a pipe, a folder or the like.
var errNoFile = errors.New("it is no file of its own any more")

// openFile opens a file of a folder. Nothing outside of the folder is opened, by
// whichever link, and nothing that is no file, as a pipe would be waited for.
func openFile(root *os.Root, name string) (*os.File, error) {
	name = filepath.FromSlash(name)
	info, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fs.ErrNotExist
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNoFile
	}
	return root.Open(name)
}

// checkExtra tells of files that are not listed.
func (v *Verification) checkExtra(root *os.Root, listed map[string]bool) error {
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && name != sumsFile && !listed[name] {
			v.damage(name, "it was added: %s does not list it", sumsFile)
		}
		return err
	})
}

func (v *Verification) readManifest(root *os.Root) {
	b, err := readFile(root, manifestFile, maxManifest)
	var m Manifest
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoFile): // told with the sums
		return
	case err == nil:
		err = json.Unmarshal(b, &m)
	}
	switch {
	case err != nil:
		v.damage(manifestFile, "it cannot be read: %v", err)
	case m.Type != manifestType || m.Format != manifestFormat:
		v.damage(manifestFile, "it is of type %q and form %d, and this newsq reads %q and form %d", m.Type, m.Format, manifestType, manifestFormat)
	default:
		v.Manifest = m
	}
}

// checkHit holds a hit to its article. Sums alone don't tell who changed both.
func (v *Verification) checkHit(root *os.Root, listed map[string]bool, n int, h *EvidenceHit) {
	for i, p := range h.Passages {
		if textSum(p.Text) != p.SHA256 {
			v.damage(hitsFile, "line %d, article %.100s: the text of passage %d was changed", n, h.ID, i+1)
		}
	}
	if !listed[h.File] {
		v.damage(hitsFile, "line %d names the file %.100s, which %s does not list", n, h.File, sumsFile)
		return
	}
	a, err := readArticle(root, h.File)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, errNoFile): // told with the sums
		return
	case err != nil:
		v.damage(h.File, "the article %.100s cannot be read: %v", h.ID, err)
		return
	case a.ID != h.ID:
		v.damage(h.File, "it is article %.100s, and hit %d is %.100s", a.ID, h.Rank, h.ID)
		return
	}
	moved := ""
	for i, p := range h.Passages {
		if !p.standsIn(a) {
			moved += fmt.Sprintf(", in passage %d (bytes %d to %d of the %s)", i+1, p.Start, p.End, p.Field)
		}
	}
	sum, err := articleSum(a)
	switch {
	case err != nil:
		v.damage(h.File, "the article %.100s cannot be summed: %v", h.ID, err)
	case sum == h.SHA256 && moved != "":
		v.damage(hitsFile, "line %d, article %.100s: its text is another one%s", n, h.ID, moved)
	case sum == h.SHA256 && a.Title != h.Title:
		v.damage(hitsFile, "line %d, article %.100s: its title is another one", n, h.ID)
	case sum == h.SHA256:
	case textSum(a.Body) != h.TextSHA256:
		v.damage(h.File, "the article %.100s was changed: the text%s", h.ID, moved)
	default:
		v.damage(h.File, "the article %.100s was changed: a field other than the text%s", h.ID, moved)
	}
}

// standsIn reports whether the passage is where it was said to be.
func (p *EvidencePassage) standsIn(a *corpus.Article) bool {
	in := a.Body
	if p.Field == index.FieldSummary {
		in = a.Summary
	}
	return p.Start >= 0 && p.Start <= p.End && p.End <= len(in) && textSum(in[p.Start:p.End]) == p.SHA256
}

// readArticle reads an article of a folder.
func readArticle(root *os.Root, name string) (*corpus.Article, error) {
	b, err := readFile(root, name, maxRecord)
	if err != nil {
		return nil, err
	}
	var a corpus.Article
	if err := json.Unmarshal(b, &a); err != nil {
		return nil, err
	}
	return &a, nil
}

// readFile reads a file of at most limit bytes.
func readFile(root *os.Root, name string, limit int64) ([]byte, error) {
	f, err := openFile(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("it has more than %d bytes", limit)
	}
	return b, err
}

// eachHit calls f with each line of the hits, from 1.
func eachHit(root *os.Root, f func(n int, h *EvidenceHit, err error) error) error {
	file, err := openFile(root, hitsFile)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(root.Name(), hitsFile), err)
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, 256<<10)
	for n := 1; ; n++ {
		line, err := boundedLine(in)
		if len(line) > 0 {
			var h EvidenceHit
			bad := json.Unmarshal(line, &h)
			if err := f(n, &h, bad); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}

// boundedLine reads a line of at most maxRecord bytes.
func boundedLine(in *bufio.Reader) (line []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return slices.Clip(line), err
		}
		if len(line) > maxRecord {
			return nil, fmt.Errorf("%s: a line of more than %d bytes", hitsFile, maxRecord)
		}
	}
}
