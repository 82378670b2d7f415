package da

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  bte>b dte>d lte>l mte>m igste>ig vte>v ddel>dl kkel>kl ppel>pl ssel>sl ttel>tl bt>b dt>d igt>ig
	2  skt>sk lt>l mt>m igst>ig vt>v
	3  e ede ende ene erne ere te>t este el>l en elen>l eren steren>str er ster>str s es edes enes ernes
	3  eres tes>t is>is els>l ens elens>l erens sterens>str os>os ers sters>str ss>ss ets us>us et
	3  itet>itet
	4  erede erer eret`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	bog: boger bogerne bogernes
	ny: nyt
	stor: stort storre storst storste
	tjenest: tjeneste tjenesten tjenester tjenestene tjenestens tjenesterne`}
