package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
)

// The exit codes, which are a promise.
const (
	exitDone        = 0
	exitNoMatch     = 1   // nothing matched
	exitUsage       = 2   // the request was wrong
	exitFailed      = 3   // it could not be done
	exitPartial     = 4   // done in part: index --strict with unreadable input
	exitInterrupted = 130 // as a shell has it for SIGINT
)

// exitStatus ends with an exit code; what there was to say has been said.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// commandError is an error with what to do about it.
type commandError struct {
	err  error
	hint string // lines; may be empty
	code int    // 0 means exitFailed
}

func (f *commandError) Error() string { return f.err.Error() }
func (f *commandError) Unwrap() error { return f.err }

// usageError returns an error of the request.
func usageError(hint, format string, args ...any) error {
	return &commandError{err: fmt.Errorf(format, args...), hint: hint, code: exitUsage}
}

// reportError tells what went wrong and returns the exit code.
func (a *app) reportError(err error) int {
	var (
		quiet  exitStatus
		syntax *index.SyntaxError
		fail   *commandError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &quiet):
		return int(quiet)
	case errors.As(err, &syntax):
		_ = render.SyntaxError(a.stderr, syntax, a.renderOptions(a.stderr))
		return exitUsage
	case errors.Is(err, context.Canceled):
		a.logger(a.stderr).Error("interrupted")
		return exitInterrupted
	}
	a.logger(a.stderr).Error(render.Clean(err.Error()))
	if errors.As(err, &fail) {
		if fail.hint != "" {
			a.printHints(fail.hint)
		}
		if fail.code != 0 {
			return fail.code
		}
	}
	return exitFailed
}

// printHints writes what to do, indented below what was wrong. Each text is one line
// or several.
func (a *app) printHints(texts ...string) {
	for _, text := range texts {
		for line := range strings.SplitSeq(text, "\n") {
			fmt.Fprintln(a.stderr, "  "+render.Clean(line))
		}
	}
}
