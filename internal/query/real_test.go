package query

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Questions and headlines that people wrote are queries as they stand. Those
// that are not lack a quotation mark or parenthesis, or shout an operator.
func TestRealDataQueries(t *testing.T) {
	root := os.Getenv("NEWSQ_DATA")
	if root == "" {
		t.Skip("NEWSQ_DATA is not set")
	}
	queries, failures := 0, 0
	for _, collection := range []string{"cran", "cisi", "fnc"} {
		data, err := os.ReadFile(filepath.Join(root, collection, "queries.tsv"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			_, query, _ := strings.Cut(strings.TrimSpace(line), "\t")
			queries++
			n, err := Parse(query)
			if err != nil {
				failures++
				t.Logf("Parse(%s): %v", query, err)
				continue
			}
			checkTree(t, query, n)
		}
	}
	if failures*200 > queries {
		t.Errorf("%d of %d queries fail", failures, queries)
	}
}

func BenchmarkParse(b *testing.B) {
	for _, bench := range []struct{ name, query string }{
		{"words", "north korea nuclear deterrence"},
		{"all", `(north OR korea) -trump title:"nuclear test"~2 presid* date:2023..2024-06 a NEAR/5 b topic:asia^2`},
		{"4096 bytes", strings.Repeat("word ", maxQuery/5)},
		{"4096 parentheses in words", strings.Repeat("a(", maxQuery/2)},
		{"4096 quotation marks", strings.Repeat("a“", maxQuery/4)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseLenient(bench.query)
			}
		})
	}
}
