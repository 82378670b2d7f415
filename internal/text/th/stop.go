package th

import "github.com/newsq/newsq/internal/wordset"

// IsStop reports whether a folded word is so common in Thai that ranking ignores
// it: particles, pronouns, prepositions, conjunctions, verbs that help others
// and words that ask.
// English words are so as in English.
func (l Language) IsStop(folded string) bool { return stop()[folded] || l.Language.IsStop(folded) }

var stop = wordset.Of(`
	ที่ ซึ่ง อัน และ หรือ แต่ ก็ จึง แล้ว เพราะ เนื่องจาก ดังนั้น ถ้า หาก เมื่อ ขณะ เพื่อ โดย ด้วย กับ แก่ ต่อ จาก ถึง ของ ใน
	นอก บน ใต้ ระหว่าง ตาม สำหรับ เกี่ยวกับ ไว้ ไป มา อยู่ ยัง คง จะ ได้ ให้ ถูก ต้อง ควร อาจ เคย กำลัง เป็น คือ มี ไม่ ไม่ได้ มิ
	นี้ นั้น โน้น นี่ นั่น เหล่านี้ เหล่านั้น ทั้ง ทุก บาง แต่ละ กว่า มาก การ ความ ผู้ ครับ ค่ะ คะ นะ
	ผม ฉัน ดิฉัน คุณ เขา เธอ มัน เรา พวกเขา พวกเรา ตน ตัวเอง
	อะไร ใคร ไหน ที่ไหน เมื่อไร เมื่อไหร่ ทำไม อย่างไร ยังไง เท่าไร เท่าไหร่ กี่ ไหม หรือไม่
`)
