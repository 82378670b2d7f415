package quotation

import (
	"math"
	"strings"

	"github.com/newsq/newsq/internal/marked"
)

// Learn makes weights of samples, as the text of weights.tsv. The same samples in the
// same order give the same text.
func Learn(samples []marked.Article) string {
	l := &learner{f: &Finder{model: newModel()}}
	l.learnQuoted(samples)
	l.learnSpeaker(samples)
	return l.f.model.String()
}

const (
	rounds = 8  // over all samples: with more, those kept aside don't get better
	rate   = .1 // of AdaGrad
	decay  = 1e-3
)

// learner learns by stochastic gradients of the logarithmic loss, with the step of each
// weight by AdaGrad (Duchi, Hazan and Singer, JMLR 12, 2011).
type learner struct {
	f    *Finder
	sums []float64 // of squared gradients
	w    []float64
}

func (l *learner) begin(n int) {
	l.sums, l.w = make([]float64, n), make([]float64, n)
}

// step moves the weights of some features against a gradient.
func (l *learner) step(f features, gradient float64) {
	for _, i := range f {
		g := gradient + decay*l.w[i]
		l.sums[i] += g * g
		l.w[i] -= rate * g / (math.Sqrt(l.sums[i]) + 1e-6)
	}
}

// end writes the weights to a model.
func (l *learner) end(to weights) {
	for i, w := range l.w {
		to[i] = float32(w)
	}
}

func (l *learner) score(f features) float64 {
	sum := 0.0
	for _, i := range f {
		sum += l.w[i]
	}
	return sum
}

// learnQuoted learns what is a quotation.
func (l *learner) learnQuoted(samples []marked.Article) {
	l.begin(quotedGroups * stride)
	for range rounds {
		for i := range samples {
			s := &samples[i]
			l.f.spans = quoted(l.f.spans[:0], s.Text)
			l.f.page.read(s.Text, l.f.spans)
			for n, sp := range l.f.spans {
				l.f.features = l.f.page.quotedFeatures(l.f.features[:0], n)
				p := 1 / (1 + math.Exp(-l.score(l.f.features)))
				if markedAt(s, sp) != nil {
					p--
				}
				l.step(l.f.features, p)
			}
		}
	}
	l.end(l.f.model.quoted)
}

// markedAt returns the quotation of a sample that a span is, or nil.
func markedAt(s *marked.Article, sp span) *marked.Mark {
	for i := range s.Marks {
		q := &s.Marks[i]
		common := min(q.End, sp.end) - max(q.Start, sp.start)
		if common > 0 && 10*common >= 9*max(q.End-q.Start, sp.end-sp.start) {
			return q
		}
	}
	return nil
}

// learnSpeaker learns who said it. Which mention of the speaker tells it isn't marked: so
// the probability that is made large is that of all mentions that fit, together.
func (l *learner) learnSpeaker(samples []marked.Article) {
	l.begin(speakerGroups * stride)
	for range rounds {
		for i := range samples {
			l.learnSpeakers(&samples[i])
		}
	}
	l.end(l.f.model.speaker)
}

// learnSpeakers learns from one sample.
func (l *learner) learnSpeakers(s *marked.Article) {
	f := l.f
	f.spans = quoted(f.spans[:0], s.Text)
	f.kept = f.kept[:0]
	var said []*marked.Mark
	for _, sp := range f.spans {
		if q := markedAt(s, sp); q != nil {
			f.kept = append(f.kept, sp)
			said = append(said, q)
		}
	}
	if len(f.kept) == 0 {
		return
	}
	f.page.read(s.Text, f.kept)
	f.cast.read(&f.page, nil)
	h := newHistory(len(f.cast.chains))
	for n := range f.kept {
		fr := f.cast.frame(n)
		f.list = f.cast.candidates(f.list[:0], &fr, h)
		h.note(&f.cast, l.learnOne(said[n].Label), n)
	}
}

// learnOne learns from the candidates of one quotation, and returns the mention that
// likeliest is the right one.
func (l *learner) learnOne(speaker string) int32 {
	list := l.f.list
	top := math.Inf(-1)
	for i := range list {
		list[i].score = l.score(list[i].features)
		top = max(top, list[i].score)
	}
	sum, right, best := 0.0, 0.0, -1
	for i := range list {
		list[i].chance = math.Exp(list[i].score - top)
		sum += list[i].chance
		if l.fits(list[i].mention, speaker) {
			right += list[i].chance
			if best < 0 || list[i].chance > list[best].chance {
				best = i
			}
		}
	}
	if best < 0 { // not among the candidates: nobody is right
		best, right = 0, list[0].chance
	}
	for i := range list {
		gradient := list[i].chance / sum
		if i == best && list[i].mention < 0 || l.fits(list[i].mention, speaker) {
			gradient -= list[i].chance / right
		}
		l.step(list[i].features, gradient)
	}
	return list[best].mention
}

// fits reports whether a mention is one that the marked speaker tells.
func (l *learner) fits(n int32, speaker string) bool {
	if n < 0 {
		return false
	}
	m := l.f.cast.mentions[n]
	text := l.f.cast.text(m.first, m.last)
	if text == speaker {
		return true
	}
	if !m.kind.name() {
		return m.kind >= humanNoun && headName(speaker) == "" && strings.Contains(speaker, text)
	}
	head := headName(speaker)
	return head != "" && (within(text, head) || within(head, text))
}

// headName returns the name in a speaker as a text names one: Brian Fallon of "Clinton
// spokesman Brian Fallon, who was there"; nothing where it is no name: "an aide to
// Clinton". What follows a comma or a preposition belongs to the name before it.
func headName(speaker string) string {
	for _, cut := range [...]string{",", " (", " who ", " whose ", " for ", " from ", " to ", " at ", " in ", " on ", " with ", " said", " told"} {
		if i := strings.Index(speaker, cut); i > 0 {
			speaker = speaker[:i]
		}
	}
	if i := strings.Index(speaker, " of "); i > 0 && !allCapitals(speaker[:i]) {
		speaker = speaker[:i]
	}
	fields := strings.Fields(speaker)
	last := len(fields)
	first := last
	for first > 0 && startsCapital(fields[first-1]) {
		first--
	}
	for first < last {
		class, _ := known().of([]byte(strings.ToLower(strings.TrimRight(fields[first], "."))))
		if class&(title|determiner|human|function|conjunction|preposition) == 0 {
			break
		}
		first++
	}
	name := strings.Join(fields[first:last], " ")
	return strings.TrimSuffix(strings.TrimSuffix(name, "’s"), "'s")
}

func startsCapital(s string) bool { capital, _ := capitals(s); return capital }

func allCapitals(s string) bool {
	for f := range strings.FieldsSeq(s) {
		if !startsCapital(f) {
			return false
		}
	}
	return true
}

// within reports whether part is in whole, as whole words.
func within(part, whole string) bool {
	i := strings.Index(whole, part)
	if i < 0 || part == "" {
		return false
	}
	return (i == 0 || whole[i-1] == ' ') && (i+len(part) == len(whole) || !wordy(rune(whole[i+len(part)])))
}
