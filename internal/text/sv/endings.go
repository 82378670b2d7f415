package sv

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	0  stad>stad stads>stad
	2  heterna>het nad>nad rad>rad grad>grad bte>b dte>d gte>g lte>l mte>m vte>v heten>het heter>het
	2  heternas>het nads>nad hetens>het hets>het bt>b dt>d het>het gt>g skt>sk lt>l mt>m vt>v
	3  a ena arna larna>l strarna>str erna aerna aterna orna ad e de>d ade ande are te>t aste el>l an en
	3  aren aten ln>l eln>l rn>r ern stern>str ar lar>l strar>str er aer ater ster>str or s as enas
	3  arnas larnas>l strarnas>str ernas aernas aternas ornas ads es ades ares is>is ans ens arens atens
	3  elns>l erns sterns>str os>os ars ers aters sters>str ors ss>ss ats ets its us>us at et atet
	3  itet>itet it
	4  na ara sta`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	bildt: bildt bildts
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
	omrad: omrade omrades omradet omradets omraden omradens omradena omradenas
	papper: papper papperet papperen
	plats: plats platsen platser platserna
	pris: pris priset priser priserna
	stad: stad staden stader staderna stadens stads
	start: start starten starter
	stor: storre storst storsta`}
