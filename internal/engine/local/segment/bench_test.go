package segment_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	api "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"

	"github.com/newsq/newsq/internal/engine/local/segment"
)

// ratio runs what two formats do in turns and reports newsq's time over zap's,
// so that a busy machine slows both.
func ratio(b *testing.B, ours, theirs func()) {
	b.Helper()
	var a, z time.Duration
	for b.Loop() {
		start := time.Now()
		ours()
		between := time.Now()
		theirs()
		a, z = a+between.Sub(start), z+time.Since(between)
	}
	b.ReportMetric(float64(a)/float64(z), "of-zap")
	b.ReportMetric(float64(a.Nanoseconds())/float64(b.N), "ns-newsq/op")
}

func benchPair(b *testing.B) pair { return newPair(b, ours(20000, 20, false)) }

// BenchmarkNextBlock reads the longest list, without and with frequencies.
func BenchmarkNextBlock(b *testing.B) {
	s := segmentOf(b, benchPair(b).got)
	list, _, err := s.Postings("text", "w1")
	if err != nil {
		b.Fatal(err)
	}
	var docs, freqs [segment.BlockSize]uint32
	for name, f := range map[string]*[segment.BlockSize]uint32{"docs": nil, "freqs": &freqs} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				l := list
				for l.NextBlock(&docs, f) > 0 {
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(list.Count()), "ns/posting")
		})
	}
}

// BenchmarkIterate walks the longest list by scorch's iterators.
func BenchmarkIterate(b *testing.B) {
	p := benchPair(b)
	for _, tt := range []struct {
		name, field, term string
		freq, locations   bool
	}{
		{"docs", "text", "w1", false, false},
		{"freqs", "text", "w1", true, false},
		{"positions", "words", "w1", true, true},
	} {
		b.Run(tt.name, func(b *testing.B) {
			walk := func(s api.Segment) func() {
				list := must(must(s.Dictionary(tt.field))(b).PostingsList([]byte(tt.term), nil, nil))(b)
				var it api.PostingsIterator
				return func() {
					it = list.Iterator(tt.freq, tt.freq, tt.locations, it)
					for p, err := it.Next(); p != nil && err == nil; p, err = it.Next() {
					}
				}
			}
			ratio(b, walk(p.got), walk(p.want))
		})
	}
}

// BenchmarkBitmap asks for the documents of a list, which zap keeps as they
// are.
func BenchmarkBitmap(b *testing.B) {
	p := benchPair(b)
	for _, term := range []string{"w1", "w3f"} {
		b.Run(term, func(b *testing.B) {
			ask := func(s api.Segment) func() {
				dict := must(s.Dictionary("words"))(b)
				return func() {
					list := must(dict.PostingsList([]byte(term), nil, nil))(b)
					list.Iterator(false, false, false, nil).(api.OptimizablePostingsIterator).ActualBitmap()
				}
			}
			ratio(b, ask(p.got), ask(p.want))
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	make := ours(5000, 21, false)
	build := func(f func([]index.Document) (api.Segment, uint64, error)) func() {
		return func() {
			if _, _, err := f(make()); err != nil {
				b.Fatal(err)
			}
		}
	}
	ratio(b, build(segment.Plugin{}.New), build((&zap.ZapPlugin{}).New))
}

func BenchmarkMerge(b *testing.B) {
	p, q := newPair(b, ours(5000, 22, false)), newPair(b, ours(5000, 23, false))
	path := filepath.Join(b.TempDir(), "merged")
	merge := func(path string, s ...api.Segment) func() {
		plugin := interface {
			Merge([]api.Segment, []*roaring.Bitmap, string, chan struct{}, api.StatsReporter) ([][]uint64, uint64, error)
		}(segment.Plugin{})
		if _, ok := segment.Unwrap(s[0]); !ok {
			plugin = &zap.ZapPlugin{}
		}
		closeCh := make(chan struct{})
		return func() {
			if _, _, err := plugin.Merge(s, make([]*roaring.Bitmap, len(s)), path, closeCh, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
	ratio(b, merge(path, p.got, q.got), merge(path+".zap", p.want, q.want))
}
