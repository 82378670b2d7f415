package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gender is what a title or a given name says of a person.
type gender uint8

const (
	unknownGender gender = iota
	female
	male
)

// role is the office that a title before a name says, in one word: "president".
type role string

// titleOf returns what the words before a name in a text say of the person: "Mr." and
// "Mrs." a gender, "President" a role. titled tells that there is a title at all.
func titleOf(before string) (g gender, r role, titled bool) {
	if !endsInCapital(before) {
		return unknownGender, "", false
	}
	words := lastWords(before)
	if len(words) == 0 {
		return unknownGender, "", false
	}
	last := plain(words[len(words)-1])
	if g := genderOfTitle(last); g != unknownGender {
		return g, "", true
	}
	if r := roleOf(last); r != "" && isTitleCase(words[len(words)-1]) {
		return unknownGender, r, true
	}
	// Secretary of State Hillary Clinton.
	for i := len(words) - 2; i >= 0; i-- {
		if w := plain(words[i+1]); w != "of" && !unicode.IsUpper([]rune(words[i+1])[0]) {
			break
		}
		if r := roleOf(plain(words[i])); r != "" && plain(words[i+1]) == "of" && isTitleCase(words[i]) {
			return unknownGender, r, true
		}
	}
	return unknownGender, "", false
}

// endsInCapital reports whether the last word of a text begins with a capital, as titles do.
func endsInCapital(s string) bool {
	s = strings.TrimRight(s, " \n\t")
	i := strings.LastIndexAny(s, " \n\t") + 1
	return i < len(s) && (s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z')
}

// beforeName is the number of bytes before a name in which its title is looked for.
const beforeName = 48

// lastWords returns the words before a name up to the start of its sentence or clause, the
// last four at most.
func lastWords(before string) []string {
	if before == "" {
		return nil
	}
	if c := before[len(before)-1]; c != ' ' && c != '\n' && c != '\t' {
		return nil // within a word, or behind a bracket
	}
	if len(before) > beforeName {
		before = before[len(before)-beforeName:]
	}
	words := strings.Fields(before)
	for i := len(words) - 1; i >= 0; i-- {
		w := words[i]
		end := w[len(w)-1]
		if strings.ContainsRune(",;:!?()\"", rune(end)) || end == '.' && i < len(words)-1 && len(w) > 5 || i < len(words)-4 {
			return words[i+1:]
		}
	}
	return words
}

// isTitleCase reports whether a word begins with a capital.
func isTitleCase(w string) bool {
	for _, r := range w {
		return unicode.IsUpper(r)
	}
	return false
}

// withoutTitles returns the words of a person's name without the titles before it. One
// word is left.
func withoutTitles(words []string) []string {
	for len(words) > 1 {
		w := plain(words[0])
		if genderOfTitle(w) == unknownGender && roleOf(w) == "" {
			break
		}
		if len(words) == 2 && strings.HasSuffix(words[1], ".") && len(words[1]) <= 3 {
			break // Dean R.
		}
		words = words[1:]
	}
	return words
}

// genderOfTitle returns the gender that a folded title says.
func genderOfTitle(w string) gender {
	switch w {
	case "mr", "sir", "lord", "king", "prince", "señor", "senor", "monsieur", "herr", "congressman", "councilman":
		return male
	case "mrs", "ms", "miss", "lady", "dame", "queen", "princess", "madame", "congresswoman", "councilwoman":
		return female
	}
	return unknownGender
}

// roleOf returns the role that a folded title says. Of several titles for one office it is
// the same.
func roleOf(w string) role {
	switch w {
	case "president", "senator", "secretary", "minister", "governor", "representative", "chancellor", "premier",
		"mayor", "judge", "justice", "general", "colonel", "major", "captain", "sergeant", "lieutenant", "admiral",
		"ambassador", "professor", "pope", "cardinal", "archbishop", "bishop", "rabbi", "imam", "ayatollah", "sheikh",
		"speaker", "sheriff", "detective", "officer", "chairman", "director", "commissioner", "attorney", "dr", "doctor",
		"chief", "emir", "sultan", "emperor", "pastor", "reverend", "father", "coach", "deputy", "marshal", "comrade",
		"commander", "corporal", "private", "trooper", "superintendent", "councillor", "delegate":
		return role(w)
	case "pres":
		return "president"
	case "sen":
		return "senator"
	case "gov":
		return "governor"
	case "rep":
		return "representative"
	case "gen", "maj-gen", "brig":
		return "general"
	case "col":
		return "colonel"
	case "maj":
		return "major"
	case "capt":
		return "captain"
	case "sgt":
		return "sergeant"
	case "lt":
		return "lieutenant"
	case "adm":
		return "admiral"
	case "prof":
		return "professor"
	case "rev":
		return "reverend"
	case "amb":
		return "ambassador"
	case "det":
		return "detective"
	case "cpl":
		return "corporal"
	case "cmdr":
		return "commander"
	}
	return ""
}

// genderOfGiven returns the gender of who mostly has a folded given name.
func genderOfGiven(w string) gender {
	if strings.Contains(femaleNames, " "+w+" ") {
		return female
	}
	if strings.Contains(maleNames, " "+w+" ") {
		return male
	}
	return unknownGender
}

// Given names that are frequent in the news and mostly those of one gender.
const (
	femaleNames = " abigail adriana agnes aisha alexandra alexandria alice alicia alison allison amal amanda amber amelia amina " +
		"amy ana andrea angela angelina anita anna anne annie april ashley aung ayesha barbara beatrice benazir betsy bettina betty " +
		"beverly brenda bridget brigitte brittany camilla carla carly carmen carol caroline carolyn catherine cecilia charlotte chelsea cheryl christina " +
		"christine cindy claire claudia colleen condoleezza cristina cynthia daniela danielle deborah debra denise diana diane dianne dilma " +
		"donna dorothy edith eileen elaine eleanor elena elisabeth elise elizabeth ella ellen emily emma erica erin esther eva eve evelyn " +
		"fatima fiona florence frances gabriela gail gina ginni giorgia gladys gloria grace greta gwen hannah harriet heather helen " +
		"hillary hope huma ida imelda indira ingrid irene isabel isabella ivana ivanka jacinda jackie jacqueline jane janet janice jasmine " +
		"jean jeanne jeannette jenna jennifer jenny jessica jill jo joan joanna jocelyn josephine joyce juanita judith judy julia julie june kamala " +
		"karen karine kate katherine kathleen kathryn kathy katie kayleigh kellyanne kelly kimberly kirsten kirstjen kristen kristi laila laura lauren laurie leah " +
		"leila lena letitia lily linda lisa liz loretta lori louise lucy lydia lynn lynne madeleine malala malia margaret margrethe maria marian marie marine " +
		"marjorie marsha martha mary maryam maureen maxine megan meghan melania melinda melissa mercedes michelle mona monica muriel nadia nancy " +
		"naomi natalia natalie nicola nicole nikki nina nora olga olivia oprah pamela patricia patty paula pauline penny phyllis priscilla " +
		"rachel rebecca regina renee rhonda rita roberta robin rosa rose rosie ruth sabrina sally samantha sandra sara sarah sasha sharon sheila shelley " +
		"shirley silvia simone sofia sonia sonya sophia sophie stacey stella stephanie stormy sue susan suzanne svetlana sylvia tamara tammy teresa tess " +
		"theresa tiffany tina tulsi ursula valerie vanessa vera veronica victoria violet virginia wanda wendy whoopi yasmin yulia yvonne zainab zoe "
	maleNames = " aaron abdul abdullah abraham adam adolf ahmad ahmed al alan albert alberto alejandro alex alexander alexei alexis alfonso alfred ali allan allen " +
		"andre andreas andres andrei andrew andy angus anthony antonio antony arnold arthur ashraf augusto ban barack barry bashar ben benjamin bernard bernie bill billy " +
		"bob bobby boris brad bradley brandon brendan brett brian bruce bryan carl carlos cesar charles charlie chip chris christian christopher chuck clarence " +
		"claude clayton clifford clint cliff colin craig curtis cyril dale dan daniel danny darrell darren dave david dean dennis derek devin dick dimitri " +
		"dmitri dmitry dominic don donald douglas doug dwight earl ed eddie edgar eduardo edward edwin eli elijah elliot elon emmanuel enrique eric ernest ethan " +
		"eugene evan felipe felix fernando fidel francisco francois frank franklin fred frederick gary gavin gene geoff geoffrey george gerald gerard gerhard " +
		"gilbert glenn gordon graham grant greg gregory gus guy hamid hank hans harold harry harvey hassan hector helmut henry herbert herman hosni howard hugh " +
		"hugo hussein ian ibrahim igor ivan jack jacob jacques jake jamal james jared jason javier jay jeff jeffrey jeremy jerome jerry jim jimmy joe joel " +
		"john johnny jon jonathan jose josef joseph josh joshua juan jules julian julio justin karl keith ken kenneth kevin kirk kofi konstantin kurt kyle " +
		"lance larry laurent lawrence lee len leo leon leonard leonid lewis lindsey lloyd louis lucas luis luke lyndon malcolm manuel marc marcel marco marcus mario mark " +
		"marshall martin marvin matt matteo matthew maurice max mehmet michael miguel mike mikhail mitch mitt mohamed mohammad mohammed moses muhammad nathan neil nelson " +
		"nicholas nick nicolas nicolae nigel nikolai noah noel norman oleg oliver olivier omar orrin osama oscar otto owen pablo patrick paul pedro perry pete peter phil " +
		"philip philippe phillip pierre rafael rahul ralph ramon rand randall randy raul ray raymond recep reinhard rex ricardo richard rick rob robert roberto rod " +
		"roger roland ron ronald rory ross roy rudolph rudy rupert russell ryan saddam salman sam samuel scott sean sebastian serge sergei sergey sergio seth shane " +
		"shaun shinzo sidney silvio simon stanley stephen steve steven stuart ted terry theodore thomas tim timothy toby todd tom tommy tony travis trent trevor tyler " +
		"vaclav vernon victor viktor vince vincent vladimir volodymyr wade walter warren wayne werner wesley wilfred will william willie winston wolfgang yasser yitzhak zachary "
)

// isFamilyFirst reports whether a folded word is a family name that stands first in names
// of East Asia.
func isFamilyFirst(w string) bool {
	return strings.Contains(" kim park moon lee yoon roh chung choi jang ri pak hwang kang xi li wang zhang liu chen yang huang zhao wu "+
		"zhou xu sun ma hu zhu guo he lin gao luo deng mao jiang wen hua bo wei peng tsai tsang leung lam ho "+
		"nguyen tran le pham phan vo dang bui do ngo ban hun ", " "+w+" ")
}
