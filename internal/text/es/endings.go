package es

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  gue>g que>c guen>g quen>c ces>z
	3  a aba ia ara iera esa e are aste iste an aban ian aran ieran en aron ieron o ado iado ido ando
	3  iando iendo io ar iar er ir as ias esas es anes enes ares eres eses os iados ios amos abamos emos
	3  imos
	4  ada iada ida adas iadas idas ados idos`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	alem: alemana alemanas
	bolivia: bolivia
	bolsa: bolsa bolsas
	casado: casado casados casada casadas
	castillo: castillo castillos
	catal: catalana catalanas
	celula: celula celulas
	comunidad: comunidad comunidades
	corte: corte cortes
	costa: costa costas
	crisis: crisis
	derecha: derecha derechas
	estado: estado estados
	franc: frances
	golfo: golfo golfos
	inter: interes intereses
	juan: juan
	juana: juana
	julia: julia
	libro: libro libros
	luisa: luisa
	mari: maria
	marido: marido maridos
	martes: martes
	mayoria: mayoria mayorias
	medid: medida medidas
	mesa: mesa mesas
	minoria: minoria minorias
	partid: partido partidos partida partidas
	plano: plano planos plana planas
	presa: presa presas
	puebla: puebla
	puerto: puerto puertos
	resultado: resultado resultados
	sala: sala salas
	siglo: siglo siglos
	victoria: victoria victorias`}
