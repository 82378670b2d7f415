package learned

import (
	"cmp"
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"
)

// Options say what topics a model has.
type Options struct {
	// MinArticles is how many articles a topic must have, and how many others there must be.
	MinArticles int
	// Labelled is how many articles have topics, of which those that were added may be a
	// sample. The model says it, so that one can tell when there are more.
	Labelled int
	// MinF1 and MinPrecision are what decisions on articles that were held out must reach.
	// The threshold is raised as far as the precision needs it. 0 for no matter what.
	MinF1, MinPrecision float64
	// Progress, when not nil, is called with how many of the topics are done, by one
	// goroutine at a time.
	Progress func(done, total int)
}

// ErrTooFew: no topic has enough articles.
var ErrTooFew = errors.New("no topic has enough articles to learn from")

// Report is what training came to.
type Report struct {
	Articles int // that were learned from
	LeftOut  int // articles that were more than a Trainer takes
	Terms    int
	Topics   []TopicReport // that have enough articles, by path
}

// TopicReport is how well decisions on a topic agreed with what articles state, on articles
// that were held out.
type TopicReport struct {
	Path                  string
	Articles              int
	F1, Precision, Recall float64
	Kept                  bool // whether the model has it
}

// maxTopics bounds the topics of a model. Where there are more, those that most articles
// have are taken.
const maxTopics = 1000

const (
	folds = 3
	// maxRounds is how often folds are drawn anew: on 90 topics of a news wire, three
	// rounds instead of one add .002 to .003 to F1.
	maxRounds = 3
	// roundsWork is how much training may come to for a second and third round, in terms of
	// articles times topics: some ten seconds.
	roundsWork = 150_000_000
)

// The costs of the machines: of a negative example; and of a positive one as many times as
// much as the power of how many times more negative ones there are, at most ten. Without
// it, the machines of rare topics say no to everything, and their scores are those of noise.
const (
	negativeCost = .5
	costPower    = .3
	maxCostRatio = 10
)

// rareThreshold and rareArticles are the threshold of topics with few articles: that which
// articles set counts as many times as there are, and this one ten times. Those of large
// topics lie around it.
const (
	rareThreshold = -.4
	rareArticles  = 10
)

// Train learns. The Trainer can't be used afterwards. ErrTooFew: there is nothing to learn.
func (t *Trainer) Train(ctx context.Context, o Options) (*Model, Report, error) {
	labels := t.labels
	paths := t.topics(o.MinArticles)
	r := Report{Articles: len(t.rows), LeftOut: t.leftOut}
	if len(paths) == 0 {
		return nil, r, ErrTooFew
	}
	d := t.dataset()
	r.Terms = len(d.terms)
	tr := &training{data: d, options: o, rounds: 1, all: make([]int32, d.matrix.rows())}
	if len(d.matrix.values)*len(paths) <= roundsWork {
		tr.rounds = maxRounds
	}
	for i := range tr.all {
		tr.all[i] = int32(i)
	}
	tr.drawFolds()
	machines, err := tr.trainAll(ctx, paths, labels)
	if err != nil {
		return nil, r, err
	}
	for i := range machines {
		r.Topics = append(r.Topics, machines[i].report)
	}
	machines = slices.DeleteFunc(machines, func(m machine) bool { return !m.report.Kept })
	return newModel(d, machines, o.Labelled), r, nil
}

// topics returns the topics that are learned, sorted.
func (t *Trainer) topics(least int) []string {
	var paths []string
	labels := t.labels
	for path, rows := range labels {
		if t.direct[path] && len(rows) >= max(least, 1) && len(t.rows)-len(rows) >= least {
			paths = append(paths, path)
		}
	}
	if len(paths) > maxTopics {
		slices.SortFunc(paths, func(a, b string) int {
			return cmp.Or(cmp.Compare(len(labels[b]), len(labels[a])), cmp.Compare(a, b))
		})
		paths = paths[:maxTopics]
	}
	slices.Sort(paths)
	return paths
}

// training is a run over all topics.
type training struct {
	data    *dataset
	options Options
	rounds  int
	all     []int32
	// held and seen have the rows of each fold of each round, and the others.
	held, seen [][]int32
}

// machine is what is learned of a topic.
type machine struct {
	weights   []weight // those that aren't 0 after rounding, by column
	scale     float32  // of weights
	bias      float32
	threshold float32
	logistic  logistic
	report    TopicReport
}

// drawFolds parts the rows, for each round by other bits of the hash of their story.
func (t *training) drawFolds() {
	for round := range t.rounds {
		held, seen := make([][]int32, folds), make([][]int32, folds)
		for i, h := range t.data.groups {
			r := random(h + uint64(round))
			fold := int(r.next() % folds)
			for f := range folds {
				if f == fold {
					held[f] = append(held[f], int32(i))
				} else {
					seen[f] = append(seen[f], int32(i))
				}
			}
		}
		t.held, t.seen = append(t.held, held...), append(t.seen, seen...)
	}
}

// trainAll trains a machine for each topic, on all processors.
func (t *training) trainAll(ctx context.Context, paths []string, labels map[string][]int32) ([]machine, error) {
	machines := make([]machine, len(paths))
	next := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range min(runtime.GOMAXPROCS(0), len(paths)) {
		wg.Go(func() {
			w := newWorker(t)
			for i := range next {
				machines[i] = w.train(paths[i], labels[paths[i]])
				mu.Lock()
				if done++; t.options.Progress != nil {
					t.options.Progress(done, len(paths))
				}
				mu.Unlock()
			}
		})
	}
	var err error
	for i := range paths {
		if err = ctx.Err(); err != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	return machines, err
}

// worker trains one machine after the other.
type worker struct {
	*training
	solver   *solver
	positive []bool
	held     []heldOut // of one round
	pooled   []heldOut // of all rounds
}

func newWorker(t *training) *worker {
	return &worker{training: t, solver: newSolver(t.data.matrix), positive: make([]bool, t.data.matrix.rows())}
}

// train trains the machine of a topic, which these articles have, by the order in which
// they were added.
func (w *worker) train(path string, rows []int32) machine {
	clear(w.positive)
	for _, i := range rows {
		w.positive[w.data.order[i]] = true
	}
	negatives := len(w.positive) - len(rows)
	ratio := math.Pow(max(1, float64(negatives)/float64(len(rows))), costPower)
	costs := [2]float32{negativeCost, negativeCost * float32(min(ratio, maxCostRatio))}
	m := machine{report: TopicReport{Path: path, Articles: len(rows)}}
	w.validate(&m, costs)
	if m.report.Kept {
		m.round(w.solver.solve(w.all, w.positive, costs), w.data.places)
	}
	return m
}

// validate sets the threshold of a topic, its probabilities and how good decisions are, by
// articles that are held out.
func (w *worker) validate(m *machine, costs [2]float32) {
	w.pooled = w.pooled[:0]
	sum := 0.0
	for round := range w.rounds {
		w.held = w.held[:0]
		for f := round * folds; f < (round+1)*folds; f++ {
			weights := w.solver.solve(w.seen[f], w.positive, costs)
			for _, i := range w.training.held[f] {
				w.held = append(w.held, heldOut{w.data.matrix.dot(i, weights), w.data.weights[i], w.positive[i]})
			}
		}
		sortHeldOut(w.held)
		sum += float64(bestThreshold(w.held))
		if round == 0 {
			m.logistic = fitLogistic(w.held)
		}
		w.pooled = append(w.pooled, w.held...)
	}
	n := float64(m.report.Articles)
	m.threshold = float32((sum/float64(w.rounds)*n + rareThreshold*rareArticles) / (n + rareArticles))
	precise := true
	if w.options.MinPrecision > 0 {
		sortHeldOut(w.pooled)
		if at, ok := preciseThreshold(w.pooled, m.threshold, w.options.MinPrecision); ok {
			m.threshold = at
		} else {
			precise = false
		}
	}
	a := agreementAt(w.pooled, m.threshold)
	m.report.F1, m.report.Precision, m.report.Recall = a.f1(), a.precision(), a.recall()
	m.report.Kept = precise && m.report.F1 >= w.options.MinF1
}
