package pt

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  gue>g que>c guei>g quei>c guem>g quem>c ao>ao aes>ao oes>ao ais>al eis>el ois>ol uis>ul ns>m
	2  aos>ao
	3  a ia aria eria ara esa ava e asse esse i ei am iam ariam eriam aram eram iram avam em arem erem
	3  irem assem essem o arao erao irao ando endo indo io ar er ir s as ias esas es ares eres eses ens
	3  os ios amos emos imos eu iu ou`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	bolsa: bolsa bolsas
	costa: costa costas
	custo: custo custos
	dificil: dificil dificeis
	facil: facil faceis
	fim: fim fins
	franc: frances
	franca: franca
	livro: livro livros
	marco: marco marcos
	maria: maria marias
	mes: mes meses
	moro: moro
	pais: pais paises
	parte: parte partes
	partid: partido partidos
	pedro: pedro
	ponte: ponte pontes
	porto: porto portos
	sala: sala salas
	seca: seca secas
	serie: serie series
	temer: temer
	vinho: vinho vinhos`}
