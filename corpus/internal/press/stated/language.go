package stated

import (
	"strings"

	"github.com/newsq/newsq/internal/extract"
	"github.com/newsq/newsq/internal/wordset"
)

// languages are the names of languages in the languages of interfaces. Those in
// English, and a language's own name, package extract knows.
var languages = wordset.Table(map[string]string{
	"en":      "englisch anglais inglés ingles inglese inglês engels angielski английский 英文 英语 英語 영어 engelska engelsk",
	"de":      "allemand alemán aleman tedesco alemão duits niemiecki немецкий 德文 德语 德語 ドイツ語 독일어 tyska tysk",
	"fr":      "französisch franzoesisch francés frances francese francês frans francuski французский 法文 法语 法語 フランス語 프랑스어 franska fransk",
	"es":      "spanisch espagnol spagnolo espanhol spaans hiszpański испанский 西班牙文 西班牙语 西班牙語 スペイン語 스페인어 spanska spansk",
	"it":      "italienisch italien italiaans włoski итальянский 意大利文 意大利语 義大利文 イタリア語 이탈리아어",
	"nl":      "niederländisch niederlaendisch néerlandais neerlandés neerlandes holandés olandese holandês niderlandzki нидерландский голландский 荷兰语 荷蘭文 オランダ語 네덜란드어",
	"pt":      "portugiesisch portugais portugués portoghese portugees portugalski португальский 葡萄牙文 葡萄牙语 葡萄牙語 ポルトガル語 포르투갈어",
	"pl":      "polnisch polonais polaco polacco polonês pools польский 波兰语 波蘭文 ポーランド語 폴란드어",
	"ru":      "russisch russe ruso russo rosyjski русский 俄文 俄语 俄語 ロシア語 러시아어",
	"zh":      "chinesisch chinois chino cinese chinês chinees chiński китайский 中文 汉语 漢語 中国語 중국어",
	"zh-Hans": "简体中文 簡体字中国語 簡體中文",
	"zh-Hant": "繁体中文 繁體中文 繁体字中国語",
	"ja":      "japanisch japonais japonés japones giapponese japonês japans japoński японский 日文 日语 日語 日本語 일본어",
	"ko":      "koreanisch coréen coreano koreaans koreański корейский 韩文 韩语 韓文 韓国語 한국어",
	"sv":      "schwedisch suédois sueco svedese zweeds szwedzki шведский 瑞典语 スウェーデン語 스웨덴어",
	"no":      "norwegisch norvégien noruego norvegese norueguês noors norweski норвежский 挪威语 ノルウェー語 노르웨이어",
	"da":      "dänisch daenisch danois danés danese dinamarquês deens duński датский 丹麦语 デンマーク語 덴마크어",
	"fi":      "finnisch finnois finlandés finlandese finlandês fins fiński финский 芬兰语 フィンランド語 핀란드어",
	"tr":      "türkisch turc turco turks turecki турецкий 土耳其语 トルコ語 터키어",
	"ar":      "arabisch arabe árabe arabo arabski арабский 阿拉伯文 阿拉伯语 アラビア語 아랍어",
	"cs":      "tschechisch tchèque checo ceco tcheco tsjechisch czeski чешский 捷克语 チェコ語 체코어",
	"hu":      "ungarisch hongrois húngaro ungherese hongaars węgierski венгерский 匈牙利语 ハンガリー語 헝가리어",
	"id":      "indonesisch indonésien indonesio indonesiano indonésio индонезийский 印尼语 インドネシア語 인도네시아어",
})

// Language returns the tag of a language that a database names, in whatever
// language its interface is; a name that is not known comes back as it is.
func Language(s string) string {
	s = strings.TrimSpace(s)
	first, _, _ := strings.Cut(s, ";")
	first, _, _ = strings.Cut(first, "|")
	first = strings.TrimSpace(first)
	if tag := extract.StatedLanguage(first); tag != "" {
		return tag
	}
	name, detail, _ := strings.Cut(strings.ToLower(first), " ")
	tag, ok := languages()[strings.Trim(name, ",-")]
	switch {
	case !ok:
		return first
	case tag != "zh" || detail == "":
		return tag
	case hasAny(detail, "vereinfacht", "simplifi", "semplificat", "упрощ", "简", "簡", "uproszcz", "vereenvoudigd"):
		return "zh-Hans"
	case hasAny(detail, "tradi", "繁", "традиц"):
		return "zh-Hant"
	}
	return tag
}

// LanguageOfClass returns the language of a class of a page of Factiva, such as
// "enArticle" or "zhtwArticle".
func LanguageOfClass(code string) string {
	if len(code) == 4 {
		code = code[:2] + "-" + strings.ToUpper(code[2:])
	}
	return extract.StatedLanguage(code)
}

func hasAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
