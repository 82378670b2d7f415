//go:build fault

package index_test

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// The fault suite: what must hold when processes are killed, disks are full,
// calls fail, the power goes, and files change. Run it with -tags fault: with
// -short it takes a minute, with -all half an hour, else some minutes.

var allRounds = flag.Bool("all", false, "try all rounds of the fault suite, which takes longer than go test's usual timeout")

func init() {
	children["churn"] = func(dir string) { churn(dir, -1) }
	children["script"] = func(dir string) { churn(dir, 14) }
	children["repair"] = func(dir string) { _, _ = index.Repair(context.Background(), dir, nil) }
	children["rebuild"] = func(dir string) { _, _ = index.Rebuild(context.Background(), dir, nil) }
	children["hold"] = func(dir string) {
		ix, err := index.Open(context.Background(), dir, &index.Options{ReadOnly: true})
		if err != nil {
			fmt.Println("error", err)
			return
		}
		res, err := ix.Search(context.Background(), index.Query{})
		fmt.Println("holds", res.Total, err)
		time.Sleep(time.Hour)
	}
}

// rounds returns how often to try: with -short, usually, and with -all.
func rounds(quick, usual, all int) int {
	switch {
	case testing.Short():
		return quick
	case *allRounds:
		return all
	}
	return usual
}

// say prints a line at once: what is said is promised.
func say(args ...any) { _, _ = os.Stdout.WriteString(fmt.Sprintln(args...)) }

// churn writes to the index in dir, and says what it is about to do, and when
// it is done: "try put a b", "ok". After steps it closes the index; without a
// limit it goes on until it is killed.
func churn(dir string, steps int) {
	ctx := context.Background()
	ix, err := index.Open(ctx, filepath.Join(dir, "ix"), nil)
	if err != nil {
		say("error", err)
		return
	}
	random := rand.New(rand.NewPCG(uint64(steps), 1))
	if steps < 0 {
		random = rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	}
	start := strconv.FormatInt(time.Now().UnixNano(), 36)
	var mine []string
	for n := 0; n != steps; n++ {
		switch kind := n % 7; {
		case kind == 5 && len(mine) > 3:
			gone := mine[:2]
			mine = slices.Clone(mine[2:])
			say("try del", strings.Join(gone, " "))
			err = ix.Delete(ctx, gone...)
		case kind == 1 && len(mine) > 3:
			tag := fmt.Sprint("tag", n)
			say("try tag", tag, mine[2], mine[3])
			_, err = ix.Tag(ctx, index.TagChange{Add: []string{tag}}, mine[2], mine[3])
		case kind == 6:
			say("try nothing")
			_, err = ix.Compact(ctx)
		default:
			var batch []corpus.Article
			var names []string
			for i := range 1 + random.IntN(9) {
				id := fmt.Sprintf("%s-%d-%d", start, n, i)
				if kind == 4 && len(mine) > 0 { // a change of one
					id = mine[0]
				}
				if slices.Contains(names, id) {
					continue
				}
				batch = append(batch, faultArticle(id, n))
				names = append(names, id)
			}
			say("try put", n, strings.Join(names, " "))
			if kind == 3 {
				_, err = ix.Sync(ctx, corpus.FromArticles("call "+start+strconv.Itoa(n), batch...), nil)
			} else {
				err = ix.Add(ctx, batch...)
			}
			if err == nil && kind != 4 {
				mine = append(mine, names...)
			}
		}
		if err != nil {
			say("error", err)
			// Whatever is tried afterwards, nothing is acknowledged.
			if ix.Add(ctx, faultArticle("after", n)) == nil {
				say("acknowledged after an error")
			}
			break
		}
		say("ok")
	}
	if err := ix.Close(); err != nil {
		say("error", err)
	}
}

func faultArticle(id string, version int) corpus.Article {
	a := corpus.Article{
		ID: id, Title: "Deterrence " + id, Published: day("2026-01-02"),
		Body: strings.Repeat(fmt.Sprintf("sanctions hold, version v%d. ", version), 1+version%40),
	}
	if hasCopies(version) {
		a.Title, a.Body = "Deterrence on the coast", a.Body+fmt.Sprintf(faultStory, version)
	}
	return a
}

// hasCopies says of a version that all articles of it are copies of one story.
func hasCopies(version int) bool { return version%2 == 0 }

// faultStory is of a length at which one number makes another article.
const faultStory = "Ministers of eleven countries met on the coast for talk number %d about " +
	"ferries, grain and the price of fuel, and parted late without a paper that all would sign. " +
	"Delegates blamed a dispute over harbour fees that began in spring, when two lines stopped sailing, " +
	"and fishermen blocked the mouth of the river with nets until the guard opened a channel for them."

// ledger is what an index was told, as its writer said.
type ledger struct {
	must   map[string]int      // articles that were acknowledged, with their version
	gone   map[string]bool     // deletions that were
	maybe  map[string]bool     // articles of what was under way
	tags   map[string][]string // of articles, there or not, that were acknowledged
	lastOp string
	acks   int
	errs   []string
}

func newLedger() *ledger {
	return &ledger{must: map[string]int{}, gone: map[string]bool{}, maybe: map[string]bool{}, tags: map[string][]string{}}
}

// line takes in what a writer said.
func (l *ledger) line(s string) {
	switch {
	case strings.HasPrefix(s, "try "):
		l.settle()
		l.lastOp = s
	case s == "ok":
		l.acks++
		l.apply()
		l.lastOp = ""
	case s != "":
		l.errs = append(l.errs, s)
	}
}

// settle notes that what was under way may have happened or not.
func (l *ledger) settle() {
	for _, id := range l.ids() {
		l.maybe[id] = true
		delete(l.must, id)
		delete(l.gone, id)
	}
	l.lastOp = ""
}

func (l *ledger) ids() []string {
	p := strings.Fields(l.lastOp)
	switch {
	case len(p) > 3 && p[1] == "put":
		return p[3:]
	case len(p) > 2 && p[1] == "del":
		return p[2:]
	}
	return nil
}

func (l *ledger) apply() {
	p := strings.Fields(l.lastOp)
	if len(p) > 3 && p[1] == "tag" {
		for _, id := range p[3:] {
			l.tags[id] = append(l.tags[id], p[2])
		}
	}
	for _, id := range l.ids() {
		delete(l.maybe, id)
		delete(l.gone, id)
		delete(l.must, id)
		if p[1] == "del" {
			l.gone[id] = true
			continue
		}
		l.must[id], _ = strconv.Atoi(p[2])
	}
}

// hold holds the index in dir to the ledger, as a writer finds it.
func (l *ledger) hold(t *testing.T, dir string) {
	t.Helper()
	l.settle()
	ix, err := index.Open(t.Context(), filepath.Join(dir, "ix"), nil)
	if err != nil {
		t.Fatalf("open after a fault: %v", err)
	}
	defer func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}()
	found := map[string]bool{}
	for hit, err := range ix.All(t.Context(), index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		a := hit.Article
		found[a.ID] = true
		v, acknowledged := l.must[a.ID]
		switch {
		case l.gone[a.ID]:
			t.Errorf("%s was deleted", a.ID)
		case acknowledged && a.Body != faultArticle(a.ID, v).Body:
			t.Errorf("%s is not the version that was acknowledged", a.ID)
		case !acknowledged && !l.maybe[a.ID] && a.ID != "after":
			t.Errorf("%s was never put", a.ID)
		}
	}
	for id := range l.must {
		if !found[id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	res, err := ix.Search(t.Context(), index.Query{Text: "deterrence", Limit: -1})
	if err != nil || res.Total != len(found) {
		t.Errorf("a search finds %d of %d: %v", res.Total, len(found), err)
	}
	holdStories(t, ix)
	l.holdTags(t, ix)
}

// holdTags holds that no tag is lost that was acknowledged, and that articles have those that
// are kept for them.
func (l *ledger) holdTags(t *testing.T, ix *index.Index) {
	t.Helper()
	kept := map[string]corpus.Annotations{}
	for a, err := range ix.AllAnnotations(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		kept[a.ID] = a.Annotations
	}
	for id, tags := range l.tags {
		for _, tag := range tags {
			if !slices.ContainsFunc(kept[id].Tags, func(k corpus.Tag) bool { return k.Path == tag }) {
				t.Errorf("the tag %s of %s was acknowledged and is lost", tag, id)
			}
		}
	}
	for hit, err := range ix.All(t.Context(), index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		var has corpus.Annotations
		if a := hit.Article.Annotations; a != nil {
			has = *a
		}
		if diff := cmp.Diff(kept[hit.ID], has); diff != "" {
			t.Errorf("%s has other tags than are kept for it:\n%s", hit.ID, diff)
		}
	}
}

// holdStories holds that the next sync settles what a fault left: the articles of a story
// are copies of each other, and of no others.
func holdStories(t *testing.T, ix *index.Index) {
	t.Helper()
	if _, err := ix.Sync(t.Context(), corpus.FromArticles("nothing new"), nil); err != nil {
		t.Fatal(err)
	}
	of := map[string][]string{} // ids, by body
	for hit, err := range ix.All(t.Context(), index.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		of[hit.Article.Body] = append(of[hit.Article.Body], hit.ID)
	}
	for body, ids := range of {
		if !strings.Contains(body, "Ministers of eleven countries") {
			continue
		}
		_, copies, err := ix.Copies(t.Context(), ids[0])
		if err != nil {
			t.Fatal(err)
		}
		got := []string{ids[0]}
		for _, c := range copies {
			got = append(got, c.Article.ID)
		}
		slices.Sort(got)
		if slices.Sort(ids); !slices.Equal(got, ids) {
			t.Errorf("copies %v, want %v", got, ids)
		}
	}
}

// child starts this binary as another process.
func child(name, dir string, with ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	if len(with) > 0 {
		cmd = exec.Command(with[0], append(with[1:], os.Args[0])...)
	}
	cmd.Env = append(os.Environ(), childName+"="+name, childDir+"="+dir)
	return cmd
}

// killing is when a child is killed: some time after it was started or, if
// lines are given, after it has said so many.
type killing struct {
	lines int
	after time.Duration
}

// runChild runs a child to its end or until it is killed, and notes in l what
// it says.
func runChild(t *testing.T, l *ledger, cmd *exec.Cmd, kill *killing) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var talk strings.Builder
	cmd.Stderr = &talk
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := 0
	killWhenDue := func() {
		if kill != nil && kill.lines == said {
			time.AfterFunc(kill.after, func() { _ = cmd.Process.Kill() })
		}
	}
	killWhenDue()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		l.line(lines.Text())
		said++
		killWhenDue()
	}
	err = cmd.Wait()
	if kill == nil && err != nil {
		t.Errorf("%v: %s", err, talk.String())
	}
	if strings.Contains(talk.String(), "panic") || strings.Contains(talk.String(), "fatal error") {
		t.Errorf("it panics: %s", talk.String())
	}
	if slices.Contains(l.errs, "acknowledged after an error") {
		t.Error("something was acknowledged after an error")
	}
}

// A writer is killed at any moment of adding, syncing, deleting, merging,
// compacting and publishing.
func TestFaultKill(t *testing.T) {
	dir := t.TempDir()
	l := newLedger()
	n, written := rounds(15, 60, 200), 0
	for round := range n {
		kill := &killing{after: 60*time.Millisecond + rand.N(540*time.Millisecond)}
		if round%3 > 0 { // once it has written something, however fast it is
			kill = &killing{lines: 2 + rand.IntN(30), after: rand.N(50 * time.Millisecond)}
			written++
		}
		runChild(t, l, child("churn", dir), kill)
		if len(l.errs) > 0 {
			t.Fatal(l.errs)
		}
		l.hold(t, dir)
		if round%10 == 9 {
			if r, err := index.Check(t.Context(), filepath.Join(dir, "ix")); err != nil || !r.Whole() {
				t.Fatalf("round %d: %+v, %v", round, r, err)
			}
		}
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	if l.acks < written {
		t.Errorf("only %d acknowledgements in %d rounds that had some", l.acks, written)
	}
	t.Logf("tried %d kills with %d acknowledgements, survived %d, lost 0", n, l.acks, n)
}

// A repair, or a rebuild, is killed at any moment; the next one ends it.
func TestFaultKillRepair(t *testing.T) {
	whole, want := makeMaintainIndex(t, 200)
	n := rounds(8, 20, 60)
	for round := range n {
		dir := filepath.Join(t.TempDir(), "ix")
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		what := "rebuild"
		if round%2 == 0 {
			what = "repair"
			removed("CURRENT").do(t, dir)
			if round%4 == 0 {
				replaced("cut", "work/store/root.bolt", func(b []byte) []byte { return b[:len(b)/3] }).do(t, dir)
			}
		}
		runChild(t, newLedger(), child(what, dir), &killing{after: time.Millisecond + rand.N(400*time.Millisecond)})
		// Opening ends a replacement that was cut short.
		if ix, err := index.Open(t.Context(), dir, nil); err == nil {
			if err := ix.Close(); err != nil {
				t.Fatal(err)
			}
		} else if !errors.Is(err, index.ErrDamaged) {
			t.Fatalf("round %d: %v", round, err)
		}
		if _, err := index.Repair(t.Context(), dir, nil); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if got, err := ask(t, dir); err != nil || got != want {
			t.Fatalf("round %d: %s: %v, other answers (-want +got):\n%s", round, what, err, cmp.Diff(want, got))
		}
	}
	t.Logf("tried %d, survived %d, lost 0", n, n)
}

// Any bit of any file is flipped, or the file cut at any place: a reader and a
// writer give right answers or ErrDamaged, and a check names the file.
func TestFaultFlips(t *testing.T) {
	whole, want := makeMaintainIndex(t, 120)
	var files []string
	err := filepath.WalkDir(whole, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(path) != ".yaml" { // which people edit
			rel, _ := filepath.Rel(whole, path)
			files = append(files, rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	n, detected, harmless, healed := rounds(45, 150, 500), 0, 0, 0
	dir := filepath.Join(t.TempDir(), "ix")
	for round := range n {
		if err := errors.Join(os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(whole))); err != nil {
			t.Fatal(err)
		}
		name := files[round%len(files)]
		path := filepath.Join(dir, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		what := "empty"
		switch {
		case len(b) == 0:
		case random.IntN(5) == 0:
			b = b[:random.IntN(len(b))]
			what = fmt.Sprint("cut to ", len(b))
		default:
			at := random.IntN(len(b))
			b[at] ^= 1 << random.IntN(8)
			what = fmt.Sprint("bit in byte ", at)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		if what != "empty" && !namesFile(t, dir, path) {
			t.Errorf("%s, %s: a check does not name it", name, what)
		}
		header := name == "newsq.json" // whose version may now be another
		got, readErr := ask(t, dir)
		if readErr == nil && got != want || readErr != nil && !errors.Is(readErr, index.ErrDamaged) && !header {
			t.Errorf("%s, %s: a reader: %v", name, what, readErr)
		}
		report, err := index.Check(t.Context(), dir)
		found := err != nil || !report.Whole()
		if err != nil && !header {
			t.Errorf("%s, %s: check: %v", name, what, err)
		}
		if readErr != nil && !found {
			t.Errorf("%s, %s: a reader says %v, and the check finds nothing", name, what, readErr)
		}
		ix, writeErr := index.Open(t.Context(), dir, nil)
		if writeErr == nil {
			if got, writeErr = answersOf(t.Context(), ix); writeErr == nil && got != want {
				t.Errorf("%s, %s: a writer gives other answers", name, what)
			}
			_ = ix.Close()
		}
		switch {
		case writeErr != nil && !errors.Is(writeErr, index.ErrDamaged) && !header:
			t.Errorf("%s, %s: a writer: %v", name, what, writeErr)
		case writeErr != nil && !found:
			t.Errorf("%s, %s: a writer says %v, and the check finds nothing", name, what, writeErr)
		case !found:
			harmless++
		case writeErr == nil && readErr != nil:
			healed++
			fallthrough
		default:
			detected++
		}
	}
	t.Logf("tried %d over %d files: %d detected (%d of them mended by opening), %d harmless, 0 wrong", n, len(files), detected, healed, harmless)
}
