package en

import (
	"slices"
	"strings"
)

// roots are the beginnings of words that are spelled differently in Britain
// and in America, in the order of their bytes. None is the beginning of another
// one, and no other word begins with one.
var roots = [...]struct{ british, american string }{
	{"anaem", "anem"},
	{"anaesth", "anesth"},
	{"arbour", "arbor"},
	{"archaeo", "archeo"},
	{"ardour", "ardor"},
	{"armour", "armor"},
	{"artefact", "artifact"},
	{"bacteraem", "bacterem"},
	{"behaviour", "behavior"},
	{"caesarean", "cesarean"},
	{"candour", "candor"},
	{"clamour", "clamor"},
	{"colour", "color"},
	{"councillor", "councilor"},
	{"counsell", "counsel"},
	{"cypher", "cipher"},
	{"defenc", "defens"},
	{"demeanour", "demeanor"},
	{"diarrhoea", "diarrhea"},
	{"doughnut", "donut"},
	{"encyclopaed", "encycloped"},
	{"endeavour", "endeavor"},
	{"faecal", "fecal"},
	{"faeces", "feces"},
	{"favour", "favor"},
	{"fervour", "fervor"},
	{"flavour", "flavor"},
	{"foetal", "fetal"},
	{"foetus", "fetus"},
	{"glamour", "glamor"},
	{"gynaecolog", "gynecolog"},
	{"haemat", "hemat"},
	{"haemo", "hemo"},
	{"harbour", "harbor"},
	{"homoeopath", "homeopath"},
	{"honour", "honor"},
	{"humour", "humor"},
	{"hypoglycaem", "hypoglycem"},
	{"ischaem", "ischem"},
	{"labour", "labor"},
	{"leukaem", "leukem"},
	{"licenc", "licens"},
	{"mediaeval", "medieval"},
	{"misdemeanour", "misdemeanor"},
	{"mould", "mold"},
	{"neighbour", "neighbor"},
	{"odour", "odor"},
	{"offenc", "offens"},
	{"orthopaed", "orthoped"},
	{"paediatr", "pediatr"},
	{"paedophil", "pedophil"},
	{"palaeo", "paleo"},
	{"parlour", "parlor"},
	{"plough", "plow"},
	{"practis", "practic"},
	{"pretenc", "pretens"},
	{"primaeval", "primeval"},
	{"rancour", "rancor"},
	{"rigour", "rigor"},
	{"rumour", "rumor"},
	{"saviour", "savior"},
	{"savour", "savor"},
	{"sceptic", "skeptic"},
	{"septicaem", "septicem"},
	{"smoulder", "smolder"},
	{"snowplough", "snowplow"},
	{"splendour", "splendor"},
	{"succour", "succor"},
	{"sulphat", "sulfat"},
	{"sulphid", "sulfid"},
	{"sulphur", "sulfur"},
	{"toxaem", "toxem"},
	{"tumour", "tumor"},
	{"valour", "valor"},
	{"vapour", "vapor"},
	{"vigour", "vigor"},
	{"yoghurt", "yogurt"},
}

// affixes may stand before a root: unfavourable, dishonour, anticolour.
var affixes = [...]string{"anti", "bi", "dis", "mis", "multi", "non", "out", "over", "post", "pre", "re", "super", "tri", "un", "under", "water"}

// american returns a folded word in American spelling: labor for labour,
// organize for organise, dialog for dialogue. What is spelled alike comes back
// as it is. That a word exists is not asked: what matters is that both
// spellings of one that does give the same.
func american(word string) string {
	if s, ok := americanRoot(word, ""); ok {
		return s
	}
	for _, affix := range affixes {
		if s, ok := americanRoot(word, affix); ok {
			return s
		}
	}
	if s, ok := strings.CutSuffix(word, "logues"); ok {
		return s + "logs"
	}
	if s, ok := strings.CutSuffix(word, "logue"); ok {
		return s + "log"
	}
	return withZ(word)
}

// americanRoot is american for a word with a root behind an affix.
func americanRoot(word, affix string) (string, bool) {
	rest, ok := strings.CutPrefix(word, affix)
	if !ok {
		return "", false
	}
	// The root of a word is the last that doesn't come after it: none is the
	// beginning of another.
	i, found := slices.BinarySearchFunc(roots[:], rest, func(r struct{ british, american string }, rest string) int {
		return strings.Compare(r.british, rest)
	})
	if !found {
		i--
	}
	if i < 0 || !strings.HasPrefix(rest, roots[i].british) {
		return "", false
	}
	return affix + roots[i].american + rest[len(roots[i].british):], true
}

// endingsWithS are the endings of verbs in -ise and of what is made of them.
var endingsWithS = [...]string{"ise", "ised", "ises", "iser", "isers", "ising", "isable", "isation", "isations", "isational"}

// withZ returns a word in -ise, -isation and so on with z in place of s, if it
// is such a verb: organize for organise, and advise as it is.
func withZ(word string) string {
	for _, ending := range endingsWithS {
		s, ok := strings.CutSuffix(word, ending)
		if !ok {
			continue
		}
		if len(s) < 3 || strings.ContainsRune("aeiouw", rune(s[len(s)-1])) || hasSOfItsOwn(s) {
			return word
		}
		return s + "iz" + ending[2:]
	}
	return word
}

// hasSOfItsOwn reports whether the word that begins with s and goes on with
// -ise is spelled so everywhere: of these words there is a closed list, as the
// s belongs to their root (Oxford Guide to Style, 2002, 4.2). Those with a vowel
// or a w before -ise, such as praise and likewise, need no mention.
func hasSOfItsOwn(s string) bool {
	for _, affix := range affixes {
		if rest, ok := strings.CutPrefix(s, affix); ok && hasSOfItsOwn(rest) {
			return true
		}
	}
	for _, whole := range [...]string{"compromise", "surprise", "exercise", "precise", "promise", "enterprise", "expertise"} {
		if strings.HasSuffix(s, whole[:len(whole)-len("ise")]) {
			return true // immunocompromised, imprecise
		}
	}
	switch s {
	case "advert", "adv", "anal", "appr", "cer", "chast", "chem", "circumc", "compr", "comprom", "conc", "dem", "desp", "dev",
		"disfranch", "enfranch", "enterpr", "entrepr", "exc", "exerc", "expert", "franch", "highr", "improv", "inc",
		"merchand", "moonr", "mort", "parad", "prec", "prem", "pr", "prom", "repr", "rev", "r", "sunr", "superv",
		"surm", "surpr", "telev", "treat", "upr", "val", "v", "m", "den", "el", "par", "reg", "mar":
		return true
	}
	return false
}
