//go:build fault && linux

package index_test

import (
	"bufio"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// The power goes at any moment. All calls of a writer that change files are
// recorded by strace. Then they are replayed up to some call on a model of a
// disk, which keeps what was synced: the content of a file by fsync or
// fdatasync of it, a name by fsync of its folder. Of what was not synced it
// keeps nothing, or what came first of it: of each file's writes and of each
// folder's changes by themselves, the last write in part. The index in what is
// left holds all that was acknowledged up to then.
//
// The model is stricter than disks are in that fsync of a file makes no name
// durable, and milder in that writes to one file are kept in their order. What
// is written through mappings would not be seen; nothing here is.

// event is a call that has ended.
type event struct {
	call string
	args []string // strings decoded, descriptors as numbers
	ret  int
}

var (
	callLine = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+)`)
	unended  = regexp.MustCompile(`^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$`)
	resumed  = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+)`)
)

// readTrace reads what strace wrote.
func readTrace(t *testing.T, path string) (events []event) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	begun := map[string]string{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<30)
	for lines.Scan() {
		line := lines.Text()
		var call, args, ret string
		if m := unended.FindStringSubmatch(line); m != nil {
			begun[m[1]] = m[3]
			continue
		} else if m := resumed.FindStringSubmatch(line); m != nil {
			call, args, ret = m[2], begun[m[1]]+m[3], m[4]
		} else if m := callLine.FindStringSubmatch(line); m != nil {
			call, args, ret = m[2], m[3], m[4]
		} else {
			continue
		}
		e := event{call: call}
		for _, a := range strings.Split(args, ", ") { // all that is quoted is hexadecimal
			if s, ok := strings.CutPrefix(a, `"`); ok {
				b := make([]byte, 0, len(s)/4)
				for h := range strings.SplitSeq(strings.TrimSuffix(s, `"`), `\x`) {
					if h != "" {
						n, err := strconv.ParseUint(h, 16, 8)
						if err != nil {
							t.Fatalf("%.80s: %v", line, err)
						}
						b = append(b, byte(n))
					}
				}
				a = string(b)
			}
			e.args = append(e.args, a)
		}
		e.ret, _ = strconv.Atoi(ret)
		if e.ret >= 0 {
			events = append(events, e)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return events
}

// diskNode is a file or a folder.
type diskNode struct {
	names, syncedNames map[string]*diskNode // of a folder
	changes            []change             // since it was synced
	data, synced       []byte               // of a file
}

// change is a write to a file, or a name given or taken in a folder.
type change struct {
	at       int
	data     string
	truncate bool
	name     string
	node     *diskNode // nil to take the name
}

func newFolder() *diskNode {
	return &diskNode{names: map[string]*diskNode{}, syncedNames: map[string]*diskNode{}}
}

func (c change) write(b []byte) []byte {
	if c.truncate {
		return append(b[:min(len(b), c.at):min(len(b), c.at)], make([]byte, max(0, c.at-len(b)))...)
	}
	if end := c.at + len(c.data); end > len(b) {
		b = append(slices.Clip(b), make([]byte, end-len(b))...)
	}
	copy(b[c.at:], c.data)
	return b
}

func (c change) enter(names map[string]*diskNode) {
	if c.node == nil {
		delete(names, c.name)
		return
	}
	names[c.name] = c.node
}

func (n *diskNode) change(c change) {
	if n.names != nil {
		c.enter(n.names)
	} else {
		n.data = c.write(n.data)
	}
	n.changes = append(n.changes, c)
}

func (n *diskNode) sync() {
	n.synced, n.syncedNames, n.changes = slices.Clone(n.data), maps.Clone(n.names), nil
}

// put writes what is left of a node after a loss of power to path.
func (n *diskNode) put(path string, random *rand.Rand) error {
	keep := 0
	if random != nil && len(n.changes) > 0 {
		keep = random.IntN(len(n.changes) + 1)
	}
	if n.names == nil {
		b := slices.Clone(n.synced)
		for i, c := range n.changes[:keep] {
			if i == keep-1 && len(c.data) > 0 {
				c.data = c.data[:random.IntN(len(c.data))] // torn
			}
			b = c.write(b)
		}
		return os.WriteFile(path, b, 0o644)
	}
	names := maps.Clone(n.syncedNames)
	for _, c := range n.changes[:keep] {
		c.enter(names)
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	for name, node := range names {
		if err := node.put(filepath.Join(path, name), random); err != nil {
			return err
		}
	}
	return nil
}

// disk is a folder, and the files that the recorded process has open.
type disk struct {
	root *diskNode
	base string
	open map[string]*descriptor
	said func(line string)
}

type descriptor struct {
	node *diskNode
	at   int
}

// find returns the folder that a path lies in, and its last name; nil for what
// lies elsewhere.
func (d *disk) find(path string) (*diskNode, string) {
	rel, ok := strings.CutPrefix(path, d.base+"/")
	if !ok {
		return nil, ""
	}
	parts := strings.Split(rel, "/")
	at := d.root
	for _, p := range parts[:len(parts)-1] {
		if at = at.names[p]; at == nil || at.names == nil {
			return nil, ""
		}
	}
	return at, parts[len(parts)-1]
}

// apply replays a call.
func (d *disk) apply(e *event) error {
	switch e.call {
	case "openat":
		d.opened(e)
	case "close":
		delete(d.open, e.args[0])
	case "write", "pwrite64":
		return d.write(e)
	case "ftruncate":
		if f := d.open[e.args[0]]; f != nil {
			at, err := strconv.Atoi(e.args[1])
			f.node.change(change{at: at, truncate: true})
			return err
		}
	case "fsync", "fdatasync":
		if f := d.open[e.args[0]]; f != nil {
			f.node.sync()
		}
	case "mkdirat":
		if in, name := d.find(e.args[1]); in != nil {
			in.change(change{name: name, node: newFolder()})
		}
	case "unlinkat":
		if in, name := d.find(e.args[1]); in != nil {
			in.change(change{name: name})
		}
	case "linkat", "renameat", "renameat2":
		from, name := d.find(e.args[1])
		to, as := d.find(e.args[3])
		if from == nil || to == nil || from.names[name] == nil {
			return nil
		}
		to.change(change{name: as, node: from.names[name]})
		if e.call != "linkat" {
			from.change(change{name: name})
		}
	default:
		return fmt.Errorf("%s is not replayed", e.call)
	}
	return nil
}

func (d *disk) opened(e *event) {
	in, name := d.find(e.args[1])
	fd := strconv.Itoa(e.ret)
	delete(d.open, fd)
	if e.args[1] == d.base {
		d.open[fd] = &descriptor{node: d.root}
		return
	}
	if in == nil {
		return
	}
	node := in.names[name]
	if node == nil {
		if !strings.Contains(e.args[2], "O_CREAT") {
			return
		}
		node = &diskNode{}
		in.change(change{name: name, node: node})
	}
	if strings.Contains(e.args[2], "O_TRUNC") && len(node.data) > 0 {
		node.change(change{truncate: true})
	}
	d.open[fd] = &descriptor{node: node}
}

func (d *disk) write(e *event) error {
	if e.args[0] == "1" {
		for line := range strings.Lines(e.args[1]) {
			d.said(strings.TrimSuffix(line, "\n"))
		}
		return nil
	}
	f := d.open[e.args[0]]
	if f == nil {
		return nil
	}
	at := f.at
	if e.call == "pwrite64" {
		var err error
		if at, err = strconv.Atoi(e.args[3]); err != nil {
			return err
		}
	} else {
		f.at += e.ret
	}
	f.node.change(change{at: at, data: e.args[1][:e.ret]})
	return nil
}

func TestFaultPower(t *testing.T) {
	needStrace(t)
	base := t.TempDir()
	log := filepath.Join(base, "log")
	dir := filepath.Join(base, "recorded")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := child("script", dir, "strace", "-f", "-xx", "-s", "100000000", "-qq", "-o", log, "-e",
		"trace=openat,close,write,pwrite64,pwritev,writev,fsync,fdatasync,ftruncate,fallocate,rename,renameat,renameat2,"+
			"unlink,unlinkat,rmdir,link,linkat,mkdir,mkdirat,copy_file_range,sendfile,lseek,msync")
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	all := newLedger()
	runChild(t, all, cmd, nil)
	if len(all.errs) > 0 {
		t.Fatal(all.errs)
	}
	events := readTrace(t, log)
	events = slices.DeleteFunc(events, func(e event) bool { return e.call == "lseek" })
	random := rand.New(rand.NewPCG(7, 8))
	tried, acks := 0, 0
	n := rounds(40, 120, 400)
	for try := range n {
		// The later half of the calls has most to lose.
		stop := len(events)/4 + random.IntN(len(events)*3/4)
		l := newLedger()
		d := &disk{root: newFolder(), base: dir, open: map[string]*descriptor{}, said: l.line}
		for i := range events[:stop] {
			if err := d.apply(&events[i]); err != nil {
				t.Fatal(err)
			}
		}
		lose := random
		if try%4 == 0 {
			lose = nil
		}
		at := filepath.Join(base, "left")
		if err := errors.Join(os.RemoveAll(at), d.root.put(at, lose)); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(at, 0o755); err != nil {
			t.Fatal(err)
		}
		if _, err := ask(t, filepath.Join(at, "ix")); err != nil && !errors.Is(err, index.ErrNoIndex) {
			t.Errorf("a reader: %v", err)
		}
		// A check may not vouch for all of it, and yet finds no damage.
		if r, err := index.Check(t.Context(), filepath.Join(at, "ix")); err == nil && !r.Whole() || err != nil && !errors.Is(err, index.ErrNoIndex) {
			t.Errorf("a check: %+v, %v", r, err)
		}
		acks += l.acks
		l.hold(t, at)
		tried++
		if t.Failed() {
			t.Fatalf("the power goes after call %d of %d, with %d acknowledgements", stop, len(events), l.acks)
		}
	}
	t.Logf("%d calls recorded; tried %d losses of power with %d acknowledgements before, survived %d, lost 0", len(events), tried, acks, tried)
}
