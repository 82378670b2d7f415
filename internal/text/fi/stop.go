package fi

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Finnish that ranking ignores
// it: pronouns, auxiliaries, conjunctions and adverbs, in their commonest forms.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	mina sina han me te he se ne tama nama tuo nuo
	minun sinun hanen meidan teidan heidan sen niiden taman naiden tuon noiden
	minua sinua hanta meita teita heita sita niita tata naita tuota noita
	minulla sinulla hanella meilla teilla heilla silla niilla talla nailla
	minulle sinulle hanelle meille teille heille sille niille talle naille
	minut sinut hanet meidat teidat heidat
	siina siita siihen niissa niista niihin tassa tasta tahan naissa naista naihin siella sielta sinne taalla taalta tanne
	joka jonka jota jossa josta johon jolla jolle jolta jotka joiden joita joissa joista joihin joilla joille
	mika minka mita missa mista mihin milla mitka kuka kenen keta ketka kuinka miten miksi milloin
	jokin jotain jotakin joku jonkun kukaan mikaan mitaan
	ja tai seka eli mutta vaan silla kun koska jos vaikka etta jotta kuin niin kuten myos
	ei en et emme ette eivat ala alkaa
	on olen olet olemme olette ovat oli olin olit olivat ollut olleet olisi olisivat ole olla oleva
	voi voivat voisi voitu pitaa pitaisi taytyy saa saavat
	nyt sitten viela jo vain ehka aina usein kuitenkin lisaksi mukaan noin hyvin enemman eniten
	kaikki kaikkien kaikkia itse toinen toisen toista muu muut muita muun muiden sama saman samaa
	kanssa ilman
`)
