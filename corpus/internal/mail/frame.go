package mail

import (
	"strings"

	"github.com/newsq/newsq/internal/extract"
)

// Bounds of what stands around the text of a newsletter: how many blocks above it
// may offer to read it elsewhere, how long such a block is, in bytes, and from
// where on it may end, in parts of all blocks.
const (
	headBlocks = 6
	maxOffer   = 160
	footFrom   = 0.5
)

// withoutFrame drops what stands around the text of a newsletter: above it the
// offer to read it in a browser, and below it all from the first block on that
// tells how to end it.
func withoutFrame(blocks []extract.Block) []extract.Block {
	kept := make([]extract.Block, 0, len(blocks))
	for i, b := range blocks {
		s := strings.ReplaceAll(strings.ToLower(b.Text), "’", "'")
		if isButton(s) {
			continue
		}
		if len(s) <= maxOffer && (i < headBlocks || i >= len(blocks)-headBlocks) && holdsAny(s, offers()) {
			continue
		}
		if float64(i) >= float64(len(blocks))*footFrom && isFoot(s) {
			return withoutNotice(kept)
		}
		kept = append(kept, b)
	}
	return kept
}

// maxFoot is how long a block at the foot is, in bytes.
const maxFoot = 600

// isButton reports whether a block is buttons of a platform for newsletters, one or
// a row of them.
func isButton(s string) bool {
	if len(s) > maxOffer {
		return false
	}
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part != "" && !isButtonText(part) {
			return false
		}
	}
	return strings.TrimSpace(s) != ""
}

func isButtonText(s string) bool {
	switch s {
	case "♡", "❤", "↗", "share", "like", "comment", "restack", "subscribe", "subscribe now", "upgrade to paid", "leave a comment", "forward", "tweet", "download images":
		return true
	}
	return false
}

func isFoot(s string) bool { return len(s) <= maxFoot && holdsAny(s, endings()) }

// withoutNotice drops the lines of copyright that stand before the foot.
func withoutNotice(blocks []extract.Block) []extract.Block {
	for len(blocks) > 1 {
		s := strings.ToLower(blocks[len(blocks)-1].Text)
		if len(s) > maxFoot || !strings.HasPrefix(s, "©") && !strings.HasPrefix(s, "copyright") && !strings.Contains(s, "all rights reserved") {
			break
		}
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// offers are the words that offer to read a newsletter elsewhere, in lower case.
func offers() []string {
	return []string{
		"view in browser", "view in your browser", "email in your browser", "open in browser", "in your web browser", "view online", "read online",
		"web version", "webversion", "view this email", "this post online", "open in app", "in the app", "read in app", "trouble viewing", "having trouble",
		"im browser", "online-version", "onlineversion", "online ansehen", "dans le navigateur", "dans votre navigateur", "version en ligne",
		"en el navegador", "en tu navegador", "en su navegador", "versión web", "nel browser", "versione online", "no navegador", "versão online",
		"in uw browser", "in je browser", "online versie", "w przeglądarce", "в браузере", "у браузері", "在浏览器中", "ブラウザで",
	}
}

// endings are the words that tell how to end a newsletter, and why it came, in
// lower case.
func endings() []string {
	return []string{
		"unsubscribe", "email preferences", "manage your preferences", "manage preferences", "update your preferences", "manage your subscription",
		"our mailing address is", "you are receiving this", "you're receiving this", "you received this email", "you are subscribed", "you're subscribed", "opt out",
		"abbestellen", "newsletter abmelden", "austragen", "sie erhalten diese", "désabonner", "désinscrire", "désinscription", "vous recevez ce",
		"darse de baja", "darte de baja", "cancelar suscripción", "cancelar la suscripción", "anular la suscripción", "recibes este", "recibe este",
		"annulla iscrizione", "cancella iscrizione", "cancellati", "disiscriv", "cancelar inscrição", "cancelar a subscrição", "descadastrar",
		"afmelden", "uitschrijven", "avprenumerera", "avregistrera", "afmeld", "meld deg av", "peruuta tilaus", "wypisz", "zrezygnować z subskrypcji",
		"отписаться", "відписатися", "aboneliğinizi", "退订", "取消订阅", "取消訂閱", "配信停止", "購読解除", "구독 취소", "수신거부", "إلغاء الاشتراك",
	}
}
