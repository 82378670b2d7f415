package quotation

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestQuoted(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{`He said "we will wait" and left.`, []string{"we will wait"}},
		{`“We will wait,” she said, “and then go.”`, []string{"We will wait,", "and then go."}},
		{"“One.\n\n“Two.\n\n“Three,” he said.", []string{"One.", "Two.", "Three,"}},
		{"\"One.\n\n\"Two,\" he said.", []string{"One.", "Two,"}},
		{`“He told me ‘go away’ twice,” she said.`, []string{"He told me ‘go away’ twice,"}},
		{`“He told me “go away” twice,” she said.`, []string{"He told me “go away” twice,"}},
		{`A 12" pipe and a 6'2" man.`, nil},
		{`The '90s were rock 'n' roll, the voters' choice.`, nil},
		{`‘We will wait for the voters’ choice,’ he said. ‘And that is what we will do.’`, []string{"We will wait for the voters’ choice,", "And that is what we will do."}},
		{`'It's what we can't have in this town,' he said. 'Not here and not now, we said.'`, []string{"It's what we can't have in this town,", "Not here and not now, we said."}},
		{`“We will wait" he said.`, []string{"We will wait"}},
		{`„Wir warten ab“, sagte er.`, []string{"Wir warten ab"}},
		{`»Wir warten ab«, sagte er.`, []string{"Wir warten ab"}},
		{`« Nous attendrons », dit-il.`, []string{"Nous attendrons"}},
		{`”Vi väntar”, sade hon.`, []string{"Vi väntar"}},
		{`「待ちます」と述べた。`, []string{"待ちます"}},
		{`He said “nothing more.`, nil},
		{`<a href="page" title="Top"> "Fine," he said.`, []string{"Fine,"}},
		{`the best (“ever”) and “more“ of it.`, []string{"ever", "more"}},
		{`"" and " " are nothing.`, nil},
		{"“One.\n“Two,” he said.\n“Three.”", []string{"One.", "Two,", "Three."}},
		{"``We will wait,'' he said, ``and go.''", []string{"We will wait,", "and go."}},
		{"''We will wait,'' he said.", nil},
		{`“`, nil},
		{``, nil},
	} {
		var got []string
		for _, s := range quoted(nil, c.body) {
			got = append(got, c.body[s.start:s.end])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s\ngot  %q\nwant %q", c.body, got, c.want)
		}
	}
}

// TestMayQuote: what is read in one pass is what looking for each mark says.
func TestMayQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SampledFrom([]string{"a", " ", "\n", "'", "''", "‘", "’", "“", "‹", "`", "``", "\"", "<b>", "«", "「", "『", "—", "\xe2"})
		body := strings.Join(rapid.SliceOfN(parts, 0, 6).Draw(t, "parts"), "")
		want := false
		for _, mark := range []string{`"`, "“", "”", "„", "«", "»", "「", "『", "‘", "'", "‹", "``"} {
			want = want || strings.Contains(body, mark)
		}
		if got := mayQuote(body); got != want {
			t.Fatalf("%q may quote: %v, want %v", body, got, want)
		}
		want = strings.HasPrefix(body, "'") || strings.HasPrefix(body, "‘")
		if startsSingly(body, "'") || startsSingly(body, "‘") || strings.Contains(body, "‹") {
			want = !strings.Contains(body, "''")
		}
		if got := mayQuoteSingly(body); got != want {
			t.Fatalf("%q may quote in single marks: %v, want %v", body, got, want)
		}
	})
}

// startsSingly reports whether a mark stands behind a blank or at the start of a line.
func startsSingly(body, mark string) bool {
	return strings.Contains(body, " "+mark) || strings.Contains(body, "\n"+mark)
}
