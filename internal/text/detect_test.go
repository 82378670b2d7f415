package text

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text/pieces"
	"github.com/newsq/newsq/internal/text/texttest"
)

func TestLanguage(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"en", "The minister said on Monday that the talks had been moved to the autumn because of the elections."},
		{"de", "Der Minister sagte am Montag, dass die Gespräche wegen der Wahl in den Herbst verlegt worden sind."},
		{"fr", "Le ministre a dit lundi que les discussions ont été reportées à l'automne en raison des élections."},
		{"es", "El ministro dijo el lunes que las conversaciones se han aplazado hasta el otoño por las elecciones."},
		{"pt", "O ministro disse na segunda-feira que as conversas foram adiadas para o outono por causa das eleições."},
		{"it", "Il ministro ha detto lunedì che i colloqui sono stati rinviati all'autunno a causa delle elezioni."},
		{"nl", "De minister zei maandag dat de gesprekken door de verkiezingen naar het najaar zijn verplaatst."},
		{"sv", "Ministern sade på måndagen att samtalen har flyttats till hösten på grund av valet."},
		{"da", "Ministeren sagde mandag, at samtalerne er blevet flyttet til efteråret på grund af valget."},
		{"no", "Ministeren sa mandag at samtalene har blitt flyttet til høsten på grunn av valget, og ikke noe mer."},
		{"fi", "Ministeri sanoi maanantaina, että neuvottelut on siirretty syksyyn vaalien vuoksi, mutta ei muuta."},
		{"pl", "Minister powiedział w poniedziałek, że rozmowy zostały przełożone na jesień z powodu wyborów."},
		{"cs", "Ministr v pondělí řekl, že jednání se kvůli volbám přesouvají na podzim."},
		{"tr", "Bakan pazartesi günü yaptığı açıklamada görüşmelerin seçimler nedeniyle sonbahara ertelendiğini ve bunun için çalıştıklarını söyledi."},
		{"id", "Menteri itu mengatakan pada hari Senin bahwa pembicaraan tersebut ditunda karena pemilihan umum."},
		{"sw", "Waziri alisema siku ya Jumatatu kwamba mazungumzo hayo yameahirishwa kwa sababu ya uchaguzi."},
		{"ro", "Ministrul a declarat luni că discuțiile au fost amânate pentru toamnă din cauza alegerilor."},
		{"hu", "A miniszter hétfőn azt mondta, hogy a tárgyalásokat a választások miatt őszre halasztották."},
		{"vi", "Bộ trưởng cho biết hôm thứ Hai rằng các cuộc đàm phán đã được dời sang mùa thu vì bầu cử."},
		{"ru", "Министр сказал в понедельник, что переговоры из-за выборов перенесены на осень."},
		{"uk", "Міністр сказав у понеділок, що переговори через вибори перенесено на осінь."},
		{"bg", "Министърът каза в понеделник, че преговорите са отложени за есента заради изборите."},
		{"ar", "قال الوزير يوم الاثنين إن المحادثات تأجلت إلى الخريف بسبب الانتخابات التي ستجرى في البلاد."},
		{"fa", "وزیر روز دوشنبه گفت که گفتگوها به دلیل انتخابات به پاییز موکول شده است."},
		{"ur", "وزیر نے پیر کو کہا کہ انتخابات کی وجہ سے مذاکرات خزاں تک ملتوی کر دیے گئے ہیں۔"},
		{"hi", "मंत्री ने सोमवार को कहा कि चुनाव के कारण वार्ता को शरद ऋतु तक टाल दिया गया है।"},
		{"zh", "部长星期一表示，由于选举，会谈已推迟到秋季。"},
		{"ja", "大臣は月曜日、選挙のため協議は秋に延期されたと述べた。"},
		{"ko", "장관은 월요일 선거 때문에 회담이 가을로 연기되었다고 말했다."},
		{"el", "Ο υπουργός είπε τη Δευτέρα ότι οι συνομιλίες αναβλήθηκαν."},
		{"he", "השר אמר ביום שני שהשיחות נדחו לסתיו."},
		{"th", "รัฐมนตรีกล่าวเมื่อวันจันทร์ว่าการเจรจาเลื่อนออกไป"},
		{"zh", "苹果公司（Apple Inc.）周一发布了新款 iPhone，价格不变。"},

		{"", ""},
		{"", "12:30 -- 45%"},
		{"", "Acme"},
		{"", "Washington Berlin Paris Tokyo Nairobi"},
		{"", "北"},
	} {
		got, confidence := DetectLanguage(tt.in)
		if got != tt.want {
			t.Errorf("DetectLanguage(%q) = %q (%.2f), want %q", tt.in, got, confidence, tt.want)
		}
		if (got == "") != (confidence == 0) || confidence < 0 || confidence > 1 {
			t.Errorf("%q: confidence %v", tt.in, confidence)
		}
	}
}

// TestKinLanguages: of two languages that share most of their words, the right
// one is named, surely enough to be believed, or none.
func TestKinLanguages(t *testing.T) {
	for _, tt := range []struct{ want, in string }{
		{"da", "Havnen i byen har været lukket siden mandag, og ingen ved, hvornår skibene kan sejle igen. Ministeren sagde, at regeringen vil se på sagen efter ferien, men hun ville ikke sige noget om, hvad det kommer til at koste. Rederierne mener, at de har ventet længe nok, og flere af dem er begyndt at sejle uden om landet."},
		{"no", "Havnen i byen har vært stengt siden mandag, og ingen vet når skipene kan seile igjen. Statsråden sa at regjeringen vil se på saken etter ferien, men hun ville ikke si noe om hva det kommer til å koste. Rederiene mener at de har ventet lenge nok, og flere av dem har begynt å seile utenom landet."},
		{"da", "Statsministeren blev spurgt, hvad hun mener om forslaget, men svarede ikke."},
		{"no", "Statsministeren ble spurt hva hun mener om forslaget, men svarte ikke på det nå."},
		{"af", "Die hawe is sedert Maandag gesluit en niemand weet wanneer die skepe weer kan vaar nie. Die minister het gesê dat die regering ná die vakansie na die saak sal kyk, maar sy wou nie sê wat dit gaan kos nie. Die rederye meen dat hulle lank genoeg gewag het, en van hulle vaar nou om die land."},
		{"nl", "De haven is sinds maandag dicht en niemand weet wanneer de schepen weer kunnen varen. De minister zei dat de regering na de vakantie naar de zaak zal kijken, maar zij wilde niet zeggen wat het gaat kosten. De rederijen vinden dat ze lang genoeg hebben gewacht, en een aantal vaart nu om het land heen."},
		{"ms", "Pelabuhan itu ditutup sejak Isnin dan tiada siapa yang tahu bila kapal boleh belayar semula. Menteri berkata kerajaan akan meneliti perkara itu selepas cuti, namun beliau tidak mahu memberitahu kosnya kerana rundingan masih berjalan. Syarikat perkapalan berkata mereka telah menunggu terlalu lama daripada yang dijanjikan."},
		{"id", "Pelabuhan itu ditutup sejak Senin dan tidak ada yang tahu kapan kapal bisa berlayar lagi. Menteri mengatakan bahwa pemerintah akan memeriksa masalah itu setelah liburan, tetapi ia tidak mau menyebut biayanya karena pembicaraan masih berjalan. Perusahaan pelayaran mengatakan mereka sudah menunggu terlalu lama."},
		{"sr", "Luka je zatvorena od ponedeljka i niko ne zna kada će brodovi ponovo moći da plove. Ministar je rekao da će vlada posle praznika razmotriti šta treba da se uradi, ali nije hteo da kaže koliko će to da košta. Brodari kažu da su čekali dovoljno dugo, a neki od njih već plove oko zemlje. Predsednik je takođe u Evropi."},
		{"hr", "Luka je zatvorena od ponedjeljka i nitko ne zna kada će brodovi ponovno moći ploviti. Ministar je kazao kako će vlada nakon praznika razmotriti što treba učiniti, ali nije htio reći koliko će to koštati. Brodari kažu da su čekali dovoljno dugo, a neki od njih tijekom tjedna plove oko zemlje. Predsjednik je također u Europi."},
		{"ps", "بندر د دوشنبې له ورځې راهیسې تړلی دی او هیڅوک نه پوهېږي چې بېړۍ به کله بیا روانې شي. وزیر وویل چې حکومت به د رخصتۍ وروسته دا موضوع وڅېړي، خو هغه ونه ویل چې دا به څومره لګښت ولري. شرکتونه وایي چې دوی ډېر انتظار کړی دی."},
		{"fa", "این بندر از روز دوشنبه بسته شده است و هیچ کس نمی\u200cداند کشتی\u200cها چه زمانی دوباره حرکت می\u200cکنند. وزیر گفت که دولت پس از تعطیلات این موضوع را بررسی خواهد کرد، اما نگفت که هزینه آن چقدر خواهد بود. شرکت\u200cها می\u200cگویند به اندازه کافی منتظر مانده\u200cاند."},
	} {
		got, confidence := DetectLanguage(tt.in)
		if got != tt.want || confidence < 0.5 {
			t.Errorf("%.40q: %q (%.2f), want %q", tt.in, got, confidence, tt.want)
		}
	}
	// What may be either of two is not believed.
	for _, s := range []string{
		"Det er en fin dag i dag, og han vil være med.",
		"Luka je zatvorena i nije se moglo na more, a brodovi su na vezu.",
	} {
		if got, confidence := DetectLanguage(s); confidence >= 0.5 {
			t.Errorf("%q: %q (%.2f)", s, got, confidence)
		}
	}
}

// TestLanguageSample: only the first part of a text counts, cut between runes.
func TestLanguageSample(t *testing.T) {
	s := strings.Repeat("это не что иное как он и она ", 100)
	for i := range 3 {
		if got, _ := DetectLanguage(s[:languageSample-i] + strings.Repeat(" the of and", 1000)); got != "ru" {
			t.Errorf("got %q", got)
		}
	}
}

func TestLanguageTables(t *testing.T) {
	for i, tag := range map[int]string{0: "Latn", 3: "zh", 4: "ja", 5: "ja"} {
		if scripts[i].tag != tag {
			t.Errorf("script %d is %s; mainScript counts on %s", i, scripts[i].tag, tag)
		}
	}
	if len(languages) > 64 {
		t.Errorf("%d languages don't fit a set", len(languages))
	}
	for _, l := range languages {
		if !utf8.ValidString(l.words) || strings.ToLower(l.words) != l.words {
			t.Errorf("%s: words must be in lower case", l.tag)
		}
	}
}

// realLanguage returns the tag of a language that real articles state.
func realLanguage(stated string) string {
	tags := map[string]string{"eng": "en", "fra": "fr", "swa": "sw"}
	if tag, ok := tags[stated]; ok {
		return tag
	}
	return stated
}

// TestRealDataLanguage holds the share of real articles that are told right.
func TestRealDataLanguage(t *testing.T) {
	const least = 0.99
	right, all := 0, 0
	for _, r := range texttest.Collection(t, "multilingual", 64<<20) {
		if r.Lang == "" {
			continue
		}
		want := realLanguage(r.Lang)
		all++
		if got, _ := DetectLanguage(r.Text); got == want {
			right++
		}
	}
	if float64(right) < least*float64(all) {
		t.Errorf("%d of %d are right", right, all)
	}
}

// analysed are the languages that there is an analyzer for.
const analysed = "ar bg ca zh cs da nl en fi fr de el he hi hu id it ja ko no fa pl pt ro ru sr es sv sw th tr uk vi"

// TestHeadlines holds the share of headlines that are told right, and that of wrong
// answers that would be believed.
func TestHeadlines(t *testing.T) {
	const leastRight, mostWrong, sure = 0.97, 0.02, 0.5
	data, err := os.ReadFile("testdata/headlines.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, wrong, all := 0, 0, 0
	told := make(map[string]bool)
	for line := range strings.Lines(string(data)) {
		want, title, _ := strings.Cut(strings.TrimSpace(line), "\t")
		got, confidence := DetectLanguage(title)
		if confidence < sure {
			got = ""
		}
		told[got] = true
		if !slices.Contains(strings.Fields(analysed), want) {
			continue // kin that are only there to be mistaken for
		}
		all++
		switch got {
		case want:
			right++
		case "":
			t.Logf("%q is told to be in no language, want %s", title, want)
		default:
			wrong++
			t.Logf("%q is told to be in %s, want %s", title, got, want)
		}
	}
	t.Logf("of %d headlines %d are right, %d wrong", all, right, wrong)
	if float64(right) < leastRight*float64(all) || float64(wrong) > mostWrong*float64(all) {
		t.Errorf("of %d headlines %d are right, %d wrong", all, right, wrong)
	}
	for tag := range strings.FieldsSeq(analysed) {
		if !told[tag] {
			t.Errorf("no headline is told to be in %s", tag)
		}
	}
}

// TestRealDataTitles is TestHeadlines of the titles of real articles.
func TestRealDataTitles(t *testing.T) {
	const leastRight, mostWrong, sure = 0.97, 0.01, 0.5
	for _, collection := range []string{"multilingual", "allsides"} {
		right, wrong, all := 0, 0, 0
		for _, r := range texttest.Collection(t, collection, 64<<20) {
			want := realLanguage(r.Lang)
			if collection == "allsides" {
				want = "en"
			}
			if want == "" || r.Title == "" {
				continue
			}
			all++
			if got, confidence := DetectLanguage(r.Title); got == want && confidence >= sure {
				right++
			} else if got != "" && confidence >= sure {
				wrong++
			}
		}
		t.Logf("%s: of %d titles %d are right, %d wrong", collection, all, right, wrong)
		if float64(right) < leastRight*float64(all) || float64(wrong) > mostWrong*float64(all) {
			t.Errorf("%s: of %d titles %d are right, %d wrong", collection, all, right, wrong)
		}
	}
}

// A text in a language that is not known is not said to be in another one.
func TestUnknownLanguages(t *testing.T) {
	for _, s := range []string{
		// Latin, Esperanto, Hausa
		"Consules heri in senatu de pace cum hostibus facienda egerunt neque quicquam constituerunt quoniam tribuni adesse noluerunt cives autem in foro convenerant ut eos audirent.",
		"Gwamnatin jihar ta ce za ta biya malaman makaranta albashinsu kafin karshen wata, amma kungiyarsu ta ce ba za ta janye yajin aikin ba sai an biya su duka.",
	} {
		if got, confidence := DetectLanguage(s); confidence >= 0.5 {
			t.Errorf("%.40q: %q (%.2f)", s, got, confidence)
		}
	}
}

func BenchmarkDetectShort(b *testing.B) {
	const s = "Central bank raises rates for the third time despite protests"
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		DetectLanguage(s)
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("the of and")
	f.Add("и в не на что")
	f.Fuzz(func(t *testing.T, s string) { DetectLanguage(s) })
}

// next finds the words that splitting finds, and knows them.
func TestLanguageWords(t *testing.T) {
	p := profiles()
	some := []string{"the ", "The", " und", "être ", "İstanbul", "\u212aelvin", " don’t ", "ÉTÉ", "über", "wegen, der", "\xff", "x\u200cy", "éa", "aé", "ค", "1", "-", "internationally "}
	var common []string
	for _, l := range languages {
		for word := range strings.FieldsSeq(l.words) {
			common = append(common, word, word+" ", strings.ToUpper(word)+" ", "x"+word+" ")
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(some), rapid.SampledFrom(common), rapid.String()), 0, 12).Draw(r, "text"), "")
		want := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !pieces.InWord(r) })
		var got []string
		for left := s; ; {
			word, known, rest := p.next(left)
			if rest == left {
				break
			}
			if word == "" {
				word = strings.ToLower(strings.TrimFunc(left[:len(left)-len(rest)], func(r rune) bool { return !pieces.InWord(r) }))
			}
			in := uint64(0)
			for i, l := range languages {
				if slices.Contains(strings.Fields(arabicForms.Replace(l.words)), word) {
					in |= 1 << i
				}
			}
			if known.in != in {
				r.Fatalf("%q is known of %b, want %b", word, known.in, in)
			}
			got, left = append(got, word), rest
		}
		if !slices.Equal(got, want) {
			r.Fatalf("%q: %q, want %q", s, got, want)
		}
	})
}

// lettersOf finds the letters among eight bytes.
func TestLettersOf(t *testing.T) {
	for b := range utf8.RuneSelf {
		for place := range 8 {
			text := []byte("a9Z @[`{")
			text[place] = byte(b)
			want := uint64(0)
			for i, c := range text {
				if isASCIILetter(c) {
					want |= 0x80 << (8 * i)
				}
			}
			if got := lettersOf(load64(string(text))); got != want {
				t.Fatalf("%q: %x, want %x", text, got, want)
			}
		}
	}
}

func BenchmarkDetectLanguage(b *testing.B) {
	s := strings.Repeat("The ministers met on Tuesday to discuss a proposal that would raise the tax on fuel, officials said. ", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		DetectLanguage(s)
	}
}
