package render

import (
	"fmt"
	"time"

	"github.com/newsq/newsq/index/export"
)

// ExportReport says what was written to a file.
func ExportReport(r *export.Report, path string, took time.Duration) string {
	return fmt.Sprintf("exported %s to %s: %s, in %s", Count(r.Articles, "article", "articles"), Clean(path), formatBytes(r.Bytes), Duration(took))
}
