package wire

import (
	"time"

	"github.com/newsq/newsq/corpus"
)

// RecordType is the field "type" of a Record, by which it is known when it is read
// again.
const RecordType = "newsq article"

// Record is an article in an export, with all that is known of it: a line of newsq
// export --format jsonl.
type Record struct {
	Format int    `json:"format"`
	Type   string `json:"type"` // RecordType
	*corpus.Article
}

// NewRecord returns the form of an article in an export.
func NewRecord(a *corpus.Article) Record {
	return Record{Format: Format, Type: RecordType, Article: a}
}

// Verification is what a check of a folder of evidence found: newsq verify --json.
type Verification struct {
	Format   int              `json:"format"`
	Folder   string           `json:"folder"`
	Whole    bool             `json:"whole"`
	SHA256   string           `json:"sum"`       // of SHA256SUMS
	Noted    bool             `json:"sum_noted"` // it was compared with a sum that was given
	Files    int              `json:"files"`
	Articles int              `json:"articles"`
	Damage   []EvidenceDamage `json:"damage"`
	// MoreDamage counts what is not listed.
	MoreDamage int       `json:"more_damage,omitempty"`
	Newsq      string    `json:"newsq,omitempty"` // that made it
	Made       time.Time `json:"made,omitzero"`
	Query      string    `json:"query"`
	ReadAs     string    `json:"read_as"`
	Generation uint64    `json:"generation"`
	// Index is absent where no index was compared.
	Index *EvidenceComparison `json:"index,omitempty"`
}

// EvidenceDamage is a file that is not as it was made.
type EvidenceDamage struct {
	File string `json:"file"`
	What string `json:"what"`
}

// EvidenceComparison is what became of the articles in an index.
type EvidenceComparison struct {
	Articles    int                  `json:"articles"`
	Unchanged   int                  `json:"unchanged"`
	Differences []EvidenceDifference `json:"differences"`
}

// EvidenceDifference is an article that the index has not as it is in the folder.
type EvidenceDifference struct {
	Rank     int    `json:"rank"`
	ID       string `json:"id"`
	Title    string `json:"title"`
	State    string `json:"state"` // updated, removed, replaced, withdrawn, embargoed
	What     string `json:"what,omitempty"`
	Passages int    `json:"passages"`
	Standing int    `json:"standing"` // of Passages, that the article still has
}
