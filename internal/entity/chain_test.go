package entity

import (
	"fmt"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/alias"
	"github.com/newsq/newsq/internal/analysis"
)

// marked reads a text in which names stand in braces, behind the letter of their kind:
// {P Kim} of {L Seoul} and the {O WHO}.
func marked(t *testing.T, name, s string) Field {
	t.Helper()
	f := Field{Name: name}
	for {
		before, after, ok := strings.Cut(s, "{")
		f.Text += before
		if !ok {
			return f
		}
		inside, rest, ok := strings.Cut(after, "}")
		k, text, ok2 := strings.Cut(inside, " ")
		kind := map[string]corpus.EntityKind{"P": corpus.Person, "O": corpus.Organization, "L": corpus.Place}[k]
		if !ok || !ok2 || kind == "" {
			t.Fatalf("mark {%s}", inside)
		}
		f.Spans = append(f.Spans, Span{Start: len(f.Text), End: len(f.Text) + len(text), Kind: kind})
		f.Text += text
		s = rest
	}
}

func TestChains(t *testing.T) {
	for _, c := range []struct {
		name, title, body string
		want              []string // an entity each: name, kind and texts
	}{
		{
			"short names of a person are his", "{P KIM} GREETS {L MOSCOW}",
			"{P Kim Jong Un} came. Mr. {P Kim} smiled.\n\n{P Kim}'s guests and {P Kim Jong-un's} sister.",
			[]string{"Kim Jong Un person KIM|Kim Jong Un|Kim|Kim|Kim Jong-un", "Moscow place MOSCOW"},
		},
		{
			"a name that was run together with itself is one", "",
			"{P Ada Okoye Ada Mary OkoyeThe} chair spoke. {P Okoye} left with {P Ada Ada}.",
			[]string{"Ada Okoye person Ada Okoye|Okoye", "Ada Ada person Ada Ada"},
		},
		{
			"a title tells one of two", "",
			"{P Bill Tanner} and {P Hilda Tanner} came. Mr. {P Tanner} spoke, then Mrs. {P Tanner}.",
			[]string{"Bill Tanner person Bill Tanner|Tanner", "Hilda Tanner person Hilda Tanner|Tanner"},
		},
		{
			"a role tells one of two", "",
			"President {P Orla Tanner} and Senator {P Ulf Tanner} came. President {P Tanner} spoke before Sen. {P Tanner}.",
			[]string{"Orla Tanner person Orla Tanner|Tanner", "Ulf Tanner person Ulf Tanner|Tanner"},
		},
		{
			"nothing tells which of two", "",
			"{P Orla Tanner} met {P Ulf Tanner}. {P Tanner} spoke.",
			[]string{"Orla Tanner person Orla Tanner", "Ulf Tanner person Ulf Tanner", "Tanner person Tanner"},
		},
		{
			"the one who was named before", "",
			"{P Orla Tanner} came. {P Tanner} spoke.\n\n{P Ulf Tanner} did not.",
			[]string{"Orla Tanner person Orla Tanner|Tanner", "Ulf Tanner person Ulf Tanner"},
		},
		{
			"the one of this paragraph", "",
			"{P Orla Tanner} met {P Ulf Tanner}.\n\nLater.\n\n{P Ulf Tanner} left. {P Tanner} spoke.",
			[]string{"Ulf Tanner person Ulf Tanner|Ulf Tanner|Tanner", "Orla Tanner person Orla Tanner"},
		},
		{
			"the one the article is about", "",
			"{P Orla Tanner} came. {P Tanner} spoke. {P Tanner} left. {P Tanner} slept. {P Ulf Tanner} came. {P Tanner} woke.",
			[]string{"Orla Tanner person Orla Tanner|Tanner|Tanner|Tanner|Tanner", "Ulf Tanner person Ulf Tanner"},
		},
		{
			"known by the family name alone", "",
			"President {P Obama} spoke.\n\n{P Michelle Obama} listened.\n\nMr. {P Obama} left; Mrs. {P Obama} stayed. {P Obama} waved.",
			[]string{"Barack Obama person Obama|Obama|Obama", "Michelle Obama person Michelle Obama|Obama"},
		},
		{
			"someone else of a known name", "",
			"{P Judd Trump} won. {P Trump} smiled.",
			[]string{"Judd Trump person Judd Trump|Trump"},
		},
		{
			"middle names, initials, nicknames and juniors", "",
			"{P John F. Kerr}, {P John Kerr}, {P J. Kerr} and {P Luis Kerr Jr.} met {P Luis Kerr}.",
			[]string{"John F. Kerr person John F. Kerr|John Kerr|J. Kerr", "Luis Kerr Jr. person Luis Kerr Jr.", "Luis Kerr person Luis Kerr"},
		},
		{
			"particles and hyphens", "",
			"{P Ursula von der Alm} met {P Ana Ocho-Vega}. {P Von der Alm} thanked {P Ocho-Vega}.",
			[]string{"Ursula von der Alm person Ursula von der Alm|Von der Alm", "Ana Ocho-Vega person Ana Ocho-Vega|Ocho-Vega"},
		},
		{
			"titles are no part of names", "",
			"{P President Orla Tanner} spoke. {P Pope Francis} listened, and so did King {P Felipe}.",
			[]string{"Orla Tanner person Orla Tanner", "Pope Francis person Pope Francis", "King Felipe person Felipe"},
		},
		{
			"a title makes a person of a place, and so does a full name", "",
			"Mr {L Northlund} spoke. {L Northlund} left.\n\n{P Ralf Northlund} is back. {L Brandt} in {L Brandt}.",
			[]string{"Ralf Northlund person Northlund|Northlund|Ralf Northlund", "Brandt place Brandt|Brandt"},
		},
		{
			"offices before a name", "",
			"{O Virginia Governor Ralph Northlund} and {O Mrs Tanner} spoke.",
			[]string{"Ralph Northlund person Ralph Northlund", "Tanner person Tanner"},
		},
		{
			"what is no name of a person", "",
			"The left said that {P Left} is where {P Orla Tanner} and the {P Tanners} stand. {P Wade} v. {P Roe}, {P D-N.Y.}, {O AP Photo}, {P Oh}",
			[]string{"Orla Tanner person Orla Tanner"},
		},
		{
			"a state that was taken for a team or a person", "",
			"{O Ohio} voted. People in {L Ohio} wait, and so does {P North Dakota}.",
			[]string{"Ohio place Ohio|Ohio", "North Dakota place North Dakota"},
		},
		{
			"teams of several states", "",
			"{O Ohio} beat {O Texas} in {L Ohio}.",
			[]string{"Ohio org Ohio", "Texas org Texas", "Ohio place Ohio"},
		},
		{
			"acronyms", "",
			"The {O Global Office for Rivers} ({O GOR}) met the {O Baltic Herring Board}. {O GOR} and {O BHB} agreed; {O XYZ} did not.",
			[]string{
				"Global Office for Rivers org Global Office for Rivers|GOR|GOR", "Baltic Herring Board org Baltic Herring Board|BHB",
				"XYZ org XYZ",
			},
		},
		{
			"companies", "",
			"{O Fennwick Corp.} said {O Fennwick} would sue {O Moody's}.",
			[]string{"Fennwick Corp. org Fennwick Corp.|Fennwick", "Moody's org Moody's"},
		},
		{
			"names of states", "{L U.S.} AND {L CHINA}",
			"The {L United States}, the {L US} and {L America} are {L China's} rivals. The {O United Nations} and the {O U.N.} watch.",
			[]string{"United States place U.S.|United States|US|America", "China place CHINA|China", "United Nations org United Nations|U.N."},
		},
		{
			"a kind that most mentions have", "",
			"{L Fennwick}, {L Fennwick}, {L Fennwick} and {O Fennwick}.",
			[]string{"Fennwick place Fennwick|Fennwick|Fennwick|Fennwick"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			fields := []Field{marked(t, "title", c.title), marked(t, "", c.body)}
			ch := chainer{canonical: newCanonicals(alias.Starter(), analysis.Of("en")).of}
			var got []string
			for _, e := range ch.entities(fields) {
				var texts []string
				for _, m := range e.Mentions {
					text := fields[1].Text
					if m.Field == "title" {
						text = fields[0].Text
					}
					if text[m.Start:m.End] != m.Text {
						t.Errorf("mention %+v is %q", m, text[m.Start:m.End])
					}
					texts = append(texts, m.Text)
				}
				got = append(got, fmt.Sprintf("%s %s %s", e.Name, e.Kind, strings.Join(texts, "|")))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}
