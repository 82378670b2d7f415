package quotation

// class says what is known of a word. A word may be of several.
type class uint32

const (
	core     class = 1 << iota // is one of the verbs that most quotations come with
	says                       // is a verb of saying, in a finite form
	saysWeak                   // is a verb that often comes with a quotation: called, insisted
	skipped                    // may stand between a subject and its verb: also, has
	preposition
	determiner
	conjunction
	function     // is another word that neither is a name nor part of one
	person3      // he, she
	person3many  // they, it
	personOther  // I, we, you
	relative     // who
	title        // stands before the name of a person: Mr, Sen
	human        // is a noun for people who speak: spokesman, officials
	document     // is a noun for what is written: statement, report
	organization // is a part of names of organisations: Committee, Times
	calendar     // is a capitalised word that is no name: Monday, April
	male         // is a given name, pronoun or title of a man
	female
	premodifier // stands before a noun, and nothing else: former, senior
	firstPerson // I, my, we, our: words of those who speak
	finite      // is a verb form that makes a sentence: is, was, will
)

// lists are the words of each class, in lower case.
var lists = [...]struct {
	class class
	words string
}{
	{core, `said says told tells wrote writes added adds tweeted asked asks`},
	{says, `said says say told tells tell wrote writes write added adds tweeted tweets asked asks asking replied replies
		declared declares explained explains responded responds continued continues concluded concludes stated states
		noted notes remarked remarks exclaimed quipped quips joked jokes recalled recalls insisted insists argued argues
		warned warns admitted admits announced announces commented comments shouted shouts yelled recounted retorted
		countered counters lamented laments mused observed observes testified boasted boasts bragged conceded concedes
		predicted predicts acknowledged acknowledges complained complains confessed confirmed confirms charged chanted
		answered answers began begins reads read posted posts opined urged urges suggested suggests claimed claims
		contended contends proclaimed emphasized emphasised stressed stresses reiterated repeated repeats vowed vows
		pledged pledges interjected interrupted snapped thundered cracked tweeting saying writing adding telling
		declaring explaining noting arguing warning insisting stating claiming joking quoted quotes quoting put puts
		deadpanned bellowed cried whispered demanded demands inquired wondered wonders reasoned reflected elaborated
		cautioned cautions blogged emailed e-mailed texted mocked fumed chided scoffed sniffed gushed marveled marvelled
		hollered intoned offered pleaded groaned sighed vented ranted blasted`},
	{saysWeak, `called calls calling described describes describing referred refers referring dismissed dismisses dubbed
		labeled labelled denounced denounces condemned condemns criticized criticised praised praises accused accuses
		blamed attacked slammed ripped promised promises denied denies believes believed thinks thought thinking feels
		felt agreed agrees expressed expresses defended defends rejected rejects touted touts hailed declined refused
		cited cites citing points pointed went goes characterized characterised mentioned mentions revealed reveals
		reported reports reporting vowing signed shot fired hit concurred calculated hoped hopes worried worries
		compared compares likened portrayed assailed lambasted railed decried derided lauded applauded apologized
		hinted signaled signalled indicated indicates implied implies proposed proposes urging demanding seeking wanted
		wants spoke speaks speaking talked talks talking discussed laughed laughs smiled nodded chimed continues says`},
	{skipped, `also has have had then later again recently repeatedly once often simply just never now even still first
		previously earlier publicly privately reportedly actually clearly specifically famously quickly flatly bluntly
		immediately initially finally further jokingly angrily wryly is was were are been being be would will could may
		might must can did does do not`},
	{preposition, `of to in for on with at by from about against into during over after before between under through
		without within among toward towards upon across behind beyond near since until like per via amid despite unlike
		regarding concerning outside inside above below off onto throughout`},
	{determiner, `the a an one another some many most several this that these those his her their its our my your each
		every both few other any no two three four five six`},
	{conjunction, `and or but nor as if when while because although though where whereas so yet than unless whether
		however meanwhile`},
	{function, `there here what why how not who's only all more much very too such which well yes moreover furthermore
		instead indeed perhaps maybe still then now once also later asked let let's please thank thanks according
		overall rather given having being doing did does do can could will would should may might must is was were are
		am have has had been be none nothing nobody everyone everybody everything something someone somebody anything
		up down out back again even just ever never always often sometimes today tonight yesterday tomorrow earlier
		recently finally additionally nevertheless nonetheless besides thus hence therefore otherwise likewise`},
	{person3 | male, `he he's he'd he'll`},
	{person3 | female, `she she's she'd she'll`},
	{person3many, `they it they're they've`},
	{personOther, `i we you i'm i've i'll i'd we're we've we'll you're`},
	{relative, `who`},
	{title, `mr mrs ms miss dr prof sen sens rep reps gov lt gen col maj capt sgt cpl adm cmdr rev fr hon judge justice
		president senator senators congressman congresswoman representative governor mayor chancellor minister
		secretary ambassador king queen prince princess pope bishop archbishop cardinal sir lord lady dame sheriff
		chairman chairwoman director speaker professor sergeant captain general colonel major lieutenant admiral
		officer detective attorney premier vice prime deputy undersecretary commissioner councilman councilwoman
		alderman assemblyman assemblywoman delegate former ex-president coach father sister brother imam rabbi
		ayatollah sheikh pastor reverend`},
	{male, `mr sir lord king prince father brother congressman councilman chairman spokesman his him himself man`},
	{female, `mrs ms miss lady dame queen princess sister congresswoman councilwoman chairwoman spokeswoman her herself
		woman`},
	{human, `spokesman spokeswoman spokesperson spokespeople spokesmen official officials aide aides adviser advisers
		advisor advisors source sources police lawyer lawyers attorney attorneys officer officers operative operatives
		strategist strategists analyst analysts expert experts economist economists professor scientist scientists
		researcher researchers author authors writer reporter reporters journalist journalists columnist editor editors
		host anchor moderator blogger critic critics supporter supporters opponent opponents ally allies voter voters
		activist activists protester protesters demonstrator demonstrators organizer organizers organiser donor donors
		member members lawmaker lawmakers senator senators congressman congresswoman representative governor mayor
		president secretary minister chairman chairwoman chair director executive manager chief leader leaders head
		candidate candidates nominee contender rival rivals front-runner frontrunner democrat democrats republican
		republicans conservative conservatives liberal liberals delegate delegates diplomat diplomats ambassador
		prosecutor prosecutors investigator investigators detective detectives judge justice witness witnesses victim
		resident residents neighbor neighbors neighbour neighbours student students teacher teachers parent parents
		mother father brother sister wife husband son daughter friend friends colleague colleagues man woman men women
		people person user users owner worker workers employee employees veteran veterans doctor physician pastor
		priest billionaire businessman businesswoman mogul tycoon star actor actress singer comedian coach player
		crowd audience panel group coalition commission committee council board company campaign government ministry
		department administration agency court organization organisation union association network team firm bank
		office authorities institute foundation historian pollster pollsters insider insiders consultant veteran
		survivor boy girl guy caller fan fans captain sheriff commander general soldier soldiers intern staffer
		staffers staff scholar observer observers physicist engineer founder co-founder ceo pundit pundits commentator
		commentators advocate advocates negotiator participant participants attendee attendees immigrant refugee
		refugees farmer driver passenger shopper customer customers investor investors trader traders broker
		treasurer counsel deputy heckler guest hosts newspaper magazine outlet blog paper`},
	{document, `statement report email e-mail letter lawsuit complaint website site ad advertisement editorial release
		memo tweet post poster sign study survey transcript article book headline caption invitation petition affidavit
		filing brief ruling opinion document documents memorandum resolution bill law text message note messages plan
		proposal policy platform page op-ed essay story column video banner slogan indictment order warrant press`},
	{organization, `committee inc corp ltd llc co university college institute council department ministry agency
		association foundation center centre union times post journal news network tribune press magazine house senate
		congress party campaign bank company group society commission court bureau office board pac club federation
		coalition league alliance front army navy force police administration government service services international
		herald gazette guardian chronicle globe review daily media television radio tv fund trust church school hospital
		corporation partners holdings authority organization organisation caucus parliament assembly`},
	{calendar, `monday tuesday wednesday thursday friday saturday sunday january february march april may june july
		august september october november december jan feb mar apr jun jul aug sept sep oct nov dec a.m p.m et edt est
		gmt`},
	{premodifier, `former senior top longtime fellow current new old young chief veteran local federal national
		campaign independent conservative liberal democratic republican unnamed anonymous presumptive presidential
		vice deputy assistant prominent leading self-described retired acting late recent official anti pro`},
	{firstPerson, `i we i'm i've i'll i'd we're we've we'll my our me us myself mine you your you're`},
	{finite, `is are was were am be will would can could should must has have had do does did don't doesn't didn't isn't
		aren't wasn't can't won't it's that's he's she's they're i'm we're think know want need going got get`},
}

// givenNames are common given names in English-language news, for the gender of who is
// named by one.
var givenNames = [...]struct {
	class class
	words string
}{
	{male, `aaron abdul abraham adam adrian ahmed alan albert alejandro alex alexander alfred ali allen andre andrew
		andy angus anthony antonio archie arnold arthur barack barry ben benjamin bernard bernie bill billy bob bobby
		boris brad brandon brendan brett brian bruce bryan calvin carl carlos charles charlie chris christian
		christopher chuck clarence clint colin corey cory craig curtis dale dan daniel danny darren dave david dean
		dennis derek dick dmitri dmitry dominic don donald doug douglas duncan dwight earl ed eddie edgar eduardo edward
		edwin eli elijah emmanuel enrique eric ernest eugene evan felix fernando francis francisco francois frank fred
		frederick gabriel gary gavin gene geoff geoffrey george gerald giovanni glenn gordon graham grant greg gregory
		guy hamid hans harold harry hassan henry herbert herman howard hugh hugo hussein ian ibrahim isaac ivan jack
		jacob jake james jamie jared jason javier jay jean jeb jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel
		john johnny jon jonathan jorge jose joseph josh joshua juan julian justin karl keith ken kenneth kevin khalid
		kurt kyle larry lawrence lee leo leon leonard lewis lindsey lloyd louis luis luke malcolm marc marco marcus
		mario mark marshall martin marvin matt matthew max michael miguel mike mikhail mitch mitchell mitt mohamed
		mohammad mohammed muhammad nathan neil nelson newt nicholas nick nicolas nigel noah norman oliver omar oscar
		otto pablo patrick paul pedro pete peter phil philip phillip pierre rafael ralph ramon rand randy ray raymond
		reince richard rick rob robert roberto rodney roger roland ron ronald ross roy rudy rupert russ russell ryan
		salman sam samuel scott sean sebastian sergei seth shane shaun sidney simon stanley stefan stephen steve steven
		stuart ted terrence theodore thomas tim timothy toby todd tom tommy tony trevor trey tyler vernon victor vincent
		vladimir walter warren wayne wesley william willie winston yusuf zachary`},
	{female, `abigail agnes alexandra alice alicia alison allison amanda amber amelia amy andrea angela anita ann anna
		anne annie april ashley audrey barbara becky bernadette beth betsy betty beverly bonnie brenda bridget brittany
		camille carla carly carmen carol caroline carolyn catherine cathy cecilia charlotte chelsea cheryl christina
		christine cindy claire claudia colleen connie courtney crystal cynthia daisy dana danielle dawn deborah debbie
		debra denise diana diane dolores donna doris dorothy ebony edith eileen elaine eleanor elena elise elizabeth
		ella ellen emily emma erica erin esther ethel eva evelyn fatima felicia fiona florence frances gail gertrude
		gina gladys gloria grace gwen hannah heather heidi helen hillary holly huma ida irene iris isabel ivanka jackie
		jacqueline jan jane janet janice jasmine jean jeanne jenna jennifer jenny jessica jill joan joanna joanne
		josephine joy joyce juanita judith judy julia julie june karen kate katherine kathleen kathryn kathy katie katrina
		kayla keisha kellyanne kelsey kim kimberly kirsten kristen kristin laura lauren leah leslie lillian linda lisa
		lois loretta lori louise lucia lucy lydia lynn madeleine maggie marcia margaret maria marie marilyn marion
		marjorie marsha martha mary maureen megan megyn melania melanie melissa mercedes michele michelle mildred
		miranda molly monica nancy naomi natalie natasha nicole nikki nina nora norma olivia pamela patricia paula pauline
		peggy penny phyllis rachel rebecca regina renee rita roberta robin rosa rose roxanne ruby ruth sabrina sally
		samantha sandra sandy sara sarah shannon sharon sheila shelly sheryl shirley sonia sophia sophie stacey stacy stella
		stephanie susan susie suzanne sylvia tamara tammy tanya tara teresa theresa tiffany tina tonya tracy valerie
		vanessa vera veronica victoria virginia vivian wanda wendy whitney yolanda yvonne zoe`},
}
