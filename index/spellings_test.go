package index_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/index"
)

// TestSpellings: a word finds its forms and its other spellings; who asks for the
// very word is not shown them, and what only looks alike is another word. Those
// before the sign + come first, in this order.
func TestSpellings(t *testing.T) {
	// The id stands before the colon.
	articles := []string{
		"jet: The B-52 flew, an MI-6 agent watched, and a vice-chair took the 9-to-5 by-pass.",
		"jets: The B-52s flew over two by-passes, and the vice-chairs cross-examined MI6.",
		"near: A B-521 and a B-5 were shown. The vice of the chair is a by way.",
		"shut: B52 pilots crossexamined the vicechair; the bypass.",
		"maker: A kite-maker, a kite-making club, and Pre-Owned boats; US-led.",
		"makers: The kite-makers and kitemakers.",
		"making: On kite-making and kitemaking; the USL.",
		"inlaw: The hanger-on and the brother-in-law.",
		"fleet: A man-of-war stood by. The fly-by of a TV crew; a multi-national in the mega-city.",
		"fleets: Two men-of-war and fly-bys for TVs; multinationals in megacities.",
		"inlaws: Two hangers-on and three brothers-in-law.",
		"qa: Al-Ja'fari of Ka'bah met the Mi`kmaq, ʿAbd al-Ra'uf and Solov’yev in Tai'an.",
		"plain: Al-Jafari of Kabah met the Mikmaq, Abd al-Rauf and Solovyev in Taian.",
		"left: We're where he'll be; I'd said they won't. L'Observateur and O'Hara.",
		"ill: He was ill, in hell, and of weal; the id; wont.",
		"apart: R. T. Okoro and E. H. G. Ash. The by pass, over head.",
		"stops: R.T. Okoro and E.H.G. Ash; she has an LL.M., a D.Phil. and a Th.D",
		"close: RT Okoro and EHG Ash; she has an LLM, a DPhil and a ThD.",
		"notes: Parity² held¹, restraint3 too, and 5 m² of CO₂ rose 10³ times.",
		"arabic: قالت الحكومة إن مدرسة القاضي في الجامعة وبالجامعات.",
		"arabic2: حكومه مدرسه القاضى",
		"persian: کتاب\u200cهای دانش\u200cآموزان را می\u200cخوانند",
		"hebrew: דובר צה\"ל וארה״ב אמר כי הדו\"ח מוכן",
		"thai: รัฐบาล\u200bประชุม",
		"zero: The Vely\u200bnska pact of inter\u2060mediate range.",
	}
	ix := small(t)
	for _, a := range articles {
		id, body, _ := strings.Cut(a, ": ")
		add(t, ix, corpus.Article{ID: id, Title: "Note", Body: body, Language: "en", Published: day("2025-01-02")})
	}
	add(t, ix, corpus.Article{ID: "turkish", Title: "Not", Body: "Hakkâri'de ve Çorlu'nun yolunda; Kur'an okundu.", Language: "tr", Published: day("2025-01-02")})
	for _, tt := range []struct{ query, want string }{
		// Words with hyphens, in another form.
		{"B-52", "jet +jets shut"},
		{"B-52s", "jets +jet shut"},
		{"vice-chairs", "jets +jet shut"},
		{"by-passes", "jets +jet shut"},
		{"cross-examine", "+jets shut"},
		{"man-of-war", "fleet fleets"},
		{"men-of-war", "fleets fleet"},
		{"fly-by", "fleet fleets"},
		{"fly-bys", "fleets fleet"},
		{"TV", "fleet fleets"},
		{"TVs", "fleets fleet"},
		{"=TV", "fleet"},
		{"=TVs", "fleets"},
		{"multi-national", "fleet fleets"},
		{"multinational", "+fleet fleets"},
		{"mega-city", "fleet fleets"},
		{"megacity", "+fleet fleets"},
		{"mega-cities", "+fleet fleets"},
		{"hanger-on", "inlaw inlaws"},
		{"hangers-on", "inlaws inlaw"},
		{"brother-in-law", "inlaw inlaws"},
		{"kite-maker", "+maker makers"},
		{"kite-makers", "makers maker"},
		{"kite-making", "+making maker"},
		{"kitemaker", "+makers making maker"}, // one stem, as in other words
		{"USL", "making"},
		{"US-led", "maker"},
		{"B-52 agent", "jet"},
		{"title:B-52", ""},
		{"body:B-52", "jet +jets shut"},
		{"B-52 NEAR/3 flew", "+jet jets"},
		{"-B-52 chair", "+near"},
		{"=B-52", "jet"},
		{`"B-52"`, "jet"},
		{"=vice-chair", "jet"},
		{`"B-52s"`, "jets"},

		// Closed up.
		{"B52", "shut +jet jets"},
		{"MI-6", "jet jets"},
		{"MI6", "jets jet"},
		{"vicechair", "shut +jet jets"},
		{"crossexamine", "shut jets"},
		{"=B52", "shut"},
		{`"vicechair"`, "shut"},
		{"overhead", ""},
		{"bypass", "shut +jet jets"},

		// Apostrophes.
		{"Ka'bah", "qa plain"},
		{"Kabah", "plain qa"},
		{"Ka’bah Taian", "+plain qa"},
		{"Mi'kmaq", "qa plain"},
		{"Solovʹyev", "qa plain"},
		{"al-Ja'fari", "+plain qa"},
		{"=Kabah", "plain"},
		{"OHara", "left"},
		{"ill", "ill"},
		{"hell", "ill"},
		{"wont", "ill"},
		{"id", "ill"},
		{"observateur", "left"},

		// Initials and degrees.
		{"R. T. Okoro", "+apart close stops"},
		{"R.T. Okoro", "+apart close stops"},
		{"rt okoro", "+apart close stops"},
		{`"R. T. Okoro"`, "+apart close stops"},
		{"E.H.G. Ash", "+apart close stops"},
		{"R.S. Okoro", ""},
		{"LLM", "+close stops"},
		{"D.Phil. Th.D.", "+close stops"},
		{"dphil", "+close stops"},

		// Marks of footnotes.
		{"parity held", "notes"},
		{"restraint", "notes"},
		{`"parity held"`, "notes"},
		{"CO2 m2", "notes"},

		// Other scripts.
		{"حكومة", "+arabic arabic2"},
		{"الحكومه", "+arabic arabic2"},
		{"القاضي", "+arabic arabic2"},
		{"مدرسة", "+arabic arabic2"},
		{"جامعات", "arabic"},
		{"جامع", ""},
		{"کتاب", "persian"},
		{"دانش", "persian"},
		{"=کتاب", ""},
		{"می\u200cخوانند", "persian"},
		{"میخوانند", "persian"},
		{`צה"ל`, "hebrew"},
		{"צה״ל", "hebrew"},
		{`וארה"ב`, "hebrew"},
		{`"דובר צה"ל"`, "hebrew"},
		{`צה"ל מוכן`, "hebrew"},
		{"צה", ""},
		{"Hakkâri", "turkish"},
		{"çorlu yolunda", "turkish"},
		{"kur", ""},
		{"รัฐบาล\u200bประชุม", "thai"},
		{"Velynska", "zero"},
		{"Vely\u200bnska", "zero"},
		{"=Vely\u200bnska", "zero"},
		{"intermediate", "zero"},
	} {
		res := search(t, ix, index.Query{Text: tt.query, Passages: -1})
		found := ids(res.Hits)
		if res.Relaxed {
			found = nil
		}
		first, rest, _ := strings.Cut(tt.want, "+") // behind the sign the order is open
		ordered := strings.Fields(first)
		want := append(slices.Clone(ordered), strings.Fields(rest)...)
		if len(found) < len(ordered) || !slices.Equal(found[:len(ordered)], ordered) || !slices.Equal(sorted(found), sorted(want)) {
			t.Errorf("%s finds %v, want %s", tt.query, found, tt.want)
		}
	}
}

func sorted(s []string) []string { return slices.Sorted(slices.Values(s)) }

// TestMarkSpellings: what is found in another spelling is marked.
func TestMarkSpellings(t *testing.T) {
	ix := small(t)
	for _, tt := range []struct{ query, want string }{
		{"re-election", "The [reelection] and two [re-elections], [re election] apart"},
		{"reelection", "The [re-election’s] end"},
		{"Ka'bah", "[Ka'bah] or [Kabah]"},
		{"J. D. Okoro", "[J.D.] [Okoro], [JD] and [J. D.] [Okoro]"},
		{"=reelection", "No re-election"},
	} {
		s := strings.NewReplacer("[", "", "]", "").Replace(tt.want)
		spans, err := ix.Mark(t.Context(), index.Query{Text: tt.query}, s)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		end := 0
		for _, m := range spans {
			b.WriteString(s[end:m.Start] + "[" + s[m.Start:m.End] + "]")
			end = m.End
		}
		if got := b.String() + s[end:]; got != tt.want {
			t.Errorf("%s marks %s, want %s", tt.query, got, tt.want)
		}
	}
}
