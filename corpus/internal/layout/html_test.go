package layout

import "testing"

func TestLooksHTML(t *testing.T) {
	for s, want := range map[string]bool{
		"<p>One":                        true,
		"One<br>two":                    true,
		"One <b>two</b>":                true,
		`One <img src="a.png"> two`:     true,
		"One <img\nsrc=a> two":          true,
		"One\n\n<!--more-->\n\ntwo":     true,
		`<a href="/x">one`:              true,
		"One <hr/> two":                 true,
		"Shares of Acme <ACME.N> fell":  false,
		"a < b and c > d":               false,
		"if a <b and c=d":               false,
		"Acme <A> and <S> and <P> fell": false,
		"1 <2 <!- no":                   false,
		"<unknown x=y>":                 false,
		"mail <ada@example.org> to Ada": false,
		"":                              false,
		"<":                             false,
		"a <i":                          false,
	} {
		if got := LooksHTML(s); got != want {
			t.Errorf("LooksHTML(%q) = %v", s, got)
		}
	}
}
