package quotation

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

// stride is how many values a group of features has at most.
const stride = 1024

// features are what a model sees of a candidate: each is group*stride + value. All of
// them are of the kind that holds or doesn't.
type features []int32

func (f *features) add(group, value int) { *f = append(*f, int32(group*stride+value)) }

// weights are those of a linear model, by feature.
type weights []float32

// score returns the sum of the weights of some features.
func (w weights) score(f features) float32 {
	var sum float32
	for _, i := range f {
		sum += w[i]
	}
	return sum
}

// model is both linear models.
type model struct {
	quoted  weights // is it a quotation?
	speaker weights // who said it?
}

func newModel() *model {
	return &model{quoted: make(weights, quotedGroups*stride), speaker: make(weights, speakerGroups*stride)}
}

//go:embed weights.tsv
var weightsFile string

// learned returns the model of weights.tsv. That it can be read, a test holds.
var learned = sync.OnceValue(func() *model {
	m, err := parseModel(weightsFile)
	if err != nil {
		panic(err) //house:allow the file is part of the program
	}
	return m
})

// parseModel reads a model as [model.String] writes it.
func parseModel(file string) (*model, error) {
	m := newModel()
	n := 0
	for line := range strings.Lines(file) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 4 {
			return nil, fmt.Errorf("line %d of the weights has %d fields, want 4", n, len(f))
		}
		w, groups := m.quoted, quotedGroups
		if f[0] == "speaker" {
			w, groups = m.speaker, speakerGroups
		} else if f[0] != "quoted" {
			return nil, fmt.Errorf("line %d of the weights is of no model: %q", n, f[0])
		}
		group, err1 := strconv.Atoi(f[1])
		value, err2 := strconv.Atoi(f[2])
		weight, err3 := strconv.ParseFloat(f[3], 32)
		if err1 != nil || err2 != nil || err3 != nil || group < 0 || group >= groups || value < 0 || value >= stride {
			return nil, fmt.Errorf("line %d of the weights is wrong: %q", n, line)
		}
		w[group*stride+value] = float32(weight)
	}
	return m, nil
}

// String returns the weights as a file: a line for each that is not 0, with its model,
// its group of features, its value in it, and the weight, to three digits. Lines that
// begin with # are comments.
func (m *model) String() string {
	var b strings.Builder
	b.WriteString("# model, group of features, value, weight: made by internal/quotation/learn\n")
	for _, part := range [...]struct {
		name string
		w    weights
	}{{"quoted", m.quoted}, {"speaker", m.speaker}} {
		for i, w := range part.w {
			if math.Abs(float64(w)) >= .0005 {
				fmt.Fprintf(&b, "%s\t%d\t%d\t%.3f\n", part.name, i/stride, i%stride, w)
			}
		}
	}
	return b.String()
}

// bucket returns a small number for a count: exact up to 3, and then in steps.
func bucket(n int) int {
	switch {
	case n < 0:
		return 0
	case n <= 3:
		return n
	case n <= 5:
		return 4
	case n <= 8:
		return 5
	case n <= 15:
		return 6
	case n <= 30:
		return 7
	}
	return 8
}

// buckets is how many there are.
const buckets = 9

// bit is 1 for true.
func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
