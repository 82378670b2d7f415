package extract

import (
	"strings"
	"sync"
	"time"
)

// months names the months, as foldDate leaves them: full names and the usual
// abbreviations, nominative and genitive, in some fifty languages. No name
// stands for two months in two of the languages; where one would, as
// "listopad" does in Polish and Croatian, only one of them is here.
var months = sync.OnceValue(func() map[string]time.Month {
	names := [...]string{
		time.January: "january jan januar jaenner janner janvier janv enero ene janeiro gennaio gen januari stycznia styczen" +
			" sty января январь янв січня січень січ ocak oca tammikuuta tammikuussa tammikuu tammi ledna leden led januara" +
			" sijecnja sijecanj janvari janvaris jaanuar sausio ianuarie ian ιανουαριου ιανουαριος ιαν януари" +
			" јануар јануара јануари студзеня студзень gener xaneiro urtarrilaren janar yanvar januarie ionawr" +
			" eanair يناير جانفي ژانویه ינואר जनवरी জানুয়ারি جنوری มกราคม қаңтар januarja",
		time.February: "february feb februar febr feber fevrier fevr fev febrero fevereiro febbraio februari lutego luty lut" +
			" شباط февраля февраль фев лютого лютии лют subat sub pebruari helmikuuta helmikuussa helmikuu helmi unora unor" +
			" februara veljace veljaca februaris veebruar vasario februarie φεβρουαριου φεβρουαριος φεβ февруари" +
			" фебруар фебруара лютага люты febrer febreiro otsailaren shkurt fevral pebrero chwefror feabhra" +
			" فبراير فيفري فوریه פברואר फरवरी ফেব্রুয়ারি فروری กุมภาพันธ์ ақпан februarja",
		time.March: "march mar marz maerz mrz mars marzo marco maart mrt marts marca marzec марта март мар березня" +
			" березень бер آذار marc mart maret maaliskuuta maaliskuussa maaliskuu maalis brezna brezen marec ozujka ozujak marta kovo" +
			" martie marcius μαρτιου μαρτιος μαρ сакавика сакавик martxoaren mac marso machi mawrth مارس مارچ מרץ" +
			" मार्च মার্চ มีนาคม наурыз",
		time.April: "april apr avril avr abril abr aprile aprili kwietnia kwiecien kwi апреля апрель апр квітня квітень кв" +
			" квіт nisan nis huhtikuuta huhtikuussa huhtikuu huhti dubna duben aprila travnja travanj aprilis aprill balandzio" +
			" aprilie απριλιου απριλιος απρ април априла красавика красавик apirilaren prill aprel ebrill aibrean" +
			" ابريل افريل نيسان آوریل اپریل אפריל अप्रैल এপ্রিল เมษายน сәуір",
		time.May: "may mai mayo maio maggio mag mei maj maja мая маи травня травень трав mayis toukokuuta toukokuussa toukokuu touko" +
			" kvetna kveten svibnja svibanj maijs maija geguzes majus μαιου μαιος μαι мај маја maig maiatzaren" +
			" bealtaine مايو ماي ايار مه مئی מאי मई মে พฤษภาคม мамыр",
		time.June: "june jun juni juin junio junho giugno giu czerwca czerwiec cze июня июнь июн червня червень черв" +
			" haziran haz kesakuuta kesakuussa kesakuu kesa cervna cerven juna lipnja lipanj junij junija junijs juuni" +
			" birzelio iunie iun junius ιουνιου ιουνιος ιουν юни јун јуна јуни чэрвеня чэрвень juny xuno ekainaren" +
			" qershor iyun junie hunyo mehefin meitheamh يونيو جوان حزيران ژوئن جون יוני जून জুন มิถุนายน маусым",
		time.July: "july jul juli juillet juil julio julho luglio lug lipca lipiec lip июля июль июл липня липень лип" +
			" temmuz tem heinakuuta heinakuussa heinakuu heina cervence cervenec jula srpnja srpanj julij julija julijs juuli" +
			" liepos iulie iul julius ιουλιου ιουλιος ιουλ юли јул јула јули ліпеня ліпень juliol xullo uztailaren" +
			" korrik iyul julie julai hulyo gorffennaf iuil يوليو يوليوز جويلية تموز ژوئیه جولائی יולי जुलाई জুলাই" +
			" กรกฎาคม шілде",
		time.August: "august aug aout agosto ago augustus augusti sierpnia sierpien sie августа август авг серпня серпень" +
			" серп agustos agu agustus agt elokuuta elokuussa elokuu elo srpna srpen augusta kolovoza kolovoz avgust avgusta" +
			" augusts rugpjucio augusztus αυγουστου αυγουστος αυγ жніўня жнівень agost abuztuaren gusht avqust" +
			" ogos agosti awst lunasa اغسطس اوت غشت آب اگست אוגוסט अगस्त আগস্ট สิงหาคม тамыз agust",
		time.September: "september sep sept szept septembre septiembre setiembre setembro set settembre wrzesnia wrzesien wrz" +
			" сентября сентябрь сен сент вересня вересень вер eylul eyl syyskuuta syyskuussa syyskuu syys zari septembra" +
			" rujna rujan septembar septembris rugsejo septembrie szeptember σεπτεμβριου σεπτεμβριος σεπ септември" +
			" септембар септембра верасня верасень setembre irailaren shtator sentyabr septemba setyembre medi" +
			" mean سبتمبر شتنبر ايلول سپتامبر ستمبر ספטמבר सितंबर सितम्बर সেপ্টেম্বর กันยายน қыркүйек",
		time.October: "october oct oktober okt octobre octubre outubro out ottobre ott octobri pazdziernika pazdziernik paz" +
			" октября октябрь окт жовтня жовтень жовт ekim eki lokakuuta lokakuussa lokakuu loka rijna rijen oktobra oktobar" +
			" oktobris oktoober spalio octombrie οκτωβριου οκτωβριος οκτ октомври октобар октобра кастрычника" +
			" кастрычник urriaren tetor oktyabr oktoba oktubre hydref deireadh اكتوبر اکتبر اکتوبر אוקטובר अक्टूबर" +
			" अक्तूबर অক্টোবর ตุลาคม қазан",
		time.November: "november nov novembre noviembre novembro listopada listopad lis ноября ноябрь ноя нояб листопада" +
			" листопад лист kasim kas nopember marraskuuta marraskuussa marraskuu marras listopadu novembra studenoga studenog" +
			" studeni novembar novembris lapkricio noiembrie νοεμβριου νοεμβριος νοε ноември новембар новембра" +
			" лістапада лістапад azaroaren nentor noyabr novemba nobyembre tachwedd samhain نوفمبر نونبر نوامبر" +
			" نومبر נובמבר नवंबर नवम्बर নভেম্বর พฤศจิกายน қараша",
		time.December: "december dec dezember dez decembre diciembre dic dezembro dicembre desember des grudnia grudzien gru" +
			" декабря декабрь дек грудня грудень груд aralik ara joulukuuta joulukuussa joulukuu joulu prosince prosinec" +
			" decembra prosinca prosinac decembar decembris detsember gruodzio decembrie δεκεμβριου δεκεμβριος δεκ" +
			" декември децембар децембра снежня снежань desembre decembro abenduaren dhjetor dekabr desemba" +
			" disyembre disember rhagfyr nollaig ديسمبر دجنبر دسامبر دسمبر דצמבר दिसंबर दिसम्बर ডিসেম্বর ธันวาคม" +
			" желтоқсан",
	}
	m := map[string]time.Month{}
	for month, list := range names {
		for _, name := range strings.Fields(list) {
			m[foldDate(name)] = time.Month(month)
		}
	}
	return m
})

// clockWords stand before a time of day, or after it. A number behind one of
// them is an hour.
var clockWords = wordSet("at um kl klo klokken klokka klockan klukkan kell plkst ora ore orele ores h hora horas hour hours heure heures " +
	"hrs o clock uhr uur saat saati pukul jam godz godzina u ob v w в о у om a as alle alas las luc gio ωρα στισ " +
	"час часов годині година hodin hodine val oraa kloka tid time temps tijd zeit")

// fillers are the words that stand in and around dates and mean nothing.
var fillers = wordSet("m t d of on the and de del di da do das dos la le les el il lo los den der dem des em på ve og und och og e y i em en ja " +
	"year г года р року gada gads metu năm nam ngay ngày thu ko am date dated last first original originally online print " +
	"stand vom mis le date data datum dato fecha pvm paivamaara дата tarih tarihi tanggal ημερομηνια local utc gmt " +
	"дня числа день day dia jour giorno tag dag time fomhair ho " +
	"mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday " +
	"mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag " +
	"lun mar mer jeu ven sam dim lundi mardi mercredi jeudi vendredi samedi dimanche " +
	"mie jue vie sab dom lunes martes miercoles jueves viernes sabado domingo " +
	"seg ter qua qui sex segunda terca quarta quinta sexta feira " +
	"gio lunedi martedi mercoledi giovedi venerdi sabato domenica " +
	"ma wo vr za zo maandag dinsdag woensdag donderdag vrijdag zaterdag zondag " +
	"man tir ons tor lor lør fre son søn mandag tirsdag onsdag torsdag fredag lordag lørdag sondag søndag måndag tisdag lördag söndag tis tors " +
	"ti ke to pe su maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai " +
	"maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina " +
	"pn wt sr śr czw pt sob nd niedz poniedziałek wtorek środa czwartek piątek sobota niedziela " +
	"po ut st ct pa ne pondeli utery streda ctvrtek patek nedele pondelok utorok stvrtok piatok nedela " +
	"pon uto sri cet pet ned ponedjeljak utorak srijeda cetvrtak petak subota nedjelja ponedeljak sreda nedelja ponedeljek torek cetrtek petek " +
	"пн вт ср чт пт сб вс нд понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье " +
	"понеділок вівторок середа середу четвер пятниця пʼятниця субота суботу неділя неділю понеделник сряда четвъртък петък събота неделя " +
	"pzt sal çar per cum cmt paz pazartesi salı çarşamba perşembe cuma cumartesi pazar " +
	"sen sel rab kam jum ming senin selasa rabu kamis jumat sabtu minggu ahad isnin khamis jumaat " +
	"luni marti miercuri joi vineri sambata duminica hetfo kedd szerda csutortok pentek szombat vasarnap " +
	"δευ τρι τετ πεμ παρ σαβ κυρ δευτερα τριτη τεταρτη πεμπτη παρασκευη σαββατο κυριακη " +
	"الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد يوم שני שלישי רביעי חמישי שישי שבת ראשון יום " +
	"सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार " +
	"วันจันทร์ที่ วันอังคารที่ วันพุธที่ วันพฤหัสบดีที่ วันศุกร์ที่ วันเสาร์ที่ วันอาทิตย์ที่ วันที่ " +
	"دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili " +
	"hai ba tu bay chu nhat dilluns dimarts dimecres dijous divendres dissabte diumenge " +
	"월요일 화요일 수요일 목요일 금요일 토요일 일요일 화 수 목 금 토 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日")

// dateLabels say what a date is: true of a change, false of the first
// appearance.
var dateLabels = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, w := range foldedWords("published posted issued created erschienen veröffentlicht publiziert publié publiée paru parue publicado publicada " +
		"publicat publicată pubblicato pubblicata gepubliceerd geplaatst publisert publicerad publicerat udgivet offentliggjort julkaistu " +
		"avaldatud birta opublikowano opublikowany dodano publikacji publikacja publikováno vydáno zveřejněno publikované zverejnené objavljeno " +
		"опубликовано опубликована опубликован публикация опубліковано публікація публикувано објављено yayınlanma yayımlanma yayınlandı " +
		"yayımlandı dipublikasikan diterbitkan terbit đăng megjelent közzétéve δημοσιεύθηκε δημοσίευση نشر نشرت פורסם 发布 发布时间 發布時間 公開 公開日 掲載 입력 등록 erstellt") {
		m[w] = false
	}
	for _, w := range foldedWords("updated update modified edited revised amended aktualisiert aktualisierung geändert bearbeitet jour mise " +
		"actualisé actualisée modifié modifiée actualizado actualizada actualización modificado modificada editado atualizado atualizada atualização " +
		"aggiornato aggiornata aggiornamento modificato modificata bijgewerkt gewijzigd oppdatert endret uppdaterad uppdaterat ändrad " +
		"opdateret ændret redigeret päivitetty muokattu uuendatud uppfært zaktualizowano aktualizacja aktualizováno aktualizace upraveno " +
		"aktualizované ažurirano posodobljeno обновлено обновлен обновлена изменено оновлено обновена güncelleme güncellendi güncellenme " +
		"diperbarui dikemaskini frissítve módosítva actualizat actualizată ενημερώθηκε ενημέρωση تحديث עודכן 更新 更新时间 更新日 수정") {
		m[w] = true
	}
	return m
})

func wordSet(list string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		m := map[string]bool{}
		for _, w := range foldedWords(list) {
			m[w] = true
		}
		return m
	})
}

// foldedWords returns the words of a list as foldDate leaves those of a text.
func foldedWords(list string) []string { return strings.Fields(foldDate(list)) }
