package text

import (
	"strings"
	"sync"
)

// An English text has Spanish ministers in it, and a text in a language that
// has no folder of its own is read by the rules of English. So the
// abbreviations of many languages are known here, and which word begins a
// sentence in them.
//
// What abbreviates in one language is a word in the next: sen. is an Italian
// senator and Swedish for later, min. a Polish minister and Swedish for mine.
// So an abbreviation counts in the languages that have it, which the paragraph
// around tells; or in any, where no language has such a word.

// manner is what a language, or some that are much alike, abbreviates.
type manner struct {
	tags string // of the languages; empty for what is no word anywhere
	// The abbreviations by their kind, in lower case, without the last stop.
	// One with a capital in this table counts only so.
	beforeName, beforeNumber, beforeAny, ofDate, neverLast string
	// starts are words that begin a sentence more often than they stand in a
	// name within one, in lower case.
	starts string
}

// manners are the tables. A word that stands in two of one language is as the
// first of them has it.
var manners = [...]manner{
	{
		beforeName: "mr mrs dr dra dres prof profa profª sgt capt cmdr lt cllr revd rvdo rvmo exmo exma excmo excma ilmo ilma " +
			"dott dott.ssa sig.ra sig.na prof.ssa avv onn mevr dhr drs jkvr frk frl hrn srta sres sras srs mlle mlles mme mmes mgr " +
			"sts mnr mnre edo ul judr mudr phdr rndr mvdr płk ppłk mjr kpt ppor plk pplk npor cnel gral tte sgto pdte vicepdte pte mons pbro ntra " +
			"engº mn hble rt.hon doç yrd öğr bn regt",
		beforeNumber: "pág págs pàg pàgs pag pagg núm núms nº nr nrs nrn artt arts blz hfst čís čl odst písm rozdz abb kap вып рис табл гл",
		beforeAny:    "ee.uu ff.aa rr.hh jj.oo cc.oo dd.hh ll.aa ltda cía dpto depto avda blvd hnos",
		neverLast:    "z.b d.h u.a o.ä i.d.r p.ej p.ex p.es f.eks t.ex bl.a m.in m.a.w d.w.z bijv bspw bzw vgl cfr např napr npr tzv tzn tzw bkz т.е т.к т.н",
	},
	{
		tags:         "en",
		beforeName:   "ms gen sen sens gov col rev hon maj adm brig cdr sq lt pte rt bp fr const flt sqn wg cpl pvt supt insp amb atty",
		beforeNumber: "art arts sect sec ch vol pp fig figs para ver app bk",
		beforeAny:    "rd ave st ln hwy pkwy bldg dept govt univ assn bros corp co inc ltd approx est esq",
		starts: "the a an he she it we you they i his her its our your their my this that these those there here but and or so yet in on at for from by with " +
			"to of as after before when where if while although because what who why how not no was were is are had has",
	},
	{
		tags: "es ca",
		beforeName: "c sr sra d dña prof lic licda licdo ing arq abg dip sen mons fr sto sta st pe cap cte alm vicealm subtte gobr " +
			"min minist dir pres pdta srto rev dn mtro mtra fdo ud uds vd vds comte",
		beforeNumber: "art arts cap caps vol vols fig figs tel telf tfno apdo aprox ref ed exp km p pp pg t inc",
		beforeAny:    "etc s.a s.l pl pza plza av avd ctra urb izq dcha edif esq bco hno admón admon gob univ inst ee.uu.aa ej máx mín prov mpio",
		ofDate:       "ene feb abr ago sept set oct nov dic",
		neverLast:    "v.gr vid cf trad p.e",
		starts: "el la los las un una unos unas él ella ellos ellas esto este esta estos estas ese esa eso aquel su sus lo le les se no sí ya " +
			"pero y o aunque mientras cuando donde como si en con sin por para según tras desde hasta entre sobre ante bajo durante " +
			"después antes también además así entonces sin hay es son fue era ha nadie nada todo todos muchos muchas otros otras algunos qué quién " +
			"cómo cuándo a al de del más hoy ayer ahora aún ni porque els les aquest aquesta però amb",
	},
	{
		tags: "pt",
		beforeName: "sr sra d prof eng arq exa v.exa gen cel maj cap ten alm alte brig pe fr dep depª sen min pres des gov dir proc st sta sto " +
			"vsa jr adv rev bel cmte",
		beforeNumber: "art arts cap vol fig fls fl tel telef n p pp aprox inc ed séc al cx",
		beforeAny:    "etc cia av trav pç lda r.l s.a adm dept depto univ inst obs aprox ac edif",
		ofDate:       "jan fev abr mai jun jul ago set out nov dez",
		neverLast:    "cf v.g p.e",
		starts: "o a os as um uma uns umas ele ela eles elas este esta isto esse essa isso aquele seu sua seus suas não sim já mas e ou embora " +
			"enquanto quando onde como se em no na nos nas com sem por pelo pela para segundo após desde até entre sobre durante depois antes " +
			"também além assim então há é são foi era ninguém nada todo todos muitos outros alguns que quem ao aos de do da mais hoje ontem agora nem porque",
	},
	{
		tags: "it",
		beforeName: "sig sigg dr ing arch geom rag on sen min pres gen ten cap magg amm mons card s ss spett egr gent ill prof avv dir cav comm " +
			"uff brig mar.llo isp dep sr st sost vicepres cons",
		beforeNumber: "art pag pp n nn num vol voll fig cap cpv sec tel ca tav par lett all nr ediz ed l d.lgs d.l d.p.r reg es",
		beforeAny:    "ecc etc s.p.a s.r.l f.lli soc v.le c.so p.zza univ dip min max",
		ofDate:       "gen feb mar apr mag giu lug ago set sett ott nov dic",
		neverLast:    "cfr cf vd es p.es cosid ca",
		starts: "il lo la i gli le un uno una egli lui lei loro essi questo questa questi queste quello quella suo sua suoi non sì già ma e o ed " +
			"però mentre quando dove come se in nel nella con senza per secondo dopo da dal dalla tra fra su sul sulla durante prima anche inoltre così " +
			"allora c'è è sono fu era ha hanno nessuno niente nulla tutto tutti molti altri alcuni che chi a al alla di del della più oggi ieri ora né perché",
	},
	{
		tags:         "fr",
		beforeName:   "mm me pr st ste lt gal rég gén cne cdt lieut vve amb dép sén min prés",
		beforeNumber: "art p pp vol fig éd no nos tél réf chap al § env ann t",
		beforeAny:    "etc cie bd boul av ch éts sté dpt",
		ofDate:       "janv févr fév avr juil sept oct nov déc",
		neverLast:    "cf p.ex av.j.-c",
		starts: "le la les un une des il elle ils elles on nous vous je ce cet cette ces cela son sa ses leur leurs ne non oui mais et ou car donc " +
			"bien pendant quand où comme si dans en avec sans pour par selon après depuis jusque entre sur sous chez durant avant aussi ainsi alors " +
			"c'est est personne rien tout tous toutes plusieurs beaucoup d'autres certains que qui quoi pourquoi comment à au aux de du plus hier aujourd'hui ni parce",
	},
	{
		tags: "de",
		beforeName: "hr fr fa st ste h.c Mag gen obst hptm ltn uffz maj bgm obgm " +
			"lgabg abg stv stellv sen jun dipl ing min staatssekr stsekr vors präs kpt",
		beforeNumber: "art abs kap bd bde s tab anm ziff abschn tel jg jh max min mind ca zit hs rn rdnr aufl lfg az",
		beforeAny:    "usw etc usf str pl jhd jhdt mio mrd tsd hrsg ff f o.ä u.ä v.chr n.chr chr a.d a.m gmbh u.a.m dgl co geb verl univ",
		ofDate:       "jan feb mär mrz apr aug sept okt nov dez",
		neverLast: "zb evtl ggf ggfs inkl exkl zzgl abzgl einschl sog ehem allg bes insbes röm kath ev urspr wiss staatl städt öffentl gesetzl durchschn " +
			"gegr gest verst verh gen lt zw versch u.u z.t z.zt i.a u.v.m d.i s.o s.u vorl ges betr bezgl bzgl",
		starts: "der die das ein eine er sie es wir ihr ich dieser diese dieses jener sein seine ihre kein keine nicht nein ja doch aber und oder denn " +
			"obwohl während wenn wo wie als im in am an auf aus bei mit nach von vom vor zu zum zur für durch gegen ohne um über unter seit bis laut " +
			"danach dann dort hier auch außerdem so da es niemand nichts alle alles viele andere einige was wer warum mehr heute gestern nun jetzt weil mancher zudem dabei damit",
	},
	{
		tags:         "nl af",
		beforeName:   "mw mej mev adv ir ing ds jhr gen genl kol kapt maj st mr em burg wnd mgr bc",
		beforeNumber: "art p pp nr tel ca afb fig dl nrs par",
		beforeAny:    "enz etc e.d str pl fa gem gebr b.v n.v afd jl ll a.s m.m",
		ofDate:       "jan feb mrt apr jun jul aug sept okt nov dec",
		neverLast:    "bv dwz m.n m.b.t t.a.v o.a i.v.m a.u.b incl excl resp evt zgn t.w i.p.v n.a.v t.o.v o.l.v vlg",
		starts: "de het een hij zij ze we wij ik jij u dit dat deze die zijn haar hun niet nee ja maar en of want hoewel terwijl als wanneer waar hoe " +
			"in op aan bij met naar van voor tegen zonder door over onder sinds tot volgens na daarna dan daar hier ook bovendien zo er niemand niets " +
			"alle alles veel andere sommige wat wie waarom meer vandaag gisteren nu omdat tijdens uit om te",
	},
	{
		tags: "da no nb nn sv",
		beforeName: "hr fr cand stud jur polit scient phil kand lic adv dir kapt ltn løjtn löjtn st tekn theol doc biskop " +
			"civ.ing insp komm",
		beforeNumber: "nr kl ca kap s sid art stk pkt tlf tel § fig avd afd bd",
		beforeAny:    "osv etc m.fl m.m o.s.v m.v o.l mio mill milj mdr mrd årh forts f.kr e.kr a.s",
		ofDate:       "jan feb apr jun aug sep sept okt nov dec des",
		neverLast:    "fx dvs d.v.s f.d s.k p.g.a pga resp inkl ekskl exkl evt ev jf jvf jfr jmf vedr ang ifm fr.o.m t.o.m f.n såk kgl bl.a d",
		starts: "den det de en et ett han hun hon vi jeg jag du i på av af for för från fra med ved vid om til till men og och eller som når när hvis " +
			"da där der her här dette detta disse dessa ikke inte nej nei ja efter etter før före også också så ingen alle alla mange många andre andra " +
			"noen nogle några hva hvad vad hvem vem hvorfor varför mer idag i nå nu fordi eftersom under over över mellem mellan siden sedan hans hennes deres",
	},
	{
		tags:         "fi",
		beforeName:   "tri toht dos maist fil ins varat pj kenr ev evl ltn maj prof pres kans ylik past piispa",
		beforeNumber: "s ss nro puh klo n noin luku kpl os vrt",
		beforeAny:    "ym jne tms yms milj mrd eKr jKr ekr jkr oy kk v",
		neverLast:    "esim ks vrt ns mm ml so ent em synt kuol toim ts",
		starts:       "se hän he ne me minä tämä nämä tuo ei kyllä mutta ja tai vaikka kun jos kuin myös sitten siellä täällä kaikki monet muut mitä kuka miksi nyt eilen tänään koska",
	},
	{
		tags: "pl",
		beforeName: "dr gen por ks bp abp kard św o inż mgr hab doc red min prez prok sędz adw sierż asp kom nadkom podinsp insp kmdr im ul al pl os " +
			"p prof wicemin marsz",
		beforeNumber: "art ust pkt lit poz str s t tab rys ok godz zob por par",
		beforeAny:    "itd itp r w gr woj pow gm m.st ub.r br bm p.n.e n.e sp z.o.o s.a",
		neverLast:    "np tj tzw tzn wg ang niem ros franc łac pn płd wsch zach jw ww ub właśc ewent daw",
		starts: "to ten ta te on ona ono oni one my ja ty nie tak ale i a oraz lub choć gdy kiedy gdzie jak jeśli w we z ze na do od po przed przy dla bez " +
			"przez nad pod według o u za tam tu też także jednak więc potem nikt nic wszyscy wszystko wiele inni niektórzy co kto dlaczego teraz wczoraj dziś bo ponieważ jego jej ich",
	},
	{
		tags:         "cs sk",
		beforeName:   "p pí sl ing mgr bc doc prof gen por prap sv dr arch akad kpt mjr ul nám tř bí min dep",
		beforeNumber: "č str s roč kap obr tab cca odst ods čp tel srov sv hod ca",
		beforeAny:    "atd apod atď aj mj mil mld tis r stol stor n.l př.n.l kr s.r.o a.s v.r st",
		neverLast:    "tj tzv tzn resp popř příp vč pozn býv zast t.j t.č angl něm lat vl",
		starts: "to ten ta te on ona ono oni my já ty ne ano ale a i nebo však když kde jak pokud v ve z ze na do od po před při pro bez přes nad pod podle o u za " +
			"tam tady také proto pak nikdo nic všichni všechno mnoho jiní někteří co kdo proč teď včera dnes protože jeho její jejich tento tato toto",
	},
	{
		tags:         "hu",
		beforeName:   "dr id ifj özv sz szt st gr br hg alez ezds őrgy szds fhdgy tbk prof gen",
		beforeNumber: "kb o old fej bek tel évf sz",
		beforeAny:    "stb krt em ker",
		neverLast:    "pl ún ill vö ld ford szerk",
		starts:       "a az egy ez ő ők mi én nem igen de és vagy bár amikor ha ahol hogy mint is akkor ott itt így majd senki semmi minden sok más mit ki miért ma tegnap most mert",
	},
	{
		tags:         "ro",
		beforeName:   "dl dna d-na dlui dr prof ing conf lect gen lt cpt mr sf av av pr arh min col sen dep",
		beforeNumber: "art alin lit nr pag vol cap fig bl sc et ap tel aprox cca sec",
		beforeAny:    "dvs etc str bd jud ș.a ş.a î.hr d.hr",
		ofDate:       "ian feb apr iun iul aug sept oct noi nov dec",
		neverLast:    "ex cf v",
		starts:       "el ea ei ele un o acest această aceste acei nu da dar și sau deși când unde cum dacă în la cu fără pe pentru prin după până între din de nimeni nimic toți multe alții ce cine acum ieri azi pentru",
	},
	{
		tags:         "tr",
		beforeName:   "doç yrd öğr av alb yb bnb yzb tğm org orgn korg korgen tümg tuğg tuğgen gen mim müh ecz hz sn bşk müd uzm arş",
		beforeNumber: "no s sf tel mad md yy bl cilt",
		beforeAny:    "vb vs cad sok mah apt blv bul şti ltd a.ş m.ö m.s",
		neverLast:    "örn çev haz ör",
		starts:       "bu şu o onlar biz ben sen bir ama ve veya ancak çünkü fakat eğer ise hiç herkes kimse ne kim neden nasıl şimdi dün bugün daha sonra önce yine ayrıca hayır evet",
	},
	{
		tags:         "id",
		beforeName:   "pt cv tn ny sdr drs ir kh h hj jend letjen mayjen brigjen kol irjen komjen prof jl",
		beforeNumber: "no hlm hal ps ay tlp tgl",
		beforeAny:    "dll dsb dst tbk",
		neverLast:    "a.n u.p s.d",
		starts:       "ini itu dia mereka kami kita saya tidak ya tetapi dan atau meskipun ketika di ke dari untuk dengan tanpa menurut setelah sejak juga lalu semua banyak apa siapa mengapa sekarang kemarin karena",
	},
	{
		tags: "ru uk be bg sr",
		beforeName: "им ул просп пр-т пл наб д кв корп акад проф доц канд докт ген полк подполк майор кап лейт адм зам зав св о ред г-н г-жа " +
			"ім вул м с гр бул инж арх д-р др пук бр пос дер р-н ст л зв гос",
		beforeNumber: "стр с т тт п пп ч ст ок см ср гл № див стор тел чл ал бр тач",
		beforeAny:    "обл г гг проч пр т.д т.п т.ч н.э р рр ін ін хил итд сл ул вв в",
		neverLast:    "напр наприклад нпр тзв тј т.зв т.н англ нем лат греч фр род ум изд",
		starts: "это этот эта эти он она оно они мы я вы ты не нет да но и а или хотя когда где как если в во с со на к ко до от по перед при для без через над под " +
			"о об у за там тут здесь также однако поэтому потом никто ничего все всё много другие некоторые что кто почему теперь вчера сегодня после его её их тогда " +
			"це цей ця ці він вона вони ні так але й та або якщо коли де як у з зі від після хто що чому всі цього ў ён яна яны гэта той тя те ние аз това ова овај ова је на",
	},
	{
		tags:         "el",
		beforeName:   "κ κκ κα κος δρ καθ υπ αγ οσ οδ λεωφ δις στρ",
		beforeNumber: "αρ σελ τηλ άρθ κεφ",
		beforeAny:    "κλπ κ.λπ κτλ κ.ά κ.α εκ δισ",
		neverLast:    "π.χ δηλ βλ πρβλ",
		starts:       "ο η το οι τα ένας μια αυτός αυτή αυτό δεν όχι ναι αλλά και ή αν όταν όπου όπως σε στο στη στην με χωρίς για από μετά πριν εκεί εδώ επίσης κανείς τίποτα όλοι πολλοί τι ποιος γιατί τώρα χθες σήμερα",
	},
	{
		tags:         "hr sr bs sl",
		beforeName:   "dr mr sc prof gen g gđa ul sv vlč mons akad dipl ing inž st o dipl.-ing min preč gosp",
		beforeNumber: "br str čl st t tč cca tel god",
		beforeAny:    "itd sl d.o.o d.d pr.kr po.kr",
		neverLast:    "tzv tj tzn odn npr eng njem lat",
		starts:       "to taj ta on ona oni mi ja ti ne da ali i a ili iako kad kada gdje kako ako u s sa na k do od po pred pri za bez kroz nad pod o tamo ovdje također zato zatim nitko ništa svi mnogi drugi što tko zašto sada jučer danas jer",
	},
	{
		tags:       "vi",
		beforeName: "ts gs pgs ths tp bs ks ls tx tt",
		starts:     "ông bà anh chị họ tôi chúng đây đó và nhưng nếu khi vì tại theo trong ở với từ sau trước các những một không có đã sẽ ngày năm",
	},
	{
		tags:         "hi mr ne",
		beforeName:   "डॉ डा प्रो श्री श्रीमती सुश्री पं मो कु ले कर्नल",
		beforeNumber: "सं नं पृ क्र",
		beforeAny:    "कि.मी कि मी रु रू",
	},
}

// abbreviated is what a word before a full stop may be, by language.
type abbreviated struct {
	in   uint32 // places in manners
	kind Abbreviation
}

// lexicons are the tables as maps.
type lexicons struct {
	abbreviations map[string][]abbreviated
	starts        map[string]uint32
	manners       map[string]uint32 // by tag
}

var abbreviationTables = sync.OnceValue(func() *lexicons {
	const words, readings, starts, tags = 1057, 1465, 1008, 35 // how many there are
	t := &lexicons{make(map[string][]abbreviated, words), make(map[string]uint32, starts), make(map[string]uint32, tags)}
	all := make([]abbreviated, 0, readings) // of most words there is one
	for i := range manners {
		m, in := &manners[i], uint32(1)<<i
		for tag := range strings.FieldsSeq(m.tags) {
			t.manners[tag] |= in
		}
		for _, list := range [...]struct {
			words string
			kind  Abbreviation
		}{
			{m.beforeName, BeforeName},
			{m.beforeNumber, BeforeNumber},
			{m.beforeAny, BeforeAny},
			{m.ofDate, OfDate},
			{m.neverLast, NeverLast},
		} {
			for word := range strings.FieldsSeq(list.words) {
				if known := t.abbreviations[word]; known != nil {
					t.abbreviations[word] = append(known, abbreviated{in, list.kind})
					continue
				}
				all = append(all, abbreviated{in, list.kind})
				t.abbreviations[word] = all[len(all)-1 : len(all) : len(all)]
			}
		}
		for word := range strings.FieldsSeq(m.starts) {
			t.starts[word] |= in
		}
	}
	return t
})

// anywhere is the bit of the manner that holds in every language.
const anywhere = 1
