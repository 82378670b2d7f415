package proquest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/wordset"
)

// label is what stands before a value.
type label uint8

const (
	noLabel label = iota
	title
	author
	outlet
	info // outlet, place, day and page in one
	abstract
	text
	date
	year
	subject
	location
	company
	people
	keywords
	language
	id
	address
	copyright
	database
	// detail is a label that a text has not, of which nothing is kept: publisher,
	// ISSN, kind of source.
	detail
	// word is a label that a text may have as well: section, column, credit.
	word
)

// labels are those of downloads, in the languages that the database speaks, in
// lower case and without blanks and signs.
var labels = wordset.Table(map[label]string{
	title: "title titel título titre 제목 titolo cím タイトル tittel tytuł название ชื่อเรื่อง başlık 标题 標題 العنوان judul název",
	author: "author authors auteur auteurs autor autores autoren verfasser 저자 autore autori szerző 著者 forfatter автор авторы ผู้แต่ง yazaradı yazar 作者 " +
		"المؤلف pengarang",
	outlet: "publicationtitle titelderpublikation títulodepublicación títulodelapublicación titredelapublication 출판물제목 titolopubblicazione publikációcíme " +
		"出版物のタイトル utgivelsestittel tytułpublikacji títulodapublicação названиепубликации ชื่อเอกสารสิ่งพิมพ์ yayınadı 出版物名称 出版物名稱 " +
		"عنوانالمطبوعة judulpublikasi",
	info: "publicationinfo publikationsinfo publikationsinformationen informacióndepublicación informacióndelapublicación infodepublication " +
		"informationssurlapublication informationsdepublication infosdepublication 출판정보 informazionidipubblicazione publikációsinformáció 出版情報 " +
		"informacjeopublikacji informaçõesdepublicação informaçõesdapublicação информацияопубликации yayınbilgileri 出版信息 出版資訊 出版物信息",
	abstract: "abstract abstrakt zusammenfassung resumen résumé resumo 초록 kivonat 抄録 abstrakcja streszczenie краткоесодержание реферат аннотация özet 摘要 " +
		"بيانموجز abstrak abstraksi sammendrag",
	text: "fulltext volltext textocompleto texteintégral 전체텍스트 전문 testocompleto teljesszöveg フルテキスト 全文 fulltekst pełnytekst полныйтекст tammetin " +
		"全文文献 全文文獻 نصكامل teksukuhan tekslengkap เอกสารฉบับเต็ม",
	date: "publicationdate publikationsdatum erscheinungsdatum fechadepublicación fechadetitulación datedepublication datedudiplôme 출판날짜 출판일 " +
		"datadipubblicazione publikációdátuma 出版日 utgivelsesdato datapublikacji datadepublicação datadapublicação датапубликации " +
		"วันที่เอกสารสิ่งพิมพ์ yayınlanmatarihi yayıntarihi 出版日期 تاريخالنشر tanggalpublikasi degreedate",
	year: "publicationyear erscheinungsjahr añodepublicación annéedepublication 출판연도 annodipubblicazione publikációéve 出版年 utgivelsesår rokpublikacji " +
		"anodepublicação anodapublicação годпубликации ปีที่พิมพ์ yayınyılı 出版年份 عامالنشر tahunpublikasi year",
	subject: "subject thema materia sujet 주제 soggetto tárgy 主題 emne temat assunto тема หัวเรื่อง konu 主题 الموضوع subjek subjectterms",
	location: "location ort standort lugar ubicación localisation lieu localização 위치 località luogo hely 場所 sted lokalizacja miejsce местоположение место " +
		"konum yer 地点 地點 الموقع lokasi",
	company: "companyorganization companyorganisation unternehmenorganisation unternehmenorganization empresaorganización entrepriseorganisation " +
		"sociétéorganisation 회사조직 societàorganizzazione vállalatszervezet 会社組織 selskaporganisasjon firmaorganizacja empresaorganização " +
		"компанияорганизация şirketkuruluş kuruluş 公司组织 公司機構 公司組織",
	people: "people person personen personas gente personne personnes pessoas 사람 인물 persone személyek 人物 人名 osoby люди лица kişiler الأشخاص orang",
	keywords: "identifierkeyword identifikatorschlüsselwort identificadorpalabraclave identificateurmotclé 식별자키워드 identificativoparolachiave " +
		"azonosítókulcsszó 識別子キーワード identifikatornøkkelord identyfikatorsłowokluczowe identificadorpalavrachave идентификаторключевоеслово " +
		"ตัวบ่งชี้คำสำคัญ tanımlayıcıanahtarkelime 标识符关键字 識別碼關鍵字 معرفكلمةأساسية",
	language: "languageofpublication languageofpublicationlanguage publikationssprache idiomadelapublicación languedepublication 출판언어 " +
		"linguadipubblicazione publikációnyelve 出版物の言語 utgivelsesspråk językpublikacji idiomadepublicação языкпубликации yayındili 出版物语言 " +
		"出版物語言 لغةالنشر bahasapublikasi language sprache idioma langue lingua язык 语言 語言 言語",
	id: "proquestdocumentid proquestdokumentid proquestdokumentenid identificaciónproquest iddedocumentodeproquest identificadordedocumentoproquest " +
		"identifiantproquest iddudocumentproquest numérodedocumentproquest proquest문서id iddocumentoproquest proquestdokumentumazonosító " +
		"proquestドキュメントid proquestdokumentid identyfikatordokumentuproquest iddodocumentodoproquest iddodocumentoproquest " +
		"идентификатордокументаproquest proquestbelgekimliği proquest文档id proquest文件識別碼 معرفوثيقةproquest iddokumenproquest",
	address: "documenturl dokumenturl dokumentenurl urldeldocumento urldudocument url문서 문서url urldocumento dokumentumurl ドキュメントのurl " +
		"dokumentetsurl adresurldokumentu urldodocumento urlдокумента belgeurlsi 文档url 文件url",
	copyright: "copyright rechte derechosdeautor droitsdauteur 저작권 著作権 opphavsrett prawaautorskie авторскоеправо telifhakkı 版权 版權 著作權 حقوقالنشر hakcipta",
	database:  "database datenbank basededatos basededonnées 데이터베이스 adatbázis データベース bazadanych basededados база базаданных veritabanı 数据库 資料庫 قاعدةالبيانات basisdata",
	detail: "publisher herausgeber editorial éditeur 출판사 casaeditrice kiadó 出版社 utgiver wydawca editora издательство yayıncı 出版商 出版者 " +
		"placeofpublication verlagsort lugardepublicación lieudepublication luogodipubblicazione localdepublicação миестопубликации 出版物地点 出版地 " +
		"countryofpublication publikationsland paísdepublicación paysdepublication paesedipubblicazione paísdepublicação странапубликации 出版物国家地区 " +
		"publicationsubject journalsubject materiadelarevista sujetdelapublication temadelapublicación sourcetype quellentyp tipodefuente typedesource " +
		"tipodifonte リソースタイプ typźródła tipodefonte типисточника yayıntürü 来源类型 來源類型 documenttype dokumententyp tipodedocumento typededocument " +
		"tipodidocumento ドキュメントのタイプ rodzajdokumentu типдокумента belgetürü 文档类型 文件類型 recordtype issn isbn eissn doi lastupdated " +
		"letzteaktualisierung zuletztaktualisiert últimaactualización dernièremiseàjour 最近更新 上次更新时间 последнееобновление " +
		"documentfeature accessionnumber numberofpages pages páginas seiten páginastotales pagine 페이지 ページ sider strony страницы 页 頁面 " +
		"publicationmilestone businessindexingterm companynameindex dissertationthesisnumber " +
		"universityinstitution universitylocation schoolcode committeemember proquestentityid firstpage publicationsubjects publicationorderhistory " +
		"documentlink documentfeatures publicationfrequency coverage numberofreferences onlinepublicationdate",
	word: "links enlaces liens section sección seção sezione sektion bereich rubrique section раздел 섹션 セクション 章节 區段 column columna columnname credit dateline " +
		"datumszeile volume issue band ausgabe tomo número edición numéro fascicolo 巻 号 卷 期 том выпуск source quelle fuente edition classification klassifikation " +
		"clasificación clasification product productname degree advisor department note notes editor alternatetitle originaltitle series geographic headnote series " +
		"contents caption illustration startpage supplement",
})

// labelOf returns the label that a name is, which may have a note in brackets:
// "Abstract (English)".
func labelOf(name string) label {
	if first, _ := utf8.DecodeRuneInString(strings.TrimSpace(name)); len(name) > maxLabel || !unicode.IsLetter(first) {
		return noLabel // a quotation, perhaps
	}
	name, _, _ = strings.Cut(name, "(")
	return labels()[strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)]
}

// maxLabel is the longest label, in bytes.
const maxLabel = 120

// isTail reports whether a label stands behind a text and never in one.
func (l label) isTail() bool {
	switch l {
	case outlet, date, year, language, id, address, database, detail:
		return true
	}
	return false
}

// cutLabel parts a line of text that begins with a label.
func cutLabel(line string) (l label, value string) {
	for _, colon := range [...]string{":", "："} {
		if name, rest, found := strings.Cut(line, colon); found {
			if l = labelOf(name); l != noLabel {
				return l, strings.TrimSpace(rest)
			}
		}
	}
	return noLabel, line
}
