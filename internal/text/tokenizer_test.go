package text

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// words joins the words of s by spaces.
// plain is a language for tests: it knows enough to tell that it was asked.
type plain struct{ Language }

func (plain) StemTag() string { return "" }

func (plain) Stem(word string) string {
	for _, ending := range []string{"ions", "ings"} {
		if s, ok := strings.CutSuffix(word, ending); ok && s != "" {
			return s
		}
	}
	return word
}

func (plain) IsStop(word string) bool {
	return slices.Contains([]string{"the", "a", "of", "and"}, word)
}

func (plain) Closed(word string) string {
	if strings.HasSuffix(word, "'ll") {
		return ""
	}
	return strings.ReplaceAll(word, "'", "")
}

func (plain) Base(word string) string {
	base, _ := strings.CutSuffix(word, "'da")
	if base == word {
		return ""
	}
	return base
}

// tokensOf returns the tokens of s.
func tokensOf(s string) []Token { return NewTokenizer(plain{}).Tokens(nil, s) }

func words(s string) string {
	var w []string
	for _, t := range tokensOf(s) {
		w = append(w, t.Word)
	}
	return strings.Join(w, " ")
}

func TestWords(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{" \t\n--", ""},
		{"The Strait of Hormuz", "the strait of hormuz"},

		// Apostrophes.
		{"don't", "don't"},
		{"DON’T", "don't"},
		{"O'Brien", "o'brien"},
		{"rock'n'roll", "rock'n'roll"},
		{"'quoted'", "quoted"},
		{"the ’90s", "the 90s"},
		{"Hawaiʻi Shiʿa Qurʾan Solovʹev Sana`a", "hawai'i shi'a qur'an solov'ev sana'a"},
		{"Korea's leader", "korea leader"},
		{"KOREA’S", "korea"},
		{"James' and workers'", "james and workers"},
		{"1980's", "1980"},
		{"a's's", "a"},
		{"'s", "s"},
		{"5'10", "5 10"},

		// Elision.
		{"l'État, c'est moi", "l etat c est moi"},
		{"qu'il n’est d'Ukraine", "qu il n est d ukraine"},
		{"dell'Unione", "dell unione"},
		{"dov'è, trent'anni, un'altra mezz'ora", "dov e trent anni un altra mezz ora"},
		{"Sant'Angelo", "sant'angelo"},
		{"l'hotel d'Espanya s'ha", "l hotel d espanya s ha"},

		// The dot within a double l, in Catalan.
		{"col·legi, INTEL·LIGÈNCIA, coŀlegi", "collegi intelligencia collegi"},
		{"col · legi, al·fa, l·", "col legi al fa l"},
		{"coup d'état", "coup d etat"},
		{"aujourd'hui", "aujourd'hui"},
		{"N'Djamena c'mon o'clock y'all", "n'djamena c'mon o'clock y'all"},

		// Acronyms and initials.
		{"U.S.", "us"},
		{"the U.S. House", "the us house"},
		{"U.S", "us"},
		{"U.S.A.", "usa"},
		{"u.k.", "uk"},
		{"U.S.'s and U.N.’s", "us and un"},
		{"U.S.-led", "us led"},
		{"9 a.m.", "9 am"},
		{"J. K. Rowling", "jk rowling"},
		{"J.K. Rowling", "jk rowling"},
		{"W. E. B. Du Lac; J.\u00a0R.\u2009R. Tolkien's", "web du lac jrr tolkien"},
		{"В. В. Орлов, Г.\nК. Жуков", "вв орлов гк жуков"},
		{"H. R.'s and J. D., who", "hr and jd who"},
		{"J.\n\nD. Varley", "j d varley"},
		{"plan B. The vitamin C. was", "plan b the vitamin c was"},
		{"the U.S. J. D. Varley", "the us jd varley"},
		{"U. S. policy", "us policy"},
		{"e. g. this, at 5 p. m.", "eg this at 5 pm"},
		{"plan B and C. D then", "plan b and c d then"},
		{"J.Smith", "j smith"},
		{"Plan B.", "plan b"},
		{"Ph.D.", "phd"},
		{"PhD, Ph.D in law; ph.d. PH.D.", "phd phd in law phd phd"},
		{"M.Sc., LL.B. and D.Phil.; B.Vet.Med", "msc llb and dphil bvetmed"},
		{"EE.UU. y EE. UU., JJ. OO.", "eeuu y eeuu jjoo"},
		{"The AA.Then AA. J. Smith, MM. So NN. OK", "the aa then aa j smith mm so nn ok"},
		{"W.Va., N.Mex. and M.Res. in x.va", "wva nmex and mres in x va"},
		{"M.B.Ch.B., Ph.D.s, Ed.D.'s", "mbchb phds edd"},
		{"500 v.Chr. nahm", "500 vchr nahm"},
		{"The vote failed.Then it rained", "the vote failed then it rained"},
		{"Plan B.Then ledger.example x.com J.King.", "plan b then ledger example x com j king"},
		{"said so.A man; Mr.T and vol.I", "said so a man mr t and vol i"},
		{"M.Sc.Then it rained", "m sc then it rained"},
		{"С.Ш.А.", "сша"},
		{"end.Next", "end next"},

		// Numbers.
		{"1,000.5", "1000.5"},
		{"12:30", "12:30"},
		{"3.5%", "3.5"},
		{"$1,234,567", "1234567"},
		{"2,5 Prozent", "2,5 prozent"},
		{"1.2.3", "1.2.3"},
		{"2019, 2020.", "2019 2020"},
		{"F-16 and F16", "f 16 and f16"},
		{"COVID-19", "covid 19"},
		{"v2.0", "v2.0"},
		{"H₂O at 5 m²", "h2o at 5 m2"},
		{"CO₂ E=mc² 10² 3 km² x³ χ²", "co2 e mc2 102 3 km2 x3 χ2"},

		// Marks of footnotes.
		{"deterrence² and parity.³ More", "deterrence and parity more"},
		{"it¹² rose, NATO¹ said² «Abschreckung»³", "it rose nato said abschreckung"},
		{"¹ Source: no²other", "source no other"},
		{"сдерживание² 5 км²", "сдерживание 5 км2"},
		{"²³⁵U and ¹⁴C", "235u and 14c"},
		{"5½", "5½"},
		{"٢٠٢٤ and ۲۰۲۴ and २०२४", "2024 and 2024 and 2024"},

		// Signs within words.
		{"AT&T", "at&t"},
		{"R&D, S&P's", "r&d s&p"},
		{"this & that", "this that"},
		{"C++ and C#.", "c++ and c#"},
		{"C++'s", "c++"},
		{"a+b issue#5 C+++", "a b issue 5 c"},
		{"#Brexit @nato", "brexit nato"},
		{"north_korea", "north korea"},
		{"either/or", "either or"},
		{"a.person@example.org", "a person example org"},
		{"https://example.org/a-b?c=1", "https example org a b c 1"},

		// Case, accents, width.
		{"Kraków, Łódź", "krakow lodz"},
		{"STRASSE Straße", "strasse strasse"},
		{"Ærø", "aero"},
		{"İstanbul ISPARTA ılık", "istanbul isparta ilik"},
		{"ＦＵＬＬ　ｗｉｄｔｈ１", "full width1"},
		{"ﬁnance", "finance"},
		{"Ἀθήνα ΟΔΟΣ", "αθηνα οδοσ"},
		{"ёлка", "елка"},
		{"мой мои", "мой мои"},
		{"Київ", "київ"},

		// Other scripts.
		{"北京2024年", "北京 京 2024 年"},
		{"iPhone手机", "iphone 手机 机"},
		{"ガンダム", "ガン ンダ ダム ム"},
		{"ｶﾞｽ", "ガス ス"},
		{"서울 시민", "서울 시민"},
		{"مُحَمَّد", "محمد"},
		{"أحمد آب", "احمد اب"},
		{"می\u200cخواهم", "ميخواهم"},
		{"القاهرة القاضى مصطفى ٱلله", "القاهره القاضي مصطفي الله"},
		{"المكتبة كتاب", "المكتبه كتاب"},
		{"हिन्दी में", "हिन्दी में"},
		{"שָׁלוֹם", "שלום"},
		{`צה"ל צה״ל צה”ל`, "צה״ל צה״ל צה״ל"},
		{`דו"חות של רה"מ.`, "דו״חות של רה״מ"},
		{`ב"הארץ" נכתב "דובר צה"ל"`, "ב הארץ נכתב דובר צה״ל"},
		{"צ׳רצ׳יל צ'רצ'יל", "צ'רצ'יל צ'רצ'יל"},
		{"กิน", "กิน น"},

		// Emoji.
		{"go🙂🙂now", "go 🙂 🙂 now"},
		{"❤️", "❤"},
		{"👍🏽", "👍"},
		{"• © ° →", ""},

		// What is not to be seen.
		{"co\u00adoper\u200bation", "cooperation"},
		{"U.\u200bS.", "us"},
		{"bad\xffutf", "bad utf"},
		{"\xf0\x9f", ""},
		{"e\u0301tude \u0301x", "etude x"},
	} {
		if got := words(tt.in); got != tt.want {
			t.Errorf("words of %q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestTokens(t *testing.T) {
	got := tokensOf("The U.S.'s warn\u00adings")
	want := []Token{
		{0, 3, "the", ""},
		{4, 10, "us", "us"},
		{11, 21, "warnings", "warn"},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestLongRuns: a run longer than a word is cut, and nothing is lost.
func TestLongRuns(t *testing.T) {
	for _, unit := range []string{"a", "é", "ⅷ", "क़", "a'b", "1,"} {
		s := strings.Repeat(unit, 1000)
		end := 0
		for _, tok := range tokensOf(s) {
			if len(tok.Word) > maxWord || tok.End-tok.Start > maxWord {
				t.Fatalf("%q: a token of %d bytes", unit, tok.End-tok.Start)
			}
			if gap := s[end:tok.Start]; strings.ContainsAny(gap, unit) && gap != "'" && gap != "," {
				t.Fatalf("%q: %q was lost", unit, gap)
			}
			end = tok.End
		}
		if len(s)-end > 1 {
			t.Fatalf("%q: the last %d bytes were lost", unit, len(s)-end)
		}
	}
}

// check holds what is true of the tokens of any text.
func check(t interface{ Fatalf(string, ...any) }, s string) {
	a := NewTokenizer(plain{})
	tokens := a.Tokens(nil, s)
	end := 0
	for _, tok := range tokens {
		if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) {
			t.Fatalf("%q: token %+v after %d", s, tok, end)
		}
		end = tok.End
		if len(tok.Word) > maxWord || !utf8.ValidString(tok.Word) {
			t.Fatalf("%q: word %q", s, tok.Word)
		}
		again := tokensOf(tok.Word)
		if Characters(tok.Word) == 2 && len(again) == 2 && Characters(again[1].Word) == 1 {
			again = again[:1]
		}
		if len(again) != 1 || again[0].Word != tok.Word || again[0].Stem != tok.Stem {
			t.Fatalf("%q: %q is cut into %+v", s, tok.Word, again)
		}
		if stem := (plain{}).Stem(tok.Word); tok.Stem != stem && !(plain{}).IsStop(tok.Word) || stem == "" || stem[0] != tok.Word[0] {
			t.Fatalf("%q: stem of %q is %q", s, tok.Word, tok.Stem)
		}
	}
	if slow := slowTokens(s); !slices.Equal(slow, tokens) {
		t.Fatalf("%q: the fast path differs from the slow one:\n%s", s, cmp.Diff(slow, tokens))
	}
	if encoded := lexiconTokens(NewLexicon(plain{}), s); !sameTokens(encoded, tokens) {
		t.Fatalf("%q: a lexicon says %v, Tokens %v", s, encoded, tokens)
	}
	for i, tok := range new(Tokenizer).Words(nil, s) {
		if tok.Stem = tokens[i].Stem; tok != tokens[i] {
			t.Fatalf("%q: Words says %+v, Tokens %+v", s, tok, tokens[i])
		}
	}
}

// slowTokens is Tokens without the fast path.
func slowTokens(s string) (tokens []Token) {
	a := NewTokenizer(plain{})
	for i := 0; i < len(s); {
		var t Token
		if t, _, i = a.tokenAt(s, i, true); t.Word != "" {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// alphabet holds what the rules of words are about.
var alphabet = []string{
	"a", "B", "s", "S", "l", "é", "ß", "İ", "ж", "é", "1", "23", "456", "٣", "²", "ⅷ", "½",
	"'", "’", "`", "'da", "\"", "״", "ש", "–", "ال", "\u200c", ".", ".", ",", ":", "&", "+", "++", "#", "-", "_", " ", "\n", "\u00ad", "\u200d", "\u0301", "\u0640",
	"北", "が", "ｶ", "ﾞ", "ก", "ิ", "ة", "أ", "ी", "한", "ㄱ", "ㅏ", "🙂", "\ufe0f", "🏽", "ŉ", "ﷲ", "\xff", "\xe2",
}

func TestTokensHold(t *testing.T) {
	// Every rune alone, between letters, and between digits.
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if classOf(r) == separator && r > unicode.MaxLatin1 || isUniform(r) {
			continue
		}
		s := string(r)
		check(t, s)
		// Letters that fold to themselves are all alike in what follows.
		if c := classOf(r); r > unicode.MaxLatin1 && (c == letter || c == solo) && Fold(s) == s {
			continue
		}
		for _, s := range []string{
			"a" + s + "b", "1" + s + "2", "a" + s, "a'" + s, "a&" + s, "1." + s, s + ".5",
			s + "." + s, s + "'a", s + "'s", s + "&b", s + "++", s + "#",
		} {
			check(t, s)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 12).Draw(t, "s"), "")
		check(t, s)
		checkVariants(t, s)
	})
}

func TestClassOf(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := classOf(r), classify(r); got != want {
			t.Errorf("class of %U: got %d, want %d", r, got, want)
		}
	}
}

// isUniform reports whether r is within a large block of runes that are alike.
func isUniform(r rune) bool {
	if r%64 == 0 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hangul, unicode.Tangut, unicode.Yi, unicode.Cuneiform,
		unicode.Egyptian_Hieroglyphs, unicode.Anatolian_Hieroglyphs) && unicode.Is(unicode.Lo, r) &&
		(r < 0x3131 || r > 0x318E) && (r < 0xF900 || r > 0xFFFF)
}

func FuzzTokens(f *testing.F) {
	for i := range alphabet {
		f.Add(strings.Join(alphabet[i:], ""))
	}
	f.Add("The U.S.-led force's 1,000.5 km² zone… “don’t” l'État col·legi AT&T C++ 北京")
	f.Fuzz(func(t *testing.T, s string) {
		check(t, s)
		checkVariants(t, s)
	})
}

// TestManyForms: words stay right when the table of forms fills up.
func TestManyForms(t *testing.T) {
	a := NewTokenizer(plain{})
	for round := range 2 {
		for i := range maxForms + 1000 {
			w := "w" + strconv.Itoa(i)
			got := a.Tokens(nil, strings.ToUpper(w)+" elections")
			if len(got) != 2 || got[0].Word != w || got[1].Stem != "elect" {
				t.Fatalf("round %d: tokens of %q are %+v", round, w, got)
			}
		}
	}
	if len(a.forms.all) > maxForms {
		t.Errorf("%d forms are kept", len(a.forms.all))
	}
}

// TestCollisions: words that were made to collide cost time, not meaning.
func TestCollisions(t *testing.T) {
	var same []string
	for i := 0; len(same) < 3*maxProbes; i++ {
		if w := "w" + strconv.Itoa(i); hashOf(w)&0xfff == 0 {
			same = append(same, w)
		}
	}
	a := NewTokenizer(plain{})
	for range 2 {
		for _, w := range same {
			if got := a.Tokens(nil, w); len(got) != 1 || got[0].Word != w || got[0].Stem != w {
				t.Fatalf("tokens of %q are %+v", w, got)
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Presid*", "presid*"},
		{"Ünïcode?", "unicode?"},
		{"ＷＡＲ＊", "war*"},
		{"O’Neill", "o'neill"},
		{"½", "½"},
		{"फ़ैसला", "फैसला"}, // with a nukta, as one letter and as two
		{"फ\u093Cैसला", "फैसला"},
		{"ज़मीन", "जमीन"},
		{"पाँच", "पांच"},
		{"ड\u093Cका", "डका"},
		{"", ""},
		{"\xff", "\uFFFD"},
	} {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
