package quotation

import (
	"strings"
	"unicode/utf8"

	"github.com/newsq/newsq/corpus"
	"github.com/newsq/newsq/internal/text"
	"github.com/newsq/newsq/internal/wordset"
)

// sayings are verbs of saying in the forms that stand beside a quotation, by language, in
// lower case.
var sayings = map[string]func() map[string]bool{
	"de": wordset.Of(`sagte sagt sagten erklärte erklärt betonte betont schrieb schreibt meinte meint fügte warnte kritisierte
		forderte fragte antwortete kommentierte berichtete ergänzte bekräftigte mahnte gesagt erklärt`),
	"fr": wordset.Of(`dit déclaré déclare déclarait affirmé affirme expliqué explique estime estimé assure assuré souligne souligné
		ajoute ajouté écrit lance lancé raconte rappelle rappelé précise précisé confie confié demande demandé répond répondu`),
	"es": wordset.Of(`dijo dice afirmó afirma aseguró asegura declaró declara señaló señala explicó explica añadió añade indicó
		escribió advirtió sostuvo manifestó comentó preguntó respondió expresó subrayó`),
	"pt": wordset.Of(`disse diz afirmou afirma declarou declara explicou explica acrescentou escreveu alertou ressaltou destacou
		garantiu comentou perguntou respondeu`),
	"it": wordset.Of(`detto dice dichiarato dichiara spiega spiegato afferma affermato aggiunge aggiunto scrive scritto
		sottolinea sottolineato ricorda commenta`),
	"nl": wordset.Of(`zei zegt zeiden verklaarde schreef schrijft vertelde vertelt vindt stelt stelde benadrukte waarschuwde`),
	"sv": wordset.Of(`säger sade sa skriver skrev berättar menar förklarade`),
	"da": wordset.Of(`siger sagde skriver skrev fortæller mener udtaler`),
	"no": wordset.Of(`sier sa skriver skrev forteller mener uttalte`),
	"pl": wordset.Of(`powiedział powiedziała mówi mówił stwierdził stwierdziła dodał dodała podkreślił podkreśliła napisał napisała
		oświadczył oświadczyła ocenił oceniła`),
	"ru": wordset.Of(`сказал сказала заявил заявила отметил отметила подчеркнул подчеркнула сообщил сообщила написал написала
		добавил добавила пояснил пояснила считает говорит рассказал рассказала`),
	"uk": wordset.Of(`сказав сказала заявив заявила зазначив зазначила підкреслив підкреслила повідомив повідомила написав написала
		додав додала пояснив пояснила вважає каже розповів розповіла`),
}

// auxiliaries stand between a subject and a verb of saying.
var auxiliaries = wordset.Of(`a ha hat hatte haben ont avait heeft had har ne`)

// towards stand before whom something is said to: disse à BBC.
var towards = wordset.Of(`à ao aos al au aux alla allo agli para gegenüber aan tegen till til`)

// foreign finds quotations in other languages than English. Which quoted text is one, is
// told by its length alone, and who said it only where a name and a verb of saying stand
// right beside it.
type foreign struct {
	page     page
	kept     []span
	says     map[string]bool // verbs of the language
	entities []corpus.Entity
}

// leastForeign is from how many words quoted text is taken for a quotation: less is
// mostly a name, a title, or a word that is kept at a distance. Where characters stand for
// words it is three times as many of them.
const leastForeign = 4

// find returns the quotations of an article in a language, by its primary tag.
func (f *foreign) find(body, language string, entities []corpus.Entity) []corpus.Quotation {
	spans := quoted(nil, body)
	f.says, f.entities = nil, entities
	if of := sayings[language]; of != nil {
		f.says = of()
	}
	f.page.read(body, spans)
	f.kept = f.kept[:0]
	for n, s := range spans {
		words := int(f.page.last[n] - f.page.first[n])
		if words >= leastForeign || utf8.RuneCountInString(body[s.start:s.end]) >= 3*leastForeign && isUnspaced(body[s.start:s.end]) {
			f.kept = append(f.kept, s)
		}
	}
	f.page.mark(f.kept)
	var found []corpus.Quotation
	for n, s := range f.kept {
		q := corpus.Quotation{Text: body[s.start:s.end], Start: s.start, End: s.end}
		if first, last, ok := f.speaker(n); ok {
			f.name(&q, first, last)
		}
		found = append(found, q)
	}
	return found
}

// isUnspaced reports whether a text is in a script that puts no spaces between words.
func isUnspaced(s string) bool {
	for _, r := range s {
		if text.IsUnspaced(r) {
			return true
		}
	}
	return false
}

// speaker returns the words that name who said quotation n.
func (f *foreign) speaker(n int) (first, last int32, ok bool) {
	if len(f.says) == 0 {
		return 0, 0, false
	}
	if first, last, ok = f.behind(f.page.last[n], f.kept[n].end); ok {
		return first, last, true
	}
	return f.ahead(f.page.first[n]-1, f.kept[n].start)
}

// behind looks for a verb and a name from word i on, behind a quotation that ends at end:
// «...», a déclaré le président Emmanuel Macron.
func (f *foreign) behind(i int32, end int) (first, last int32, ok bool) {
	p := &f.page
	if int(i) >= len(p.words) || strings.ContainsAny(p.body[end:p.words[i].start], ".\n;:") {
		return 0, 0, false
	}
	if f.is(i, auxiliaries()) {
		i++
	}
	if !f.is(i, f.says) {
		return 0, 0, false
	}
	for lower := 0; lower <= 3 && f.next(i); lower++ {
		if i++; f.is(i, towards()) {
			return 0, 0, false
		}
		if p.words[i].capital {
			last = i
			for f.next(last) && p.words[last+1].capital {
				last++
			}
			return i, last, f.isName(i, last)
		}
	}
	return 0, 0, false
}

// ahead looks for a name and a verb before a quotation, of which word i is the last word
// before it: Olaf Scholz sagte: «...»
func (f *foreign) ahead(i int32, start int) (first, last int32, ok bool) {
	p := &f.page
	if i < 1 || strings.ContainsAny(p.body[p.words[i].end:start], ".\n;?!") || !f.is(i, f.says) || !f.next(i-1) {
		return 0, 0, false
	}
	i--
	if f.is(i, auxiliaries()) && i > 0 && f.next(i-1) {
		i--
	}
	if !p.words[i].capital {
		return 0, 0, false
	}
	first = i
	for first > 0 && f.next(first-1) && p.words[first-1].capital {
		first--
	}
	return first, i, f.isName(first, i)
}

// is reports whether there is a word i, outside of quotations, and in a set.
func (f *foreign) is(i int32, set map[string]bool) bool {
	p := &f.page
	if int(i) >= len(p.words) || p.words[i].quote >= 0 {
		return false
	}
	p.lower = appendLower(p.lower[:0], p.body[p.words[i].start:p.words[i].end])
	return set[string(p.lower)]
}

// next reports whether a word follows word i, with nothing but a blank between them and
// outside of quotations.
func (f *foreign) next(i int32) bool {
	p := &f.page
	return int(i)+1 < len(p.words) && p.words[i+1].quote < 0 && p.words[i].quote < 0 && (p.gap(i) == " " || p.gap(i) == "\u00a0")
}

// isName reports whether capitalised words are surely a name: an entity is mentioned
// there, or they are two at least.
func (f *foreign) isName(first, last int32) bool {
	_, _, ok := f.entityAt(first, last)
	return ok || last > first
}

// entityAt returns the person or organization that is mentioned within words first to
// last, and where.
func (f *foreign) entityAt(first, last int32) (*corpus.Entity, *corpus.Mention, bool) {
	start, end := int(f.page.words[first].start), int(f.page.words[last].end)
	for e := range f.entities {
		if f.entities[e].Kind == corpus.Place {
			continue
		}
		for i := range f.entities[e].Mentions {
			if m := &f.entities[e].Mentions[i]; m.Field == "" && m.Start >= start && m.End <= end {
				return &f.entities[e], m, true
			}
		}
	}
	return nil, nil, false
}

// name fills in the speaker, who is named by words first to last.
func (f *foreign) name(q *corpus.Quotation, first, last int32) {
	q.SpeakerStart, q.SpeakerEnd = int(f.page.words[first].start), int(f.page.words[last].end)
	e, m, ok := f.entityAt(first, last)
	if ok {
		q.SpeakerStart, q.SpeakerEnd = m.Start, m.End
	}
	q.SpeakerText = f.page.body[q.SpeakerStart:q.SpeakerEnd]
	if q.Speaker = q.SpeakerText; ok {
		q.Speaker = e.Name
	}
}
