package corpus

import (
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/table"
)

// tableFormats are tables with an article in each row.
var tableFormats = formatTable{
	{
		name:       "CSV",
		group:      "tables",
		extensions: []string{".csv", ".tsv", ".tab", ".psv"},
		types:      []string{"text/csv", "text/tab-separated-values", "application/csv"},
		kinds:      reader.Text,
		version:    table.Version,
		recognize:  table.Recognize,
		read:       table.Read,
	},
}
