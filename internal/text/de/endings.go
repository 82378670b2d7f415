package de

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	0  markte>markt markten>markt marktes>markt markts>markt markt>markt
	1  eis>eis haus>haus
	2  nisse>nis este blem>blem erem ertem stem>stem nissen>nis erten esten erter bs>b ds>d eres
	2  nisses>nis ertes fs>f gs>g hs>h nis>nis ks>k ls>l ms>m ns>n ens ps>p ers aus>aus
	3  e ere te ete tete elte>el erte ste em en terinnen tinnen entinnen>en istinnen>i eren ten eten
	3  elten>el sten terin orin>or entin>en istin>i eln>el ern tern er erer ter es tes stes ters ts sts
	3  t et tet elt>el ert st est test
	4  end ene enem enen innen erinnen erin ener s enes`}

// forms are words that the rules would join with others, or keep apart from theirs.
// They are as plainUmlauts returns them.
var forms = ending.Forms{Words: `
	andrea: andrea
	anwal: anwaltin anwaltinnen
	arz: arzt arztin arztinnen
	begin: begann begannen begonnen
	beschlies: beschloss beschlossen
	bleib: blieb blieben
	brech: brach brachen bricht
	bring: brachte brachten
	buro: buro buros
	cent: cent cents
	center: center centers
	chef: chef chefin chefinnen chefs
	entscheid: entschied entschieden
	faser: faser fasern
	find: fand fanden
	firm: firma firmen
	freund: freundin
	gast: gast gaste gasten gastes
	geb: gab gaben gebe geben gegeben gibt
	geh: gegangen ging gingen
	gesetzt: gesetzt
	gewin: gewann gewannen gewonnen
	hal: hielt hielten
	helf: half halfen hilft
	herbert: herbert herberts
	herr: herr herren herrn
	hoh: hoch hohe hohem hohen hoher hohes
	hundert: hundert hunderte hunderten
	kolleg: kollegin
	komm: kam kamen kommt
	konig: konig konige konigen konigin koniginnen konigs
	las: liess liessen
	lieg: lag lagen
	medi: medien medium mediums
	messer: messer messern messers
	museu: museen museum museums
	muste: muster mustern musters
	mutter: mutter muttern
	nachst: nachst nachste nachstem nachsten nachster nachstes
	nehm: nahm nahmen nimmt
	planet: planet planeten
	protest: protest proteste protesten protestes protestieren protestiert protestierten protests
	richter: richter richterin richterinnen richtern richters
	schreib: schrieb schrieben
	sprech: spricht
	star: star stars
	start: start starten startet startete starteten starts
	steh: standen
	sterb: starb starben stirbt
	them: thema themas themen
	tonn: tonne tonnen
	treff: traf trafen trifft
	vater: vater vatern vaters
	verbiet: verboten
	verli: verlor verloren
	wachs: wuchs wuchsen
	werf: warf warfen wirft
	wetter: wetter wetters
	zieh: zog zogen`}
