package schema

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/analysis"
	"github.com/newsq/newsq/internal/engine"
	"github.com/newsq/newsq/internal/engine/opensearch/transport"
	"github.com/newsq/newsq/internal/match"
	"github.com/newsq/newsq/internal/text"
)

func TestKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := string(rapid.SliceOf(rapid.Byte()).Draw(t, "a")), string(rapid.SliceOf(rapid.Byte()).Draw(t, "b"))
		if got, ok := KeyOf(Key(a)); !ok || got != a {
			t.Fatalf("%q became %q, %v", a, got, ok)
		}
		var decoded string
		if err := json.Unmarshal(engine.AppendString(nil, Key(a)), &decoded); err != nil || decoded != Key(a) {
			t.Fatalf("%q in JSON: %q, %v", a, decoded, err)
		}
		if strings.Compare(a, b) != strings.Compare(Key(a), Key(b)) {
			t.Fatalf("the order of %q and %q changed", a, b)
		}
		if strings.HasPrefix(a, b) != strings.HasPrefix(Key(a), Key(b)) {
			t.Fatalf("whether %q begins with %q changed", a, b)
		}
	})
	if _, ok := KeyOf("上"); ok {
		t.Error("a character that stands for no byte is a key")
	}
}

// doc analyses a text that fills all fields.
func doc(s string) *match.Encoded {
	half := len(s) / 2
	marked := func(f match.Field, marks ...string) match.MarkedText {
		return match.MarkedText{Field: f, Span: text.Span{Start: half / 2, End: half}, Marks: marks}
	}
	return match.NewEncoder(analysis.Of).Encode(match.Input{
		Title: s, Headings: []string{s[:half], "", s[half:]}, Body: []string{s, s}, Summary: s[half:],
		Authors: []string{s, s}, Source: s, Topics: []string{"a/b", "c"}, Lang: "en-US", ID: s,
		Marked: []match.MarkedText{marked(match.Title, "person", "person=kim"), marked(match.Body, "said"), marked(match.Body, "by", "said")},
		URL:    s, Path: s, Rights: []string{match.RightsNoAI},
		Published: time.Date(2026, 1, 2, 3, 4, 5, 6789, time.FixedZone("", 3600)),
	})
}

var genText = rapid.StringMatching(`([a-zA-Zé'\-. |"\\]{0,12}|U\.S\.|re-open|l'été|[^ ]{1,3}| )*`)

func TestTokensAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := doc(genText.Draw(t, "text"))
		b := AppendTokens(nil, d)
		got, err := DecodeTokens(b)
		if err != nil {
			t.Fatal(err)
		}
		want := d.Doc()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		if len(b) > 0 {
			if _, err := DecodeTokens(b[:rapid.IntRange(0, len(b)-1).Draw(t, "cut")]); err == nil {
				t.Fatal("no error of what is cut short")
			}
		}
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "flip")
		_, _ = DecodeTokens(b) // does not panic
	})
}

// TestWordsArePlain holds words to what the analyzers of an index need.
func TestWordsArePlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, token := range text.Words(rapid.String().Draw(t, "text")) {
			if token.Word == "" || strings.ContainsAny(token.Word, "|\"\\") || strings.Join(strings.Fields(token.Word), "") != token.Word {
				t.Fatalf("word %q", token.Word)
			}
			var decoded string
			if err := json.Unmarshal([]byte(`"`+token.Word+`"`), &decoded); err != nil || decoded != token.Word {
				t.Fatalf("word %q needs an escape in JSON: %v", token.Word, err)
			}
		}
	})
}

func TestArticleDocument(t *testing.T) {
	d := engine.Doc{
		Article: corpus.Article{
			ID: "x\xff", Title: "Sanctions <re-opened>", Source: "Meridian", Authors: []string{"A", ""},
			Topics: []corpus.Topic{{Path: "a/b", Origin: corpus.Stated}, {Path: "c", Origin: corpus.ByRule, Reason: "r"}}, Published: time.Date(1969, 1, 1, 0, 0, 0, 1, time.UTC),
			Form: "letter", PublishedAs: "1 Jan",
		},
		Entry: "é", Version: "v", Embargoed: true,
		Text: doc("Sanctions the re-open sanctions"),
	}
	var w Writer
	b, err := w.AppendArticle(nil, &d)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		ID, Entry, Version    string
		Time, Millis, Embargo int64
		Midnight              bool
		Length                int
		Rank                  string
		RankTitle             string   `json:"rank_title"`
		Title                 []string `json:"t_title"`
		Topic, Source, Author []string
		TopicUp               []string `json:"topic_up"`
		LangUp                []string `json:"lang_up"`
		Tokens                string
		Article               corpus.Article
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	if id, _ := KeyOf(got.ID); id != d.Article.ID {
		t.Errorf("id %q", got.ID)
	}
	if got.Time != -31536000000000 || got.Millis != -31536000000 || got.Midnight || got.Embargo != 1<<63-1 {
		t.Errorf("time %d, millis %d, midnight %v, embargo %d", got.Time, got.Millis, got.Midnight, got.Embargo)
	}
	for what, pair := range map[string][2]string{
		"title":    {strings.Join(got.Title, "/"), "sanctions|sanction|=case=title|=/sentence=first|=/paragraph=first the||=person|=person=kim re|re|reopen|=person|=person=kim open|open sanctions|sanction|=/sentence=last|=/paragraph=last"},
		"topic up": {strings.Join(got.TopicUp, " "), "a a/b c"},
		"lang up":  {strings.Join(got.LangUp, " "), "en en-us"},
		"authors":  {strings.Join(got.Author, " "), "A"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q, want %q", what, pair[0], pair[1])
		}
	}
	if want := "sanction|10 "; !strings.HasPrefix(got.RankTitle, want) {
		t.Errorf("rank of the title: %q, want %q", got.RankTitle, want)
	}
	if n := len(got.Article.Topics); n != 2 || got.Article.Topics[1].Path != "c" || got.Article.Form != "letter" {
		t.Errorf("article %+v", got.Article)
	}
	tokens, err := base64.StdEncoding.DecodeString(got.Tokens)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeTokens(tokens); err != nil {
		t.Error(err)
	}
}

// TestMarksTellBorders: the first and the last tokens of units are marked, but for those of
// one token, and what follows a stretch of a mark.
func TestMarksTellBorders(t *testing.T) {
	body := []string{"Kim spoke. Enough!\n\nWe will leave", "now", "At once. They left"}
	d := match.NewEncoder(analysis.Of).Encode(match.Input{
		Body: body, Title: "Kim leaves", Notes: []string{"a note"},
		Marked: []match.MarkedText{
			{Field: match.Body, Span: text.Span{Start: 4, End: 17}, Marks: []string{"said"}},
			{Field: match.Body, Span: text.Span{Start: 20, End: 60}, Marks: []string{"is=forecast", "person"}},
		},
	})
	var m tokenMarks
	for range 2 { // its memory is used again
		m.fill(d)
	}
	var got []string
	for i, w := range d.TokenIDs {
		for _, mark := range m.of(i) {
			if strings.HasPrefix(mark, "/") {
				got = append(got, d.Vocabulary.Words[w]+mark)
			}
		}
	}
	want := []string{
		"kim/sentence=first", "kim/paragraph=first", "leaves/sentence=last", "leaves/paragraph=last",
		"kim/sentence=first", "kim/paragraph=first", "spoke/sentence=last", "enough/paragraph=last",
		"we/said", "we/sentence=first", "we/paragraph=first", "leave/sentence=last", "leave/paragraph=last",
		"at/sentence=first", "at/paragraph=first", "once/sentence=last", "they/sentence=first", "left/sentence=last", "left/paragraph=last",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWordsAreSentOnce(t *testing.T) {
	var w Words
	w.Add(doc("korea kim"))
	first := w.Documents()
	w.Add(doc("kim korea the"))
	second := w.Documents()
	if len(first) != 1 || len(second) != 1 || !strings.Contains(string(first[0]), `"words_title":["korea","kim"]`) ||
		!strings.Contains(string(second[0]), `"words_title":["the"]`) {
		t.Errorf("%s, then %s", first, second)
	}
	if got := w.Documents(); got != nil {
		t.Errorf("nothing is new, and there is %s", got)
	}
	var many []string
	for i := range 3 * maxWords {
		many = append(many, fmt.Sprintf("w%d", i))
	}
	w.Add(doc(strings.Join(many, " ")))
	if n := len(w.Documents()); n < 3 {
		t.Errorf("many words are in %d documents", n)
	}
}

func TestHashIsStable(t *testing.T) {
	if a, b := Hash(), Hash(); a != b || len(a) != 16 {
		t.Errorf("hashes %q and %q", a, b)
	}
	if got := TextFields(); !slices.Contains(got, match.URL) || slices.Contains(got, match.Text) {
		t.Errorf("text fields %v", got)
	}
}

// An index that is being filled says so from its first moment on.
func TestUnfinishedIndex(t *testing.T) {
	for _, unfinished := range []bool{false, true} {
		b, err := json.Marshal(Index(Settings{Unfinished: unfinished}))
		if err != nil {
			t.Fatal(err)
		}
		var body struct {
			Mappings struct {
				Meta struct{ Newsq Meta } `json:"_meta"`
			}
		}
		if err := json.Unmarshal(b, &body); err != nil {
			t.Fatal(err)
		}
		if want := (Meta{Schema: Version, Hash: Hash(), Unfinished: unfinished}); body.Mappings.Meta.Newsq != want {
			t.Errorf("_meta %+v, want %+v", body.Mappings.Meta.Newsq, want)
		}
	}
}

// With several threads for a shard, scores are wrong now and then.
func TestOneThreadForAShard(t *testing.T) {
	settings := Index(Settings{})["settings"].(transport.Object)["index"].(transport.Object)
	if mode := settings["search.concurrent_segment_search.mode"]; mode != "none" {
		t.Errorf("mode %v", mode)
	}
}
