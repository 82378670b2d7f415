package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
)

// command is a command line of the shell.
type command string

// maxSaid is how much of what a command or a server says is told, in bytes.
const maxSaid = 500

// killWait is how long the output of a command is read after it was ended: what it started
// may hold it open.
const killWait = time.Second

// send runs the command with a message as its input, on one line.
func (c command) send(ctx context.Context, _ string, body []byte) error {
	cmd := exec.CommandContext(ctx, "sh", "-c", string(c))
	if runtime.GOOS == "windows" {
		cmd = exec.CommandContext(ctx, "cmd", "/c", string(c))
	}
	said := &head{most: maxSaid}
	body = append(body, '\n') // so that messages can be collected in a file
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = bytes.NewReader(body), said, said, killWait
	err := cmd.Run()
	if err == nil || errors.Is(err, exec.ErrWaitDelay) { // it ended with 0
		return nil
	}
	if ctx.Err() != nil {
		err = errors.New("it took too long")
	} else if cmd.ProcessState != nil && cmd.ProcessState.Success() {
		return nil // it didn't read all of the message, which is its own affair
	}
	return &index.DeliveryError{Err: fmt.Errorf("the command failed: %w%s", err, said)}
}

// head keeps the beginning of what is written.
type head struct {
	most int
	b    []byte
}

func (h *head) Write(p []byte) (int, error) {
	h.b = append(h.b, p[:min(len(p), h.most-len(h.b))]...)
	return len(p), nil
}

// String returns what was said, behind a colon and on one line; "" for nothing.
func (h *head) String() string {
	s := strings.Join(strings.Fields(strings.ToValidUTF8(string(h.b), "")), " ")
	if s == "" {
		return ""
	}
	return ": " + s
}
