package main

import (
	"context"
	"io"
	"os"

	"golang.org/x/term"
)

// ctrlC and ctrlD are what a terminal that passes every key on says for these.
const (
	ctrlC = 3
	ctrlD = 4
)

// nextKey waits for a key of the person at the terminal, where no Enter is needed, or
// reads the next byte of an input that is none. The terminal is in its usual state
// between two keys. The end of the input is io.EOF, and so is Ctrl-D; Ctrl-C is
// context.Canceled.
func (a *app) nextKey(ctx context.Context) (byte, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	terminal, ok := a.stdin.(*os.File)
	if !ok || !a.canAsk() {
		var b [1]byte
		_, err := io.ReadFull(a.stdin, b[:])
		return b[0], err
	}
	before, err := term.MakeRaw(int(terminal.Fd()))
	if err != nil {
		return 0, err
	}
	defer func() { _ = term.Restore(int(terminal.Fd()), before) }()
	var b [16]byte
	n, err := terminal.Read(b[:])
	switch {
	case err != nil:
		return 0, err
	case n == 0 || b[0] == ctrlD:
		return 0, io.EOF
	case b[0] == ctrlC:
		return 0, context.Canceled
	}
	return b[0], nil // of a key that sends several, such as an arrow, Esc, which means nothing
}
