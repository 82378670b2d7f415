package wire

import "github.com/newsq/newsq/index/eval"

// Evaluation is how good a ranking is: newsq eval --json.
type Evaluation struct {
	Format   int           `json:"format"`
	Queries  int           `json:"queries"` // that are judged; the means are over them
	Measures []MeasureMean `json:"measures"`
	PerQuery []QueryScores `json:"per_query,omitempty"`
	Warnings []string      `json:"warnings,omitempty"`
}

// MeasureMean is the mean of a measure over the judged queries.
type MeasureMean struct {
	Name     string        `json:"name"` // as trec_eval has it
	Value    float64       `json:"value"`
	Baseline *BaselineMean `json:"baseline,omitempty"`
}

// BaselineMean is the mean of a baseline, and how a ranking differs from it.
type BaselineMean struct {
	Value      float64 `json:"value"`
	Difference float64 `json:"difference"` // positive where the ranking is better
	Better     int     `json:"better"`     // queries in which it is
	Worse      int     `json:"worse"`
	P          float64 `json:"p"` // of a paired randomization test
}

// QueryScores are the measures of one query, by name.
type QueryScores struct {
	Query    string             `json:"query"` // its id
	Scores   map[string]float64 `json:"scores"`
	Baseline map[string]float64 `json:"baseline,omitempty"`
}

// NewEvaluation returns the form of a report, with each query if perQuery. Against
// may be nil.
func NewEvaluation(r *eval.Report, against *eval.Contrast, perQuery bool, warnings []string) Evaluation {
	e := Evaluation{Format: Format, Queries: len(r.Queries), Warnings: warnings}
	for i, v := range r.Mean {
		m := MeasureMean{Name: eval.Measure(i).String(), Value: v}
		if against != nil {
			c := against.Comparisons[i]
			m.Baseline = &BaselineMean{Value: against.Baseline.Mean[i], Difference: c.Delta, Better: c.Better, Worse: c.Worse, P: c.P}
		}
		e.Measures = append(e.Measures, m)
	}
	if !perQuery {
		return e
	}
	for i, id := range r.Queries {
		q := QueryScores{Query: id, Scores: byName(r.Each[i])}
		if against != nil {
			q.Baseline = byName(against.Baseline.Each[i])
		}
		e.PerQuery = append(e.PerQuery, q)
	}
	return e
}

func byName(s eval.Scores) map[string]float64 {
	named := make(map[string]float64, len(s))
	for m, v := range s {
		named[eval.Measure(m).String()] = v
	}
	return named
}
