package fi

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	1  aina>aina iina>iina aista>ais
	2  eja>e oja>o uja>u lla ssa aata>aa eeta>ee aita>a eita>e oita>o uita>u lta oota>oo sta uuta>uu lle
	2  n t
	3  uudella>uus yydella>yys nsa uudessa>uus yydessa>yys uudesta>uus yydesta>yys laista>lais
	3  llista>llis ttista>ttis usta>us lusta>lu ysta>ys lysta>ly tta uutta>uus yytta>yys uudelle>uus
	3  yydelle>yys ksi uudeksi>uus yydeksi>yys taan etaan han den uuden>uus yyden>yys seen uuteen>uus
	3  yyteen>yys hen jen nen>s ten tten hin siin isiin>is hon hun vat uudet>uus yydet>yys neet nut
	4  mme ni isi kin ko
	5  na`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	kansa: kansa kansan kansaa kansalle kansalla kansat kansojen kansoja kansoille
	kausi: kausi kauden kaudella kaudelle kaudet kausien
	lak: laki lain lakia lait lakien lakeja laissa laista lakiin
	marin: marin marinin marinia marinille marinilla marinilta
	mieh: mies miehen miesta miehet miesten miehia miehille miehilla miehella miehelle miehena
	puolue: puolue puolueen puolueet puolueiden puolueita puolueessa puolueesta puolueelle puolueella puolueilla puolueissa puoluetta
	sota: sota sodan sotaa sodassa sodasta sotaan sodat sotien sotia
	turku: turku turun turussa turusta turkuun turkua
	vuos: vuosi vuoden vuotta vuonna vuodet vuosien vuosia vuodessa vuodesta vuodelle vuosina vuosiksi vuodeksi`}
