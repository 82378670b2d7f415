package quotation

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/newsq/newsq/internal/marked"

	"github.com/newsq/newsq/corpus"
)

// realSamples reads the marked collection of NEWSQ_DATA, or skips the test.
func realSamples(t testing.TB) []marked.Article {
	t.Helper()
	data := os.Getenv("NEWSQ_DATA")
	if data == "" {
		t.Skip("NEWSQ_DATA names no folder with real articles")
	}
	samples, err := marked.Read(filepath.Join(data, "quotes"), Marked)
	if err != nil {
		t.Fatal(err)
	}
	return samples
}

// figures are counts over articles.
type figures struct {
	gold, found, exact, lenient        int
	named, right, attributed           int // of quotations whose speaker is a name
	pronoun, pronounTold               int // of those whose speaker is he or she
	other, otherRight, otherAttributed int // of those by a noun
	log                                func(format string, args ...any)
}

func (f *figures) String() string {
	p, r := float64(f.exact)/float64(f.found), float64(f.exact)/float64(f.gold)
	lp, lr := float64(f.lenient)/float64(f.found), float64(f.lenient)/float64(f.gold)
	return fmt.Sprintf("spans: P %.3f R %.3f F %.3f (lenient P %.3f R %.3f F %.3f); names: %d, right %.3f, of attributed %.3f; pronouns: %d, told %.3f; nouns: %d, right %.3f, of attributed %.3f",
		p, r, 2*p*r/(p+r), lp, lr, 2*lp*lr/(lp+lr), f.named, float64(f.right)/float64(f.named), float64(f.right)/float64(f.attributed),
		f.pronoun, float64(f.pronounTold)/float64(f.pronoun), f.other, float64(f.otherRight)/float64(f.other), float64(f.otherRight)/float64(f.otherAttributed))
}

// add counts what was found in an article.
func (f *figures) add(s *marked.Article, found []corpus.Quotation) {
	f.gold += len(s.Marks)
	f.found += len(found)
	for _, q := range found {
		g := markedAt(s, span{start: q.Start, end: q.End})
		if g == nil {
			if f.log != nil {
				f.log("SPURIOUS %s: %q [[%s]] %q", s.ID[8:], s.Text[max(0, q.Start-60):q.Start], q.Text, s.Text[q.End:min(len(s.Text), q.End+40)])
			}
			continue
		}
		f.lenient++
		if same(s.Text, g, q) {
			f.exact++
		}
	}
	for i := range s.Marks {
		f.addSpeaker(s, &s.Marks[i], found)
	}
}

// same reports whether a quotation has the marked ends, up to marks, blanks and the
// punctuation at its end.
func same(body string, g *marked.Mark, q corpus.Quotation) bool {
	const cut = " \u00a0\t\r\n\"“”‘’'.,;:!?…"
	return strings.Trim(body[g.Start:g.End], cut) == strings.Trim(q.Text, cut) && max(g.Start-q.Start, q.Start-g.Start) < 8
}

func (f *figures) addSpeaker(s *marked.Article, g *marked.Mark, found []corpus.Quotation) {
	var q corpus.Quotation
	for _, x := range found {
		if markedAt(&marked.Article{Marks: []marked.Mark{*g}}, span{start: x.Start, end: x.End}) != nil {
			q = x
		}
	}
	switch strings.ToLower(g.Label) {
	case "he", "she":
		f.pronoun++
		f.pronounTold += bit(q.Speaker != "" && !strings.EqualFold(q.Speaker, g.Label))
		return
	case "they", "it", "i", "we", "who", "his", "her", "which", "you", "their", "that", "him", "me", "himself", "its":
		return
	}
	right := rightSpeaker(g.Label, q)
	if head := headName(g.Label); head != "" {
		f.named++
		f.attributed += bit(q.Speaker != "")
		f.right += bit(right)
		if !right && f.log != nil {
			kind := "WRONG"
			if q.Text == "" {
				kind = "MISSED"
			} else if q.Speaker == "" {
				kind = "DECLINED"
			}
			f.log("%s %s: gold %q, got %q (%q): %q [[%s]] %q", kind, s.ID[8:], g.Label, q.Speaker, q.SpeakerText, s.Text[max(0, g.Start-300):g.Start], s.Text[g.Start:g.End], s.Text[g.End:min(len(s.Text), g.End+120)])
		}
		return
	}
	f.other++
	f.otherAttributed += bit(q.Speaker != "")
	f.otherRight += bit(right)
}

// rightSpeaker reports whether the speaker that was found is the marked one: it has the
// family name of the marked name, or is a part of it, or holds it. Of a noun phrase, the
// noun counts.
func rightSpeaker(gold string, q corpus.Quotation) bool {
	if q.Speaker == "" {
		return false
	}
	head := headName(gold)
	if head == "" {
		return strings.Contains(strings.ToLower(gold), strings.ToLower(q.SpeakerText)) || strings.Contains(strings.ToLower(q.SpeakerText), strings.ToLower(gold))
	}
	for _, speaker := range []string{q.Speaker, q.SpeakerText} {
		if lastField(speaker) == lastField(head) || within(speaker, head) || within(head, speaker) {
			return true
		}
	}
	return false
}

// count counts what a model finds in samples, and logs what it gets wrong to the file
// that NEWSQ_QUOTATION_LOG names, if one.
func count(t *testing.T, m *model, samples []marked.Article) *figures {
	f, sum := &Finder{model: m}, &figures{}
	if name := os.Getenv("NEWSQ_QUOTATION_LOG"); name != "" {
		out, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		sum.log = func(format string, args ...any) { fmt.Fprintf(out, format+"\n", args...) }
	}
	for i := range samples {
		sum.add(&samples[i], f.Find(samples[i].Text, nil))
	}
	return sum
}

// TestRealDataAside holds the figures of a fifth of the articles, with weights learned from
// the others.
func TestRealDataAside(t *testing.T) {
	if testing.Short() {
		t.Skip("learning takes some seconds")
	}
	var aside, use []marked.Article
	for _, s := range realSamples(t) {
		if Part(s.ID) == 0 {
			aside = append(aside, s)
		} else {
			use = append(use, s)
		}
	}
	m, err := parseModel(Learn(use))
	if err != nil {
		t.Fatal(err)
	}
	f := count(t, m, aside)
	t.Logf("%d articles: %s", len(aside), f)
	if right, sure := share(f.right, f.named), share(f.right, f.attributed); right < .85 || sure < .93 {
		t.Errorf("of the speakers who are named, %.3f are right, and of those told %.3f", right, sure)
	}
}

func share(part, whole int) float64 { return float64(part) / float64(whole) }

// TestRealDataCross learns from three fifths, and counts on a fourth: of each of four.
// With NEWSQ_QUOTATION_OUTLETS set, it learns from the articles of all outlets but one,
// and counts on those of that one, of each.
func TestRealDataCross(t *testing.T) {
	if testing.Short() || os.Getenv("NEWSQ_QUOTATION_CROSS") == "" {
		t.Skip("NEWSQ_QUOTATION_CROSS is not set: learning takes some seconds for each")
	}
	samples := realSamples(t)
	byOutlet := os.Getenv("NEWSQ_QUOTATION_CROSS") == "outlets"
	fold := func(s *marked.Article) string {
		if byOutlet {
			return outlet(s.ID)
		}
		return fmt.Sprint(Part(s.ID))
	}
	var folds []string
	for i := range samples {
		if n := fold(&samples[i]); Part(samples[i].ID) != 0 && !slices.Contains(folds, n) {
			folds = append(folds, n)
		}
	}
	for _, hold := range folds {
		var train, test []marked.Article
		for i := range samples {
			switch s := samples[i]; {
			case Part(s.ID) == 0:
			case fold(&s) == hold:
				test = append(test, s)
			default:
				train = append(train, s)
			}
		}
		m, err := parseModel(Learn(train))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %s", hold, count(t, m, test))
	}
}

// outlet returns the outlet in an ID such as polnear:outlet_2016-01-02_title.
func outlet(id string) string {
	_, id, _ = strings.Cut(id, ":")
	id, _, _ = strings.Cut(id, "_")
	return id
}

// TestRealDataLearned holds that the weights are those that the command makes.
func TestRealDataLearned(t *testing.T) {
	if testing.Short() {
		t.Skip("learning takes some seconds")
	}
	if Learn(realSamples(t)) != weightsFile {
		t.Error("weights.tsv is not what train makes of these articles")
	}
}
