package wire

import "github.com/newsq/newsq/corpus"

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
