package rst

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/corpus/internal/reader/readertest"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{
			"a title and fields",
			"Ferries sail again\n##################\n\n:date: 2026-01-05 10:00\n:modified: 2026-01-06\n:authors: Ada Okoye, Li Na\n:tags: ports, tolls\n:summary: They sail\n    again.\n:url: https://example.org/1\n\nThe *first* ferry left at ``noon``. See `the office <https://example.org>`_.\n",
			"title: Ferries sail again\nsummary: They sail again.\nbody: \\nThe first ferry left at noon. See the office.\\n\nauthors: Ada Okoye, Li Na\npublished: 2026-01-05 10:00\nupdated: 2026-01-06\ntopics: ports | tolls\nurl: https://example.org/1\n",
		},
		{
			"lines above and below the title, directives",
			"=======\nFerries\n=======\n\n.. image:: a.png\n   :alt: x\n\nThey sail.\n\n.. a comment\n   of two lines\n\n.. note::\n   The office is closed.\n",
			"title: Ferries\nbody: \\nThey sail.\\n\\n\\n\\nThe office is closed.\\n\n",
		},
		{
			"a list, and a value below its name",
			"Ferries\n=======\n\n:authors: - Okoye, Ada\n          - Li, Na\n:summary:\n    They sail\n    again.\n\nText.\n",
			"title: Ferries\nsummary: They sail again.\nbody: \\nText.\\n\nauthors: Okoye, Ada | Li, Na\n",
		},
		{
			"fields in comments, and what is none",
			"Ferries\n#######\n\n.. tags: ports, tolls\n.. date: 2026/01/05 10:14\n.. _office: https://example.org\n\n.. image:: a.png\n\nText.\n",
			"title: Ferries\nbody: \\n\\nText.\\n\npublished: 2026/01/05 10:14\ntopics: ports | tolls\n",
		},
		{
			"markup in a summary, a field of one's own",
			"Ferries\n#######\n\n:summary: They **sail**.\n:my_field: x\n\nText.\n",
			"title: Ferries\nsummary: They sail.\nbody: \\nText.\\n\n",
		},
		{"no title", "They sail.\n\n- one\n", "body: They sail.\\n\\n- one\\n\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			recs, faults := readertest.Read(t, Read, "a.rst", tt.in)
			if d := cmp.Diff(tt.want, readertest.Show(recs)); d != "" || len(faults) > 0 {
				t.Errorf("%v, -want +got:\n%s", faults, d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	readertest.Fuzz(f, Read, "a.rst", "A\n=\n\n:date: x\n  y\n\n.. note::\n  z\n\n*a* ``b`` `c <d>`_\n", "===\nA\n===\n:", "::\n\n:a:\n")
}

func TestDraft(t *testing.T) {
	for in, want := range map[string]bool{"A\n=\n\n:status: draft\n\nB\n": false, "A\n===\n\n:status: draft\n\nB\n": true, "A\n===\n\n:status: published\n\nB\n": false} {
		recs, _ := readertest.Read(t, Read, "a.rst", in)
		if len(recs) != 1 || (recs[0].Handling != nil) != want {
			t.Errorf("%q: withheld is not %v", in, want)
		}
	}
}
