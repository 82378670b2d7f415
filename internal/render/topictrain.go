package render

import (
	"fmt"
	"io"
	"strconv"

	"github.com/dustin/go-humanize"

	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// TrainTopicsReport writes what came of learning topics: how well each can be told, and the
// sum of it.
func TrainTopicsReport(w io.Writer, r *index.TrainTopicsReport, opt Options) error {
	p := newPage(w, opt)
	rows := [][]string{{"topic", "articles", "precision", "recall", "F1", ""}}
	for _, t := range r.Topics {
		state := "learned"
		if !t.Kept {
			state = "left out"
		}
		rows = append(rows, []string{
			Clean(t.Topic), humanize.Comma(int64(t.Articles)), share(t.Precision), share(t.Recall), share(t.F1), state,
		})
	}
	p.writeTable(rows)
	p.writeLine()
	p.writeSummary(TopicsLearned(r))
	p.writeSummary(fmt.Sprintf("%s of %s have other topics now, in %s",
		humanize.Comma(int64(r.Changed)), Count(r.Articles, "article", "articles"), Duration(r.Took)))
	if _, leftOut := keptTopics(r); leftOut > 0 {
		p.writeSummary("what is left out can't be told well enough by the words of its articles")
	}
	return p.err
}

// share writes a number from 0 to 1 as people compare it.
func share(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }

// keptTopics counts the topics that are learned, and those left out.
func keptTopics(r *index.TrainTopicsReport) (kept, leftOut int) {
	for _, t := range r.Topics {
		if t.Kept {
			kept++
		} else {
			leftOut++
		}
	}
	return kept, leftOut
}

// TopicsLearned returns the sentence that tells what was learned of topics.
func TopicsLearned(r *index.TrainTopicsReport) string {
	kept, leftOut := keptTopics(r)
	s := "learned " + Count(kept, "topic", "topics") + " from " + Count(r.Trained, "article", "articles")
	if r.Trained < r.Labelled {
		s += " of the " + humanize.Comma(int64(r.Labelled))
	}
	s += " that state theirs"
	if leftOut > 0 {
		s += "; " + humanize.Comma(int64(leftOut)) + " left out"
	}
	return s
}

// TrainTopicsReportJSON writes what came of learning topics.
func TrainTopicsReportJSON(w io.Writer, r *index.TrainTopicsReport) error {
	return wire.Write(w, wire.NewTrainTopicsReport(r))
}
