package index_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// crashDir names the variable that makes the test binary a writer to be
// killed: it holds the folder of the index.
const crashDir = "NEWSQ_TEST_CRASH_DIR"

const crashRounds = 20

// writeUntilKilled adds articles, and prints each id once it is acknowledged.
// Every third call is a sync of a small file, as newsq index does it.
func writeUntilKilled(dir string) {
	ctx := context.Background()
	ix, err := index.Open(ctx, filepath.Join(dir, "ix"), nil)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	start := time.Now().UnixNano()
	for n := 0; ; n++ {
		var batch []corpus.Article
		for i := range 1 + n%7 {
			id := fmt.Sprintf("%d-%d-%d", start, n, i)
			batch = append(batch, corpus.Article{ID: id, Title: "Deterrence " + id, Body: strings.Repeat("sanctions hold. ", 1+n%50)})
		}
		if n%3 == 2 {
			_, err = ix.Sync(ctx, corpus.FromArticles(fmt.Sprint("call ", start, n), batch...), nil)
		} else {
			err = ix.Add(ctx, batch...)
		}
		if err != nil {
			fmt.Println("error", err)
			return
		}
		for _, a := range batch {
			fmt.Println(a.ID)
		}
	}
}

// A writer killed at any moment loses no article that it acknowledged, and
// the next one goes on.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped in short mode: kills twenty processes")
	}
	dir := t.TempDir()
	acknowledged := map[string]bool{}
	for round := range crashRounds {
		for _, id := range killOnce(t, dir, round%2 == 0) {
			acknowledged[id] = true
		}
		checkAcknowledged(t, dir, acknowledged)
	}
	if len(acknowledged) < crashRounds {
		t.Errorf("only %d articles were acknowledged in %d rounds", len(acknowledged), crashRounds)
	}
	t.Logf("%d articles acknowledged over %d kills, none lost", len(acknowledged), crashRounds)
}

// killOnce runs a writer for a while, and returns the ids it acknowledged. It is
// killed some time after its start, as it opens the index perhaps, or, if it is
// to have written, some time after a number of acknowledgements.
func killOnce(t *testing.T, dir string, written bool) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = cmd.Process.Kill() }
	after := 2 + rand.IntN(20)
	if !written {
		time.AfterFunc(50*time.Millisecond+rand.N(250*time.Millisecond), kill)
	}
	var ids []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Fatal(lines.Text())
		}
		ids = append(ids, lines.Text())
		if written && len(ids) == after {
			time.AfterFunc(rand.N(50*time.Millisecond), kill)
		}
	}
	_ = cmd.Wait() // it was killed
	return ids
}

func checkAcknowledged(t *testing.T, dir string, ids map[string]bool) {
	t.Helper()
	ix, err := index.Open(t.Context(), filepath.Join(dir, "ix"), nil)
	if err != nil {
		t.Fatal(err)
	}
	for id := range ids {
		if a, err := ix.Get(t.Context(), id); err != nil || a.Title != "Deterrence "+id {
			t.Fatalf("acknowledged article %s: %q, %v", id, a.Title, err)
		}
	}
	res, err := ix.Search(t.Context(), index.Query{Text: "deterrence", Limit: -1})
	if err := errors.Join(err, ix.Close()); err != nil {
		t.Fatal(err)
	}
	if res.Total < len(ids) {
		t.Errorf("%d articles found of %d acknowledged", res.Total, len(ids))
	}
}
