package sv

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  heterna>het heten>het heter>het heternas>het hetens>het hets>het bt>b dt>d het>het gt>g skt>sk
	2  lt>l mt>m vt>v
	3  a arna larna>l strarna>str erna aerna aterna orna e de ade ande are te aste el>l an en aren aten
	3  ln>l eln>l rn>r ern stern>str ar lar>l strar>str er aer ater ster>str or s as arnas larnas>l
	3  strarnas>str ernas aernas aternas ornas es ades ares is>is ans ens arens atens elns>l erns
	3  sterns>str os>os ars ers aters sters>str ors ss>ss ats ets its us>us at et atet itet>itet it
	4  na ara sta`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	bok: bocker bockerna
	bror: bror broder broderna
	chans: chans chansen chanser chanserna
	elit: elit eliten eliter
	fall: fall fallet fallen
	film: film filmen filmer filmerna filmens
	hem: hem hemmet hemmen
	kredit: kredit krediten krediter krediterna
	match: match matchen matcher matcherna
	natt: natt natten natter natterna
	ny: nytt
	papper: papper papperet papperen
	plats: plats platsen platser platserna
	pris: pris priset priser priserna
	stad: stad staden stader staderna stadens stads
	start: start starten starter
	stor: storre storst storsta`}
