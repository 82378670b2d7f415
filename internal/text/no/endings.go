package no

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	1  hets>het het>het
	2  bte>b dte>d lte>l mte>m igste>ig vte>v bt>b dt>d igt>ig skt>sk lt>l mt>m igst>ig vt>v
	3  a e ede ende ane ene erne ere te>t este el>l en elen>l eren steren>str ar er ster>str s es edes
	3  anes enes ernes eres tes>t is>is els>l ens elens>l erens sterens>str os>os ers sters>str ss>ss
	3  ets us>us et itet>itet
	4  erte erer ert`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	bergen: bergen bergens
	bok: boker bokene bokenes
	ekspert: ekspert eksperten eksperter ekspertene
	fot: fotter fottene
	konsert: konsert konserten konserter konsertene
	man: menn mennene mennenes
	ny: nytt
	stor: stort storre storst storste
	tjenest: tjeneste tjenesten tjenester tjenestene tjenestens tjenesterne`}
