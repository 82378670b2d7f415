package dialect

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pieces are what queries of a dialect are put together of.
func pieces(d Dialect) []string {
	all := []string{
		"oil", "Korea", "NATO", "U.S.", "U.S.-led", "state-owned", "2020", "&", "-", ",", "é", "核", "the", "of", `"red line"`, `"rate"`, "“kim jong un”", "(", "(", ")", ")",
		"and", "or", "not", "AND", "OR", "NOT", "*", "?", "ban*", "wom?n", "a:b", "=", "title:x", "\\", "/", "'", ".", ";", "x^2", "c++",
	}
	own := map[Dialect]string{
		Nexis: `w/5|/s|/p|w/para|pre/3|+2|onear/4|near/9|w/seg|not w/5|not /s|and not|but not|atleast3(|atleast5|caps(|allcaps(|nocaps(|singular(|plural(|headline(|hlead(|body(|byline(|
			publication(|subject(|company(|lang(|ticker(|foo(|date(geq(1/1/2020))|date aft 2019|date is jan 2020|length > 1000|length(|sanction!|col*r|#85plus#|w/|w/0|w/99999`,
		Factiva: `w/3|adj2|near5|near|same|/N30/|/F50/|x/F9/|a/n3/b|atleast4|hd=|hlp=|lp=|td=|by=|la=|re=usa|rst=j|rst=|ns=gpol|fds=|zz=|wc>500|wc<|date from 20200101 to 20201231|
			date after -7|date before 1/2/2020|date|earn$2|earn$|%|%%|[|]`,
		ProQuest: `NEAR/3|N/2|PRE/4|PRE|NEAR|LNK|TI(|TI,AB(|AU(|PUB.EXACT(|SU(|LA(eng)|NOFT(|ALLCAPS(|EXACT(|PD(20200101)|PD(>20200101)|YR(2010-2015)|YR(|ISSN(|zz(|econom[*3]|econom[*|nutr$5|colo*r|
			"{red lines}"|{|}|{red line}`,
		Lucene: `+|-|!|&&||| |title:|body:(|author:|date:|date:[2020 TO 2021]|date:{2020 TO *}|date:>=now-7d/d|words:>5|words:[3 TO 9}|tag:|foo:|_exists_:title|-_exists_:|*:*|word~|word~1|word~0.7|
			"a b"~3|"a b c"~2|/ab+c/|/[/|x^3|^2|\(|\*|[|]|{|}|~|:`,
	}
	return append(all, strings.Split(strings.NewReplacer("\n", "", "\t", "").Replace(own[d]), "|")...)
}

// What is translated is read back as it is, and nothing that is typed makes it fail
// otherwise than with a place.
func TestTranslationIsReadBack(t *testing.T) {
	for _, d := range Dialects() {
		t.Run(string(d), func(t *testing.T) {
			piece := rapid.SampledFrom(pieces(d))
			rapid.Check(t, func(t *rapid.T) {
				between := rapid.SampledFrom([]string{" ", " ", " ", ""})
				var b strings.Builder
				for range rapid.IntRange(1, 14).Draw(t, "pieces") {
					b.WriteString(piece.Draw(t, "piece") + between.Draw(t, "between"))
				}
				text := b.String()
				if rapid.Bool().Draw(t, "close") {
					text += strings.Repeat(")", max(0, strings.Count(text, "(")-strings.Count(text, ")")))
				}
				check(t, d, text)
			})
		})
	}
}

func FuzzTranslate(f *testing.F) {
	for i, d := range Dialects() {
		for _, p := range pieces(d) {
			f.Add(i, p+" x")
		}
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		if i < 0 || i >= len(Dialects()) {
			return
		}
		check(t, Dialects()[i], text)
	})
}
