package it

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  a e i o
	3  ia hia aria ana era ata iata uta ava eva ebbe erebbe trice>tor isce he ie hie arie ane are iare
	3  ere ire ate iate ute ai>a trici>tor hi ii ani ari eri ati iati uti isco ando iando endo io hio
	3  ario iamo avamo evamo eremo iremo ano avano evano eranno ono iscono arono erono irono ero ebbero
	3  erebbero ato iato uto ar er`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	campionat: campionato campionati
	comand: comando comandi
	compagnia: compagnia compagnie
	conte: conte
	contea: contea contee
	draghi: draghi
	estat: estate estati
	ester: estero estera estere esteri
	fiat: fiat
	francia: francia
	genere: genere generi
	guardia: guardia guardie
	italia: italia
	letta: letta
	lettera: lettera lettere
	libera: libera libero liberi libere liberare liberato liberata liberati
	luca: luca
	milano: milano
	minister: ministero ministeri
	partit: partito partiti
	partita: partita partite
	popolar: popolare popolari
	principe: principe principi
	regolar: regolare regolari
	roma: roma
	salut: salute saluti saluto
	segreto: segreto segreti segreta segrete
	sera: sera sere
	uom: uomini`}
