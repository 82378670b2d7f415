package en

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/newsq/newsq/internal/text"
)

// TestSentences cuts each text where it has a bar.
func TestSentences(t *testing.T) {
	for _, want := range []string{
		"",
		"No full stop at the end",
		"One. |Two! |Three?",
		"One.|\n\n|Two without a stop|\n\n\n|Three",

		// Names, titles and initials.
		"Mr. Smith met Dr. Jones and Gen. Lee. |They spoke.",
		"Sen. Ada Flint, R-Ohio, and Rep. Bo Hale spoke. |Gov. Moss did not.",
		"J. K. Rowling wrote it. |J.K. Rowling did.",
		"George W. Bush won. |He served twice.",
		"J. A. Smith and A. I. Brown disagree.",
		"They chose plan B. |The plan failed.",
		"He grew up in St. Louis near Mt. Airy. |She did not.",
		"Martin Luther King Jr. Day is a holiday. |Dr. King Sr. |He preached.",

		// Companies, places, months and numbers.
		"Acme Inc. Chairman Ada Flint resigned. |Acme Corp. |It was over.",
		"It was filed by Acme Inc. |The court agreed.",
		"He lives in Tampa, Fla. |She lives in Mobile, Ala. |But they met.",
		"On Dec. 12 and Jan. 3, 2020, they met. |It failed on Sept. 4.",
		"It ended in Dec. |The new year began.",
		"See No. 5 and Vol. 3 of the series. |No. |He would not.",
		"Is there an answer? |No. |Maybe.",
		"It rose 3.5 percent to 1,000.25 points. |Then it fell.",
		"It fell to 5. |10 people lost.",

		// Acronyms.
		"The U.S. House voted. |It passed.",
		"U.S. Rep. Ada Flint of the U.S.-led group spoke.",
		"It came from the U.S. |He said so.",
		"He left the U.S. |But she stayed in the U.K. |They wrote.",
		"Troops of the U.S. Army and the U.N. Security Council met.",
		"They met at 9 a.m. Monday and at 5 p.m. Eastern. |It was late.",
		"It closed at 5 p.m. |The next day it opened at 9 a.m.",
		"Some, e.g. Germany, i.e. Berlin, agreed. |Others, etc. |Done.",
		"Washington, D.C. |The city sleeps.",
		"Roe v. Wade and Brown vs. Board were cited. |Both stand.",

		// Ellipses and runs of stops.
		"It was ... well, odd. |So be it.",
		"It was… well, odd. |So be it.",
		"And then... |Nothing happened.",
		"And then . . . |Nothing happened.",
		"What?! |No!! |Really...?",
		"Wait…! |Go.",

		// Quotation marks and brackets.
		"“We won.” |He smiled.",
		"\"We won.\" |He smiled.",
		"'We won.' |He smiled.",
		"He said: “We won. |We did.” |Then he left.",
		"“Really?” he asked. |“Yes!” she said.",
		"“Really?” Smith asked. |“Yes!” Ada Flint said.",
		"“Really?” |The crowd laughed.",
		"(He left.) |She stayed (he knew why). |[End.] |Over.",
		"«Nous partons.» |Il sourit.",
		"„Wir gehen.“ |Er lachte.",
		"He read “The End.” |“Why?” |“So.”",
		"It ends here.” |He left.",
		"He (Mr. Smith) left. |She (the U.S. envoy) did not.",

		// What looks like an end and is none.
		"Visit example.org or www.example.com/a.b today. |Thanks.",
		"Version 2.0 came. |Go 1.26 too.",
		"an iPhone. |iPhone sales fell.",
		"the end. of nothing",
		"1. First do this. |2. Then do that.",
		"IV. The fourth chapter.",
		"She scored. |5 to 2 was the result",

		// Lines.
		"A wrapped line of a text that goes on and on for a while\nuntil It ends. |Next.",
		"a wrapped line\nthat goes on.",
		"A Heading of its own|\n|The text goes on here. |And here.",
		"Things to do:|\n|- first this|\n|- then that",
		"Things to do:|\n|1. First this.|\n|2. Then that.",
		"Dear Ada,\nI write to you.",
		"One.|\n|Two.|\r\n|Three.",
		strings.Repeat("a very long line ", 10) + "indeed|\n|Another line.",

		// Other languages.
		"Am 3. Oktober feierten sie. |Am 4. Oktober nicht.",
		"Das ist z.B. Berlin. |Das ist Bonn.",
		"Es gilt z. B. in Berlin. |M. Dupont est parti. |Il pleut.",
		"¿Qué pasa? |¡Nada! |Vale.",
		"今天下雨。|明天晴！|真的吗？|真的。",
		"「行こう。」|彼は言った。",
		"यह पहला है। |यह दूसरा है॥ |बस।",
		"هل هذا صحيح؟ |نعم. |حسنا",
		"یہ پہلا ہے۔ |یہ دوسرا ہے۔",
		"Это первое. |Это второе. |А. С. Пушкин писал.",
	} {
		checkCuts(t, want)
	}
}

// checkCuts holds that a text without its bars is cut into sentences where it
// has a bar.
func checkCuts(t *testing.T, want string) {
	t.Helper()
	s := strings.ReplaceAll(want, "|", "")
	var got strings.Builder
	end := 0
	for i, p := range text.Sentences(Language{}, s) {
		if gap := s[end:p.Start]; strings.Contains(gap, "\n") {
			got.WriteString("|" + gap + "|")
		} else if i > 0 {
			got.WriteString(gap + "|")
		}
		got.WriteString(s[p.Start:p.End])
		end = p.End
	}
	if got.String() != want {
		t.Errorf("got  %q\nwant %q", got.String(), want)
	}
}

func TestLongSentences(t *testing.T) {
	for _, tt := range []struct {
		name, unit, last string
	}{
		{"clauses", "some words in a clause, ", "clause,"},
		{"words", "some words ", ""},
		{"no space", "x", "x"},
		{"no space, many bytes", "北", "北"},
	} {
		s := strings.Repeat(tt.unit, 3000/len(tt.unit))
		spans := text.Sentences(Language{}, s)
		checkSentences(t, s, spans)
		if len(spans) < 3 {
			t.Errorf("%s: only %d parts", tt.name, len(spans))
		}
		if first := s[spans[0].Start:spans[0].End]; !strings.HasSuffix(first, tt.last) {
			t.Errorf("%s: the first part ends in %q", tt.name, first[len(first)-20:])
		}
	}
}

// longest is how many bytes a sentence may have.
const longest = 1000

// checkSentences holds what is true of the sentences of any text.
func checkSentences(t interface{ Fatalf(string, ...any) }, s string, spans []text.Span) {
	end := 0
	for _, p := range spans {
		if p.Start < end || p.End <= p.Start || p.End > len(s) {
			t.Fatalf("%q: %+v behind %d", s, p, end)
		}
		if gap := s[end:p.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("%q: %q is in no sentence", s, gap)
		}
		sentence := s[p.Start:p.End]
		if p.End-p.Start > longest {
			t.Fatalf("%q: a sentence of %d bytes", s, p.End-p.Start)
		}
		if strings.TrimFunc(sentence, unicode.IsSpace) != sentence {
			t.Fatalf("%q: space around %q", s, sentence)
		}
		if utf8.ValidString(s) && !utf8.ValidString(sentence) {
			t.Fatalf("%q: a rune is cut in %q", s, sentence)
		}
		end = p.End
	}
	if strings.TrimSpace(s[end:]) != "" {
		t.Fatalf("%q: %q is in no sentence", s, s[end:])
	}
}

func TestSentencesHold(t *testing.T) {
	parts := []string{
		"a", "The", "U.S.", "Mr.", "No.", "5", "said", "...", "…", "?", "!", ".", "。", "।", "؟",
		"\"", "“", "”", "’", "(", ")", " ", " ", "\n", "\n\n", "\u00a0", "\u2028", "- ", "1. ",
		"\xff", strings.Repeat("word ", 300), strings.Repeat("x", 1100), strings.Repeat("北", 400),
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 20).Draw(t, "s"), "")
		checkSentences(t, s, text.Sentences(Language{}, s))
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("The U.S. said no. “Why?” he asked…\n\n1. First (Mr. Smith).\n- Next。")
	f.Add(strings.Repeat("word, ", 400))
	f.Fuzz(func(t *testing.T, s string) { checkSentences(t, s, text.Sentences(Language{}, s)) })
}
