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
	Files  int // that were read
	Hits   int
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
// who changed it looks whole. The error tells that dir is no such folder, or cannot be
// read.
func Verify(ctx context.Context, dir, want string) (*Verification, error) {
	v := &Verification{}
	listed, err := v.checkSums(ctx, dir)
	if err != nil {
		return nil, err
	}
	if want != "" && !strings.EqualFold(want, v.SHA256) {
		v.damage(sumsFile, "its SHA-256 is %s, and not %s, which was noted", v.SHA256, want)
	}
	if err := v.checkExtra(dir, listed); err != nil {
		return nil, err
	}
	v.readManifest(dir)
	err = eachHit(dir, func(n int, h *EvidenceHit, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			v.damage(hitsFile, "line %d: %v", n, err)
			return nil
		}
		v.Hits++
		v.checkHit(dir, n, h)
		return nil
	})
	switch {
	case errors.Is(err, fs.ErrNotExist): // told as missing
	case err != nil:
		return nil, err
	case v.Manifest.Type != "" && v.Hits != v.Manifest.Articles:
		v.damage(hitsFile, "it has %d hits, and %s says %d", v.Hits, manifestFile, v.Manifest.Articles)
	}
	return v, nil
}

// checkSums compares each file with its sum, and returns the names that are listed.
func (v *Verification) checkSums(ctx context.Context, dir string) (map[string]bool, error) {
	f, err := os.Open(filepath.Join(dir, sumsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is no folder of evidence: it has no %s", dir, sumsFile)
	}
	if err != nil {
		return nil, err
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
		if !ok || len(sum) != 2*sha256.Size || !filepath.IsLocal(filepath.FromSlash(name)) || n > maxSumsEntries {
			v.damage(sumsFile, "line %d is not a sum and a name", n)
			continue
		}
		listed[name] = true
		v.checkFile(dir, name, sum)
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, sumsFile), err)
	}
	for _, name := range []string{manifestFile, hitsFile, pageFile} {
		if !listed[name] {
			v.damage(sumsFile, "it does not list %s", name)
		}
	}
	v.SHA256 = hex.EncodeToString(h.Sum(nil))
	return listed, nil
}

func (v *Verification) checkFile(dir, name, want string) {
	path := filepath.Join(dir, filepath.FromSlash(name))
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		v.damage(name, "it is missing")
		return
	case err != nil:
		v.damage(name, "%v", err)
		return
	case !info.Mode().IsRegular():
		v.damage(name, "it is no file of its own any more")
		return
	}
	v.Files++
	f, err := os.Open(path)
	if err != nil {
		v.damage(name, "%v", err)
		return
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		v.damage(name, "%v", err)
		return
	}
	if got := hex.EncodeToString(h.Sum(nil)); !strings.EqualFold(got, want) {
		v.damage(name, "it was changed: its SHA-256 is %s…, and was %s…", got[:16], want[:16])
	}
}

// checkExtra tells of files that are not listed.
func (v *Verification) checkExtra(dir string, listed map[string]bool) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if name = filepath.ToSlash(name); err == nil && name != sumsFile && !listed[name] {
			v.damage(name, "it was added: %s does not list it", sumsFile)
		}
		return err
	})
}

func (v *Verification) readManifest(dir string) {
	b, err := readFile(filepath.Join(dir, manifestFile), maxManifest)
	var m Manifest
	switch {
	case errors.Is(err, fs.ErrNotExist): // told as missing
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

// checkHit holds a hit to its article.
func (v *Verification) checkHit(dir string, n int, h *EvidenceHit) {
	for i, p := range h.Passages {
		if textSum(p.Text) != p.SHA256 {
			v.damage(hitsFile, "line %d, article %s: the text of passage %d was changed", n, h.ID, i+1)
		}
	}
	if !filepath.IsLocal(filepath.FromSlash(h.File)) {
		v.damage(hitsFile, "line %d names a file outside of the folder", n)
		return
	}
	a, err := readArticle(dir, h.File)
	switch {
	case errors.Is(err, fs.ErrNotExist): // told as missing
		return
	case err != nil:
		v.damage(h.File, "the article %s cannot be read: %v", h.ID, err)
		return
	case a.ID != h.ID:
		v.damage(h.File, "it is article %s, and hit %d is %s", a.ID, h.Rank, h.ID)
		return
	}
	if sum, err := articleSum(a); err != nil || sum == h.SHA256 {
		return
	}
	what := "a field other than the text"
	if textSum(a.Body) != h.TextSHA256 {
		what = "the text"
	}
	for i, p := range h.Passages {
		if !p.standsIn(a) {
			what += fmt.Sprintf(", in passage %d (bytes %d to %d of the %s)", i+1, p.Start, p.End, p.Field)
		}
	}
	v.damage(h.File, "the article %s was changed: %s", h.ID, what)
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
func readArticle(dir, name string) (*corpus.Article, error) {
	b, err := readFile(filepath.Join(dir, filepath.FromSlash(name)), maxRecord)
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
func readFile(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
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
func eachHit(dir string, f func(n int, h *EvidenceHit, err error) error) error {
	file, err := os.Open(filepath.Join(dir, hitsFile))
	if err != nil {
		return err
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
