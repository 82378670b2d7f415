package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/newsq/newsq/internal/bench"
	"github.com/newsq/newsq/internal/bench/harness"
)

// container is a large file of a form in which archives are kept, made of generated
// articles.
type container struct {
	name  string
	bytes int64 // to be written; 0 for mails
	mails int
	write func(w io.Writer, i int, a *harness.Article) error
}

const giga = 1_000_000_000

var containers = []container{
	{"jsonl-1g.jsonl", giga, 0, writeLine},
	{"warc-1g.warc", giga, 0, writeCapture},
	{"mbox-10k.mbox", 0, 10_000, writeMail},
}

// measureForms writes large files of some forms, and has them indexed by newsq.
func measureForms(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("forms", flag.ContinueOnError)
	flags.SetOutput(stderr)
	data := flags.String("data", os.Getenv("NEWSQ_DATA"), "folder of real corpora")
	dir := flags.String("dir", defaultDir(), "folder to write to")
	newsq := flags.String("newsq", "newsq", "the command to measure")
	writeOnly := flags.Bool("write", false, "write the files, and measure nothing")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if err := os.MkdirAll(*dir, 0o755); err != nil {
		return err
	}
	if *writeOnly {
		return writeContainers(*data, *dir)
	}
	if err := again(ctx, stderr, "forms", "-write", "-data", *data, "-dir", *dir); err != nil {
		return err
	}
	for i := range containers {
		c := &containers[i]
		if err := measureForm(ctx, *newsq, filepath.Join(*dir, c.name), stdout, stderr); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

// writeContainers writes the files that are not there yet.
func writeContainers(data, dir string) error {
	var g *bench.Generator
	for i := range containers {
		c := &containers[i]
		path := filepath.Join(dir, c.name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if g == nil {
			real, err := bench.ReadCorpus(filepath.Join(data, "allsides", "articles.jsonl.gz"))
			if err != nil {
				return err
			}
			if g, err = bench.NewGenerator(real, seed); err != nil {
				return err
			}
		}
		if err := c.file(path, g); err != nil {
			return err
		}
	}
	return nil
}

// file writes the container to a file.
func (c *container) file(path string, g *bench.Generator) (err error) {
	f, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close(), os.Rename(path+".part", path)) }()
	counted := &countingWriter{w: bufio.NewWriterSize(f, 1<<20)}
	for i := 0; c.mails > 0 && i < c.mails || c.mails == 0 && counted.n < c.bytes; i++ {
		a := g.Article(i)
		if err := c.write(counted, i, &a); err != nil {
			return err
		}
	}
	return counted.w.Flush()
}

type countingWriter struct {
	w *bufio.Writer
	n int64
}

func (c *countingWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

func writeLine(w io.Writer, _ int, a *harness.Article) error { return json.NewEncoder(w).Encode(a) }

// page returns a web page of an article, with the things around it that pages have.
func page(i int, a *harness.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s - The Coast</title>\n", html.EscapeString(a.Title))
	fmt.Fprintf(&b, "<meta property=\"og:site_name\" content=\"The Coast\"><meta property=\"article:published_time\" content=\"%sT10:00:00Z\">\n", cmp.Or(a.Date, "2020-01-01"))
	for n := range 40 {
		fmt.Fprintf(&b, "<script>window.slot%d = {\"id\": %d, \"sizes\": [[300, 250], [728, 90]], \"path\": \"/coast/articles/%d\"};</script>\n", n, n*7+i, i)
	}
	b.WriteString("</head><body><header><nav><ul>\n")
	for n := range 60 {
		fmt.Fprintf(&b, "<li><a href=\"/section/%d\">Section %d of the paper</a></li>\n", n, n)
	}
	fmt.Fprintf(&b, "</ul></nav></header>\n<main><article><h1>%s</h1>\n<p class=\"byline\">By Ada Okoye</p>\n", html.EscapeString(a.Title))
	for p := range strings.SplitSeq(a.Text, "\n") {
		if strings.TrimSpace(p) != "" {
			fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(p))
		}
	}
	b.WriteString("</article></main><aside><h2>More from The Coast</h2><ul>\n")
	for n := range 40 {
		fmt.Fprintf(&b, "<li><a href=\"/2020/%d\">Another story, number %d, that readers liked</a></li>\n", n, n)
	}
	b.WriteString("</ul></aside><footer>Copyright The Coast</footer></body></html>\n")
	return b.String()
}

// writeCapture writes a response record of WARC 1.1.
func writeCapture(w io.Writer, i int, a *harness.Article) error {
	p := page(i, a)
	message := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(p), p)
	_, err := fmt.Fprintf(w, "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\n"+
		"WARC-Date: 2026-01-05T10:00:00Z\r\nWARC-Target-URI: https://coast.example/articles/%d\r\n"+
		"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, i, len(message), message)
	return err
}

// writeMail writes a newsletter.
func writeMail(w io.Writer, i int, a *harness.Article) error {
	at := time.Date(2024, 1, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
	title := strings.Join(strings.Fields(a.Title), " ")
	_, err := fmt.Fprintf(w, "From news@coast.example %s\nFrom: The Coast <news@coast.example>\nTo: reader@example.org\nSubject: %s\nDate: %s\n"+
		"Message-ID: <%d@coast.example>\nList-Id: The Coast Daily <daily.coast.example>\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/alternative; boundary=\"b%d\"\n\n--b%d\nContent-Type: text/plain; charset=utf-8\n\n%s\n\n--b%d\n"+
		"Content-Type: text/html; charset=utf-8\n\n%s\n--b%d--\n\n",
		at.Format("Mon Jan _2 15:04:05 2006"), title, at.Format(time.RFC1123Z), i, i, i, quoteFrom(a.Text), i, quoteFrom(page(i, a)), i)
	return err
}

// quoteFrom marks lines that would begin another mail.
func quoteFrom(s string) string { return strings.ReplaceAll("\n"+s, "\nFrom ", "\n>From ")[1:] }

// measureForm has a file indexed, and prints how fast that was and what it took.
func measureForm(ctx context.Context, newsq, path string, stdout, stderr io.Writer) error {
	idx, err := os.MkdirTemp("", "newsq-forms-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(idx)
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, newsq, "index", "-i", filepath.Join(idx, "idx"), path)
	cmd.Stderr = stderr
	start := time.Now()
	out, err := cmd.Output()
	took := time.Since(start)
	if err != nil {
		return err
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	_, err = fmt.Fprintf(stdout, "%s: %d MB, %.1f MB/s, %.1f MB per CPU second, peak memory %d MB\n  %s",
		filepath.Base(path), info.Size()/1e6, float64(info.Size())/1e6/took.Seconds(), float64(info.Size())/1e6/cpu.Seconds(),
		harness.PeakMemory(cmd.ProcessState)/1e6, out)
	return err
}
