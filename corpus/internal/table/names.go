package table

import (
	"slices"
	"strings"
	"unicode"

	"github.com/newsq/newsq/corpus/internal/record"
	"github.com/newsq/newsq/internal/wordset"
)

// headNames are names of columns that [record.Lookup] does not know: those of
// people's own tables, in the languages in which they write them, and of
// programs whose interface has these languages. Spaces and signs are left out.
var headNames = wordset.Table(map[record.Field]string{
	record.Title: "heading headlinetext titletext newstitle newsheadline titre titel überschrift schlagzeile título titulo titular titolo otsikko rubrik kop títulodanotícia tytuł başlık judul " +
		"заголовок название тема标题 标题 標題 新闻标题 文章标题 題名 見出し タイトル 제목 العنوان כותרת τίτλος наслов",
	record.Body: "story newstext newscontent newsbody articlecontents fulltextcontent bodytextclean cleantext textclean cleanedcontent transcript selftext " +
		"texte texteintégral volltext inhalt artikeltext texto textocompleto contenido conteúdo conteudo testo tekst treść metin içerik isi teks " +
		"текст полныйтекст содержание 正文 新闻内容 文章内容 文章正文 内容 內容 全文 本文 記事本文 본문 내용 النص טקסט κείμενο анонс",
	record.Summary: "standfirsttext résumé resume zusammenfassung resumen resumo riassunto samenvatting özet ringkasan аннотация краткоесодержание 摘要 要約 요약 الملخص",
	record.Authors: "authornames authorname auteur auteurs journalist journalists reporter reporters autor autoren autores verfasser autore autori forfatter författare yazar penulis " +
		"автор авторы 作者 著者 記者 기자 기고자 저자 الكاتب",
	record.Source: "outletname mediname medianame sourcetitle newssource mediaoutlet medium media quelle zeitung journal journaltitle publicationtitle pubtitle newspapername newspapertitle papername paper agency newsagency medienname publikation testata giornale krant média titredepresse fuente medio fonte veículo veiculo bron kilde källa źródło kaynak sumber " +
		"источник издание сми 来源 來源 媒体 媒體 出典 新聞社 报纸 報紙 报刊 媒体名称 新闻来源 文章来源 紙名 新聞名 매체 언론사 المصدر",
	record.Published: "дата датапубликации 日期 发布日期 發布日期 发布时间 發布時間 时间 時間 发表时间 发表日期 日期时间 刊登日期 日付 発行日 掲載日 날짜 일자 보도일 التاريخ datedeparution dataepublikimit päivämäärä dato",
	record.Language:  "langcode langue sprache idioma lingua taal język dil bahasa язык 语言 語言 言語 언어",
	record.Topics: "keywordlist schlagworte schlagwörter stichwörter stichworte thema themen motsclés étiquettes etiquetas palabrasclave palavraschave " +
		"рубрика ключевыеслова теги 关键词 關鍵詞 分类 分類 キーワード 키워드",
	record.URL: "urladdress webaddress articlelink storylink newslink lien enlace adresse ссылка 链接 原文链接 鏈接 連結 網址 网址 リンク 링크 주소 الرابط",
})

// ownRank is that of names in headNames, after all that record knows.
const ownRank = 500

// nameOf returns what the name of a column means.
func nameOf(name string) record.Name {
	var buf [record.MaxName]byte
	folded := record.Fold(buf[:0], []byte(strings.TrimSpace(name)))
	if known := record.Lookup(folded); known.Field != record.NoField {
		return known
	}
	if f := headNames()[lettersOf(name)]; f != record.NoField {
		return record.Name{Field: f, Rank: ownRank}
	}
	return record.Name{}
}

// lettersOf returns the letters and digits of a name, in lower case.
func lettersOf(name string) string {
	if len(name) > 2*record.MaxName {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// namesIn counts the fields that a row names. It is 0 for one with a cell that
// is no name.
func namesIn(row []string, m *record.Mapping) int {
	var seen [record.NumFields + 2]bool
	n := 0
	for _, cell := range row {
		if !mayBeName(cell) {
			return 0
		}
		f := nameOf(cell).Field
		if mapped := m.At([]byte(cell)).Field(); mapped != record.NoField {
			f = mapped
		}
		if f != record.NoField && !seen[f] {
			seen[f] = true
			n++
		}
	}
	return n
}

// maxName is the longest name of a column, in bytes.
const maxName = 100

// mayBeName reports whether a cell may be the name of a column; an empty one
// may.
func mayBeName(cell string) bool {
	return len(cell) <= maxName && !strings.Contains(cell, "://") && !strings.Contains(cell, "\n")
}

// maxPreamble is how many rows may stand above the head.
const maxPreamble = 10

// headRow returns which of the first rows is the head; -1 when none is.
func headRow(sample [][]string, m *record.Mapping) int {
	best, most := -1, 1
	for i, row := range sample[:min(len(sample), maxPreamble)] {
		n := namesIn(row, m)
		if n == 1 && (i == 0 && looksLikeHead(row) || mapsAny(row, m)) {
			n = 2
		}
		if n > most {
			best, most = i, n
		}
	}
	if best < 0 && len(sample) > 1 && looksLikeHead(sample[0]) && differs(sample) {
		return 0
	}
	return best
}

// mapsAny reports whether a person's mapping names a cell of a row.
func mapsAny(row []string, m *record.Mapping) bool {
	return slices.ContainsFunc(row, func(cell string) bool { return m.At([]byte(cell)).Field() != record.NoField })
}

// looksLikeHead reports whether the cells of a row look like names: few words,
// none of figures alone, none twice.
func looksLikeHead(row []string) bool {
	seen := map[string]bool{}
	for i, cell := range row {
		switch {
		case cell == "" && i == 0: // the number of the row
		case cell == "" || seen[cell] || len(cell) > 40 || len(strings.Fields(cell)) > 3 || !mayBeName(cell):
			return false
		case !strings.ContainsFunc(cell, unicode.IsLetter), strings.ContainsAny(cell, ".!?;"):
			return false
		}
		seen[cell] = true
	}
	return true
}

// differs reports whether a column has long texts below a first cell that is
// none.
func differs(sample [][]string) bool {
	const long = 60
	for i := range sample[0] {
		size := 0
		for _, row := range sample[1:] {
			if i < len(row) {
				size += len(row[i])
			}
		}
		if size/(len(sample)-1) > long {
			return true
		}
	}
	return false
}
