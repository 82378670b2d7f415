package index

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/enrich"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/topic/learned"
)

// What topics are learned, and when.
const (
	// minLabelled is how many articles must state a topic, and how many others there must be:
	// with fewer, whether it can be told can't be measured either.
	minLabelled = 20
	// A topic whose decisions on held out articles agree less with what is stated is left
	// out. Labels that are at random, or tell of other things than what the text is about, are
	// below; a reader believes what is right three times of five.
	minTopicF1        = .4
	minTopicPrecision = .6
	// grownShare is by what part labels must have grown to learn anew: a fifth.
	grownShare = 5
)

// What is learned from at most: some minute of processor time.
const (
	maxSample = 50_000    // articles
	minSample = 10_000    // articles, where there are many topics
	maxPairs  = 5_000_000 // articles times topics
)

// TrainTopicsOptions says how to learn topics; nil means the zero TrainTopicsOptions.
type TrainTopicsOptions struct {
	// Progress, when not nil, is called now and then, with how many hundredths are done.
	Progress func(done, total int)
}

// TrainTopicsReport is what learning topics came to.
type TrainTopicsReport struct {
	Model    string // its version; the same articles give the same
	Labelled int    // articles that state topics
	Trained  int    // of these, that were learned from: one of copies each, at most 50,000
	Terms    int    // words, by their stems, that it knows
	Bytes    int    // that it takes
	Topics   []TrainedTopic
	Articles int // that were looked at for topics
	Changed  int // of these, with other topics now
	Took     time.Duration
}

// TrainedTopic is how well a topic can be told. The figures are of decisions on articles
// that were held out, compared with what these state.
type TrainedTopic struct {
	Topic                 string
	Articles              int // that state it, or one below it, of those learned from
	F1, Precision, Recall float64
	// Kept says that articles are given the topic. Others can't be told well enough.
	Kept bool
}

// ErrFewLabels: no topic is stated by 20 articles and not by 20 others.
var ErrFewLabels = errors.New("no topic is stated by 20 articles, and not by 20 others")

// TrainTopics learns topics from the articles that state them, and gives all articles the
// topics so learned, beside those that they state and those by rules: each topic that 20
// articles state, or topics below it, and that can be told, on articles held out, with a
// precision of .6 and an F1 of .4 at least. Of more than 50,000 articles, those are learned
// from that have the smallest hashes of their ids, of rare topics all. Articles without a
// stated topic are not: nobody said what they are about. Nothing but the index is read.
//
// Sync does so by itself when topics can be learned first, and when the articles that state
// any are more by a fifth, unless Options.NoLearn is set.
func (ix *Index) TrainTopics(ctx context.Context, o *TrainTopicsOptions) (TrainTopicsReport, error) {
	if err := ix.checkWritable("learn topics"); err != nil {
		return TrainTopicsReport{}, err
	}
	var progress func(done, total int)
	if o != nil {
		progress = o.Progress
	}
	r, err := ix.trainTopics(ctx, progress)
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = ctx.Err()
	} else if err != nil {
		err = fmt.Errorf("learn topics: %w", err)
	}
	return r, err
}

// trainTopics learns topics, keeps the model, and derives the topics of all articles anew.
func (ix *Index) trainTopics(ctx context.Context, progress func(done, total int)) (TrainTopicsReport, error) {
	start := time.Now()
	before, err := ix.stages(ctx)
	if err != nil {
		return TrainTopicsReport{}, err
	}
	t := &topicTraining{trainer: learned.NewTrainer(), progress: progress}
	for range runtime.GOMAXPROCS(0) {
		t.builders = append(t.builders, newDocBuilder(&enrich.Pipeline{}))
	}
	if err := t.gather(ctx, ix.engine); err != nil {
		return t.report, err
	}
	model, err := t.train(ctx)
	if err != nil {
		return t.report, err
	}
	if err := ix.engine.WriteSetting(ctx, engine.TopicModelSetting, model.Bytes()); err != nil {
		return t.report, fmt.Errorf("keep the model: %w", err)
	}
	ix.model.set(model)
	err = ix.giveLearned(ctx, before, t)
	t.report.Took = time.Since(start)
	return t.report, err
}

// giveLearned gives all articles their topics by the model that was just learned. Where
// nothing else has changed, what their texts name is kept.
func (ix *Index) giveLearned(ctx context.Context, before *enrich.Pipeline, t *topicTraining) error {
	stages, err := ix.stages(ctx)
	if err != nil {
		return err
	}
	ix.changes.Lock()
	defer ix.changes.Unlock()
	d, err := ix.deriveTopics(ctx, before, stages, nil, func(done, total int) { t.tell(deriveFrom, 100, done, total) })
	t.report.Articles, t.report.Changed = d.report.Articles, d.report.Changed
	return err
}

// topicTraining is learning under way.
type topicTraining struct {
	trainer  *learned.Trainer
	builders []*docBuilder
	sample   *topicSample
	progress func(done, total int) // may be nil
	report   TrainTopicsReport
}

// The hundredths of the whole at which its parts end: reading, and training.
const (
	trainFrom  = 30
	deriveFrom = 60
)

// tell tells of a part that goes from a hundredth of the whole to another one.
func (t *topicTraining) tell(from, to, done, total int) {
	if t.progress != nil && total > 0 {
		t.progress(from+(to-from)*done/total, 100)
	}
}

// gather hands the articles that state topics to the trainer.
func (t *topicTraining) gather(ctx context.Context, e engine.Engine) (err error) {
	snap, err := e.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))) }()
	labels, err := statedTopics(ctx, snap)
	if err != nil {
		return err
	}
	if !learnable(labels) {
		return ErrFewLabels
	}
	t.sample = newTopicSample(labels)
	t.report.Labelled = labels[0].Below
	seen := 0
	inSample := func(a *engine.StoredArticle) bool { // and counts what was seen
		seen++
		rate := t.sample.rate(a.Article.Topics)
		return rate > 0 && learned.Sampled(a.Article.ID, rate)
	}
	for group, err := range groups(snap.Articles(ctx), inSample) {
		if err == nil {
			err = t.add(ctx, group)
		}
		if err != nil {
			return err
		}
		t.tell(0, trainFrom, seen, snap.Len())
	}
	return nil
}

// add analyses some articles on all processors, and hands them to the trainer.
func (t *topicTraining) add(ctx context.Context, group []engine.StoredArticle) error {
	texts := make([]*match.Encoded, len(group))
	var wg sync.WaitGroup
	for first, b := range t.builders {
		wg.Go(func() {
			for i := first; i < len(group); i += len(t.builders) {
				texts[i] = b.encode(&group[i].Article)
			}
		})
	}
	wg.Wait()
	for i := range group {
		a := &group[i].Article
		t.trainer.Add(&learned.Example{
			ID: a.ID, Story: group[i].Story, Text: texts[i], Topics: statedPaths(a), Weight: 1 / t.sample.rate(a.Topics),
		})
	}
	return ctx.Err()
}

// statedPaths returns the topics that an article came with.
func statedPaths(a *corpus.Article) (paths []string) {
	for i := range a.Topics {
		if a.Topics[i].Origin == corpus.Stated {
			paths = append(paths, a.Topics[i].Path)
		}
	}
	return paths
}

// train learns from what was gathered.
func (t *topicTraining) train(ctx context.Context) (*learned.Model, error) {
	model, r, err := t.trainer.Train(ctx, learned.Options{
		MinArticles: minLabelled, MinF1: minTopicF1, MinPrecision: minTopicPrecision, Labelled: t.report.Labelled,
		Progress: func(done, total int) { t.tell(trainFrom, deriveFrom, done, total) },
	})
	if errors.Is(err, learned.ErrTooFew) {
		return nil, ErrFewLabels
	}
	if err != nil {
		return nil, err
	}
	t.report.Model, t.report.Trained, t.report.Terms, t.report.Bytes = model.Version(), r.Articles, r.Terms, len(model.Bytes())
	for _, topic := range r.Topics {
		t.report.Topics = append(t.report.Topics, TrainedTopic{
			Topic: topic.Path, Articles: topic.Articles, F1: topic.F1, Precision: topic.Precision, Recall: topic.Recall, Kept: topic.Kept,
		})
	}
	return model, nil
}

// statedTopics counts the articles by the topics that they state. The first one, of the path
// "", counts all that state any; the list is empty where there are none.
func statedTopics(ctx context.Context, snap engine.Snapshot) ([]enrich.TopicCount, error) {
	return countTopics(ctx, snap, match.All{}, nil, []corpus.Origin{corpus.Stated})
}

// learnable reports whether a topic is stated by enough articles, and not by enough others.
func learnable(labels []enrich.TopicCount) bool {
	for i := range labels {
		if l := &labels[i]; l.Path != "" && l.Own > 0 && l.Below >= minLabelled && labels[0].Below-l.Below >= minLabelled {
			return true
		}
	}
	return false
}

// topicSample says which of the articles with stated topics are learned from: at a rate for
// each topic, so that all of rare topics are.
type topicSample struct {
	counts map[string]int
	most   int // articles of a topic; 0 for all
}

// newTopicSample makes a sample of counts by topic, of which the first is that of all.
func newTopicSample(labels []enrich.TopicCount) *topicSample {
	s := &topicSample{counts: make(map[string]int, len(labels))}
	topics := 0
	for _, l := range labels[1:] {
		if s.counts[l.Path] = l.Own; l.Below >= minLabelled {
			topics++
		}
	}
	size := min(maxSample, max(minSample, maxPairs/max(topics, 1)))
	if labels[0].Below <= size {
		return s
	}
	// The largest share of a topic with which the topics together have no more.
	low, high := 1, size
	for low < high {
		s.most = (low + high + 1) / 2
		sum := 0
		for _, n := range s.counts {
			sum += min(n, s.most)
		}
		if sum <= size {
			low = s.most
		} else {
			high = s.most - 1
		}
	}
	s.most = low
	return s
}

// rate returns the part of articles with these topics that is learned from: that of the
// rarest topic which they state; 0 if they state none.
func (s *topicSample) rate(topics []corpus.Topic) float64 {
	rate := 0.0
	for i := range topics {
		if topics[i].Origin != corpus.Stated {
			continue
		}
		n := s.counts[topics[i].Path]
		if s.most == 0 || n <= s.most {
			return 1
		}
		rate = max(rate, float64(s.most)/float64(n))
	}
	return rate
}

// trainIfDue learns topics after a sync, if it should. What fails is a warning: the articles
// are in the index, and the next sync tries again.
func (ix *Index) trainIfDue(ctx context.Context, report *SyncReport, progress func(Progress)) error {
	due, err := ix.trainingIsDue(ctx, report)
	if err == nil && due {
		var r TrainTopicsReport
		r, err = ix.trainTopics(ctx, func(done, _ int) {
			if progress != nil {
				progress(Progress{Report: *report, LearningTopics: done})
			}
		})
		if err == nil {
			report.Topics = &r
		}
	}
	if errors.Is(err, ErrFewLabels) {
		return nil
	}
	if err != nil && ctx.Err() == nil {
		report.Warnings = append(report.Warnings, fmt.Sprintf("topics could not be learned: %v", err))
		return nil
	}
	return err
}

// trainingIsDue reports whether topics can be learned first, or labels have grown.
func (ix *Index) trainingIsDue(ctx context.Context, report *SyncReport) (due bool, err error) {
	model, err := ix.model.load(ctx, ix.engine)
	if err != nil {
		return false, err
	}
	if damage := ix.model.damaged(); damage != nil {
		report.Warnings = append(report.Warnings, fmt.Sprintf("%v; topics are learned anew", damage))
	}
	snap, err := ix.engine.Snapshot(ctx)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, snap.Close(context.WithoutCancel(ctx))) }()
	labels, err := statedTopics(ctx, snap)
	if err != nil || !learnable(labels) {
		return false, err
	}
	return model == nil || labels[0].Below >= model.Labelled()+max(1, model.Labelled()/grownShare), nil
}
