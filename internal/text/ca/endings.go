package ca

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  gua>g gue>g que>c guen>g quen>c gues>g ques>c
	3  a ia aria iria ana ona ara esa osa essa ava iva e i ari em avem im an aran en ien arien aven in
	3  io>io ar er ir s es ies aries anes ones eses oses esses ives is aris ans ons ions>io os sos esos
	3  osos essos ars ers irs ants ius ant int iu
	4  ada ida uda eixen o eixo ades ides udes ats its uts at it ut eix`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	carrera: carrera carreres
	copa: copa copes
	costa: costa costes
	descans: descans descansos
	euro: euro euros
	girona: girona
	majoria: majoria majories
	mar: mar mars
	mare: mare mares
	mari: maria
	pare: pare pares
	paris: paris
	partit: partit partits
	port: port ports
	porta: porta portes
	putin: putin
	torra: torra`}
