package text

// kin are pairs of languages that share most of their commonest words. A text
// in one of them is told from all others by what the two share, and from the
// other by its own words alone.
var kin = [...][2]language{{{"da", "Latn"}, {"no", "Latn"}}, {{"pt", "Latn"}, {"gl", "Latn"}}, {{"nl", "Latn"}, {"af", "Latn"}}, {{"id", "Latn"}, {"ms", "Latn"}}, {{"hr", "Latn"}, {"sr", "Latn"}}, {{"fa", "Arab"}, {"ps", "Arab"}}}

type language struct{ tag, script string }

// languages lists the languages that are told apart by their words: the
// commonest ones of news, which are function words mostly, in lower case with
// accents; and the letters beside a to z (beside the common alphabet of the
// script, for others) that a text in them shows often.
var languages = [...]struct{ tag, script, words, letters string }{
	{
		"en", "Latn",
		"the of and to in that for is on was with he as it by at from his be have has are not this but they an which their were who will had been its more would about when there after also she said or we you all what than other one can could new people over some time out up into under no now only before against most where how while them do just any many may being such because if so those",
		"",
	},
	{
		"de", "Latn",
		"der die und in den von das zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei ich wir kann gegen vom schon wenn habe seine ihre was",
		"äöüß",
	},
	{
		"fr", "Latn",
		"de la le les et des en un une du que dans pour qui est par sur pas plus au ne se ce avec il sont aux ont été mais son cette ou comme sa ses leur elle nous vous je tout fait être deux même aussi après ces où entre depuis sans était contre avait encore dont bien très selon qu lors ans",
		"éèêàçœùîôû",
	},
	{
		"es", "Latn",
		"de la que el en y los del se las por un para con no una su al lo como más pero sus le ha este si sobre entre cuando ser son también fue había era muy años hasta desde está porque sin dos donde quien todo esta han ya hay nos durante uno ni ese eso contra según después ante",
		"ñáéíóú",
	},
	{
		"pt", "Latn",
		"de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa foi são está ser tem diz disse ano sobre anos contra ainda segundo",
		"ãõçáéíóúâêô",
	},
	{
		"it", "Latn",
		"di e il la che in a per un del non è della una i con si da le sono dei al ha alla nel più anche come gli lo delle ma dal su dalla nella se ai ci anni essere questo stato o loro hanno due sul degli tra dopo perché quando ancora fatto prima così sua suo cui era stata contro sulla dell ed",
		"èàòùì",
	},
	{
		"nl", "Latn",
		"de het een van en in is dat op te zijn met voor niet die er aan om ook als dan maar bij door uit nog naar heeft hij worden wordt werd was over ze zich tot meer hebben of kan geen al deze veel wel dit hun moet jaar we onder wat zo tegen haar ik zegt na zal had gaat kunnen zei omdat nieuwe volgens",
		"",
	},
	{
		"sv", "Latn",
		"och i att det som en på är av för med den till har de inte om ett men var sig så från vi kan nu jag under efter eller när hade skulle han säger vara också ska man över där blir även mot mycket sin denna mer då blev sina hon än mellan alla finns bara år detta vid utan få",
		"åäö",
	},
	{
		"da", "Latn",
		"og i at det er en til af på for de med den som der har ikke et han om var fra sig vil men også kan skal jeg efter eller havde så ud vi år siger blev være når over end nu mod have blevet ved hvor mere ham hun alle hvad kun bliver meget man dette siden hans kunne ind op mellem sagde allerede fordi uden selv nogle andre samme tidligere nye oplyser ifølge mange første regeringen hvis noget deres blandt derfor igen imod flere skriver",
		"æøå",
	},
	{
		"no", "Latn",
		"og i det som på er at en til av for med han har de ikke den om et fra var seg vil men også kan skal jeg etter eller så ut vi år sier ble være når over enn nå mot hadde blitt ved hvor mer hun alle hva bare blir mye man dette siden hans kunne inn opp mellom noe sin da hvis flere ifølge sa allerede fordi uten selv noen andre samme tidligere nye opplyser mange første regjeringen deres blant derfor igjen skriver ta gjør",
		"æøå",
	},
	{
		"fi", "Latn",
		"ja on ei että se oli hän mutta ovat myös kun kuin joka ole sen tai mukaan vain nyt jo niin mitä sekä voi ollut ne olla vielä tämä hänen jos ennen jälkeen kanssa siitä he olisi vuonna mukaan joka jotka sitä tässä tämän oman koko muun kertoo sanoo yli noin ihmisten suomen vuoden kuitenkin",
		"äö",
	},
	{
		"pl", "Latn",
		"w i na z nie się do to że o jest jak po za od przez co tym dla ale ma są jego tak był oraz czy było także już tylko przed być ich może który która które tego ze jej go pod przy roku lat kiedy sobie bardzo będzie jednak między zostanie został sie była nad też przeciw",
		"ąćęłńśźżó",
	},
	{
		"cs", "Latn",
		"a v se na je že o s z do to i ve za by pro jako po podle si jsem byl ale které který která jeho ze nebo už od jen také tak až při jsou není bude než k roku má co jsme bylo byla před let pak této protože mezi ještě jejich více proti",
		"ěščřžýáíéůúťďň",
	},
	{
		"sk", "Latn",
		"a v sa na je že o s z do to aj vo za by pre ako po podľa si som bol ale ktoré ktorý ktorá jeho zo alebo už od len tiež tak až pri sú nie bude než k roku má čo sme bolo bola pred rokov potom tejto pretože medzi ešte ich viac proti",
		"ľščťžýáíéúäôňďŕĺ",
	},
	{
		"hu", "Latn",
		"a az hogy nem és is egy volt de ez meg csak el már még mint ha van azt vagy szerint után aki ki lehet kell ezt majd így sem minden nagy lesz mert pedig között most úgy több ami amely meg két azonban ezért illetve által során millió magyar év",
		"áéíóöőúüű",
	},
	{
		"ro", "Latn",
		"de și în a la cu că pe din nu o să un care este mai au pentru al fi ce ca fost sau dar lui sunt prin ale cele după o ei cel am până fost acest această fără dacă era când către între avea doar ani asta iar foarte spus cum lor poate sa său",
		"ăâîșțşţ",
	},
	{
		"tr", "Latn",
		"ve bir bu da de için ile olarak çok daha olan en gibi kadar sonra ne var ise ya her o ama değil olduğu olduğunu göre oldu yeni ki bin iki yıl şekilde büyük tarafından dedi veya önce hem diye ilk mi içinde karşı üzerinde ancak etti eden türkiye etmek nedeniyle",
		"ığşçöü",
	},
	{
		"id", "Latn",
		"yang dan di dengan untuk dari ini itu pada tidak dalam akan ke juga oleh ada tersebut adalah sebagai mereka karena telah bisa kata saat para sudah lebih tahun atau kami bahwa anak saya dapat orang harus seperti menjadi hari kepada setelah hanya secara masih namun antara belum melakukan ia sementara mengatakan hingga tetapi pihak pun terhadap boleh ketika sebelum kita bagi satu serta mengenai turut perlu supaya negara seorang lagi baru semua anda agar maka tak jika apabila sehingga setiap bila sambil tentang hal banyak beberapa",
		"",
	},
	{
		"sw", "Latn",
		"na ya wa kwa katika ni la za kuwa hiyo huo huyo kama cha alisema yake wake watu hii huu hilo amesema baada ambao ambaye kutoka hayo lakini pia ili bila rais nchi kwamba vya yao wao hadi mwaka siku wakati serikali alikuwa ambayo hivyo tu nchini kila watu hata mmoja zaidi bado sasa baadhi kabla hiyo",
		"",
	},
	{
		"vi", "Latn",
		"và của là có cho các trong không được với một những người này đã để ở khi đến tại từ về cũng năm ông sẽ ra vào trên như nhiều nước theo đó phải sau bị làm đang rất tôi còn việc ngày nhưng thì hai vì",
		"ăâđêôơưạảấầẩậắằặẹẻếềểệịọỏốồổộớờởợụủứừửựỳỹ",
	},
	{
		"ca", "Latn",
		"de la i que el a en els les del per un una és amb no al ha es ser són com va més seu seva aquest aquesta també pel però han dels als on fins ja sobre entre quan perquè molt això anys havia està sense dues tot hi ho ens des contra segons després",
		"çàèòïï",
	},
	{
		"hr", "Latn",
		"i u je na se da su za od s a koji ne o kao to iz što bi će nije do ali koja koje samo ili još sve nakon kako te bio godine jer prema može sam biti tako više bez pred bila već dok uz oko protiv kada između smo dana ga rekao kod tko gdje prije poslije također tijekom vrijeme dvije predsjednik kazao izvijestio unatoč ondje ovdje europske europski tjedan tisuća siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca vijeće uvjeti mjesto svijet smije vlade vlada koju kojih ima nema treba kojem svoje svoj ovo taj ta ovaj ova kad ipak tisuće tisuću sustav sustava tvrtka tvrtke nogomet povijest povijesti izvješće priopćenje priopćenju suradnja suradnje suradnju prosvjed prosvjedi oporba europi europa europska hrvatska hrvatske hrvatski hrvatskoj proračun udruga općina općine županija županije vijesti djeca djece cijena cijene promjena promjene primjer primjerice rješenje uvijek ponedjeljak ponedjeljka srijeda srijedu mjera mjere zahtjev zahtjeva uspjeh posljedica posljedice sljedeći sljedeće vidjeti živjeti svijeta svijetu mjesta mjestu vremena nedjelja nedjelju uvjet uvjete zrakoplov vlak ravnatelj izravno putem",
		"čćđšž",
	},
	{
		"ru", "Cyrl",
		"и в не на что с по он как это из к у за но от о же его для так а то все был было до она мы они только или если еще ещё уже при были может которые также году после время этого чтобы этом быть который под нет со года ее её их сказал лет",
		"ыэёъ",
	},
	{
		"uk", "Cyrl",
		"і в на що не з у до та за як це він по від є для про його але року був які при також було над або який вона ми вони під час після так тому щоб через ще вже й може були їх із цього має проти якщо буде лише більше",
		"іїєґ",
	},
	{
		"be", "Cyrl",
		"і ў у на што не з да як гэта ён па ад для але быў год якія пры таксама было або які яна мы яны пасля так каб праз яшчэ ужо можа былі іх мае супраць калі будзе толькі больш года паводле",
		"іўыэё",
	},
	{
		"bg", "Cyrl",
		"и на да за се от в не са че с по е до като това ще бе при но които има който след си беше още може ли а или години само през между така той тя те където която според няма той към без повече над сега",
		"ъщ",
	},
	{
		"sr", "Cyrl",
		"и у је на се да су за од са који не о као то из што би ће није до али која које само или још све након како те био године јер према може сам бити тако више без пред била већ док уз око против када између смо",
		"јљњћђџ",
	},
	{
		"ar", "Arab",
		"في من على إلى أن التي عن مع الذي هذا ما لا هذه بعد كان ولا ذلك بين وقال كما قبل كل خلال غير أو حيث عام لم إن كانت هو هي قد منذ وقد قال عند حول التى أكثر أي عليه كان يوم ضد بأن تم وكان وفي ومن ثم أنه",
		"ةأإؤئ",
	},
	{
		"fa", "Arab",
		"و در به از که این را با است برای آن یک خود تا کرد بر هم نیز گفت می شود شد ما اما یا باید بود کند شده دو او ها های کرده وی هر اگر پس سال نمی دیگر بین پیش توسط دارد کشور ایران همه مورد چه بی شده\u200cاست می\u200cشود می\u200cکند اند",
		"پچژگ",
	},
	{
		"ur", "Arab",
		"کے کی میں ہے کا سے اور کو نے کہ پر ہیں اس یہ بھی کر کیا ایک نہیں تھا تو جو ہو گیا ان لیے وہ تھے کرنے تک گے بعد ہی تھی جا ہوئے اپنے ساتھ کہا رہے ہوا جس گئی یا دیا لئے انہوں رہا",
		"ٹڈڑںےہھ",
	},
	{
		"hi", "Deva",
		"के में की है से का को और ने पर हैं कि भी यह कर एक नहीं इस लिए हो तो था किया वह साथ बाद कहा जो या गया अपने रहे थे थी करने हुए लेकिन रहा दिया उन्होंने बताया होने वाले अब जा तक",
		"",
	},
	{
		"mr", "Deva",
		"आणि आहे या व हे तर की ते ही असे आहेत केली केला आली होते होता होती नाही करण्यात त्यांनी यांनी मात्र पण झाली झाला त्या असून म्हणून एक तसेच त्याच्या येथे काही",
		"ळ",
	},
	{
		"ne", "Deva",
		"र छ को मा ले यो पनि हो भने गरेको गर्न गर्ने छन् भएको थियो हुने गरी तर लागि एक उनले छैन गरेका भन्ने यस त्यो आफ्नो नेपाल बताए रहेको",
		"",
	},
	{
		"af", "Latn",
		"die en van in is dat het nie om te op vir met was ook sy wat hy aan as by sal ons hulle kan word deur maar sê daar een nog uit oor tot na teen wees jaar meer hierdie gesê volgens kon n nuwe hul ek jy nou toe net baie waar omdat sonder tussen onder soos moet kom se mense eerste wil gaan het",
		"ê",
	},
	{
		"ms", "Latn",
		"yang dan di dengan untuk dari ini itu pada tidak dalam akan ke juga oleh ada tersebut adalah sebagai mereka telah kepada daripada boleh beliau berkata bahawa kerana ialah katanya mengenai turut selepas ketika manakala sebelum lebih kita bagi satu serta menerusi tahun hari semalam hanya semasa mahu sahaja iaitu polis syarikat wang kerajaan negara perlu dapat supaya antara pihak seorang orang masih sudah lagi baru menjadi jika apabila sehingga setiap semua banyak beberapa tentang hal maka agar tak bila sambil ia pun hingga tetapi sementara",
		"",
	},
	{
		"sr", "Latn",
		"i u je na se da su za od s a koji ne o kao to iz će nije do ali koja koje samo ili još sve nakon kako te bio godine jer prema može sam biti tako više bez pred bila već dok uz oko protiv kada između smo dana ga kod šta ko gde pre posle takođe tokom vreme dve predsednik rekao kazao saopštio izjavio uprkos ovde evropske evropski nedelje hiljada januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra savet uslovi mesto svet sa bi što koju kojih ima nema treba vlade vlada kojem svoje svoj ovo taj ta ovaj ova kad ipak hiljade hiljadu sistem sistema firma firme fudbal istorija istorije izveštaj saopštenje saopštenju saradnja saradnje saradnju protesta opozicija evropi evropa evropska srbija srbije srbiji srpski budžet opština opštine vesti deca dece cena cene promena promene primer rešenje uvek ponedeljak ponedeljka sreda sredu mera mere zahtev zahteva uspeh posledica posledice sledeći sledeće videti živeti sveta svetu mesta mestu vremena nedelja nedelju uslov uslove avion voz direktor direktno",
		"čćđšž",
	},
	{
		"ps", "Arab",
		"د په او چې له دی ته کې سره هم نه یې دا شوي شوی کړی کړي وي دغه خو ترڅو وایي ویلي دي شو وه پر تر ده لپاره ځکه څخه هغه یو کېږي هېواد وروسته خپل ډېر لري کوي کړه بل یوه بیا هغوی چارواکو وویل مخکې پورې باندې",
		"ټډړښږڅځېۍڼ",
	},
	{
		"gl", "Latn",
		"de a o e que do da en un unha para con non os as no na por máis ao á dos das polo pola coa co foi son está ser tamén xa moi ata desde pero como entre sobre cando ten hai seu súa onde este esta dun dunha nun nunha aos ás polos polas cos coas eu el ela eles outro outra ano anos segundo goberno xunta galego galega galegos galicia galiza concello dous dúas lles lle isto aínda agora só despois antes mentres porque persoas dende contra tras novo nova",
		"ñáéíóú",
	},
	{
		"mk", "Cyrl",
		"на и во се од за да не со што го е ги а ќе по како ја до си сите тоа но или бидејќи кога кој која кои ова овој оваа беше биде има нема само уште веќе меѓу според после пред против над под при односно денеска рече изјави вели година години луѓе претседателот владата",
		"ѓќѕјљњџ",
	},
}
