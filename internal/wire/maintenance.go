package wire

import (
	"fmt"
	"time"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// SyncReport is what bringing an index in step with its sources did:
// newsq index --json.
type SyncReport struct {
	Format      int            `json:"format"`
	Added       int            `json:"added"` // articles, like the four below
	Updated     int            `json:"updated"`
	Unchanged   int            `json:"unchanged"`
	Removed     int            `json:"removed"`
	Vanished    int            `json:"vanished"`             // gone from the source, and kept
	Moved       int            `json:"moved,omitempty"`      // among the updated: they stood elsewhere, and keep their ids
	Superseded  int            `json:"superseded,omitempty"` // versions that came and don't stand, or no longer
	Withdrawn   int            `json:"withdrawn,omitempty"`  // taken back by their senders
	Withheld    int            `json:"withheld,omitempty"`   // in the source, and removed by hand
	Retagged    int            `json:"retagged,omitempty"`   // other topics, as the rules changed
	Unreadable  []ReadError    `json:"unreadable"`
	Partial     []ReadError    `json:"partial"`         // read, with something cut, mended or left out
	Links       int            `json:"links,omitempty"` // without text, and no articles
	Skipped     int            `json:"skipped"`         // files of an unknown form
	Forms       []Form         `json:"forms,omitempty"` // what was read, by form
	SkippedAs   []Skipped      `json:"skipped_as,omitempty"`
	Indexes     []string       `json:"indexes,omitempty"` // folders of indexes, passed over
	Warnings    []string       `json:"warnings,omitempty"`
	Bytes       int64          `json:"bytes"` // read
	TookMS      float64        `json:"took_ms"`
	Interrupted bool           `json:"interrupted,omitempty"`
	Learned     *Learning      `json:"learned,omitempty"` // what words mean
	Topics      *TopicLearning `json:"learned_topics,omitempty"`
	Saved       []SavedNew     `json:"saved,omitempty"` // the saved searches that articles were added for
}

// SavedNew is how many articles are new in a saved search.
type SavedNew struct {
	Name  string `json:"name"`
	Added int    `json:"added"`           // by this sync
	New   int    `json:"new"`             // since the search was last looked at
	Error string `json:"error,omitempty"` // why it can't be asked
}

func newSavedNew(c index.SavedCount) SavedNew {
	s := SavedNew{Name: c.Search.Name, Added: c.Added, New: c.New}
	if c.Err != nil {
		s.Error = c.Err.Error()
	}
	return s
}

// Learning is what came of learning what words mean.
type Learning struct {
	Model    string  `json:"model"` // its id: the same articles give the same
	Trained  int     `json:"trained"`
	Terms    int     `json:"terms"`
	Articles int     `json:"articles"`
	Bytes    int64   `json:"bytes"`
	TookMS   float64 `json:"took_ms"`
	// Embedded is what came of an endpoint, where vectors are by one.
	Embedded *Embedding `json:"embedded,omitempty"`
}

// Embedding is what asking an endpoint for vectors came to, in articles.
type Embedding struct {
	URL       string `json:"url"`
	Model     string `json:"model"` // its name there
	Dims      int    `json:"dims"`
	Sent      int    `json:"sent"`
	Owed      int    `json:"owed"`
	Refused   int    `json:"refused"`
	Refusal   string `json:"refusal,omitempty"` // why, for one of them
	Forbidden int    `json:"forbidden"`
	Embargoed int    `json:"embargoed"`
	Empty     int    `json:"empty"`
}

func newEmbedding(e *index.EmbedReport) *Embedding {
	if e == nil {
		return nil
	}
	return &Embedding{
		URL: e.URL, Model: e.Model, Dims: e.Dims, Sent: e.Sent, Owed: e.Owed, Refused: e.Refused, Refusal: e.Refusal,
		Forbidden: e.Forbidden, Embargoed: e.Embargoed, Empty: e.Empty,
	}
}

func newLearning(r *index.LearnReport) *Learning {
	if r == nil {
		return nil
	}
	return &Learning{Model: r.Model, Trained: r.Trained, Terms: r.Terms, Articles: r.Articles, Bytes: r.Bytes, TookMS: milliseconds(r.Took), Embedded: newEmbedding(r.Embedded)}
}

// LearnReport is what came of learning: newsq learn --json.
type LearnReport struct {
	Format int `json:"format"`
	Learning
}

// NewLearnReport returns the form of what came of learning.
func NewLearnReport(r *index.LearnReport) LearnReport { return LearnReport{Format, *newLearning(r)} }

// Form is what was read in one form.
type Form struct {
	Form       string `json:"form"`
	Files      int    `json:"files"`
	Articles   int    `json:"articles"`
	Partial    int    `json:"partial"`    // places read in part
	Unreadable int    `json:"unreadable"` // places not read
}

func newForms(forms []index.FormReport) []Form {
	return each(forms, func(f index.FormReport) Form { return Form(f) })
}

// Skipped are files in no form that newsq reads.
type Skipped struct {
	Extension string `json:"extension"`
	Files     int    `json:"files"`
}

func newSkipped(files []index.SkippedFiles) []Skipped {
	return each(files, func(f index.SkippedFiles) Skipped { return Skipped(f) })
}

// ReadError is a place that could not be read, or not as a whole.
type ReadError struct {
	Path  string `json:"path"`
	Line  int    `json:"line,omitempty"`
	Error string `json:"error"`
	Hint  string `json:"hint,omitempty"`
}

// NewSyncReport returns the form of what a sync did. Interrupted says that it
// was stopped before its end.
func NewSyncReport(c *index.SyncReport, interrupted bool) SyncReport {
	return SyncReport{
		Format: Format,
		Added:  c.Added, Updated: c.Updated, Unchanged: c.Unchanged, Removed: c.Removed, Vanished: c.Vanished, Moved: c.Moved, Superseded: c.Superseded, Withdrawn: c.Withdrawn, Withheld: c.Withheld, Retagged: c.Retagged,
		Unreadable: each(c.Unreadable, newReadError), Partial: each(c.Partial, newReadError), Links: c.Links, Skipped: c.Skipped,
		Forms: newForms(c.Forms), SkippedAs: newSkipped(c.SkippedAs),
		Indexes: c.IndexFolders, Warnings: c.Warnings, Bytes: c.Bytes, TookMS: milliseconds(c.Took), Interrupted: interrupted, Learned: newLearning(c.Learned), Topics: newTopicLearning(c.Topics),
		Saved: each(c.Saved, newSavedNew),
	}
}

func newReadError(e *corpus.ReadError) ReadError {
	return ReadError{Path: e.Path, Line: e.Line, Error: fmt.Sprint(e.Err), Hint: e.Hint}
}

// CheckReport is what a check of an index found: newsq check --json.
type CheckReport struct {
	Format   int           `json:"format"`
	Whole    bool          `json:"whole"` // there is no damage
	Articles int           `json:"articles"`
	Files    int           `json:"files"`
	Bytes    int64         `json:"bytes"`
	Damage   []Damage      `json:"damage"`
	Notes    []string      `json:"notes,omitempty"`
	TookMS   float64       `json:"took_ms"`
	Repair   *RepairReport `json:"repair,omitempty"` // where one was made
}

// Damage is a file that is not as it was written.
type Damage struct {
	Path  string `json:"path"`
	Error string `json:"error"`
}

// RepairReport is what a repair came to.
type RepairReport struct {
	Articles         int     `json:"articles"`
	Copied           bool    `json:"copied"` // from a state of the index that was whole
	Lost             []Loss  `json:"lost"`
	DeletionsUnknown bool    `json:"deletions_unknown,omitempty"` // deleted articles may be there again
	DamagedAt        string  `json:"damaged_at"`                  // where the damaged index is kept
	TookMS           float64 `json:"took_ms"`
}

// Loss is an article that could not be saved. Without an id it is one of the
// file at Path, or all of it.
type Loss struct {
	ID    string `json:"id,omitempty"`
	Path  string `json:"path"`
	Error string `json:"error"`
}

// NewCheckReport returns the form of a check, and of the repair that followed;
// repaired may be nil.
func NewCheckReport(r *index.CheckReport, repaired *index.RebuildReport) CheckReport {
	out := CheckReport{
		Format: Format, Whole: r.Whole(), Articles: r.Articles, Files: r.Files, Bytes: r.Bytes,
		Damage: each(r.Damage, func(d index.Damage) Damage { return Damage{Path: d.Path, Error: d.Err.Error()} }),
		Notes:  r.Notes, TookMS: milliseconds(r.Took),
	}
	if repaired != nil {
		out.Repair = &RepairReport{
			Articles: repaired.Articles, Copied: repaired.Whole,
			Lost:             each(repaired.Lost, func(d index.Damage) Loss { return Loss{ID: d.ID, Path: d.Path, Error: fmt.Sprint(d.Err)} }),
			DeletionsUnknown: repaired.Unsure, DamagedAt: repaired.Kept, TookMS: milliseconds(repaired.Took),
		}
	}
	return out
}

// CompactReport is what compacting an index came to: newsq compact --json.
type CompactReport struct {
	Format      int     `json:"format"`
	BytesBefore int64   `json:"bytes_before"`
	BytesAfter  int64   `json:"bytes_after"`
	TookMS      float64 `json:"took_ms"`
}

// NewCompactReport returns the form of what compacting came to.
func NewCompactReport(c *index.CompactReport) CompactReport {
	return CompactReport{Format: Format, BytesBefore: c.Before, BytesAfter: c.After, TookMS: milliseconds(c.Took)}
}

// BackupReport is what a backup came to, or its restoration: newsq backup
// --json and newsq restore --json.
type BackupReport struct {
	Format   int     `json:"format"`
	Articles int     `json:"articles"`
	Bytes    int64   `json:"bytes"`
	BeforeAt string  `json:"before_at,omitempty"` // where the index before is kept
	TookMS   float64 `json:"took_ms"`
}

// NewBackupReport returns the form of what a backup or its restoration came to.
func NewBackupReport(b *index.BackupReport) BackupReport {
	return BackupReport{Format: Format, Articles: b.Articles, Bytes: b.Bytes, BeforeAt: b.Kept, TookMS: milliseconds(b.Took)}
}

// Stats are figures about an index: newsq stats --json.
type Stats struct {
	Format      int              `json:"format"`
	Schema      int              `json:"schema"`
	Articles    int              `json:"articles"`
	Stories     int              `json:"stories"` // that Articles come to, copies of one text being one
	Words       int64            `json:"words"`
	LastWritten time.Time        `json:"last_written,omitzero"`
	Oldest      time.Time        `json:"oldest,omitzero"` // dates of publication
	Newest      time.Time        `json:"newest,omitzero"`
	Outlets     Coverage         `json:"outlets"`
	Languages   Coverage         `json:"languages"`
	Topics      Coverage         `json:"topics"`
	Dates       Dates            `json:"dates"`
	Embargoed   int              `json:"embargoed,omitempty"` // articles that wait, and are not among Articles
	Withdrawn   int              `json:"withdrawn,omitempty"` // that their senders took back
	Versions    int              `json:"versions,omitempty"`  // that are kept and don't stand
	Files       map[string]int64 `json:"files_bytes"`         // by kind of file
	Sections    map[string]int64 `json:"sections_bytes"`      // by kind of section
	Segments    []Segment        `json:"segments"`
	Generations []Generation     `json:"generations"`
	Learned     *Learned         `json:"learned,omitempty"` // what words mean
}

// Coverage is a facet over all articles: how many values there are, and the
// commonest of them.
type Coverage struct {
	Values int          `json:"values"`
	Top    []ValueCount `json:"top"`
}

// ValueCount is a value with the number of articles that have it.
type ValueCount struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

func newCoverage(f index.FacetCounts) Coverage {
	return Coverage{
		Values: len(f.Values) + f.More,
		Top:    each(f.Values, func(v index.FacetValue) ValueCount { return ValueCount{Value: v.Value, Count: v.Count} }),
	}
}

// Dates are numbers of articles by what is known of their date.
type Dates struct {
	WithTime   int `json:"with_time"`
	DayAlone   int `json:"day_alone"`
	None       int `json:"none"`
	OutOfRange int `json:"out_of_range"` // of those with a date
}

// Segment is a file of the index.
type Segment struct {
	Name      string `json:"name"`
	Documents int    `json:"documents"`
	Deleted   int    `json:"deleted"`
	Bytes     int64  `json:"bytes"`
}

// Generation is a state of the index that readers can hold.
type Generation struct {
	Number   uint64   `json:"number"`
	Current  bool     `json:"current"`
	Articles int      `json:"articles"`
	Held     bool     `json:"held"`
	By       []string `json:"by,omitempty"` // processes that hold it
}

// Learned is what an index has learned of what words mean.
type Learned struct {
	Model   string    `json:"model"`
	At      time.Time `json:"at"`
	Trained int       `json:"trained"` // articles
	Terms   int       `json:"terms"`
	Since   int       `json:"since"` // articles that came since, less those that went
	Bytes   int64     `json:"bytes"`
	Damage  string    `json:"damage,omitempty"` // why it can't be used
	// Embedded says whose vectors there are, if they are by an endpoint.
	Embedded *Embedded `json:"embedded,omitempty"`
}

// Embedded describes vectors by an endpoint.
type Embedded struct {
	URL     string `json:"url"`
	Model   string `json:"model"` // its name there
	Dims    int    `json:"dims"`
	Lacking int    `json:"lacking"` // articles without a vector
}

func newLearned(l *index.Learned) *Learned {
	if l == nil {
		return nil
	}
	out := &Learned{Model: l.Model, At: l.Time.UTC(), Trained: l.Trained, Terms: l.Terms, Since: l.Since, Bytes: l.Bytes}
	if e := l.Embedded; e != nil {
		out.Embedded = &Embedded{URL: e.URL, Model: e.Model, Dims: e.Dims, Lacking: e.Lacking}
	}
	if l.Damage != nil {
		out.Damage = l.Damage.Error()
	}
	return out
}

// NewStats returns the form of figures about an index.
func NewStats(s *index.Stats) Stats {
	return Stats{
		Format: Format, Schema: s.Schema, Articles: s.Articles, Stories: s.Stories, Words: s.Tokens, LastWritten: s.Written.UTC(),
		Oldest: s.Oldest, Newest: s.Newest,
		Outlets: newCoverage(s.Outlets), Languages: newCoverage(s.Languages), Topics: newCoverage(s.Topics),
		Dates: Dates{WithTime: s.WithTime, DayAlone: s.WithDay, None: s.Undated, OutOfRange: s.OutOfRange}, Embargoed: s.Embargoed, Withdrawn: s.Withdrawn, Versions: s.Versions,
		Files: s.Files, Sections: s.Sections,
		Segments:    each(s.Segments, func(seg index.SegmentStats) Segment { return Segment(seg) }),
		Learned:     newLearned(s.Learned),
		Generations: each(s.Generations, func(g index.GenerationStats) Generation { return Generation(g) }),
	}
}
