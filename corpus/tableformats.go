package corpus

import (
	"path/filepath"

	"github.com/newsq/newsq/corpus/internal/office/xlsx"
	"github.com/newsq/newsq/corpus/internal/reader"
	"github.com/newsq/newsq/corpus/internal/table"
	"github.com/newsq/newsq/corpus/internal/table/parquet"
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
		sniff:      table.Recognize,
		read:       table.Read,
	},
	{
		// What Excel calls "Text (Tab delimited)", and the like.
		name:       "table in a text",
		group:      "tables",
		extensions: []string{".txt"},
		types:      []string{"text/plain"},
		kinds:      reader.Text,
		version:    table.Version,
		recognize:  isTableInText,
		read:       table.Read,
	},
	{
		name:       "JSON, by columns",
		group:      "tables",
		extensions: []string{".json"},
		types:      []string{"application/json"},
		kinds:      reader.JSON,
		version:    table.Version,
		recognize:  table.RecognizeColumns,
		read:       table.ReadColumns,
	},
	{
		name:       "JSON, by rows",
		group:      "tables",
		extensions: []string{".json"},
		types:      []string{"application/json"},
		kinds:      reader.JSON,
		version:    table.Version,
		recognize:  table.RecognizeRows,
		read:       table.ReadRows,
	},
	{
		name:       "Parquet",
		group:      "tables",
		extensions: []string{".parquet", ".pq"},
		types:      []string{"application/vnd.apache.parquet", "application/x-parquet"},
		kinds:      reader.Binary | reader.Text,
		version:    parquet.Version,
		recognize:  parquet.Recognize,
		read:       parquet.Read,
	},
	{
		name:       "Excel",
		group:      "tables",
		extensions: []string{".xlsx", ".xlsm"},
		types:      []string{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		kinds:      reader.Zip,
		version:    xlsx.Version,
		recognize:  xlsx.Recognize,
		read:       xlsx.Read,
	},
}

// isTableInText reports whether a text is a table that its name does not tell.
func isTableInText(h *reader.Head) bool {
	switch filepath.Ext(h.Name) {
	case ".csv", ".tsv", ".tab", ".psv":
		return false
	}
	return table.Recognize(h)
}
