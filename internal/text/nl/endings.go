package nl

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	1  heid>heid ate>at ete>et iete>ie oete>oe eite>ei uite>ui ote>ot ute>ut aute>au oute>ou aten>at
	1  eten>et ieten>ie oeten>oe eiten>ei uiten>ui oten>ot uten>ut auten>au outen>ou ees>ees aat>at
	1  eet>et oot>ot uut>ut
	3  eerd>er e eerde>er je tje ere>er fse>f gse>g kse>k lse>l mse>m pse>p te tte en heden>heid
	3  eerden>er eren>er ten tten eer>er bs>b es jes tjes fs>f gs>g ks>k ls>l els>el ms>m ems>em ens
	3  ons>on ps>p ars>ar ers>er ors>or t eert>er
	4  d end de ende dse den ds
	5  ste sten`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	beeld: beeld beelden
	biden: biden
	gast: gast gasten
	gent: gent
	hoofd: hoofd hoofden
	kind: kinderen
	lid: leden
	maan: maan manen
	maand: maand maanden
	markt: markt markten
	mens: mens mensen
	poort: poort poorten
	schip: schepen
	sport: sport sporten
	stad: steden
	start: start starten
	test: test testen
	west: west
	zwart: zwart zwarte`}
