//go:build fault && linux

package index_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// The disk is full at some stage of writing: there is an error that says so,
// nothing acknowledged is lost, and with more room all goes on.
func TestFaultNoSpace(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("skipped: mounting a small file system needs the rights of root")
	}
	step := rounds(150, 32, 8) // KB
	tried, full, acks := 0, 0, 0
	for size := 40; size < 500; size += step {
		dir := t.TempDir()
		options := fmt.Sprintf("size=%dk", size)
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
			t.Skip("skipped: a small file system cannot be mounted here:", err)
		}
		l := newLedger()
		runChild(t, l, child("script", dir), nil)
		tried++
		acks += l.acks
		if len(l.errs) > 0 {
			full++
			if !strings.Contains(l.errs[0], "no space left") {
				t.Errorf("%d KB: %s", size, l.errs[0])
			}
		}
		if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
		l.errs = nil
		l.hold(t, dir)
		runChild(t, l, child("script", dir), nil)
		if len(l.errs) > 0 {
			t.Errorf("%d KB, with more room: %v", size, l.errs)
		}
		l.hold(t, dir)
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Fatalf("with %d KB", size)
		}
	}
	t.Logf("tried %d sizes, of which %d were too small, with %d acknowledgements before; survived %d, lost 0", tried, full, acks, tried)
}

// needStrace skips where strace can't be used.
func needStrace(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("skipped: there is no strace")
	}
	if out, err := exec.Command("strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("skipped: strace cannot trace here: %s", out)
	}
}

// injected is a line of strace about a call that was made to fail.
var injected = regexp.MustCompile(`\(INJECTED\)`)

// A call fails, at its every turn. strace counts the calls of each thread by
// itself, so that several may fail in a run. Calls about files outside of the
// index don't count.
func TestFaultCalls(t *testing.T) {
	needStrace(t)
	for _, f := range []struct{ name, calls, fault string }{
		{"fsync", "fsync,fdatasync", "error=EIO"},
		{"write", "pwrite64,write", "error=ENOSPC"},
		{"rename", "rename,renameat,renameat2", "error=EIO"},
		{"create", "openat", "error=EMFILE"},
		{"link", "link,linkat", "error=EPERM"},
		{"map", "mmap", "error=ENOMEM"},
	} {
		if f.name == "map" || f.name == "create" { // Go's own start needs them
			continue
		}
		t.Run(f.name, func(t *testing.T) { faultCalls(t, f.name, f.calls, f.fault) })
	}
}

func faultCalls(t *testing.T, name, calls, fault string) {
	tried, hit, acks, errs := 0, 0, 0, 0
	step, bored := rounds(45, 4, 1), rounds(2, 3, 8)
	for turn, idle := 1, 0; turn <= 200 && idle < bored; turn += step {
		dir := t.TempDir()
		log := filepath.Join(dir, "log")
		ix := filepath.Join(dir, "ix")
		args := []string{
			"strace", "-f", "-qq", "-o", log, "-e", "trace=" + calls + ",write",
			"-e", fmt.Sprintf("inject=%s:%s:when=%d", calls, fault, turn),
		}
		if name == "write" {
			// Else what the child says would fail, too. The index's files are
			// made before, as strace knows paths that are there.
			args = []string{"strace", "-f", "-qq", "-o", log, "-e", "trace=pwrite64", "-e", fmt.Sprintf("inject=pwrite64:%s:when=%d", fault, turn)}
		}
		l := newLedger()
		cmd := child("script", dir, args...)
		cmd.Env = append(cmd.Env, "GOMAXPROCS=1") // fewer threads
		runChild(t, l, cmd, nil)
		b, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		tried++
		acks += l.acks
		errs += len(l.errs)
		if injected.Match(b) {
			hit++
			idle = 0
		} else {
			idle++
		}
		if name == "fsync" {
			ackedAfter(t, string(b), turn)
		}
		if _, err := os.Stat(ix); err == nil {
			l.hold(t, dir)
		}
		if t.Failed() {
			t.Fatalf("%s fails at turn %d: %v", name, turn, l.errs)
		}
	}
	t.Logf("tried %d turns, %d of them met a call; %d acknowledgements, %d errors; survived %d, lost 0", tried, hit, acks, errs, tried)
}

// ackedAfter holds that nothing is acknowledged after an fsync has failed. What
// is under way at that moment in another thread may still be.
func ackedAfter(t *testing.T, log string, turn int) {
	t.Helper()
	failed, acks := false, 0
	for line := range strings.Lines(log) {
		switch {
		case injected.MatchString(line):
			failed = true
		case failed && strings.Contains(line, `write(1, "ok\n"`):
			acks++
		}
	}
	if acks > 1 {
		t.Errorf("turn %d: %d acknowledgements after an fsync failed", turn, acks)
	}
}
