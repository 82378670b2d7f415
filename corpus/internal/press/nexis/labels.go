package nexis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/wordset"
)

// label is what stands before a value in an article.
type label uint8

const (
	noLabel label = iota
	byline
	section
	length
	headline
	dateline
	highlight
	body
	// From here on they stand after the text.
	loaded
	language
	subjects
	places
	people
	organizations
	address
	// Those that may go on over several paragraphs.
	graphic
	correction
	// Those that hold nothing that newsq keeps.
	other
	// A line that ends an article, or says what follows.
	classification
	end
)

// isTail reports whether a label stands after the text.
func (l label) isTail() bool { return l >= loaded }

// labels are the labels in the languages of interfaces, in capitals, with hyphens
// for blanks. Those of the downloads until 2019 are written so.
var labels = wordset.Table(map[label]string{
	byline:        "BYLINE AUTOR AUTOREN AUTEUR AUTEURS AUTHOR AUTHORS AUTORE AUTORI SIGNATURE VERFASSER PAR AUTOR(ES) АВТОР 作者 執筆者 署名",
	section:       "SECTION RUBRIK RUBRIQUE SECCIÓN SECCION SEZIONE SECTIE RUBRIEK SEÇÃO SECÇÃO RESSORT DZIAŁ РАЗДЕЛ 版面 栏目 セクション",
	length:        "LENGTH LÄNGE LAENGE LONGUEUR LONGITUD EXTENSIÓN LUNGHEZZA LENGTE COMPRIMENTO TAMANHO DŁUGOŚĆ ДЛИНА 长度 長度 長さ 字数",
	headline:      "HEADLINE TITEL TITRE TITULAR TÍTULO TITOLO TITULO ÜBERSCHRIFT SCHLAGZEILE KOP NAGŁÓWEK ЗАГОЛОВОК 标题",
	dateline:      "DATELINE ORTSMARKE ORT DATUMSZEILE LIEU ORIGINE ORIGINE-DEPECHE ORIGINE-DÉPÊCHE PLAATS",
	highlight:     "HIGHLIGHT HIGHLIGHTS TEASER KERNAUSSAGE ZUSAMMENFASSUNG CHAPEAU ENCART ENCABEZADO ABSTRACT RÉSUMÉ RESUMEN SOMMARIO",
	body:          "BODY TEXT VOLLTEXT HAUPTTEIL TEXTKÖRPER CORPS CORPS-DU-TEXTE TEXTE CUERPO TEXTO CORPO TESTO TEKST HOOFDTEKST TREŚĆ ТЕКСТ 正文 本文 FULL-TEXT CORPS-DU-DOCUMENT CORPS-DE-L'ARTICLE INHALT CUERPO-DEL-DOCUMENTO CORPO-DEL-DOCUMENTO CORPO-DO-DOCUMENTO",
	loaded:        "LOAD-DATE UPDATE DATE-CHARGEMENT DATE-DE-CHARGEMENT LADE-DATUM LADEDATUM FECHA-CARGA FECHA-DE-CARGA DATA-CARICAMENTO DATA-DI-CARICAMENTO LAADDATUM LAAD-DATUM DATA-DE-CARREGAMENTO DATA-DE-CARGA DATA-ZAŁADOWANIA ДАТА-ЗАГРУЗКИ 加载日期 ロード日",
	language:      "LANGUAGE SPRACHE LANGUE IDIOMA LENGUA LINGUA TAAL LÍNGUA JĘZYK ЯЗЫК 语言 語言 言語",
	subjects:      "SUBJECT SUBJECTS PUB-SUBJECT PUBLISHER-SUBJECT KEYWORDS SUJET SUJETS THEMEN THEMA STICHWORT STICHWÖRTER SCHLAGWORT SCHLAGWÖRTER TEMA TEMAS ARGOMENTO ARGOMENTI ONDERWERP ASSUNTO TEMAT ТЕМА MOTS-CLES MOTS-CLÉS INDUSTRY INDUSTRIE BRANCHE SECTEUR INDUSTRIA SETTORE 主题 件名 SCHLAGWORTE",
	places:        "GEOGRAPHIC GEOGRAFISCH GÉOGRAPHIQUE GEOGRAPHIQUE GEOGRÁFICO GEOGRAFIA GEOGRAFÍA GEOGRAFICO GEOGRAPHIE GÉOGRAPHIE COUNTRY STATE CITY LAND STADT PAYS VILLE REGION GEOGRAFIE RÉGION-GÉOGRAPHIQUE ZONE-GÉOGRAPHIQUE ÁREA-GEOGRÁFICA РЕГИОН 地理 地域",
	people:        "PERSON PERSONNE PERSONA PERSONEN PESSOA PEOPLE OSOBA 人物",
	organizations: "ORGANIZATION ORGANISATION COMPANY UNTERNEHMEN FIRMA FIRMEN SOCIÉTÉ SOCIETE ENTREPRISE EMPRESA ORGANIZACIÓN SOCIETÀ AZIENDA ORGANIZZAZIONE BEDRIJF ORGANISATIE EMPRESA ORGANIZAÇÃO ORGANIZACJA 公司 组织",
	address:       "URL WEB-ADRESSE",
	graphic:       "GRAPHIC GRAPHICS GRAFIK GRAPHIQUE GRÁFICO GRAFICO ILLUSTRATION FOTO BILDUNTERSCHRIFT AFBEELDING GRAFIKA",
	correction:    "CORRECTION KORREKTUR CORRECCIÓN CORREZIONE CORRECTIE CORREÇÃO NOTES NOTE ANMERKUNG ANMERKUNGEN NOTIZ",
	other: `PUBLICATION-TYPE TYPE-PUBLICATION TYPE-DE-PUBLICATION PUBLIKATIONSTYP PUBLIKATIONSART TIPO-DE-PUBLICACIÓN TIPO-PUBLICACIÓN
		TIPO-DI-PUBBLICAZIONE TIPO-PUBBLICAZIONE PUBLICATIETYPE TIPO-DE-PUBLICAÇÃO JOURNAL-CODE CODE-REVUE ZEITSCHRIFTENCODE
		JOURNAL-CODE CORRECTION-DATE DISTRIBUTION DOCUMENT-TYPE TYPE SERIES ISSN ISBN ACC-NO TICKER SIC NAICS CITATION COPYRIGHT
		UPDATED CUSIP DUNS WEBSITE EDITION AUSGABE PAGE SEITE PUBLISHER VERLAG JOURNAL VOLUME ISSUE PUB-TYPE TRANSCRIPT-TYPE
		CONTENT-TYPE PRODUCT FEATURE CODE-ISSN TIPO LOCATION LEXIS-SECTION 出版物类型 出版物の種類 ZEITUNGS-CODE`,
	classification: "CLASSIFICATION KLASSIFIZIERUNG KLASSIFIKATION CLASIFICACIÓN CLASSIFICAZIONE CLASSIFICATIE CLASSIFICAÇÃO KLASYFIKACJA КЛАССИФИКАЦИЯ 分类",
	end: `END-OF-DOCUMENT ENDE-DES-DOKUMENTS DOKUMENTENDE FIN-DU-DOCUMENT FIN-DE-DOCUMENT FIN-DEL-DOCUMENTO FINE-DEL-DOCUMENTO FINE-DOCUMENTO FINE-DI-DOCUMENTO FIN-DE-DOCUMENTO FIM-DE-DOCUMENTO
		EINDE-VAN-DOCUMENT EINDE-VAN-HET-DOCUMENT FIM-DO-DOCUMENTO KONIEC-DOKUMENTU КОНЕЦ-ДОКУМЕНТА 文档结束 文件結束 文書の終わり ドキュメントの終わり`,
})

// maxLabel is longer than any label, in bytes.
const maxLabel = 60

// labelled parts a text into the label that it begins with, the label as it
// stood, and the value.
func labelled(s string) (l label, name, value string) {
	colon := strings.IndexAny(s[:min(len(s), maxLabel)], ":：")
	if colon <= 0 {
		return noLabel, "", ""
	}
	name = strings.TrimSpace(s[:colon])
	if l = labels()[key(name)]; l == noLabel || l == classification || l == end || !isCapital(name) {
		return noLabel, "", ""
	}
	_, n := utf8.DecodeRuneInString(s[colon:])
	return l, name, strings.TrimSpace(s[colon+n:])
}

// alone returns the label that a text is, without a colon: a heading within an
// article of the newer downloads.
func alone(s string) label {
	if len(s) > maxLabel || !isCapital(s) {
		return noLabel
	}
	switch l := labels()[key(s)]; l {
	case body, graphic, classification, end, correction, highlight:
		return l
	}
	return noLabel
}

// key brings a label into the form of the table.
func key(s string) string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '\t' }), "-"))
}

// isCapital reports whether a label begins as labels do: an article may well say
// "country: France".
func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || !unicode.IsLower(r) && unicode.IsLetter(r)
}

// isCapitals reports whether a label is all in capitals, as in the downloads
// until 2019.
func isCapitals(s string) bool { return strings.ToUpper(s) == s }

// maxNameWords is how many words a label has at most.
const maxNameWords = 4

// isName reports whether a text begins as a label does in the newer downloads,
// though it is none that is known.
func isName(s string) bool {
	name, value, ok := strings.Cut(s[:min(len(s), maxLabel)], ":")
	return ok && value != "" && isCapital(name) && len(strings.Fields(name)) <= maxNameWords && !strings.ContainsAny(name, ";,()%")
}

// isUnknown reports whether a text begins as a label does in the downloads until
// 2019, though it is none that is known: "ACC-TYPE: 12".
func isUnknown(s string) bool {
	name, _, ok := strings.Cut(s[:min(len(s), maxLabel)], ":")
	if !ok || len(name) < 3 || len(name) > 30 || labels()[key(name)] != noLabel {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return r != '-' && !unicode.IsUpper(r) })
}
