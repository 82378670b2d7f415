package extract

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/newsq/newsq/internal/wordset"
)

// A byline says more than names: what the author does, where, and what degree
// they hold. None of that is an author.

// DropRoles takes the parts of one statement of authors, as they stand between
// its commas, and returns those that are names: degrees go, and what a person
// does, where they are and where they are employed go where a name stands
// beside it. What signs alone stays, whatever it is.
func DropRoles(parts []string) []string {
	var named []string
	hasName, hasPerson := false, false
	for _, s := range parts {
		if IsDegree(s) && len(parts) > 1 {
			continue
		}
		s = cutPost(s)
		named = append(named, s)
		hasName = hasName || !isRole(s)
		hasPerson = hasPerson || !isRole(s) && !isBylinePlace(s) && isPersonal(strings.Fields(s))
	}
	if !hasName || len(named) < 2 {
		return named
	}
	afterRole := false
	return slices.DeleteFunc(named, func(s string) bool {
		// A bank signs now and then; behind what somebody does it is where.
		goes := isRole(s) || hasPerson && isBylinePlace(s) || afterRole && isEmployer(s)
		afterRole = goes
		return goes
	})
}

// isEmployer reports whether a part of a byline may be where somebody is
// employed.
func isEmployer(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	return len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return employers()[strings.Trim(w, ".,")] })
}

// degrees are degrees and suffixes of names, in small letters without stops.
var degrees = wordset.Of("jr sr ii iii iv md phd dphil drphil ms ma mba mph mpp mpa msc msci bsc ba bs beng meng jd llm llb lld esq esquire dds dmd dvm rn np " +
	"facp facs frcp frs frsa obe mbe cbe kbe cpa cfa mp mep mla mpp msp qc kc sc ret retd hons edd psyd pharmd mfa bfa med " +
	"dr prof ing diplom dipl dipling rer nat habil em emeritus emerita mag hdr")

// IsDegree reports whether a part of a byline is a degree or a suffix, such as
// "MD", "Ph.D.", "Jr." or "MA (Hons)". One of two letters is a name unless it
// is written as degrees are: "Ma" is a family.
func IsDegree(s string) bool {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == ' ' || r == '/' || r == '(' || r == ')' || r == ',' || r == '-' || r == '\u00a0'
	})
	for _, f := range fields {
		bare := strings.ReplaceAll(f, ".", "")
		if !degrees()[strings.ToLower(bare)] || len(bare) <= 2 && bare == f && strings.ToUpper(f) != f && bare != "Jr" && bare != "Sr" && bare != "Dr" {
			return false
		}
	}
	return len(fields) > 0
}

// roleWords are what people are who sign articles; a word that begins so
// counts. Those after them must be the whole word, since some families are
// called so.
var (
	roleWords = sync.OnceValue(func() []string {
		return strings.Fields("correspond korrespond corrispond correspons reporter journalist giornalist periodist jornalist columnist kolumnist " +
			"chroniqueu colunist redakteur redaktör redaktør redacteur rédact redactor redattor chefredak profess profesor lektor lecturer dozent docent catedrátic hoogleraar " +
			"histor economist ökonom économist wirtschaftswiss politolog politiek soziolog sociolog scientist wissenschaft researcher forsch forsker onderzoeker chercheu " +
			"ricercat investigador pesquisador photograph fotograf analyst analist freelanc envoyé inviat enviad verslaggever repórter muhabir wartawan " +
			"dziennikar korespondent publicyst korrespondens újságíró ambassad botschafter " +
			"jurnalis doçent gazeteci öğretim araştırmac toimittaj kirjeenvaihtaj novinar novinář dopisovat maître maîtresse kommentator ministre " +
			"корреспондент редактор журналист профессор обозревател историк политолог экономист директор спецкор собкор колумнист аналитик эксперт кореспондент журналіст професор " +
			"مراسل صحفي أستاذ محلل باحث")
	})
	wholeRoles = wordset.Of("editor editors editorial writer writers contributor contributors producer director directors president secretary chair chairman chairwoman " +
		"fellow member student governor minister manager officer consultant strategist novelist poet essayist blogger presenter broadcaster " +
		"engineer physician surgeon nurse teacher trainee intern activist campaigner counsel author ceo cfo cto founder co-founder cofounder expert adviser advisor anchor commentator critic attorney lawyer " +
		"leiter leiterin direktor direktorin chef chefin mitglied sprecher sprecherin gründer autor autorin rechtsanwalt rechtsanwältin " +
		"directeur directrice membre avocat correspondant auteur autrice direttore direttrice autore autrice director directora autor autora analista " +
		"editör yazar yazarı penulis redaktor redaktorka zastępca dyrektor specialist staff bureau desk")
	// ofWords are prepositions that no name holds.
	ofWords = wordset.Of("of for at the in from für im am bei beim an à au aux chez pour sur en nel nella presso per para em na voor bij aan op på för vid ved hos w z dla в на по из при для")
	// seats are where people are employed who write beside it.
	seats = sync.OnceValue(func() []string {
		return strings.Fields("universi üniversit uniwersyt univerz egyetem yliopist universitet πανεπιστ hochschul college collège institut istitut école ecole akademi academ faculty fakult laborator hospital klinik университет институт")
	})
	// employers are words in the names of firms and houses that write no news.
	employers = wordset.Of("bank banque banca banco banken centre center centro zentrum foundation stiftung fondation fundación fundação fondazione council ministry ministerium " +
		"ministère ministerio department office fund group gruppe groupe association verband society company corporation corp inc ltd llc gmbh plc capital partners " +
		"securities observatory museum library parliament school chamber economics consulting research asset investments management party union authority commission court museo vakfı derneği bankası")
	// newsrooms are words in the names of outlets and agencies.
	newsrooms = wordset.Of("press presse news nachrichten nachrichtenagentur agency agentur agence agencia agenzia times post gazette herald tribune zeitung journal " +
		"magazine media medien tv radio redaktion redacción rédaction redazione redactie redaktionen redação newsroom team board service network daily online web")
	// honorifics go before a name.
	honorifics = wordset.Of("professor professorin prof prof. dr dr. sir dame lord lady senator sen. rep. minister president gen. general col. rev. reverend")
)

// minCompound is the length, in bytes, of a word that is known within a longer
// one, as in Auslandskorrespondentin.
const minCompound = 7

// isRole reports whether a part of a byline says what somebody does, or where.
func isRole(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 {
		return false
	}
	if honorifics()[strings.ToLower(words[0])] && len(words) >= 3 && isPersonal(words[1:]) {
		return false
	}
	for i, w := range words {
		w = strings.ToLower(strings.Trim(w, ".,:()"))
		starts := func(stem string) bool {
			return strings.HasPrefix(w, stem) || len(stem) >= minCompound && strings.Contains(w, stem)
		}
		if wholeRoles()[w] || slices.ContainsFunc(roleWords(), starts) || slices.ContainsFunc(seats(), starts) {
			return true
		}
		if len(words) > 1 && ofWords()[w] && (i > 0 || len(words) > 2) && words[i] == w {
			return true
		}
	}
	return false
}

// IsSubject reports whether a part of a byline is a role with what it is about,
// such as "Professor of History"; then an "and" behind it goes on with that.
func IsSubject(s string) bool {
	words := strings.Fields(s)
	if m := writtenIn().FindStringIndex(s); m != nil && isPersonal(words[:len(strings.Fields(s[:m[0]]))]) && !isRole(s[:m[0]]) {
		return false // a name and a place
	}
	return isRole(s) && slices.ContainsFunc(words, func(w string) bool { return ofWords()[w] || w == "de" || w == "der" || w == "di" })
}

// isPersonal reports whether words may be the name of a human being: each
// begins with a capital letter, where its script has them, but for particles.
func isPersonal(words []string) bool {
	if len(words) < 2 || len(words) > 5 {
		return len(words) == 1 && strings.ContainsFunc(words[0], isFamilyFirst) && utf8.RuneCountInString(words[0]) <= 5
	}
	capitals := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case nameParticles[w]:
		case !unicode.IsLetter(r) || unicode.IsLower(r) || strings.ContainsAny(w, "0123456789:"):
			return false
		default:
			capitals++
		}
	}
	return capitals >= 2
}

// isNewsroom reports whether a name holds a word of outlets and agencies, or
// begins with an acronym among words that are none.
func isNewsroom(words []string) bool {
	for _, w := range words {
		for part := range strings.SplitSeq(strings.ToLower(w), "-") {
			if newsrooms()[part] {
				return true
			}
		}
	}
	first, last := words[0], words[len(words)-1]
	return len(first) >= 2 && len(first) <= 4 && strings.ToUpper(first) == first && strings.ToUpper(last) != last && !strings.Contains(first, ".")
}

// postWords part a name from what its bearer does or where: "Ada Okoye in
// Nairobi".
var (
	postWords = pattern(`\s+(?:in|of|for|at|from|reporting|für|bei|à|au|pour|chez|em|voor|bij|para)\s+(?:\p{Lu}|the |der |la |le |l['’]|from |in )`)
	// writtenIn matches a place that ends a byline.
	writtenIn = pattern(`\s+(?:reporting from|in|from|à|en|em|aus|из|в)\s+\p{Lu}[\p{L}\p{M}.'’-]*(?:\s\p{Lu}[\p{L}\p{M}.'’-]*){0,2}$`)
	// eastAsianRoles stand at the ends of names in Chinese, Japanese and Korean.
	eastAsianRoles = pattern(`^(?:本报|本報)?(?:记者|記者|通讯员|撰稿|文|作者)\s*[:：/｜]?\s*|\s*(?:\S{0,4}(?:기자|특파원|논설위원|교수)|特派員|論説委員|編集委員|記者|记者)$`)
)

// cutPost cuts off a name what it is followed by without a comma.
func cutPost(s string) string {
	if strings.ContainsFunc(s, isFamilyFirst) {
		if cut := strings.TrimSpace(eastAsianRoles().ReplaceAllString(s, "")); cut != "" {
			return cut
		}
		return s
	}
	if m := postWords().FindStringIndex(s); m != nil {
		if name := s[:m[0]]; isPersonal(strings.Fields(name)) && !isRole(name) {
			return name
		}
	}
	return s
}
