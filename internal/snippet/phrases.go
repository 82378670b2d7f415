package snippet

import (
	"strings"
	"sync"

	"github.com/newsq/newsq/internal/text"
)

// innerPhrases stand within furniture, and nowhere else; by their first letter.
var innerPhrases = [256][]string{
	'a': {"additional reporting by"},
	'c': {
		"cannot be played", "click here to", "click here for", "click to view", "contributed to this report", "contributed to this story",
		"contributed to this article", "contributed reporting", "copyright ©",
	},
	'e': {"enable javascript", "expand/collapse"},
	'i': {"image caption"},
	'p': {"playback is unsupported", "playback is not supported"},
	's': {
		"share this article", "sign up for our", "story continues below", "subscribe to our", "subscribe to the newsletter", "supports html5 video",
	},
	't': {"terms of service apply", "to stay up to date on", "toggle caption"},
	'v': {"video caption", "view this post on"},
}

// openings begin furniture: links to other articles, captions, calls to do something.
// Labels are mostly words that prose begins with as well; they are meant where a sign
// or nothing follows.
const openings = `
image copyright, image caption, image source, image credit, media caption, media playback, video caption, toggle caption, enlarge this image, enlarge image,
just watched, must watch, replay video, story continued below, story continues below, article continues below, continue reading the main, continue reading below,
this article is more than, copyright ©, © 20, © 19, all rights reserved, click here, click to, tap here, sign up for, sign up to receive, sign up now, subscribe to our, subscribe now, subscribe today,
follow us on, follow me on, follow @, share this, read more, read also, read or share, also read, see also, also see, more on this, more stories, related article, related stories, related story, related content, related video,
related coverage, recommended for you, most read, don't miss, watch more, watch live, watch now, watch below, photo by, photos by, photograph by, photo credit, photo courtesy, file photo, picture credit,
get our app, get the app, get breaking news, get the latest, download our app, download the app, write to us, contact the author, email the author, view this post, show caption, hide caption, scroll down, advertisement continue, support our journalism,
lesen sie auch, lesen sie hier, lesen sie mehr, lesen sie dazu, lesen sie weiter, lies auch, mehr zum thema, siehe auch, das könnte sie auch interessieren, hier klicken, klicken sie hier, jetzt abonnieren, zum newsletter, bildunterschrift, bildrechte, bildquelle, externer inhalt,
lire aussi, à lire aussi, lire également, à lire également, lire la suite, voir aussi, à voir aussi, écouter aussi, crédit photo, crédits photo, cliquez ici, cliquez pour, abonnez-vous, inscrivez-vous, suivez-nous, article réservé, légende image,
lea también, lee también, leer también, ver también, vea también, lea aquí, le puede interesar, te puede interesar, podría interesarle, haga clic, haz clic, suscríbete, suscríbase, síguenos, pie de foto, fuente de la imagen, crédito de la foto,
leia também, leia mais, veja também, saiba mais, clique aqui, inscreva-se, siga-nos, legenda da foto, crédito da foto,
leggi anche, leggi tutto, leggi di più, vedi anche, guarda anche, clicca qui, iscriviti, seguici, didascalia,
lees ook, lees meer, lees verder, lees hier, bekijk ook, zie ook, klik hier, abonneer je, volg ons,
läs också, läs även, läs mer, les også, les mer, læs også, læs mere, se også, klicka här, klikk her, lue myös, lue lisää, katso myös,
czytaj też, czytaj także, czytaj więcej, zobacz też, zobacz także, przeczytaj też, przeczytaj także, kliknij tutaj, čtěte také, čtěte více, číst dál, olvassa el,
читайте также, читать также, читайте еще, смотрите также, смотри также, подписывайтесь на, подпишитесь на, читайте також, дивіться також, підписуйтесь на,
ayrıca bakınız, ayrıca okuyun, ilgili haber, devamını oku, buraya tıklayın, abone ol,
διαβάστε επίσης, διαβάστε ακόμα, δείτε επίσης,
اقرأ أيضا, اقرأ أيضاً, شاهد أيضا, طالع أيضا, اقرأ المزيد, بیشتر بخوانید, همچنین بخوانید, قراءة المزيد,
相关阅读, 延伸阅读, 相关新闻, 更多阅读, 点击查看, 点击这里, 関連記事, 続きを読む, あわせて読みたい, 관련기사, 더 읽기`

const labels = `
advertisement, advertising, advert, ad, sponsored, sponsored content, more, related, watch, listen, photo, photos, photograph, in pictures, picture, pictures, image, images, video, videos, gallery, slideshow, slide show, credit, caption, loading, share, tweet, email, print, comments, play, close, newsletter, subscribe, read, up next, next, previous, podcast, graphic, infographic, map, interactive,
anzeige, werbung, foto, fotos, bild, bilder, bildstrecke, quelle, mehr, mehr dazu, mehr lesen, auch interessant, más información, leer más, newsletter, grafik, fotostrecke,
publicité, crédit, vidéo, légende, infographie, diaporama, publicidad, crédito, fuente, galería, publicidade, fonte, galeria, pubblicità, immagine, advertentie, afbeelding, annons, annonse, annonce, mainos, kuva, bilde, billede, reklama, zdjęcie, fot, źródło, hirdetés,
реклама, фото, видео, подробнее, источник, відео, джерело, fotoğraf, video izle, görsel, reklam, φωτογραφία, φωτο, إعلان, صورة, فيديو, عکس, ویدیو, 广告, 图, 图片, 写真, 広告, 사진, 광고`

// phrase is a phrase that begins furniture, folded.
type phrase struct {
	words string
	label bool
}

// phrasesByWord returns the phrases by their first words.
var phrasesByWord = sync.OnceValue(func() map[string][]phrase {
	m := make(map[string][]phrase)
	add := func(list string, label bool) {
		for _, p := range strings.Split(list, ",") {
			p = text.Fold(strings.TrimSpace(p))
			word, _, _ := strings.Cut(p, " ")
			m[word] = append(m[word], phrase{p, label})
		}
	}
	add(openings, false)
	add(labels, true)
	return m
})
