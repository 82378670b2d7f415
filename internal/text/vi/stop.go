package vi

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Vietnamese that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	chung minh may anh ay no ho han ai gi nao dau nay kia do day the vay moi tung cac nhung chiec
	mot
	la duoc co se vua cung van phai can nen ma
	va hay hoac song tuy du neu vi boi de cho cua o trong ngoai tren duoi giua voi den ve theo qua
	bang nhu khi luc sau truoc rang khong chua chang chi rat lam hon nhat deu ra len xuong nua roi
	ngay sao nhieu it a u nhe
`)
