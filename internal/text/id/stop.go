package id

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Indonesian that ranking ignores
// it: pronouns, verbs that help others, conjunctions, prepositions and particles.
// Words that also name something stay searchable.
func (Language) IsStop(folded string) bool { return stop()[folded] }

var stop = wordset.Of(`
	saya aku kami kita kamu anda engkau kau ia dia beliau mereka nya ini itu tersebut sini situ
	sana siapa apa apakah mana manakah sendiri diri dirinya
	yang para sang si semua setiap tiap segala seluruh sebuah seorang suatu
	adalah ialah merupakan ada akan sudah telah sedang masih belum pernah bisa dapat harus boleh
	perlu menjadi
	di ke dari pada kepada daripada dalam untuk bagi oleh dengan tanpa antara tentang sejak hingga
	sampai selama setelah sesudah sebelum ketika saat atas bawah secara seperti sebagai
	dan atau tetapi tapi namun melainkan karena sebab sehingga maka jika kalau bila apabila agar
	supaya meski meskipun walau walaupun bahwa sedangkan sementara serta juga pun lagi saja hanya
	bahkan justru malah tidak tak bukan jangan ya sangat lebih paling terlalu kurang bagaimana
	mengapa kenapa kapan begitu demikian lalu kemudian kini sekarang nanti pula
	kerana iaitu ianya tiada manakala turut
`)
