package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/fsutil"
)

// lockPoll is how often a waiting writer looks again: fast enough to go
// unnoticed after a short write, slow enough to cost nothing.
const lockPoll = 50 * time.Millisecond

// writerLock is held by the one process that writes. The operating system
// lets go of it when the process dies.
type writerLock struct {
	file     *flock.Flock
	infoPath string // path of writer.json
}

// lockHolder is the content of writer.json: who holds the lock. It is a message
// for people and decides nothing.
type lockHolder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

// lockWriter takes the lock, waiting for another writer up to wait.
func lockWriter(ctx context.Context, dir string, wait time.Duration) (*writerLock, error) {
	l := &writerLock{
		file:     flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o666)), // less what the umask takes
		infoPath: filepath.Join(dir, writerName),
	}
	waitCtx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	ok, err := l.tryLock(waitCtx, wait > 0)
	switch {
	case ok:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("%w%s; wait for it to end, or search meanwhile: readers are not blocked", engine.ErrLocked, l.describe())
	default:
		return nil, fmt.Errorf("lock index: %w", err)
	}
	host, _ := os.Hostname()
	b, err := json.Marshal(lockHolder{PID: os.Getpid(), Host: host, Command: commandName(), Since: time.Now().UTC()})
	if err == nil {
		err = fsutil.ReplaceFile(l.infoPath, append(b, '\n'))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock index: %w", err), l.file.Unlock())
	}
	return l, nil
}

// tryLock takes the lock of the index that is in the folder now: while it waited, another
// index may have replaced the one that was there.
func (l *writerLock) tryLock(ctx context.Context, wait bool) (ok bool, err error) {
	for {
		ok, err = l.file.TryLock()
		if !ok && err == nil && wait {
			ok, err = l.file.TryLockContext(ctx, lockPoll)
		}
		if !ok || err != nil {
			return ok, err
		}
		held, err := l.file.Stat()
		if err != nil {
			return true, nil // a system that doesn't tell
		}
		if current, err := os.Stat(l.file.Path()); err == nil && os.SameFile(held, current) {
			return true, nil
		}
		if err := l.file.Unlock(); err != nil {
			return false, err
		}
	}
}

// commandName is the name of the program and its first argument: enough to
// recognise it by, without what may be private.
func commandName() string {
	args := os.Args
	if len(args) == 0 {
		return ""
	}
	name := filepath.Base(args[0])
	if len(args) > 1 && !strings.HasPrefix(args[1], "-") {
		name += " " + args[1]
	}
	return name
}

// describe returns who holds the lock, as far as it is known, after a colon.
func (l *writerLock) describe() string {
	b, err := os.ReadFile(l.infoPath)
	var h lockHolder
	if err != nil || json.Unmarshal(b, &h) != nil || h.PID == 0 {
		return ""
	}
	return fmt.Sprintf(": %s (process %d on %s, since %s)", h.Command, h.PID, h.Host, h.Since.Local().Format("2 Jan 15:04:05"))
}

func (l *writerLock) release() error {
	if l == nil {
		return nil
	}
	_ = os.Remove(l.infoPath) // only a message
	return l.file.Unlock()
}
