package fr

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  euse>eu euses>eu au>al aux>al eux>eu oux>ou
	3  a era e trice>teur ee dre>d iere>i aise>ai oise>oi ante ente ive>if er oir s as es trices>teur
	3  ees ieres>i aises>ai oises>oi antes entes ives>if ais>ai erais ois>oi ons>on ers iers>i oirs
	3  teurs>teur ants ents ait erait ant ent aient erent ont eront ez
	4  ere ir eres irs issait irent issent
	5  i is it`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	armee: armee armees
	commune: commune communes
	cour: cour
	cours: cours
	course: course courses
	donnee: donnee donnees
	droite: droite droites
	elu: elu elue elues elus
	enfer: enfer
	etrange: etrange etranges
	fer: fer
	fille: fille filles
	france: france
	grec: grec grecs grecque grecques
	marie: marie
	mars: mars
	medecine: medecine medecines
	mere: mere meres
	mis: mis mise mises
	nouvel: nouveau nouveaux
	oeil: oeil
	paris: paris
	parti: parti partis
	partie: partie parties
	pays: pays
	pouvoir: pouvoir pouvoirs
	pris: pris prise prises
	prix: prix
	public: public publics publique publiques
	salle: salle salles
	seine: seine
	travail: travaux
	turc: turc turcs turque turques
	vente: vente ventes`}
