package eval

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/newsq/newsq/index"
)

// The figures of rankings are written down, so that a change of them is seen in a
// diff, and a loss fails. After a change that is meant:
//
//	NEWSQ_DATA=... go test ./index/eval -run RealDataFigures -update
var update = flag.Bool("update", false, "write "+figuresFile+" anew")

const figuresFile = "testdata/figures.tsv"

// margin is how far a measure may fall below what is written down. It is a fixed
// one, since what a test of significance says depends on the number of queries.
const margin = .005

// collections are folders of $NEWSQ_DATA.
var collections = []string{"cran", "cisi", "fnc"}

// rankings are what is measured on each collection.
var rankings = []struct {
	name  string
	query index.Query
}{
	{"words", index.Query{Rank: index.RankWords}},
	{"blend", index.Query{Rank: index.RankBlend}},
}

// figures are measured values, by collection and ranking.
type figures map[[2]string]Scores

func TestRealDataFigures(t *testing.T) {
	dir := os.Getenv("NEWSQ_DATA")
	if dir == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	written, err := readFigures(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	measured := make(figures)
	for _, name := range collections {
		c, err := Collection(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		ix := indexed(t, c)
		for _, r := range rankings {
			rep := Evaluate(c.Qrels, rank(t, ix, c, &RankOptions{Query: r.query}))
			t.Logf("%s, %s, %d queries: %v", name, r.name, len(rep.Queries), rep.Mean)
			measured[[2]string{name, r.name}] = rep.Mean
		}
	}
	if *update {
		if err := os.WriteFile(figuresFile, measured.text(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, fault := range compareFigures(written, measured) {
		t.Error(fault)
	}
}

// compareFigures says what is worse than it is written down, and what is not
// written down or not measured.
func compareFigures(written, measured figures) []string {
	var faults []string
	for _, key := range slices.SortedFunc(maps.Keys(measured), byText) {
		before, ok := written[key]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s, %s: not in %s; write it with -update", key[0], key[1], figuresFile))
			continue
		}
		for m, v := range measured[key] {
			if v < before[m]-margin {
				faults = append(faults, fmt.Sprintf("%s, %s: %s fell from %.4f to %.4f", key[0], key[1], Measure(m), before[m], v))
			}
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(written), byText) {
		if _, ok := measured[key]; !ok {
			faults = append(faults, fmt.Sprintf("%s, %s: in %s, and not measured", key[0], key[1], figuresFile))
		}
	}
	return faults
}

func byText(a, b [2]string) int { return slices.Compare(a[:], b[:]) }

// text returns the form of the file: a heading, and a line for each collection and
// ranking.
func (f figures) text() []byte {
	var b bytes.Buffer
	b.WriteString("collection\tranking")
	for m := range Measure(measures) {
		fmt.Fprintf(&b, "\t%s", m)
	}
	b.WriteByte('\n')
	for _, name := range collections {
		for _, r := range rankings {
			fmt.Fprintf(&b, "%s\t%s", name, r.name)
			for _, v := range f[[2]string{name, r.name}] {
				fmt.Fprintf(&b, "\t%.4f", v)
			}
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

func readFigures(path string) (figures, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := make(figures)
	s := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; s.Scan(); n++ {
		columns := strings.Split(s.Text(), "\t")
		if len(columns) != 2+measures {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", path, n, len(columns), 2+measures)
		}
		if n == 1 {
			continue
		}
		var values Scores
		for m := range values {
			if values[m], err = strconv.ParseFloat(columns[2+m], 64); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
		f[[2]string{columns[0], columns[1]}] = values
	}
	return f, s.Err()
}

// The gate itself, and that the file in the repository can be read.
func TestFiguresGate(t *testing.T) {
	written, err := readFigures(figuresFile)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(figuresFile); err != nil || !bytes.Equal(text, written.text()) {
		t.Errorf("%s isn't as it would be written: %v", figuresFile, err)
	}
	if faults := compareFigures(written, written); faults != nil {
		t.Errorf("nothing changed: %q", faults)
	}
	key := [2]string{"cran", "words"}
	changed := maps.Clone(written)
	v := written[key]
	v[MAP] -= margin - 1e-9 // as far as it may
	v[P5] -= margin + 1e-9
	changed[key] = v
	changed[[2]string{"cran", "new"}] = v
	delete(changed, [2]string{"fnc", "words"})
	faults := compareFigures(written, changed)
	if len(faults) != 3 || !strings.Contains(faults[0], "cran, new: not in ") ||
		!strings.Contains(faults[1], "cran, words: P_5 fell from ") || !strings.Contains(faults[2], "fnc, words: in ") {
		t.Errorf("faults: %q", faults)
	}
}
