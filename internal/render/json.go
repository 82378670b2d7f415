package render

import (
	"io"
	"iter"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
	"github.com/newsq/newsq/internal/wire"
)

// The functions of this file print the forms of package wire, each on one
// line.

// ResultsJSON writes a page of results. Query is the text that was searched
// for.
func ResultsJSON(w io.Writer, query string, res *index.Results) error {
	return wire.Write(w, wire.NewResults(query, res))
}

// HitsJSONL writes one hit a line, in the form that it has in ResultsJSON, as the
// hits come. It returns the first error among them.
func HitsJSONL(w io.Writer, hits iter.Seq2[index.Hit, error]) error {
	for h, err := range hits {
		if err != nil {
			return err
		}
		if err := wire.Write(w, wire.NewHit(&h)); err != nil {
			return err
		}
	}
	return nil
}

// TimelineJSON writes a timeline of a query.
func TimelineJSON(w io.Writer, tq *index.TimelineQuery, t *index.Timeline) error {
	return wire.Write(w, wire.NewTimeline(tq, t))
}

// CountJSON writes the number of articles that match.
func CountJSON(w io.Writer, query string, res *index.Results) error {
	return wire.Write(w, wire.NewCount(query, res))
}

// ArticleJSON writes an article with all that is known of it.
func ArticleJSON(w io.Writer, a *corpus.Article) error {
	return wire.Write(w, wire.NewArticle(a))
}

// VersionsJSON writes the versions of the article of an id.
func VersionsJSON(w io.Writer, id string, list []index.Version) error {
	return wire.Write(w, wire.NewVersions(id, list))
}

// WithdrawnJSON writes the articles that their senders took back.
func WithdrawnJSON(w io.Writer, list []index.Withdrawal) error {
	return wire.Write(w, wire.NewWithdrawn(list))
}

// AnalysisJSON writes how a query is read. Query is its text.
func AnalysisJSON(w io.Writer, query string, a *index.Analysis) error {
	return wire.Write(w, wire.NewAnalysis(query, a))
}

// SuggestionsJSON writes queries that begin as what was typed.
func SuggestionsJSON(w io.Writer, typed string, suggestions []index.Suggestion) error {
	return wire.Write(w, wire.NewSuggestions(typed, suggestions))
}

// TopicsJSON writes topics with their counts, and as a tree. The rules have the labels and
// codes of topics, and may be nil.
func TopicsJSON(w io.Writer, query string, topics []index.FacetValue, tree *index.TopicTree, rules *index.TopicRules) error {
	return wire.Write(w, wire.NewTopics(query, topics, tree, rules))
}

// TopicTrialJSON writes what rules for topics catch.
func TopicTrialJSON(w io.Writer, t *index.TopicTrial) error {
	return wire.Write(w, wire.NewTopicTrial(t))
}

// TopicsReportJSON writes what rules changed. Interrupted says that applying them
// was stopped before its end.
func TopicsReportJSON(w io.Writer, r *index.ApplyTopicsReport, interrupted bool) error {
	return wire.Write(w, wire.NewTopicsReport(r, interrupted))
}

// SyncReportJSON writes what a sync did. Interrupted says that it was stopped
// before its end.
func SyncReportJSON(w io.Writer, c *index.SyncReport, interrupted bool) error {
	return wire.Write(w, wire.NewSyncReport(c, interrupted))
}

// RemoveReportJSON writes how many articles were removed, or would be, and ids of them.
func RemoveReportJSON(w io.Writer, n int, ids []string, dryRun bool) error {
	return wire.Write(w, wire.NewRemoveReport(n, ids, dryRun))
}

// GoneReportJSON writes what would be pruned.
func GoneReportJSON(w io.Writer, gone []index.SourcePath) error {
	return wire.Write(w, wire.NewGoneReport(gone))
}

// CheckReportJSON writes what a check found, and what came of a repair;
// repaired may be nil.
func CheckReportJSON(w io.Writer, r *index.CheckReport, repaired *index.RebuildReport) error {
	return wire.Write(w, wire.NewCheckReport(r, repaired))
}

// LearnReportJSON writes what came of learning.
func LearnReportJSON(w io.Writer, r *index.LearnReport) error {
	return wire.Write(w, wire.NewLearnReport(r))
}

// CompactReportJSON writes what compacting came to.
func CompactReportJSON(w io.Writer, c *index.CompactReport) error {
	return wire.Write(w, wire.NewCompactReport(c))
}

// BackupReportJSON writes what a backup or its restoration came to.
func BackupReportJSON(w io.Writer, b *index.BackupReport) error {
	return wire.Write(w, wire.NewBackupReport(b))
}

// StatsJSON writes figures about an index.
func StatsJSON(w io.Writer, s *index.Stats) error {
	return wire.Write(w, wire.NewStats(s))
}
