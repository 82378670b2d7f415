package entity

import (
	"slices"
	"strings"

	"github.com/newsq/newsq/corpus"
)

// personAt returns the person whose given name is a token, and the number of the tokens of
// the name; 0 for none. The given name is one that is known, and the family name has
// a capital: two words at most, in German one, as its nouns have capitals too.
func (g *gazetteer) personAt(w *tokensOf, i int) (Span, int) {
	if !g.givenName || !w.isUpper(i) || !isGivenName(w.tokens[i].Word) || w.follows(i) && w.isUpper(i-1) && !g.writing.nouns && !w.startsSentence(i-1) &&
		!isForeignTitle(w.tokens[i-1].Word) {
		return Span{}, 0
	}
	at := i + 1
	for at-i <= maxGiven && w.follows(at) && w.isUpper(at) && (isGivenName(w.tokens[at].Word) || len(w.written(at)) == 1) && w.follows(at+1) && w.isUpper(at+1) {
		at++
	}
	for at-i <= maxGiven && w.follows(at) && isParticle(w.tokens[at].Word) && w.follows(at+1) {
		at++
	}
	if !g.isFamilyName(w, at) {
		return Span{}, 0
	}
	at++
	if !g.writing.nouns && g.isFamilyName(w, at) {
		at++
	}
	last := w.tokens[at-1]
	end := last.End
	if s := w.written(at - 1); strings.HasSuffix(s, "'s") || strings.HasSuffix(s, "’s") {
		end = last.Start + strings.LastIndexAny(s, "'’")
	}
	return Span{Start: w.tokens[i].Start, End: end, Kind: corpus.Person}, at - i
}

// maxGiven bounds the given names, initials and particles of a name.
const maxGiven = 4

// isFamilyName reports whether a token may be the family name behind a given one.
func (g *gazetteer) isFamilyName(w *tokensOf, i int) bool {
	if !w.follows(i) || !w.isUpper(i) || w.text[w.tokens[i].Start-1] == '-' || len(w.written(i)) < 2 || g.analyzer.IsStop(w.tokens[i].Word) {
		return false
	}
	return !isAcronym(w.written(i)) && w.text[w.tokens[i-1].End:w.tokens[i].Start] != ". " || len(w.written(i-1)) == 1
}

// addFamilyNames adds the mentions of persons by their family names alone, of those that
// are named in full in the same text. The spans from found on are those of the text.
func (g *gazetteer) addFamilyNames(spans []Span, found int, w *tokensOf) []Span {
	if !g.writing.cased {
		return spans
	}
	families := make(map[string]bool)
	for _, s := range spans[found:] {
		if s.Kind != corpus.Person {
			continue
		}
		if n := newName(w.text[s.Start:s.End], corpus.Person); len(n.words) > 1 {
			families[n.last()] = true
		}
	}
	if len(families) == 0 {
		return spans
	}
	next := found
	own := len(spans)
	for i := range w.tokens {
		t := &w.tokens[i]
		for next < own && spans[next].End <= t.Start {
			next++
		}
		if next < own && spans[next].Start < t.End || !w.isUpper(i) || g.isPartOfName(w, i) || w.follows(i+1) && w.isUpper(i+1) && !g.writing.nouns {
			continue
		}
		end := t.End
		if !families[t.Word] {
			base, ok := strings.CutSuffix(t.Word, "s")
			if !ok || !g.writing.es || !families[base] {
				continue
			}
			end--
		}
		spans = append(spans, Span{Start: t.Start, End: end, Kind: corpus.Person})
	}
	slices.SortFunc(spans[found:], func(a, b Span) int { return a.Start - b.Start })
	return spans
}

// isGivenName reports whether a folded word is a given name.
func isGivenName(w string) bool {
	return genderOfGiven(w) != unknownGender && len(w) > 2 || strings.Contains(givenNames, " "+w+" ")
}

// Given names that are frequent in languages of Europe and are no other words there, beside
// those whose gender is known.
const givenNames = " agnieszka aleksandar aleksander aleksandr alessandro aloizio anders andrej andrzej angelo annalena antoine antonin " +
	"arnaud aurelie ayse baptiste bartosz beata benoit bernd bjarne bjorn bogdan bruno camille carles celine cem christoph " +
	"ciro clemens dagmar damien davide dejan didier dieter dmytro dorota edouard elzbieta emil emile enrico erdogan ernesto " +
	"etienne fabio fabrice federico fernanda filip florian francesco franz friedrich gael gerard gerd gianluca gilles " +
	"giovanni giuseppe goran gregoire grzegorz guido guillaume gustav hans heiko heinrich heinz helene henri henrik herve " +
	"horst ignacio inaki ingo inigo ion isabelle ivica jakob jan janez jaroslaw javier jens jerzy joachim joao jochen " +
	"johann johannes jorge jorgen josep jurgen kaja karin karolina katarina katarzyna katrin kemal klaus kristina krzysztof " +
	"laetitia lars laszlo leszek lionel lorenzo luca luciano lucie luigi luiz lukas magdalena malgorzata marcelo marcin " +
	"marek margarita mariano mariusz marta massimo mateusz mathieu matthias maurizio maximilian meral michal michel miguel " +
	"mihai miroslav muharrem mustafa nathalie nestor nicolae niels nuno ola olaf oriol oskar paolo pascal pasquale pawel " +
	"pekka petr petra philipp piotr radoslaw rainer ricard robert roberto romain roman ronaldo rui salvador santiago sauli " +
	"sebastien segolene selahattin sergi sigmar simone slavoj stefan stefania stefano steffen sven thierry thorsten tiago " +
	"tomas tomasz ulf ulrich umberto ursula uwe valdis valentina viktoria vincenzo wojciech wolfgang xavier yann yannick " +
	"yves zbigniew zdenek zoran "
