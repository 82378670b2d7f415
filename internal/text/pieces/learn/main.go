// Command learn makes the tables of package pieces anew, from a folder of texts:
//
//	go run ./internal/text/pieces/learn FOLDER >internal/text/pieces/table.bin
//
// The folder has a file SCRIPT.TAG.txt for each column, such as Latn.de.txt, with a
// sentence a line, some hundreds at least; and for more text than that a file
// SCRIPT.TAG.tsv, with a run of one or four letters of words in lower case, a tab, and its
// share of all runs of this length, a line. The tags that follow stand for others: nb and
// nn for Norwegian, srl for Serbian in Latin letters.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/newsq/newsq/internal/text/pieces"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "learn:", err)
		os.Exit(1) //house:allow this is a command, if not one that is installed
	}
}

// settings are what is known of a script beside its texts.
type settings struct {
	name   string
	tags   string      // the columns, in their order
	kin    [][2]string // that are hard to tell apart
	pieces int         // see pieces.Script
}

var scripts = [...]settings{
	{
		name: "Latn",
		tags: "en de fr es pt it nl sv da nb nn fi pl cs sk hu ro tr id ms sw vi ca hr af et lv lt sl sq eu is cy ga tl so az zu yo srl sn",
		kin: [][2]string{
			{"da", "nb"},
			{"da", "nn"},
			{"nb", "sv"},
			{"hr", "srl"},
			{"id", "ms"},
			{"cs", "sk"},
			{"es", "ca"},
			{"es", "pt"},
			{"nl", "af"},
			{"sl", "hr"},
			{"sl", "srl"},
			{"tr", "az"},
			{"sk", "sl"},
			{"ca", "fr"},
		},
		pieces: 2500,
	},
	{
		name:   "Cyrl",
		tags:   "ru uk be bg mk sr kk mn",
		kin:    [][2]string{{"ru", "uk"}, {"ru", "bg"}, {"bg", "mk"}, {"mk", "sr"}, {"uk", "be"}, {"ru", "be"}},
		pieces: 4000,
	},
	{name: "Arab", tags: "ar fa ur", kin: [][2]string{{"ar", "fa"}, {"fa", "ur"}}, pieces: 2000},
	{name: "Deva", tags: "hi mr", kin: [][2]string{{"hi", "mr"}}, pieces: 2000},
}

// standard returns the language of a column.
func standard(tag string) string {
	switch tag {
	case "nb", "nn":
		return "no"
	case "srl":
		return "sr"
	}
	return tag
}

// prior returns what a language costs before any piece: more for those that few
// archives of news are in.
func prior(tag string) int {
	switch tag {
	case "ms":
		return 6
	case "et", "lv", "lt", "sl", "sq", "eu", "is", "cy", "ga", "tl", "so", "az", "zu", "yo", "sn", "kk", "mn", "mr":
		return 2
	case "af", "mk":
		return 1
	}
	return 0
}

func run(args []string, out io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("want the folder of the texts, got %d arguments", len(args))
	}
	var learnt []pieces.Script
	for i := range scripts {
		s, err := scripts[i].read(args[0])
		if err != nil {
			return err
		}
		learnt = append(learnt, s)
	}
	table, err := pieces.Learn(learnt)
	if err != nil {
		return err
	}
	_, err = out.Write(table)
	return err
}

// read reads the texts of a script.
func (s *settings) read(folder string) (pieces.Script, error) {
	script := pieces.Script{Name: s.name, Pieces: s.pieces}
	tags := strings.Fields(s.tags)
	for _, tag := range tags {
		column := pieces.Column{Tag: standard(tag), Prior: prior(tag)}
		base := filepath.Join(folder, s.name+"."+tag)
		err := lines(base+".txt", func(line string) error {
			column.Sentences = append(column.Sentences, line)
			return nil
		})
		if err != nil {
			return script, err
		}
		column.Letters, err = shares(base + ".tsv")
		if err != nil {
			return script, err
		}
		script.Columns = append(script.Columns, column)
	}
	for _, pair := range s.kin {
		script.Kin = append(script.Kin, [2]int{slices.Index(tags, pair[0]), slices.Index(tags, pair[1])})
	}
	return script, nil
}

// shares reads the frequencies of runs of letters, none if there is no such file.
func shares(name string) (map[string]float64, error) {
	if _, err := os.Stat(name); os.IsNotExist(err) {
		return nil, nil
	}
	of := make(map[string]float64)
	err := lines(name, func(line string) error {
		run, number, _ := strings.Cut(line, "\t")
		share, err := strconv.ParseFloat(number, 64)
		of[run] = share
		return err
	})
	return of, err
}

// lines reads a file line by line.
func lines(name string, each func(line string) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for n := 1; s.Scan(); n++ {
		if err := each(s.Text()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return s.Err()
}
