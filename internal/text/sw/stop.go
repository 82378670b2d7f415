package sw

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Swahili that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	mimi wewe yeye sisi nyinyi ninyi wao mwenyewe wenyewe yenyewe nani nini gani ipi yupi
	huyu hawa huu hii hiki hivi hili haya hizi huku hapa humu huyo hao huo hiyo hicho hivyo hilo
	hayo hizo huko hapo humo yule wale ule ile kile vile lile yale zile kule pale
	wangu yangu langu changu vyangu zangu wako yako lako chako vyako zako wake yake lake chake
	vyake zake kwake wetu yetu letu chetu vyetu zetu wenu yenu lenu yao lao chao vyao zao kwao
	ambaye ambao ambayo ambacho ambavyo ambalo ambazo ambako ambapo
	wa ya la cha vya za pa kwa mwa na
	ni si ndiye ndio ndiyo sio siyo ana ina una zina wana nina tuna yana kina vina lina kuwa
	alikuwa ilikuwa walikuwa yalikuwa zilikuwa kulikuwa amekuwa imekuwa wamekuwa atakuwa itakuwa
	watakuwa yuko iko kuna hakuna pia
	au ama lakini bali ila kama kwamba ili ikiwa iwapo ingawa kwani basi katika kwenye kutoka hadi
	mpaka tangu baada kabla juu chini kati karibu zaidi sana tu bado tayari tena sasa hata bila
	kila wote yote zote vyote kote hasa labda je ndipo wakati
	akiwa wakiwa zikiwa hakuwa haikuwa hawakuwa aliyekuwa waliokuwa iliyokuwa yaliyokuwa alipokuwa
	nilikuwa tulikuwa ulikuwa lilikuwa kilikuwa vilikuwa limekuwa yamekuwa zimekuwa kumekuwa kuliko
	huwa aliye walio iliyo yaliyo zilizo ulio lililo kilicho vilivyo aliyo iliyopo yenye lenye
	wenye chenye vyenye zenye naye nao nayo yeyote yoyote lolote wowote zozote
`)
