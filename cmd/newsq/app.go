package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/log"
	"github.com/muesli/termenv"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/config"
	"github.com/newsq/newsq/internal/render"
)

// app is what the commands share: the streams, the settings, and the flags
// that all commands have.
type app struct {
	args           []string // of the command line; proposed commands repeat them
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string

	cfg    config.Config
	cfgErr error          // reported when a command runs, so that help always works
	zone   *time.Location // of dates; nil means that of the system

	// Values of the flags that all commands have.

	indexFlagValue string
	color          string
	noPager        bool

	includeEmbargoed bool // a flag of those commands that have it
	canWait          bool // the command has the flag --wait
	warnedOfSecrets  bool // see warnOfSecrets
	warnedOfKey      bool // see embeddings

	helpErr error // why there is no help; cobra takes no error of its help
}

func newApp(args []string, stdin io.Reader, stdout, stderr io.Writer) *app {
	a := &app{args: args, stdin: stdin, stdout: stdout, stderr: stderr, getenv: os.Getenv}
	a.cfg, a.cfgErr = config.Load(config.File(a.getenv), os.Environ())
	if a.cfgErr == nil && a.cfg.Timezone != "" {
		a.zone, a.cfgErr = time.LoadLocation(a.cfg.Timezone)
		if a.cfgErr != nil {
			a.cfgErr = fmt.Errorf(`setting timezone: %w; write one such as "Europe/Berlin"`, a.cfgErr)
		}
	} else if zone, err := time.LoadLocation(strings.TrimPrefix(a.getenv("TZ"), ":")); err == nil && a.getenv("TZ") != "" {
		a.zone = zone // the same as time.Local, with its name, which cursors keep
	}
	return a
}

// now returns the present in the zone of dates.
func (a *app) now() time.Time {
	if a.zone == nil {
		return time.Now()
	}
	return time.Now().In(a.zone)
}

// maxWidth is the most columns that results take on a wide terminal. In longer
// lines the eye does not find the next one.
const maxWidth = 100

// minWidth is the least that COLUMNS may ask for. In fewer columns no line of
// results can be read.
const minWidth = 20

// renderOptions returns how to write to w. Off a terminal, the output depends
// only on flags, the index and COLUMNS.
func (a *app) renderOptions(w io.Writer) render.Options {
	width, _, onTerminal := terminalSize(w)
	if !onTerminal {
		return render.Options{Width: min(a.columns(), maxWidth), Color: a.useColor(false), Location: a.zone}
	}
	color := a.useColor(true)
	return render.Options{Width: min(width, maxWidth), Color: color, Links: color, Timing: true, Location: a.zone}
}

// columns is the width that COLUMNS asks for off a terminal, where a program
// such as watch or fzf shows the output later; 0 where it doesn't.
func (a *app) columns() int {
	n, err := strconv.Atoi(a.getenv("COLUMNS"))
	if err != nil || n < minWidth {
		return 0
	}
	return n
}

// terminalSize returns the size of the terminal that w is; ok is false where it
// is none.
func terminalSize(w io.Writer) (width, height int, ok bool) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, 0, false
	}
	width, height, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		return 80, 24, true
	}
	return width, height, true
}

// useColor decides whether to use colour: by --color, else by NO_COLOR, else by
// CLICOLOR_FORCE, else by whether the output goes to a terminal.
func (a *app) useColor(onTerminal bool) bool {
	switch {
	case a.color == "always":
		return true
	case a.color == "never", a.getenv("NO_COLOR") != "":
		return false
	case a.getenv("CLICOLOR_FORCE") != "" && a.getenv("CLICOLOR_FORCE") != "0":
		return true
	}
	return onTerminal && a.getenv("TERM") != "dumb" && a.getenv("CLICOLOR") != "0"
}

// lineWriter fits the lines of the logger into the columns there are. It also
// hides from the logger that a writer is a terminal: otherwise the logger, when
// it is made, asks the terminal for its colours, waits for the answer, and
// swallows what was typed meanwhile.
type lineWriter struct {
	w     io.Writer
	width int // 0: as wide as they come
}

func (l lineWriter) Write(p []byte) (int, error) {
	if l.width == 0 {
		return l.w.Write(p)
	}
	lines := strings.Split(string(p), "\n")
	for i, line := range lines {
		lines[i] = fit(line, l.width)
	}
	if _, err := io.WriteString(l.w, strings.Join(lines, "\n")); err != nil {
		return 0, err
	}
	return len(p), nil
}

// messageWidth returns the columns for messages on w: those of the terminal or of
// COLUMNS; 0 where nobody says.
func (a *app) messageWidth(w io.Writer) int {
	width, _, _ := terminalSize(w)
	if width == 0 {
		width = a.columns()
	}
	if width == 0 {
		return 0
	}
	return max(width, minWidth)
}

// logger returns a logger of messages for a person, on w.
func (a *app) logger(w io.Writer) *log.Logger {
	l := log.NewWithOptions(lineWriter{w, a.messageWidth(w)}, log.Options{Level: log.InfoLevel})
	styles := log.DefaultStyles()
	for level, name := range map[log.Level]string{
		log.InfoLevel: "note:", log.WarnLevel: "warning:", log.ErrorLevel: "error:",
	} {
		styles.Levels[level] = styles.Levels[level].SetString(name).MaxWidth(len(name)).Bold(true)
	}
	l.SetStyles(styles)
	l.SetColorProfile(termenv.Ascii)
	if a.renderOptions(w).Color {
		l.SetColorProfile(termenv.ANSI)
	}
	return l
}

// indexDir returns the folder of the index, or its URL.
func (a *app) indexDir() (string, error) {
	wd, err := os.Getwd()
	if err != nil {
		return "", err
	}
	dir, err := config.Locate(a.indexFlagValue, wd, a.getenv)
	if errors.Is(err, config.ErrNoHome) {
		return "", &commandError{err: err, hint: "set HOME, or name the folder of the index:  -i FOLDER, or NEWSQ_INDEX=FOLDER"}
	}
	return dir, err
}

// openIndex opens the index for reading.
func (a *app) openIndex(ctx context.Context) (*index.Index, error) {
	dir, err := a.indexDir()
	if err != nil {
		return nil, err
	}
	aliases, err := a.loadAliases()
	if err != nil {
		return nil, err
	}
	if ctx, err = a.reach(ctx, dir); err != nil { // completions come here without more
		return nil, err
	}
	embeddings, err := a.embeddings()
	if err != nil {
		return nil, err
	}
	o := &index.Options{ReadOnly: true, Aliases: aliases, Embeddings: embeddings, IncludeEmbargoed: a.includeEmbargoed}
	ix, err := index.Open(ctx, dir, o)
	if errors.Is(err, index.ErrOutdated) {
		if err := a.rebuildIndex(ctx, dir); err != nil {
			return nil, err
		}
		ix, err = index.Open(ctx, dir, o)
	}
	return ix, a.explainIndexError(err, dir)
}

// addEmbargoFlag adds the flag to a command that shows articles.
func (a *app) addEmbargoFlag(f *pflag.FlagSet) {
	f.BoolVar(&a.includeEmbargoed, "include-embargoed", a.cfg.IncludeEmbargoed, "also what its sender embargoed until a time that is not yet")
}

// rebuildIndex rebuilds an index of an older version for this one.
func (a *app) rebuildIndex(ctx context.Context, dir string) error {
	a.logger(a.stderr).Info("the index is of an older version of newsq and is now rebuilt from its articles")
	_, err := index.Rebuild(ctx, dir, nil)
	return a.explainIndexError(err, dir)
}

// loadAliases reads the file of aliases that the setting names. Nil means that
// the index uses its own.
func (a *app) loadAliases() (*index.Aliases, error) {
	if a.cfg.Aliases == "" {
		return nil, nil
	}
	path, err := config.ExpandHome(a.cfg.Aliases)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, &commandError{err: fmt.Errorf("setting aliases: %w", err), hint: "name a YAML file, or leave the setting out for the built-in names"}
	}
	defer f.Close()
	return index.ParseAliases(f, path)
}

// explainIndexError returns an error of the index at a location, a folder or a URL,
// together with what to do about it.
func (a *app) explainIndexError(err error, dir string) error {
	if err == nil {
		return nil
	}
	again := a.programName() + " index" + a.indexFlag() + " FOLDER"
	if isFile(dir) {
		return &commandError{err: errors.New("there is no index at " + dir + ", which is a file"), hint: "an index is a folder; name another with -i"}
	}
	switch {
	case errors.Is(err, index.ErrNoIndex):
		return &commandError{err: errors.New("there is no index at " + dir), hint: "make one from a folder of articles:  " + again +
			"\nsee how it works first:  " + a.programName() + " demo"}
	case errors.Is(err, index.ErrLocked):
		return &commandError{err: err, hint: a.lockedHint(dir)}
	case errors.Is(err, index.ErrSnapshotGone):
		return &commandError{err: err, hint: "a server lost what was being read; nothing of the index is lost: run the same command again, which goes on"}
	case errors.Is(err, index.ErrOutdated):
		return &commandError{err: err, hint: "make it anew from its articles first:  " + a.programName() + " stats" + a.indexFlag()}
	case errors.Is(err, index.ErrDamaged):
		return &commandError{err: err, hint: "see what is damaged:  " + a.programName() + " check" + a.indexFlag() +
			"\nsave what can be saved:  " + a.programName() + " check --repair" + a.indexFlag()}
	case errors.Is(err, index.ErrServer):
		return &commandError{err: err, hint: "see how the cluster is:  " + a.programName() + " engine status" + a.indexFlag()}
	}
	return err
}

// lockedHint says what to do about another writer of the index at a location.
func (a *app) lockedHint(dir string) string {
	hint := "another newsq writes to " + dir + "; run the same command again when it is done"
	if a.canWait {
		hint += ", or now with  --wait 10m  to wait for it"
	}
	return hint
}

// programName returns the words with which newsq was started.
func (a *app) programName() string {
	exe, err := os.Executable()
	if err == nil && strings.Contains(filepath.ToSlash(exe), "/go-build") {
		return "go run ./cmd/newsq"
	}
	return "newsq"
}

// indexFlag returns the flag that names the index, with a blank before it, if it
// was given on the command line; else "".
func (a *app) indexFlag() string {
	if a.indexFlagValue == "" || a.indexFlagValue == a.cfg.Index {
		return ""
	}
	return " -i " + quoteArg(a.indexFlagValue)
}

// quoteArg quotes an argument for a shell where it needs quotation marks.
func quoteArg(s string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,@%^"
	if s != "" && strings.Trim(s, plain) == "" {
		return s
	}
	return "'" + strings.ReplaceAll(render.Clean(s), "'", `'\''`) + "'"
}
