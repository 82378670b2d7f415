package analysis

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/newsq/newsq/internal/text"
)

func TestOf(t *testing.T) {
	english := Of("en")
	for _, tag := range []string{"", "en", "en-US", "EN_gb", "eng", "ku", "und", "-", "e"} {
		if a := Of(tag); a != english || a.Tag() != "en" {
			t.Errorf("%q is analysed as %s", tag, a.Tag())
		}
	}
}

// All ways to analyse a text agree.
func TestAnalyzer(t *testing.T) {
	a := Of("en")
	const s = "Mr. Kim’s warnings were the U.S. response."
	want := []text.Token{
		{Start: 0, End: 2, Word: "mr", Stem: "mr"},
		{Start: 4, End: 11, Word: "kim", Stem: "kim"},
		{Start: 12, End: 20, Word: "warnings", Stem: "warn"},
		{Start: 21, End: 25, Word: "were"},
		{Start: 26, End: 29, Word: "the"},
		{Start: 30, End: 34, Word: "us", Stem: "us"},
		{Start: 35, End: 43, Word: "response", Stem: "respons"},
	}
	for range 2 { // the second time with a tokenizer that was used before
		if diff := cmp.Diff(want, a.Tokens(s)); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff(want, a.NewTokenizer().Tokens(nil, s)); diff != "" {
		t.Error(diff)
	}
	l := a.NewLexicon()
	ids, _ := l.Append(nil, nil, s)
	v := l.Vocabulary()
	words := a.Words(s)
	for i, w := range want {
		stem := ""
		if n := v.StemOf[ids[i]]; n > 0 {
			stem = v.Stems[n-1]
		}
		if v.Words[ids[i]] != w.Word || stem != w.Stem || words[i].Word != w.Word || words[i].Stem != "" {
			t.Errorf("token %d is %q of stem %q to a lexicon, and %+v to Words", i, v.Words[ids[i]], stem, words[i])
		}
	}
	if spans := a.Sentences(s); len(spans) != 1 {
		t.Errorf("sentences: %v", spans)
	}
}

// A language has an analyzer by all of its tags, which alone makes stems with its tag.
func TestTags(t *testing.T) {
	seen := map[string]string{}
	for _, a := range analyzers {
		for _, tag := range a.Tags() {
			if other, known := seen[tag]; known {
				t.Errorf("%s is of %s and of %s", tag, other, a.Tag())
			}
			seen[tag] = a.Tag()
			if got := Of(tag + "-XX"); got != Analyzer(a) {
				t.Errorf("%s-XX is analysed as %s", tag, got.Tag())
			}
		}
		stem := a.Stem("minister")
		if tag := StemTag(stem); tag != a.StemTag() || OfStem(stem) != Analyzer(a) || a.StemPrefix(stem) == "" && a.Tag() == "en" {
			t.Errorf("%s: stem %q has the tag %q, want %q, and is of %s", a.Tag(), stem, tag, a.StemTag(), OfStem(stem).Tag())
		}
		for _, w := range a.Tokens("Ministers and 10:30") {
			if w.Stem != "" && w.Stem != a.Stem(w.Word) {
				t.Errorf("%s: %q has the stem %q as a token, and else %q", a.Tag(), w.Word, w.Stem, a.Stem(w.Word))
			}
		}
	}
	if tag := StemTag("10:30"); tag != "" {
		t.Errorf("a time has the tag %q", tag)
	}
}

// The cases of names that the news is full of have one stem, and meet no other word.
func TestNames(t *testing.T) {
	for _, tt := range []struct{ tag, names, others string }{
		{"ru", "китай китая китаю китаем китае", "кит кита"},
		{"ru", "украина украины украине украину", "украсть"},
		{"ru", "путин путина путину путиным", "путь пути"},
		{"uk", "китай китаю китаєм китаї китаєві", ""},
		{"de", "merkel merkels", "merken"},
		{"fi", "putin putinin putinia putinille", ""},
		{"fi", "biden bidenin bidenia", ""},
		{"fi", "ukraina ukrainan ukrainassa", ""},
		{"hu", "brusszel brusszelben brusszeli", ""},
		{"hu", "budapest budapesten", ""},
		{"tr", "suriye suriyenin suriyeden suriyeli", "sur"},
		{"tr", "turkiye turkiyenin turkiyede", "turk"},
		{"pl", "putin putina putinem", ""},
		{"sr", "кина кине кини kina kine", ""},
		{"ar", "الوزير وزير والوزير", "زير"},
	} {
		a := Of(tt.tag)
		stems := map[string]bool{}
		for _, w := range strings.Fields(tt.names) {
			stems[a.Stem(text.Fold(w))] = true
		}
		if len(stems) != 1 {
			t.Errorf("%s: %s have the stems %v", tt.tag, tt.names, stems)
		}
		for _, w := range strings.Fields(tt.others) {
			if s := a.Stem(text.Fold(w)); stems[s] {
				t.Errorf("%s: %s has the stem %s, too", tt.tag, w, s)
			}
		}
	}
}
