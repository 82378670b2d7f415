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
	exitInterrupted = 130 // what shells return after SIGINT
)

// exitStatus is an error that ends newsq with an exit code. All messages have
// been printed before.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit code %d", int(s)) }

// commandError is an error with what to do about it.
type commandError struct {
	err  error
	hint string // lines; may be empty
	code int    // 0 means exitFailed
}

func (e *commandError) Error() string { return e.err.Error() }
func (e *commandError) Unwrap() error { return e.err }

// usageError returns the error of a request that was wrong. The hint says what
// to write.
func usageError(hint, format string, args ...any) error {
	return &commandError{err: fmt.Errorf(format, args...), hint: hint, code: exitUsage}
}

// reportError prints what went wrong and returns the exit code.
func (a *app) reportError(err error) int {
	var (
		status exitStatus
		syntax *index.SyntaxError
		failed *commandError
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return int(status)
	case errors.As(err, &syntax):
		_ = render.SyntaxError(a.stderr, syntax, a.renderOptions(a.stderr))
		return exitUsage
	case errors.Is(err, context.Canceled):
		a.logger(a.stderr).Error("interrupted")
		return exitInterrupted
	}
	a.logger(a.stderr).Error(render.Clean(err.Error()))
	if errors.As(err, &failed) {
		if failed.hint != "" {
			a.printHints(failed.hint)
		}
		if failed.code != 0 {
			return failed.code
		}
	}
	return exitFailed
}

// printHints writes what to do, indented below what was wrong. Each text is one line
// or several.
func (a *app) printHints(texts ...string) {
	width := a.messageWidth(a.stderr)
	for _, text := range texts {
		for line := range strings.SplitSeq(text, "\n") {
			line = "  " + render.Clean(line)
			if width > 0 {
				line = fit(line, width)
			}
			fmt.Fprintln(a.stderr, line)
		}
	}
}
