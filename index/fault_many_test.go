//go:build fault

package index_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// Fifty readers beside a writer see each generation whole: an article and its
// twin, which are written together.
func TestFaultManyReaders(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ix")
	ix := open(t, dir, &index.Options{Topics: noRules(t)})
	pair := func(n int) []corpus.Article {
		return []corpus.Article{
			{ID: fmt.Sprint("left", n%40), Title: "left", Body: fmt.Sprintf("deterrence n%d", n)},
			{ID: fmt.Sprint("right", n%40), Title: "right", Body: fmt.Sprintf("deterrence n%d", n)},
		}
	}
	add(t, ix, pair(0)...)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	var searches atomic.Int64
	for range 50 {
		wg.Go(func() {
			reader, err := index.Open(t.Context(), dir, &index.Options{ReadOnly: true})
			if err != nil {
				t.Error(err)
				return
			}
			defer reader.Close()
			for last := 0; ; searches.Add(1) {
				select {
				case <-stop:
					return
				default:
				}
				time.Sleep(5 * time.Millisecond) // or the writer would starve on few processors
				left, err := reader.Search(t.Context(), index.Query{Text: "deterrence", Limit: 100})
				if err != nil || left.Total%2 != 0 || left.Total < last {
					t.Errorf("%d after %d: %v", left.Total, last, err)
					return
				}
				last = left.Total
				versions := map[string]int{}
				for _, h := range left.Hits {
					versions[h.Article.Body]++
				}
				for body, n := range versions {
					if n%2 != 0 {
						t.Errorf("half a batch: %s", body)
						return
					}
				}
			}
		})
	}
	writes := 0
	batches, asked := rounds(8, 30, 60), int64(rounds(500, 5000, 20000))
	for ; (writes < batches || searches.Load() < asked) && !t.Failed(); writes++ {
		add(t, ix, pair(writes)...)
		if writes%20 == 19 {
			if _, err := ix.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(stop)
	wg.Wait()
	t.Logf("50 readers made %d searches beside %d batches, 0 torn", searches.Load(), writes)
}

// start starts a child and waits for a line that starts with what is given.
func start(t *testing.T, cmd *exec.Cmd, with string) string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if line := lines.Text(); strings.HasPrefix(line, with) {
			go func() { // it may say more
				for lines.Scan() {
				}
			}()
			return line
		}
	}
	t.Fatalf("it ends and has not said %q: %v", with, lines.Err())
	return ""
}

// A second writer is told who the first one is, and does not wait for it to
// end; a writer that is stopped blocks no reader.
func TestFaultTwoWriters(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "ix")
	cmd := child("churn", dir)
	start(t, cmd, "ok") // it has published
	if runtime.GOOS != "windows" {
		if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
	}
	// It is told while the first one stands still, which never lets go.
	_, err := index.Open(t.Context(), at, nil)
	if !errors.Is(err, index.ErrLocked) || !strings.Contains(err.Error(), fmt.Sprintf("process %d", cmd.Process.Pid)) {
		t.Errorf("a second writer: %v", err)
	}
	if _, err := ask(t, at); err != nil {
		t.Errorf("a reader: %v", err)
	}
	if r, err := index.Check(t.Context(), at); err != nil || !r.Whole() {
		t.Errorf("a check: %+v, %v", r, err)
	}
	if _, err := index.WriteBackup(t.Context(), at, filepath.Join(dir, "b.tar")); err != nil {
		t.Errorf("a backup: %v", err)
	}
	if _, err := index.Repair(t.Context(), at, nil); err != nil {
		t.Errorf("a repair of nothing: %v", err)
	}
}

// A reader that is stopped keeps its generation, and the writer goes on. When
// it ends, the space is given back.
func TestFaultStoppedReader(t *testing.T) {
	dir, _ := makeMaintainIndex(t, 300)
	cmd := child("hold", dir)
	if line := start(t, cmd, ""); !strings.HasPrefix(line, "holds 298") {
		t.Fatal(line)
	}
	if runtime.GOOS != "windows" {
		if err := cmd.Process.Signal(syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
	}
	ix := open(t, dir, nil)
	articles := variedArticles(300)
	for range 3 {
		add(t, ix, articles...)
	}
	c, err := ix.Compact(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s, err := ix.Stats(t.Context())
	if err != nil || len(s.Generations) != 2 || !s.Generations[0].Held {
		t.Fatalf("%+v, %v", s.Generations, err)
	}
	if by := s.Generations[0].By; runtime.GOOS == "linux" && (len(by) != 1 || !strings.Contains(by[0], fmt.Sprint(cmd.Process.Pid))) {
		t.Errorf("held by %v", by)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	add(t, ix, articles[0])
	after, err := ix.Compact(t.Context())
	if err != nil || after.After >= c.After {
		t.Errorf("%d bytes after the reader let go, %d before: %v", after.After, c.After, err)
	}
	if s, err = ix.Stats(t.Context()); err != nil || len(s.Generations) != 1 {
		t.Errorf("%+v, %v", s.Generations, err)
	}
}

// Random operations are held to a model, with crashes in between: a crash goes
// on with a copy of the folder as it lies on the disk.
func TestFaultModel(t *testing.T) {
	crashes, steps := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		base := t.TempDir()
		dir := filepath.Join(base, "0")
		model := map[string]string{}
		var opened []*index.Index
		var ix *index.Index
		reopen := func() {
			var err error
			if ix, err = index.Open(t.Context(), dir, &index.Options{Topics: noRules(t)}); err != nil {
				r.Fatal(err)
			}
			opened = append(opened, ix)
		}
		reopen()
		defer func() {
			for _, ix := range opened {
				_ = ix.Close()
			}
		}()
		id := rapid.SampledFrom(strings.Fields("a b c d e f"))
		for n := range rapid.IntRange(1, 12).Draw(r, "steps") {
			steps++
			switch rapid.IntRange(0, 9).Draw(r, "step") {
			case 0:
				if err := ix.Close(); err != nil {
					r.Fatal(err)
				}
				reopen()
			case 1, 2:
				crashes++
				to := filepath.Join(base, fmt.Sprint(len(opened)))
				if err := copyLive(to, dir); err != nil {
					r.Fatal(err)
				}
				_ = os.Remove(filepath.Join(to, "writer.json"))
				dir = to
				reopen()
			case 3:
				if _, err := ix.Compact(t.Context()); err != nil {
					r.Fatal(err)
				}
			case 4:
				b := filepath.Join(base, fmt.Sprint("backup", steps))
				if _, err := index.WriteBackup(t.Context(), dir, b); err != nil {
					r.Fatal(err)
				}
				dir = filepath.Join(base, fmt.Sprint("restored", steps))
				if _, err := index.RestoreBackup(t.Context(), b, dir, nil); err != nil {
					r.Fatal(err)
				}
				reopen()
			case 5:
				gone := id.Draw(r, "gone")
				err := ix.Delete(t.Context(), gone)
				if _, ok := model[gone]; ok != (err == nil) {
					r.Fatalf("delete %s: %v", gone, err)
				}
				delete(model, gone)
			default:
				var batch []corpus.Article
				for _, name := range rapid.SliceOfNDistinct(id, 1, 4, rapid.ID).Draw(r, "ids") {
					body := fmt.Sprintf("deterrence of step%d", n)
					batch = append(batch, corpus.Article{ID: name, Title: name, Body: body})
					model[name] = body
				}
				if err := ix.Add(t.Context(), batch...); err != nil {
					r.Fatal(err)
				}
			}
			res, err := ix.Search(t.Context(), index.Query{Limit: 100})
			if err != nil || res.Total != len(model) {
				r.Fatalf("%d articles, want %d: %v", res.Total, len(model), err)
			}
			for _, h := range res.Hits {
				if model[h.ID] != h.Article.Body {
					r.Fatalf("%s is %q, want %q", h.ID, h.Article.Body, model[h.ID])
				}
			}
		}
	})
	t.Logf("%d steps with %d crashes as the model has it", steps, crashes)
}
