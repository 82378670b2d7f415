package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/render"
	"github.com/newsq/newsq/internal/server/ask"
	"github.com/newsq/newsq/internal/server/problem"
)

// The headers of a stream, which say what a page of JSON says in fields. The total is that
// of the moment before.
const (
	totalHeader   = "Newsq-Total"
	relaxedHeader = "Newsq-Relaxed"
	warningHeader = "Newsq-Warning"
)

// stream answers with every hit, as they are read, so that memory does not depend on how
// many there are. What goes wrong behind the first hit ends the connection, so that
// nobody takes a part for the whole.
func (a *api) stream(w http.ResponseWriter, c *call, form string) error {
	if c.ask.Limit != ask.DefaultLimit || c.ask.Cursor != "" {
		return problem.New(problem.Parameter, "a stream has every hit, and neither limit nor cursor", "leave these out, or ask for a page:  Accept: "+jsonType)
	}
	select {
	case a.streams <- struct{}{}:
		defer func() { <-a.streams }()
	default:
		return problem.New(problem.Busy, "as many streams are read as the server gives at once", "ask again in a while, or for a page")
	}
	ctx, cancel := context.WithTimeout(c.http.Context(), a.StreamTime)
	defer cancel()
	q := c.ask.Query(a.Zone)
	q.NoNear, q.Facets = true, nil
	if err := a.announce(ctx, w, q); err != nil {
		return err
	}
	if form == ask.CSV {
		w.Header().Set("Content-Type", csvType+"; charset=utf-8; header=present")
		w.Header().Set("Content-Disposition", `attachment; filename="newsq.csv"`)
	} else {
		w.Header().Set("Content-Type", ndjsonType)
	}
	if c.http.Method == http.MethodHead {
		return nil
	}
	out := bufio.NewWriterSize(&patientWriter{w, http.NewResponseController(w)}, 64<<10)
	err := a.write(out, form, a.all(ctx, q))
	if flushed := out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		if a.Report != nil && !errors.Is(err, context.Canceled) {
			a.Report(c.http, problem.Of(err))
		}
		panic(http.ErrAbortHandler) //house:allow net/http has no other way to cut an answer off so that the other side sees it
	}
	return nil
}

// announce sets the headers of a stream, and finds out what is wrong with its query.
func (a *api) announce(ctx context.Context, w http.ResponseWriter, q index.Query) error {
	if a.Take != nil {
		release, err := a.Take(ctx)
		if err != nil {
			return err
		}
		defer release()
	}
	q.Limit = -1
	res, err := a.Index.Search(ctx, q)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set(totalHeader, strconv.Itoa(res.Total))
	if res.Relaxed {
		h.Set(relaxedHeader, "true")
	}
	for _, warning := range res.Warnings {
		h.Add(warningHeader, headerText(warning))
	}
	return nil
}

// headerText makes a text fit for a header: ASCII on a line.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}

func (a *api) write(out io.Writer, form string, hits iter.Seq2[index.Hit, error]) error {
	shown := func(yield func(index.Hit, error) bool) {
		for hit, err := range hits {
			a.hide(hit.Article)
			if !yield(hit, err) {
				return
			}
		}
	}
	if form == ask.CSV {
		return render.HitsCSV(out, shown)
	}
	return render.HitsJSONL(out, shown)
}

// patience is how long the other side of a stream may take for a part of it.
const patience = 30 * time.Second

// patientWriter gives each write time anew, where the server's bound is for an answer as a
// whole.
type patientWriter struct {
	io.Writer
	control *http.ResponseController
}

func (w *patientWriter) Write(p []byte) (int, error) {
	// Where deadlines can't be set, that of the server holds.
	_ = w.control.SetWriteDeadline(time.Now().Add(patience))
	return w.Writer.Write(p)
}
