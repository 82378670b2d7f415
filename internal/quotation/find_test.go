package quotation

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
)

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string // speaker: quotation
	}{
		{
			"verb behind", "The council met on Monday.\n\n“We will rebuild the bridge by spring,” said Mayor Ana Duarte.",
			[]string{"Ana Duarte: We will rebuild the bridge by spring,"},
		},
		{
			"two parts", `"We lost the vote," Tom Reyes said. "We did not lose the argument."`,
			[]string{"Tom Reyes: We lost the vote,", "Tom Reyes: We did not lose the argument."},
		},
		{
			"before", `Finance Minister Lena Okoye told reporters: "There is no money left in the fund."`,
			[]string{"Lena Okoye: There is no money left in the fund."},
		},
		{
			"according to", `The plan was "a step backwards for every farmer in the valley," according to Peter Lindqvist, who heads the union.`,
			[]string{"Peter Lindqvist: a step backwards for every farmer in the valley,"},
		},
		{
			"pronoun", "Maria Stone runs the port. Critics want her out.\n\n“I am not going anywhere,” she said.",
			[]string{"Maria Stone: I am not going anywhere,"},
		},
		{
			"noun", `"The suspects are in custody," a police spokeswoman said on Friday.`,
			[]string{"a police spokeswoman: The suspects are in custody,"},
		},
		{
			"apposition", `Jonas Berg, the central bank's deputy governor, said "rates will stay where they are until prices fall."`,
			[]string{"Jonas Berg: rates will stay where they are until prices fall."},
		},
		{
			"paragraphs", "Ruth Adeyemi spoke for an hour.\n\n“We came here with nothing,” Adeyemi said. “We built the school ourselves.\n\n“Now they want to close it.”",
			[]string{"Ruth Adeyemi: We came here with nothing,", "Ruth Adeyemi: We built the school ourselves.", "Ruth Adeyemi: Now they want to close it."},
		},
		{
			"title of a work", `She bought "The Old Road" at school, and the so-called "reform" surprised nobody.`, nil,
		},
		{"nothing", "Nothing was said.", nil},
	} {
		var got []string
		for _, q := range NewFinder().Find(c.body, nil) {
			got = append(got, q.Speaker+": "+q.Text)
			if c.body[q.Start:q.End] != q.Text || c.body[q.SpeakerStart:q.SpeakerEnd] != q.SpeakerText {
				t.Errorf("%s: places are wrong: %+v", c.name, q)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}

// TestFindEntities holds that a speaker has the name of the entity.
func TestFindEntities(t *testing.T) {
	body := `Mr. Park answered them. "The talks will go on," Park said.`
	e := corpus.Entity{Name: "Park Min-jun", Kind: corpus.Person}
	for _, text := range []string{"Mr. Park", "Park said"} {
		start := strings.Index(body, text)
		text = strings.TrimSuffix(text, " said")
		e.Mentions = append(e.Mentions, corpus.Mention{Text: text, Start: start, End: start + len(text)})
	}
	got := NewFinder().Find(body, []corpus.Entity{e})
	if len(got) != 1 || got[0].Speaker != "Park Min-jun" || got[0].SpeakerText != "Park" {
		t.Errorf("got %+v", got)
	}
}

func TestStage(t *testing.T) {
	d := Stage().TextDeriver()
	for language, want := range map[string]int{"": 1, "en-GB": 1, "de": 1} {
		a := corpus.Article{Language: language, Body: `"We will rebuild it," said Ana Duarte.`, Quotations: make([]corpus.Quotation, 3)}
		if d.DeriveText(&a); len(a.Quotations) != want {
			t.Errorf("in %q, %d quotations are found, want %d", language, len(a.Quotations), want)
		}
	}
}

func TestParseModel(t *testing.T) {
	if m := learned(); m.String() != weightsFile {
		t.Error("the weights are not what is written of them")
	}
	for _, file := range []string{"quoted\t1\t2", "other\t1\t2\t3", "quoted\t99\t2\t3", "quoted\t1\t1024\t3", "quoted\t1\t-1\t3", "quoted\tx\t1\t3"} {
		if _, err := parseModel(file); err == nil {
			t.Errorf("%q is taken", file)
		}
	}
}

// FuzzFind holds that nothing in a body stops the finder, and that its places are true.
func FuzzFind(f *testing.F) {
	f.Add("“We will,” he said.\n\n“And go.”", "Kim", 3)
	f.Add("\"\"\" '' ``a'' “ ” « x » 「」", "", 0)
	f.Add("A “b\n\n“c “d” \xff e", "A", 0)
	f.Fuzz(func(t *testing.T, body, name string, at int) {
		var entities []corpus.Entity
		if at >= 0 && at < len(body) {
			entities = []corpus.Entity{{Name: name, Kind: corpus.Person, Mentions: []corpus.Mention{{Start: at, End: min(at+len(name), len(body))}}}}
		}
		last := 0
		for _, q := range NewFinder().Find(body, entities) {
			if q.Start < last || q.End <= q.Start || body[q.Start:q.End] != q.Text || body[q.SpeakerStart:q.SpeakerEnd] != q.SpeakerText {
				t.Fatalf("%+v", q)
			}
			last = q.End
		}
	})
}
