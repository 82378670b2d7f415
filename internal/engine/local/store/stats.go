package store

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/local/reader"
	"github.com/newsq/newsq/internal/engine/local/schema"
	"github.com/newsq/newsq/internal/engine/local/segment"
	"github.com/newsq/newsq/internal/fsutil"
)

// statsCounter gathers figures about an index.
type statsCounter struct{ *engine.Stats }

// Stats counts what the current generation holds and what lies on the disk.
func (s *Store) Stats(ctx context.Context) (_ *engine.Stats, err error) {
	g, err := s.Hold()
	if err != nil {
		return nil, err
	}
	defer g.Release()
	defer reader.Guard(&err)()
	stats := statsCounter{&engine.Stats{Schema: schema.Version, Articles: g.View.Articles, Sections: map[string]int64{}, Files: map[string]int64{}}}
	// The generation's own folder, not the writer store: readers share it.
	dir := filepath.Join(s.dir, generationsFolder, pointer{number: g.Number}.name())
	root, err := readRoot(filepath.Join(dir, scorchFolder))
	if err != nil {
		return nil, err
	}
	for _, r := range root.segments {
		if err := stats.addSegment(filepath.Join(dir, scorchFolder, r.file), &r); err != nil {
			return nil, err
		}
	}
	if err := stats.addView(ctx, g.View); err != nil {
		return nil, err
	}
	released, err := g.View.Released(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	seen := statsCounter{stats.Stats}
	if released != g.View {
		seen = statsCounter{&engine.Stats{Articles: released.Articles}}
		if err := seen.addView(ctx, released); err != nil {
			return nil, err
		}
	}
	stats.Released.Articles, stats.Released.Tokens, stats.Released.Dates = seen.Articles, seen.Tokens, seen.Dates
	if info, err := os.Stat(filepath.Join(s.dir, pointerName)); err == nil {
		stats.Written = info.ModTime()
	}
	if err := stats.addGenerations(s.dir, g.Number); err != nil {
		return nil, err
	}
	return stats.Stats, stats.addFileSizes(s.dir)
}

func (s statsCounter) addSegment(path string, root *rootSegment) error {
	f, err := segment.OpenSalvage(path)
	if err != nil {
		return err
	}
	defer f.Close()
	docs, _ := f.NumDocs()
	segStats := engine.SegmentStats{Name: root.file, Documents: docs}
	if root.deleted != nil {
		segStats.Deleted = int(root.deleted.GetCardinality())
	}
	if info, err := os.Stat(path); err == nil {
		segStats.Bytes = info.Size()
	}
	for kind, n := range f.SectionSizes() {
		s.Sections[kind] += n
	}
	s.Segments = append(s.Segments, segStats)
	return nil
}

// addView adds up the figures of the articles of a view.
func (s statsCounter) addView(ctx context.Context, v *reader.View) error {
	for _, seg := range v.Segments {
		if err := s.addLiveArticles(ctx, seg); err != nil {
			return err
		}
	}
	s.Dates.None = s.Articles - s.Dates.Time - s.Dates.Day
	return nil
}

// addLiveArticles adds up the tokens and the dates of a segment's live articles.
func (s statsCounter) addLiveArticles(ctx context.Context, seg *reader.Segment) error {
	for _, f := range schema.RankedFields {
		if err := s.addTokens(ctx, seg, schema.WordField(f)); err != nil {
			return err
		}
	}
	return s.addDates(seg)
}

// addTokens adds up the frequencies of all words of a field.
func (s statsCounter) addTokens(ctx context.Context, seg *reader.Segment, field string) error {
	var docs, freqs [segment.BlockSize]uint32
	terms, err := seg.Raw.Dictionary(field)
	if err != nil {
		return err
	}
	it := terms.AutomatonIterator(nil, nil, nil)
	for {
		t, err := it.Next()
		if err != nil || t == nil {
			return err
		}
		list, _, err := seg.Raw.Postings(field, t.Term)
		if err != nil {
			return err
		}
		for n := list.NextBlock(&docs, &freqs); n > 0; n = list.NextBlock(&docs, &freqs) {
			for i, doc := range docs[:n] {
				if seg.Deleted == nil || !seg.Deleted.Has(doc) {
					s.Tokens += int64(freqs[i])
				}
			}
		}
		if err := list.Err(); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// addDates counts what is known of the dates of live articles.
func (s statsCounter) addDates(seg *reader.Segment) error {
	seg.VerifyTimes()
	articles, err := seg.Articles()
	if err != nil {
		return err
	}
	from, to := engine.PlausibleDates(time.Now())
	first, last := from.UnixMicro(), to.UnixMicro()
	for _, doc := range articles.AppendTo(nil) {
		published := seg.Time(doc)
		switch {
		case published == reader.NoTime:
			continue
		case published%reader.DayMicros == 0:
			s.Dates.Day++
		default:
			s.Dates.Time++
		}
		if published < first || published > last {
			s.Dates.Strange++
		}
	}
	return nil
}

// addGenerations adds the figures of the generations that lie in dir.
func (s statsCounter) addGenerations(dir string, current uint64) error {
	numbers, err := generationNumbers(dir)
	if err != nil {
		return err
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		genDir := filepath.Join(dir, generationsFolder, pointer{number: n}.name())
		m, err := readManifest(genDir)
		if err != nil {
			continue // it is being removed
		}
		g := engine.GenerationStats{Number: n, Current: n == current, Articles: m.Articles}
		path := filepath.Join(genDir, generationLockName)
		g.By = lockHolders(path)
		l := flock.New(path, flock.SetFlag(os.O_RDWR))
		// This process holds the current one itself.
		if ok, err := l.TryLock(); err == nil && !ok {
			g.Held = !g.Current || len(g.By) > 0 || runtime.GOOS != "linux"
		}
		_ = l.Close()
		s.Generations = append(s.Generations, g)
	}
	return nil
}

// lockHolders names the processes other than this one that hold a lock on a file,
// where the system tells.
func lockHolders(path string) (by []string) {
	f, err := os.Open("/proc/locks")
	if err != nil {
		return nil
	}
	defer f.Close()
	inode := fsutil.Inode(path)
	if inode == "" {
		return nil
	}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		// 1: FLOCK ADVISORY READ 1234 fd:01:5678 0 EOF
		fields := strings.Fields(lines.Text())
		if len(fields) < 6 || fields[1] == "->" || !strings.HasSuffix(fields[5], ":"+inode) || fields[4] == strconv.Itoa(os.Getpid()) {
			continue
		}
		name := "process " + fields[4]
		if b, err := os.ReadFile(filepath.Join("/proc", fields[4], "comm")); err == nil {
			name = strings.TrimSpace(string(b)) + " (" + name + ")"
		}
		if !slices.Contains(by, name) {
			by = append(by, name)
		}
	}
	return by
}

// addFileSizes adds up what lies on the disk. Files under several names count once.
func (s statsCounter) addFileSizes(dir string) error {
	var seen []os.FileInfo
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // removed meanwhile
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		kind := "other"
		switch name := d.Name(); {
		case hasOwnChecksums(name):
			kind = "vectors"
			if isSegmentName(name) {
				kind = "segments"
			}
			if slices.ContainsFunc(seen, func(other os.FileInfo) bool { return os.SameFile(other, info) }) {
				return nil
			}
			seen = append(seen, info)
		case name == boltName:
			kind = "roots"
		case strings.HasSuffix(name, ".yaml"):
			kind = "settings"
		}
		s.Files[kind] += info.Size()
		return nil
	})
}

// Size returns the bytes that an index takes on the disk.
func Size(dir string) (int64, error) {
	s := statsCounter{&engine.Stats{Files: map[string]int64{}}}
	if err := s.addFileSizes(dir); err != nil {
		return 0, fmt.Errorf("size of %s: %w", dir, err)
	}
	total := int64(0)
	for _, n := range s.Files {
		total += n
	}
	return total, nil
}
