package en_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/text/en"
)

// TestSentencesOfLanguages cuts texts in many languages as an article without a
// language is cut. A bar stands for the space between two sentences, a circumflex
// between two without a space.
func TestSentencesOfLanguages(t *testing.T) {
	for _, in := range []string{
		`قال الوزير إن المحادثات تأجلت إلى الخريف.|لم يذكر السبب.|هل تبدأ من جديد؟|لا أحد يعلم ذلك حتى الآن!`,
		`وصل د. أحمد إلى القاهرة يوم الاثنين.|ثم غادر إلى باريس.`,
		`«لن نقبل بهذا الاتفاق.»|هكذا قال المتحدث باسم الحكومة.`,
		`«هل هذا صحيح؟» سأل الوزير.|لم يجب أحد.`,
		`كان ذلك في عام 2010م.|ثم عاد أ.د. محمد علي.`,
		"وزیر گفت که گفتگوها به پاییز موکول شده است.|آیا دوباره آغاز می\u200cشود؟|هیچ کس نمی\u200cداند.",
		`دکتر ر. احمدی آمد.|او در سال ۱۳۹۰ ه.ش. رفت.`,
		`وزیر نے کہا کہ مذاکرات ملتوی کر دیے گئے ہیں۔|اس کی وجہ نہیں بتائی گئی۔|کیا وہ دوبارہ شروع ہوں گے؟|کوئی نہیں جانتا۔`,
		`मंत्री ने सोमवार को कहा कि वार्ता टाल दी गई है।|इसका कारण नहीं बताया गया।|क्या वह फिर शुरू होगी?|कोई नहीं जानता।`,
		`डॉ. सिंह दिल्ली पहुंचे।|वे कल लौटेंगे।`,
		`"क्या सच में?" मंत्री ने पूछा।|किसी ने जवाब नहीं दिया।`,
		`部长星期一表示，会谈已推迟。^他没有说明原因。^会谈会重新开始吗？^没有人知道！`,
		`“我们不会接受这个协议。”^他说。^谈判将继续。`,
		`他说……也许吧。^没有人知道。`,
		`大臣は月曜日、協議は延期されたと述べた。^理由は明らかにしていない。^再開されるのか？^誰も知らない。`,
		`「この合意は受け入れられない。」と彼は述べた。^交渉は続く。`,
		`彼は「受け入れられない」と述べた。^３．５％上昇した。`,
		`장관은 월요일 회담이 연기되었다고 말했다.|이유는 밝히지 않았다.|다시 시작될까?|아무도 모른다.`,
		`"정말인가?"라고 장관이 물었다.|아무도 답하지 않았다.`,
		`Ο υπουργός είπε ότι οι συνομιλίες αναβλήθηκαν.|Γιατί έγινε αυτό;|Κανείς δεν ξέρει.|«Δεν θα το δεχτούμε.»|Έτσι απάντησε ο εκπρόσωπος.`,
		`Ο κ. Παπαδόπουλος μίλησε στη Βουλή.|Η κα Νικολάου και ο δρ. Ιωάννου απάντησαν.`,
		`Το άρθρο αρ. 5 του νόμου ισχύει από το 2010 μ.Χ. και μετά.|Αυτό είπε ο Α. Σαμαράς.`,
		`«Γιατί;» ρώτησε ο υπουργός.|Κανείς δεν απάντησε.`,
		`השר אמר ביום שני שהשיחות נדחו.|הסיבה לא נמסרה.|האם יתחדשו?|איש אינו יודע.`,
		`פרופ' כהן וד"ר לוי הגיעו לירושלים.|הם נפגשו עם רה"מ.`,
		`"באמת?" שאל השר.|איש לא ענה.`,
		`Министр сказал, что переговоры перенесены.|В 2010 г. началась реформа.|По словам А. С. Пушкина, это не так.|Ул. Ленина и пр. Мира закрыты.`,
		`В г. Москве и в т. ч. в области ввели режим.|Это стоило 5 млн. руб. и более.|Премьер приехал.`,
		`«Мы не примем это!» — заявил министр.|Переговоры идут.`,
		`— Почему? — спросил он.|Никто не ответил.`,
		`Міністр сказав, що переговори перенесено.|У 2010 р. почалася реформа.|За словами О. Коваля, це не так.|Вул. Шевченка закрита.`,
		`Це коштувало 5 млн. грн.|Прем'єр приїхав до м. Києва.`,
		`Министърът каза, че преговорите са отложени.|През 2010 г. започна реформата.|Д-р Иванов и проф. Петров са в гр. София.|Ул. „Раковски“ е затворена.`,
		`„Наистина ли?“, попита министърът.|Никой не отговори.`,
		`Министар је рекао да су преговори одложени.|Године 2010. почела је реформа.|Др Петровић и проф. Јовић су у Београду.|То је било 5. октобра.`,
		`Ministar je rekao da su pregovori odloženi.|Godine 2010. počela je reforma.|Prof. Jović je u Beogradu.|Tzv. reforma ne ide.`,
		`Minister powiedział, że rozmowy przełożono.|W 2010 r. zaczęła się reforma.|Prof. Nowak i dr Kowalski są w Warszawie.|Ul. Marszałkowska jest zamknięta.`,
		`Kosztowało to 5 mln zł, m.in. dlatego, że im. Jana Pawła II i tzw. reforma.|Premier przyjechał.`,
		`„Naprawdę?” – zapytał minister.|Nikt nie odpowiedział.`,
		`Ministr řekl, že jednání se odkládá.|V roce 2010 začala reforma.|Prof. Novák a Ing. Svoboda jsou v Praze.|Stalo se to 5. října.`,
		`Např. ul. Národní je zavřená.|Tzv. reforma stála 5 mil. Kč.|Premiér přijel.`,
		`A miniszter azt mondta, hogy a tárgyalásokat elhalasztották.|2010. október 5-én kezdődött a reform.|Dr. Kovács és prof. Szabó Budapesten van.|A Kossuth u. zárva van.`,
		`Az ún. reform kb. 5 mrd. forintba került.|– Valóban? – kérdezte a miniszter.`,
		`Bakan, görüşmelerin ertelendiğini söyledi.|Prof. Dr. Yılmaz ve Doç. Kaya Ankara'da.|Atatürk Cad. kapalı.|20. yüzyılda böyle değildi.`,
		`Ministeri sanoi, että neuvottelut siirtyvät.|Se tapahtui 5. lokakuuta.|Esim. prof. Virtanen ja toht. Korhonen ovat Helsingissä.|Ns. uudistus maksaa n. 5 milj. euroa.`,
		`Ministern sade att samtalen flyttas.|T.ex. prof. Svensson och dr. Nilsson är i Stockholm.|Bl.a. kostar det ca. 5 milj. kr.|Statsministern kom.`,
		`Ministeren sagde, at samtalerne er flyttet.|Det skete d. 5. oktober.|F.eks. er prof. Hansen og dr. Jensen i København.|Bl.a. koster det ca. 5 mio. kr.|Statsministeren kom.`,
		`Statsråden sa at samtalene er flyttet.|Det skjedde 5. oktober.|F.eks. er prof. Hansen og dr. Olsen i Oslo.|Bl.a. koster det ca. 5 mill. kr.|Statsministeren kom.`,
		`De minister zei dat de gesprekken zijn verplaatst.|Bijv. prof. dr. De Vries en mr. Jansen zijn in Den Haag.|Het kost ca. 5 mln. euro.|De premier kwam.`,
		`Der Minister sagte, dass die Gespräche verlegt sind.|Am 5. Oktober kam Prof. Dr. Weber, z. B. mit der S-Bahn.|Es kostet ca. 5 Mio. Euro.|Der Kanzler kam.`,
		`„Wir lehnen das ab.“|So sagte es der Sprecher.|»Nie wieder!«|Dann ging er.|»Das war alles.«`,
		`Le ministre a déclaré que les discussions sont reportées.|M. Dupont et Mme Durand sont à Paris.|«Nous refusons.»|C'est ce qu'a dit le porte-parole.|L'art. 5 coûte env. 5 millions.`,
		`« Vraiment ? » a demandé le ministre.|« Nous refusons ! » a-t-il dit.|« Nous refusons. »|Puis il est parti.`,
		`El ministro dijo que las conversaciones se aplazan.|El Sr. García y la Dra. López están en Madrid.|¿Por qué?|Nadie lo sabe.|EE. UU. no acepta.`,
		`—¿De verdad? —preguntó el ministro.|Nadie respondió.`,
		`O ministro disse que as conversas foram adiadas.|O Sr. Silva e a Dra. Costa estão em Lisboa.|O art. 5.º custa aprox. 5 milhões.|O primeiro-ministro chegou.`,
		`Il ministro ha detto che i colloqui sono rinviati.|Il dott. Rossi e la sig.ra Bianchi sono a Roma.|L'art. 5 costa ca. 5 milioni.|Il premier è arrivato.`,
		`El ministre va dir que les converses s'ajornen.|El Sr. Puig i la Dra. Vila són a Barcelona.|Núm. 5 de la pl. Catalunya.|El president va arribar.`,
		`Ministrul a spus că discuțiile sunt amânate.|Dl. Popescu și dna. Ionescu sunt la București.|Art. 5 costă aprox. 5 mil. lei.|Premierul a sosit.`,
		`Menteri mengatakan pembicaraan ditunda.|Prof. Dr. Budi dan Ir. Sutomo di Jakarta.|Jl. Sudirman ditutup.|Tgl. 5 Oktober tidak.`,
		`Waziri alisema mazungumzo yameahirishwa.|Dkt. Mwangi na Prof. Otieno wako Nairobi.|Bw. Juma na Bi. Asha walikuja.|Rais alifika.`,
		`Bộ trưởng cho biết đàm phán đã được dời.|TS. Nguyễn và GS. Trần ở Hà Nội.|TP. Hồ Chí Minh có mưa.|Thủ tướng đã đến.`,
		`นายกฯ กล่าวว่า "จริงหรือ?"|ไม่มีใครตอบ`,
		`ሚኒስትሩ ንግግሩ ተላልፏል አሉ።^ምክንያቱ አልተገለጸም።`,
		`Նախարարն ասել է, որ բանակցությունները հետաձգվել են։|Պատճառը չի նշվել։|Ոչ ոք չգիտի։`,
		`ဝန်ကြီးက ပြောကြားခဲ့သည်။|အကြောင်းရင်းကို မပြောခဲ့ပါ။`,
	} {
		want := strings.FieldsFunc(in, func(r rune) bool { return r == '|' || r == '^' })
		s := strings.ReplaceAll(strings.ReplaceAll(in, "|", " "), "^", "")
		var got []string
		for _, span := range text.Sentences(en.Language{}, s) {
			got = append(got, s[span.Start:span.End])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q\nwant %q", got, want)
		}
	}
}
