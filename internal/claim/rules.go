package claim

import "github.com/newsq/newsq/corpus"

// Kind is a kind of claim as the rules number them.
type Kind uint8

const (
	forecast Kind = iota
	recommendation
	caveat
	noKind // what a pattern of it matches is no claim at all
)

// kindSet is a set of kinds, by their bits.
type kindSet uint8

// Kinds are the kinds in the order of the rules' numbers.
var Kinds = [...]corpus.ClaimKind{corpus.Forecast, corpus.Recommendation, corpus.Caveat}

// tables are the patterns by kind. Those of except say where a trigger makes no claim.
var tables = [...]struct {
	kind     Kind
	except   bool
	patterns string
}{
	{forecast, false, forecasts},
	{forecast, true, notForecasts},
	{recommendation, false, recommendations},
	{recommendation, true, notRecommendations},
	{caveat, false, caveats},
	{caveat, true, notCaveats},
	{noKind, false, furniture},
}

const forecasts = `
	[will|won't|it'll|that'll|there'll|we'll|they'll|he'll|she'll|you'll|i'll|who'll] <adverb>? <adverb>? <verb>|be
	[will|won't] <adverb>? <adverb>? have

	[may|might] <adverb>? <adverb>? <verb>
	[may|might] <adverb>? have|be able|to
	[may|might|could|would] <adverb>? be <adverb>? <done>|forced|able|unable|required|headed|next
	[could] <adverb>? <adverb>? <verb>|be
	[could] <adverb>? have <determiner>|<quality>
	[could] <adverb>? be in|on|over|out|back|under|up|at

	if|unless|were|without|until|once|should ..20 [would|wouldn't] <adverb>? <adverb>? <verb>|be
	if|unless|were|without|until|once ..20 [would|wouldn't] <adverb>? have <determiner>
	[would|wouldn't] <adverb>? <adverb>? <verb>|be ..20 if|unless|until|once
	<predicts> ..12 [would|wouldn't] <adverb>? <adverb>? <verb>|be
	<predicts> ..12 [would|wouldn't] <adverb>? have <determiner>
	<proposal> ..6 [would|wouldn't] <adverb>? <adverb>? <verb>|be
	<proposal> ..4 [would|wouldn't] <adverb>? have <determiner>
	which|that|this|it|they|doing|move|so [would|wouldn't] <adverb>? <adverb>? <effect>
	[would] likely|probably|almost|inevitably|eventually|soon <adverb>? <verb>|be

	<be> <adverb>? <adverb>? [expected|likely|unlikely|set|poised|slated|scheduled|projected|predicted|forecast|anticipated|bound|destined|certain|sure|doomed|positioned|primed] to <adverb>? <verb>|be|have
	[expected|projected|predicted|forecast|poised|scheduled|slated] to <adverb>? <verb>|be|have
	[going] to <adverb>? <verb>|be|have
	[gonna] <verb>|be|have
	<be> ..2 [due] to be|begin|start|expire|appear|testify|meet|vote|go|leave|return|arrive|hold|open|end|release|speak|face|report|visit|travel|decide|rule|publish|hear|run
	<be> ..2 [about] to <verb>|be
	[on] track|course|pace to <verb>|be
	[on] the verge|brink|cusp of
	[expect|expects|expecting] ..6 to <verb>|be|have
	[expect|expects|expecting|anticipate|anticipates|anticipating|predict|predicts|predicting|foresee|foresees|envision|envisions] that|a|an|the|more|no|another|further|it|they|he|she|many|most
	[predicted|projected] that|a|an|the|it|they|he|she
	[forecasts|forecasting] a|an|that|the|growth
	[forecast|prediction|projection|predictions|projections|forecasts] that|calls|call|shows|show|suggests|suggest|is|are|for
	[outlook] for|is|remains
	[threatens|threatening] to <verb>|be
	[plans|intends|intend|planning|plan] to <adverb>? <verb>|be|have
	[likely] will|won't
	[difficult|hard|easy] to see ..5 becoming|being|getting|happening|passing|winning
	it's|is|seems [likely|unlikely] that|the|he|she|they
	[odds|chance|chances|likelihood|probability|prospect|prospects] of|that|for|are|is
	[bodes] <word>
	[risks|risk] <doing>
	[destined|doomed] to|for
`

const notForecasts = `
	<Name> [will|won't] $
	the|a|an|his|her|their|my|your|our|good|ill|free|political|popular|public|of|own|against|iron|last|living|sheer|collective|national|and|or [will] <word>
	<'s> [will] to|of|and|in|on|is|was
	[will] of|to|and|or|in|that
	if you|he|she|they [will]
	[will] you|he|we|they|i
	[will|would|won't|wouldn't|i'll|we'll|you'll] <adverb>? say|tell|argue|note|admit|concede|add|confess|remember|recall|comment
	you [will|might|may|could] <adverb>? find|notice|see|need|hear|want|remember|recall|say|think|ask|wonder|call|argue
	[you'll] <adverb>? find|notice|see|need|hear|want|remember|recall
	[let's|we'll] see
	[will|would] <adverb>? have <adverb>? <done>
	[would|wouldn't] <adverb>? have <adverb>? <done>
	[could|may|might] <adverb>? have <adverb>? <done>

	[could|may|might] not
	[could|may|might] <adverb>? be heard|seen|reached|found|read|argued|described|called|considered|attributed|explained|traced|forgiven|said|characterized|construed|interpreted|excused|viewed|regarded|related|inclined|interested|based|involved|infected|missed|tied|linked|connected|motivated|tempted|known
	[may|might] <adverb>? <adverb>? seem|sound|look|appear|feel|think|believe|know|recall|remember|want|wish|like|disagree|agree|say|not|suggest|indicate|reflect|include|argue|suspect|contain|differ|ask|wonder|expect|reside|live|own|work|imagine|recognize|object|prefer|vary|explain
	[could] <adverb>? <adverb>? see|hear|feel|smell|remember|find|afford|tell|barely|hardly|only|imagine|recall|think|understand|say|argue|ask|know|sense|care|read|count|relate|use|possibly|explain|describe|speak|get|believe
	so|as|before|until|once|still|who|only|hindsight|wherever|whatever|everything|all|anything|how|whoever|anyone|nothing|when|where|while|whenever ..3 [could]
	i|we [could|might|may] <adverb>? <verb>|be
	wish|wished|if|whether|wondering|wondered ..4 [could|would|will]
	i|we [would|wouldn't] <adverb>? <verb>|be
	[would] <adverb>? like|love|prefer|hope|think|argue|say|appreciate|rather|suggest|often|sometimes|always|regularly|routinely|usually|occasionally|frequently|agree|seem|appear|you
	[would|could|might|may] often|sometimes|always|regularly|routinely|usually|occasionally|frequently
	often|sometimes|always|regularly|routinely|usually|occasionally|frequently ..4 [would|could]

	more|less|as|equally|most|times|least|so|very|just [likely|unlikely|expected] to
	if|when ..5 [going] to
	[going] to people|everyone|someone|them|him|<Name>|the|a|an|war|court|jail|prison|school|college|church|bed|work|hell|heaven|trial|press
	[expected|likely|unlikely] to have <done>
	[likely|unlikely] to have <adverb>? <done>
	[sure|certain] to ..1 $
	be|make|made|making [sure|certain] to
	when|while|if|unless|as i|we|you ..1 [expect]
	<determiner>|<quality>|his|her|their|its|your|our|my|of|and [plan] to
	as|than [expected|predicted|anticipated|projected|planned|scheduled]
	no|little|second|a|any|had|a ..2 [chance|chances]
	no [plans] to
	not|didn't|couldn't|don't|never|to [envision|anticipate|foresee|predict|expect]
	[you'll] be <done>
	[may] only
	[may|might] <adverb>? indeed have
	[may|might|could] as well
	knew it|he|they|that [would|could]
	[going] to migrants|families|women|children|schools|states|voters|students
	way|ways|something|one that|which [would|could]
	no way|reason ..3 [could|would]
	that|which|who|what [would] become|prove|go|turn
	said|thought|knew you|i ..1 [going] to
	[plans|plan] to <verb>|be $
	had [planned|intended|expected|hoped]
	[chance|chances|prospect|prospects|odds|probability] of <word> $
`

const recommendations = `
	[should|shouldn't] <adverb>? <adverb>? <verb>|be|have
	[must|mustn't] <adverb>? <adverb>? <verb>|be|have
	[ought] to <verb>|be|have|not
	[ought] not
	[needs] to <adverb>? <verb>|be|have
	we|you|they|congress|america|americans|republicans|democrats|people|government|leaders|officials|states|everyone|somebody|someone|all|companies|president|trump|obama|biden|clinton|countries|lawmakers|parents [need] to <adverb>? <verb>|be|have
	[urge|urges|urged|urging] ..8 to <adverb>? <verb>|be|have
	[advise|advises|advised|advising|encourage|encouraged|implore|implored|imploring|beseech|exhort|exhorted] ..3 to <adverb>? <verb>|be
	[recommend|recommends|recommended|recommending] that|a|an|the|against|people|<doing>
	[called|calls|call|calling] on ..8 to <adverb>? <verb>|be|have
	[called|calls|calling] for <determiner>|more|stronger|tougher|<doing>|an|greater|better
	it's|is|be|about|high|past ..2 [time] to <verb>|be
	it's|high|past [time] for <Name>|us|congress|the|a
	[had|you'd|he'd|they'd|we'd|she'd] better <verb>|be
	[best|better|right|smart|wise|prudent|wisest|smartest] course|way|thing|approach|move|option|choice|policy ..4 is|be to
	it|it's is|was|be? <adverb>? [imperative|essential|crucial|vital|incumbent|important|necessary|critical] that|to|for|we
	[incumbent] on|upon
	[let's] <adverb>? make|keep|build|fix|work|stop|give|pass|bring|try|use|find
	[deserve|deserves] to|better|a|an|the
	we|congress|america|republicans|democrats [have] to <adverb>? <verb>|be
	[we've|you've|they've] got to <verb>|be
	[gotta] <verb>|be
	[would] be wise|better|smart|well to|off|served
	[recommendation|recommendations|advice] is|are to
	[deserve|deserves] a|an|the|to
	[propose|proposes|proposed|proposing|suggested|suggests|suggest] that ..6 should
`

const notRecommendations = `
	[should|must] <adverb>? have <adverb>? <done>
	[shouldn't] have <done>
	^ [should]
	[should] <personal>
	[should|shouldn't|must|ought] have|be|do? <,>|$
	authority|rationale|support|votes|everything|what|all|one|thing|things|anything|reason|money|tools|resources|information|time|help|boost|cover|only he|she|it|they|we|you|president? [needs|need|have] to
	who|that|which|had [called|calls] for
	not|don't|n't ..4 [necessary|important|essential]
	[advising] the? <Name>
	who|also|jurors|judges [must] agree|convict|rely|worry|face|contend
	[must] rely|worry|contend|agree|love|hate|mean|think
	[must] be <doing>
	[should] go without
	[should|shouldn't] <adverb>? worry|remind|deter|change|surprise|shock|alarm|concern
	[should] be <adverb>? no|minimal
	[must] be <adverb>? stored|considered
	[need] to know|pick|flip|gain|net
	that|which we|you|they [need|have] to
	not going to [encourage]
	if|whether|how|what|who|why|when|which|where ..9 [should|shouldn't|must]
	if|whether|how|what|who|why|when|which|where ..6 [needs|need|ought|have] to
	[must] <adverb>? show|prove|meet|comply|file|submit|register|grant|ask|sign|pass|approve|win|obtain|receive|apply|pay|wait|decide|weigh|demonstrate|clear|undergo|notify|report|first|carry|provide|vote
	[must] <adverb>? be <adverb>? proven|approved|signed|filed|proved|confirmed|registered|ratified|submitted|passed|decided|met|at|between|received|certified|reviewed|sworn|made|completed|resolved
	[should] <adverb>? allow|suffice|benefit|arrive|theoretically|come|reach|boost|happen
	[should] <adverb>? be enough|able|easy|fine|interesting|available|ready|over|getting|seen|about|in|out|familiar|good|happy|plenty|a
	as|than|like|where we|you|they|he|she|it [should|must|ought]
	[should|must] <adverb>? have <adverb>? <adverb>? <done>
	[should|must] <adverb>? have been
	you [need|must|have] to|be
	would|will|who be [called] on
	[should|must] be noted|said|clear|familiar|remembered|obvious|surprising|surprised
	i [should|must] <adverb>? say|admit|confess|note|add|mention|know
	[must] <adverb>? be <adverb>? the|some|a|so|thinking|feeling|wondering|joking|kidding|nice|hard|terrible|going|true|something|thrilled|proud|<progressive>
	[must] <adverb>? feel|know|seem|think
	a [must] <word>
	[should] <adverb>? know|think|expect
	no|not|don't|didn't|doesn't|never|hardly [need|needs|have] to
	don't|doesn't|didn't|not|no|never|isn't [need|have|time|necessary|important] to
	the|a|no|any|of|in|his|her|their|this|that|their|urgent|special [need|needs] to
	for|at|of|in|first|same|last|third|second|next|long|any|every|more|spent|spend|enough|much|his|her|their|my|your|our|some|from|this|that|over|to|little|time|had [time] for|to
	would|will|may|might|could|can [have|need|call] to|on
	they [have] to
	[called|call|calls|calling] on <Name>? to <Name>
	had [called|urged|encouraged]
	[had] better <Name>
	[let's] see|say|face|not
	[encourage|encouraged|encouraging|encourages] ..2 by
	[call|calls|called] for ..2 comment
	[deserve|deserves] the|a|an credit|blame
`

const caveats = `
	it|it's|is|isn't|was|wasn't|remain|remains|remained|not|still|far|also ..2 [unclear|uncertain|unknown] ..2 whether|if|how|what|who|why|when|which|where
	<not> <adverb>? <adverb>? [clear|certain|known] ..2 whether|if|how|what|who|why|when|which|where|that|from
	far from [clear|certain]
	is|are|was|were|remain|remains|remained ..2 [unclear|uncertain|unknown]
	not|wasn't|isn't immediately|yet [clear|known|available|certain]
	no|little|scant|without|zero|no|few <quality>? <quality>? [evidence|proof|indication|guarantee|guarantees|certainty|indications]
	<not> ..4 any <quality>? <quality>? [evidence|proof|indication]
	[evidence|data] is|are|was|remains ..1 thin|mixed|limited|scant|inconclusive|weak|anecdotal|lacking|preliminary|incomplete
	not|too|hard|difficult|impossible|tough|isn't [early|soon|hard|difficult|impossible|tough|easy] to <adverb>? say|know|tell|predict|judge|gauge|draw|determine|measure|assess|quantify|pinpoint|verify|confirm|conclude|call
	[hard|difficult|impossible|tough] to <adverb>? say|know|predict|gauge|determine|measure|assess|quantify|pinpoint|verify|prove|tell|estimate
	[remains|remain] to be seen
	[remains|remain] <adverb>? unproven|unconfirmed|unverified|unsubstantiated|undetermined|inconclusive|speculative|murky
	[may|might] <adverb>? not <adverb>? be|have|work|know|apply|last|reflect|matter|help|mean|happen|survive|even|exist|tell|show|need|hold|prove|include|capture|produce|all|always|actually|necessarily|fully|yet
	[cautioned|cautions|caution|cautioning] that|against|the|it|not
	[warned|warns] against reading|drawing|jumping|assuming|overinterpreting
	^ to be [sure]
	^ [admittedly|granted]
	[caveat|caveats]
	[limitations] of|to|in ..2 data|study|studies|poll|polls|survey|model|models|research|evidence
	[necessarily] mean|prove|translate|represent|reflect|indicate|imply|follow
	<not> [necessarily]
	not|doesn't|didn't|don't [mean|prove|imply|indicate|establish] that|he|she|it|they|the|we|there|anything|a|all|causation
	not|doesn't|didn't|don't [guarantee] that|success|a|an|it|they
	[inconclusive|unproven|unverified|unconfirmed|unsubstantiated]
	[could|can|cannot|can't|couldn't] not? <adverb>? be <adverb>|independently? verified|confirmed|corroborated|determined|ruled|proven|authenticated|substantiated
	not|hasn't|haven't|wasn't|weren't <adverb>? independently? been|be? [verified|confirmed|corroborated|authenticated|proven|substantiated]
	unable|couldn't|cannot|can't|not ..1 be? able? to? independently? [verify|confirm|corroborate|authenticate]
	no way to|of [know|tell|knowing|telling]
	[nobody|one] knows <adverb>? whether|if|how|what|who|why|when|for|exactly
	i|we|they|experts|researchers|scientists|officials|pollsters|economists|investigators|police|authorities don't|didn't|not|cannot|can't|still|yet <adverb>? [know|say] <adverb>? <adverb>? if|whether|for|yet|exactly|precisely|definitively
	margin|margins of sampling? [error]
	[correlation] <word> ..4 causation
	[questions|question|doubts|uncertainty|uncertainties] remain|remains|linger|persist
	open [question]
	[details] were|are|remain ..1 scarce|sparse|few|unclear|scant|sketchy|murky
	few|no|little [details] were|are|have|about
	not yet [known|determined|certain|proven|confirmed|verified|established]
	[yet] to be determined|seen|confirmed|proven
	[based|relies|rely] on ..2 limited|preliminary|incomplete|anecdotal
	[data|study|poll|survey|analysis|figures|numbers|research|findings|estimates|results] ..2 <not> <adverb>? include|account|prove|show|establish|capture|distinguish|reflect
	[small] sample
`

const notCaveats = `
	you|i|we|who|which [may|might] <adverb>? not
	[may|might] <adverb>? not be <adverb>? used|published|reproduced|broadcast|in
	not <adverb>? weak
	[unknown] to|until
	until ..3 [can] be
	[hard] to tell the
	prove|proving a [negative]
	[prove] a negative
	opinions|views|content|columnists|endorse ..8 [necessarily]
	[necessarily] <word> ..4 views|opinions|endorse
	[may|might] or may|might not
	or [may|might] not
	[may|might] <adverb>? not want|like|care|agree|realize|use|require|discriminate|impose|only|just
	if|unless you're|you|are|they're|i'm|it's|is ..1 [clear|certain|known]
	[clear] to
	i|you|we|they don't|didn't [mean|know] that|to
	[mean] to
	[know] ..3 how to
	not to [verify|confirm]
	should|not|will|would [confirm] the|a|an|him|her|<Name>
	[may|might] <adverb>? not seem|mention|look|be speaking
	thought|think|be <not> [necessarily]
	i ..3 [know|say] what|who|how
`

// furniture is what a page says of itself and of its readers.
const furniture = `
	story|article|post|page|report [will] be updated
	[subscribe|newsletter|newsletters|unsubscribe|inbox]
	[sign] up for
	[click] here|to
	[copyright|reprinted] <word>
	[follow] <word> on twitter|facebook|instagram
	[check] back for
	[updated|update] ..3 will
	[photo] by|credit
	[read] more|also
	[contributed] to this
	this [material] may not be published
`

// lists are words by what they are, for patterns.
var lists = map[string]string{
	"adverb": `also likely soon now eventually probably certainly almost never not still only then ever even quickly ultimately
		inevitably undoubtedly surely definitely simply further again increasingly all each both really actually clearly
		potentially possibly very well yet finally initially immediately effectively merely just once
		presumably perhaps easily significantly greatly dramatically strongly seriously sharply directly first
		most automatically permanently temporarily essentially obviously fully largely generally typically always
		instead longer no`,
	"be":         `is are was were be been being isn't aren't wasn't weren't it's he's she's they're we're that's i'm you're there's what's who's appears appear appeared seems seem seemed looks look looked remains remain remained`,
	"determiner": `the a an another one this that these those his her their its our my your each every both few other any no two three four five six many some several most more`,
	"quality": `major serious big significant large huge great real little small profound lasting severe devastating enormous negative positive
		direct credible concrete hard clear strong solid conclusive definitive direct public scientific new further reliable official
		compelling convincing actual physical empirical good`,
	"predicts": `said says say saying told tell announced promised promises predicted predicts predict predicting warned warns warn warning
		expected expects vowed pledged forecast forecasts projected estimated estimates estimate believes believe believed believing
		hoped hopes hope hoping fear fears feared concern concerns concerned worried worry worries signaled indicated insisted suggested
		suggests added confident announcing promising vowing pledging estimating prediction predictions`,
	"proposal": `bill bills plan plans proposal proposals measure measures law laws legislation deal policy policies amendment order orders
		rule rules ban bans act agreement provision provisions program repeal tax taxes cuts budget resolution initiative reform
		overhaul withdrawal shutdown default change changes regulation regulations tariffs sanctions decision ruling strike attack
		failure passage system version cut`,
	"effect": `mean allow give make require cause lead create help hurt cost increase reduce force put leave end raise lower eliminate
		result bring kill destroy ban provide harm weaken strengthen prevent block expand affect change undermine hit save push
		drive trigger encourage become boost benefit limit restrict prohibit impose improve damage devastate jeopardize threaten
		replace restore protect extend prove open send set take turn`,
	"personal":      `i you he she it we they the a an there anyone anybody someone this that`,
	"not":           `not isn't wasn't aren't weren't don't doesn't didn't can't cannot couldn't won't wouldn't hasn't haven't never no nor neither hardly nobody nothing`,
	"progressive":   `getting doing going making trying having looking working living taking`,
	"independently": `independently`,
	"irregular": `been done gone seen made taken given known said had found told won lost led kept cost come become put cut hit let got
		gotten heard held left paid read sent shown sold spent stood thought understood used written begun broken brought built
		caught chosen drawn driven fallen felt fought flown forgotten grown hurt laid lain meant met run set shot shut sat spoken
		struck sworn taught thrown worn bought sunk rung sung begun seen beaten born worked gone dealt split spread`,

	"preposition": `of to in for on with at by from about against into during over after before between under through without within
		among toward towards upon across behind beyond near since until like per via amid despite unlike than as`,
	"conjunction": `and or but nor if when while because although though where whereas so unless whether however that which who whom what
		why how whose there here then`,
	"pronoun": `i you he she it we they him her us them me himself herself itself themselves everyone everybody anyone nobody none nothing something it's that's`,
	"auxiliary": `be is are was were am been being has had did does will would could should must might may can cannot isn't wasn't haven't won't
		having`,
	"notplain": `yes today tomorrow yesterday now too all both such only not never also even just still very much more most less least well`,
}

// notVerbLists are the lists of words that are no plain forms of verbs.
var notVerbLists = [...]string{"determiner", "preposition", "conjunction", "pronoun", "auxiliary", "notplain"}
