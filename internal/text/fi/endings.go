package fi

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	1  aina>aina iina>iina aista>ais
	2  eja>e oja>o uja>u lla ssa aata>aa eeta>ee aita>a eita>e oita>o uita>u lta oota>oo sta uuta>uu lle
	2  n t
	3  ttomia>to uudella>uus yydella>yys ttomana>to nsa ttomassa>to uudessa>uus yydessa>yys tonta>to
	3  ttomasta>to uudesta>uus yydesta>yys laista>lais llista>llis ttista>ttis usta>us lusta>lu ysta>ys
	3  lysta>ly tta uutta>uus yytta>yys uudelle>uus yydelle>yys ksi uudeksi>uus yydeksi>yys ttomaan>to
	3  taan etaan han ttoman>to den uuden>uus yyden>yys seen uuteen>uus yyteen>yys hen ttomien>to jen
	3  nen>s ten tten hin siin isiin>is hon hun ttomat>to vat uudet>uus yydet>yys neet nut
	4  mme ni isi kin ko
	5  na`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	kansa: kansa kansan kansaa kansalle kansalla kansat kansojen kansoja kansoille
	kausi: kausi kauden kaudella kaudelle kaudet kausien
	lak: laki lain lakia lait lakien lakeja laissa laista lakiin
	marin: marin marinin marinia marinille marinilla marinilta
	mieh: mies miehen miesta miehet miesten miehia miehille miehilla miehella miehelle miehena
	putin: putin putinin putinia putinille putinilla putinilta putiniin putinissa putinista
	biden: biden bidenin bidenia bidenille bidenilla bidenilta bideniin
	macron: macron macronin macronia macronille macronilla macronilta macroniin
	puolue: puolue puolueen puolueet puolueiden puolueita puolueessa puolueesta puolueelle puolueella puolueilla puolueissa puoluetta
	sota: sota sodan sotaa sodassa sodasta sotaan sodat sotien sotia
	turku: turku turun turussa turusta turkuun turkua
	vuos: vuosi vuoden vuotta vuonna vuodet vuosien vuosia vuodessa vuodesta vuodelle vuosina vuosiksi vuodeksi`}
