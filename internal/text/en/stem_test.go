package en

import (
	"slices"
	"strings"
	"testing"
)

// Words of a line have one stem, and it is that of no other line.
func TestStemFamilies(t *testing.T) {
	families := strings.Split(strings.TrimSpace(`
lose loses losing lost
buy buys buying bought
sell sold selling
oust ousted ousting ouster ousters
withdraw withdrew withdrawn withdrawing withdrawal withdrawals
overthrow overthrew overthrown
find found finding findings
founder founders
win won winning wins
think thought thoughts thinking
shrink shrank shrunk
vie vied vying
crisis crises
analysis analyses analyse analysed analyze analyzed analyzing analysing
hypothesis hypotheses
referendum referenda referendums
millennium millennia
criterion criteria
child children
man men
woman women
policeman policemen
congresswoman congresswomen
gas gases
gasoline
bus buses
lens lenses
wife wives
thief thieves
half halves halved
bureau bureaux bureaus
labour labor labours labourers labouring laborers
laboratory
favourite favorite favourites
unfavourable unfavorable
dishonour dishonor dishonoured
neighbourhood neighborhood neighbourhoods
neighbour neighbor neighbouring neighboring
behavioural behavioral
organise organize organised organizing organisation organisations organization organizational organisational organisers
privatise privatize privatisation privatization
unauthorised unauthorized
globalisation globalization globalised
demilitarised demilitarized
paralyse paralyze paralysed
paralysis paralyses
advise adviser advisers advisor advised advising
surprise surprised surprising
unsurprising
exercise exercised exercising
exert
compromise compromised
immunocompromised
enterprise enterprises
premise premises
precise
imprecise
expertise
expert experts
paradise
parade
metropolis metropolises
centre centres center centers centred centered
central
theatre theatres theater
kilometre kilometres kilometer
sombre somber
sombrero
defence defences defense
offence offense offences
licence license licences licensed
practise practised practicing practice practices
cheque cheques check checked
grey gray greying
programme programmes program programs
catalogue catalog catalogues
dialogue dialog dialogues
travelled traveled travelling traveling travel
cancelled canceled cancelling cancel
modelled modeled modelling model
fuelled fueled fuelling fuel
fulfil fulfill fulfilled fulfils
instalment installment instalments
enrol enroll enrolled enrols
skilful skillful
anaemia anemia
haemorrhage hemorrhage haemorrhaging
archaeology archeology archaeologist archaeologists
paediatric pediatric
encyclopaedia encyclopedia
foetus fetus
tumour tumor tumours
sceptic skeptic sceptics scepticism skepticism
hindu hindus
canvas canvases
sulphur sulfur
manoeuvre maneuver manoeuvres manoeuvring
jewellery jewelry
ageing aging
judgement judgment judgements
tyre tyres tire tires
plough ploughs ploughed plow
geology geologist geologists geological
evening evenings
even
event events
internal internally
international internationally
internment
intern interns interned
interest interests interested interesting
organ organs
organic
organism organisms
university universities
universal universally
universe universes
emergency emergencies
emerge emerges emerged emerging
past
paste pasted pastes
pastor pastors
later
lateral
add adds added adding
ad ads
authority authorities
author authors authored
majority majorities
major
minority minorities
minor minors
executive executives
execute executed executions
experiment experiments experimental
experience experiences
israeli israelis
israel`), "\n")
	of := make(map[string]int)
	for i, line := range families {
		words := strings.Fields(line)
		stem := (Language{}).Stem(words[0])
		for _, w := range words {
			if got := (Language{}).Stem(w); got != stem {
				t.Errorf("%s has stem %s, not %s as %s", w, got, stem, words[0])
			}
		}
		if j, taken := of[stem]; taken {
			t.Errorf("%s: the stem of %s is that of %s", stem, line, families[j])
		}
		of[stem] = i
	}
}

// The tables are searched by halving, and each of their lines is needed.
func TestTables(t *testing.T) {
	for i, f := range forms {
		switch {
		case i > 0 && f.word <= forms[i-1].word:
			t.Errorf("%s does not belong behind %s", f.word, forms[i-1].word)
		case f.word[0] != f.of[0]:
			t.Errorf("%s and %s begin otherwise", f.word, f.of)
		case regularStem(american(f.word)) == regularStem(f.of):
			t.Errorf("%s has the stem of %s anyway", f.word, f.of)
		case regular(f.of) != f.of:
			t.Errorf("%s is a form of %s, which is one of %s", f.word, f.of, regular(f.of))
		}
	}
	for i, r := range roots {
		switch {
		case i > 0 && (roots[i-1].british >= r.british || strings.HasPrefix(r.british, roots[i-1].british)):
			t.Errorf("%s does not belong behind %s", r.british, roots[i-1].british)
		case r.british[0] != r.american[0]:
			t.Errorf("%s and %s begin otherwise", r.british, r.american)
		}
	}
}

// All words of the tables, with all endings, begin as their stems say.
func TestStemPrefixOfTables(t *testing.T) {
	var words []string
	for _, f := range forms {
		words = append(words, f.word, f.of)
	}
	for _, r := range roots {
		words = append(words, r.british, r.american)
		for _, affix := range affixes {
			words = append(words, affix+r.british, affix+r.american)
		}
	}
	for _, s := range strings.Fields("organ real author national private paral ana critic defenc summar evangel item") {
		for _, e := range endingsWithS {
			words = append(words, s+e, s+strings.Replace(e, "s", "z", 1))
		}
	}
	endings := append(strings.Fields("s es ed ing er ers able ful less ite ites al ation ist ism ly ness hood y ies e ic ous ess"), "")
	for _, w := range words {
		for _, e := range endings {
			word := w + e
			stem := (Language{}).Stem(word)
			if prefix := (Language{}).StemPrefix(stem); prefix == "" || !strings.HasPrefix(word, prefix) {
				t.Errorf("%s has stem %s, whose words are looked for at %q", word, stem, prefix)
			}
		}
	}
}

// What a text in another language has in common with the tables stays itself.
func TestStemLeavesAlone(t *testing.T) {
	for _, w := range strings.Fields("hour four tour contour paramour velour glou our size prize seize wise praise advise rise devise genre acre massacre ogre cadre timbre") {
		if got := american(w); got != w {
			t.Errorf("%s is spelled %s", w, got)
		}
	}
	if i := slices.IndexFunc(forms[:], func(f form) bool { return Language{}.IsStop(f.word) }); i >= 0 {
		t.Errorf("%s is a stop word", forms[i].word)
	}
}
