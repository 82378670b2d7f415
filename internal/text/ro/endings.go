package ro

import "github.com/newsq/newsq/internal/text/ending"

var endings = ending.Table{Rules: `
	2  ului ul ilor
	3  a easca ea ia eana>en oasa>os eaza esc and ind e ie ele ile iile urile oase>os este i ei iei ii
	3  uri esti elui iului iul eanul>en ean>en elor iilor urilor u au eau andu iu`}

// forms are words that the rules would join with others, or keep apart from theirs.
var forms = ending.Forms{Words: `
	an: ani anul anului anii anilor
	bucuresti: bucuresti bucurestiului bucurestiul
	constanta: constanta constantei
	curte: curte curtea curtii curti
	femei: femeie femei femeia femeii femeile femeilor
	germania: germania germaniei
	iasi: iasi iasiului iasiul
	maria: maria mariei
	om: om omul omului oameni oamenii oamenilor
	ponta: ponta
	povest: poveste povestea povesti povestii povestile povestilor
	romania: romania romaniei
	rusia: rusia rusiei
	sala: sala sali salii salile
	vest: veste vestea vesti vestile
	zi: ziua zilei zile zilele zilelor`}
