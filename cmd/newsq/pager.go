package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/newsq/newsq/internal/render"
)

// printPaged prints what write writes. On a terminal, a text longer than the
// screen goes through a pager, as with git: that of $NEWSQ_PAGER or the setting,
// else that of $PAGER, else less. less gets the options FRX unless $LESS is
// set, and the character set UTF-8 unless $LESSCHARSET is. A terminal that can
// only append has no pages.
func (a *app) printPaged(write func(w io.Writer, opt render.Options) error) error {
	opt := a.renderOptions(a.stdout)
	pager := a.pagerCommand()
	if pager != "" && !strings.HasPrefix(filepath.Base(pager), "less") {
		opt.Links = false // few others know the escape sequence
	}
	var b bytes.Buffer
	if err := write(&b, opt); err != nil {
		return err
	}
	_, height, _ := terminalSize(a.stdout)
	if pager == "" || bytes.Count(b.Bytes(), []byte{'\n'}) < height {
		_, err := a.stdout.Write(b.Bytes())
		return err
	}
	return a.runPager(pager, b.Bytes())
}

// pagerCommand returns the command of the pager; "" for none.
func (a *app) pagerCommand() string {
	if _, _, ok := terminalSize(a.stdout); !ok || a.noPager || a.getenv("TERM") == "dumb" {
		return ""
	}
	for _, command := range []string{a.cfg.Pager, a.getenv("PAGER"), "less"} {
		if command = strings.TrimSpace(command); command != "" {
			if command == "cat" {
				return ""
			}
			return command
		}
	}
	return ""
}

// runPager shows text in a pager. If the pager cannot be run, it prints the
// text.
func (a *app) runPager(command string, text []byte) error {
	cmd := exec.Command("sh", "-c", command)
	if runtime.GOOS == "windows" {
		cmd = exec.Command("cmd", "/c", command)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), a.stdout, a.stderr
	cmd.Env = os.Environ()
	for name, value := range map[string]string{"LESS": "FRX", "LESSCHARSET": "utf-8", "LV": "-c"} {
		if a.getenv(name) == "" {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	// Ctrl-C belongs to the pager while it runs.
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	defer signal.Stop(interrupts)

	err := cmd.Run()
	var exit *exec.ExitError
	const notFound = 127 // what sh says of a command that isn't there
	if err == nil || errors.As(err, &exit) && exit.ExitCode() != notFound {
		return nil // the exit code of the pager itself is no error of newsq
	}
	_, err = a.stdout.Write(text)
	return err
}
