// Package index searches news analyses: it opens an index, keeps it in step
// with a corpus, and answers ranked queries with the passages that show why an
// article matched.
//
//	ix, err := index.Open(ctx, "news.idx", nil) // created if absent
//	src, err := corpus.Open("archive/")         // a folder, a file, several
//	report, err := ix.Sync(ctx, src, nil)       // reads only what changed
//	res, err := ix.Search(ctx, index.Query{Text: `"interest rates" topic:economy`})
//
// The nouns are few:
//
//   - An [Index] is a folder on disk, or lies on an OpenSearch cluster. One process
//     opens it for writing and any number for reading. A corpus.Article is what goes
//     in and comes out.
//   - A [Query] says what to look for and how to show it, with a [Filter] for
//     each facet that is limited.
//   - [Results] are one page: each [Hit] with a [Snippet] for each passage and
//     the [ScorePart]s of its score, the [FacetCounts], and an [AliasUse] for
//     each other name that was looked for.
//   - [TopicRules] give articles topics, and [Aliases] other names to the words
//     of queries. Both are kept with an index.
//   - An [Analysis], a [Diagnosis] and a [Suggestion] help with a query.
//   - What takes time says what it did: [SyncReport], [ApplyTopicsReport],
//     [CompactReport], [CheckReport], [RebuildReport], [BackupReport] and [CopyReport].
//     [Stats] are figures, and a [SourcePath] is where articles came from.
//
// Options are a struct by pointer, of which nil is the zero value: [Options],
// [SyncOptions], [ApplyTopicsOptions], [RebuildOptions], [RestoreOptions],
// [CopyOptions], [InitOptions]. Errors
// are told apart with errors.Is, as [ErrNotFound], and with errors.As, as a
// [*SyntaxError] or an [*AmbiguousError].
//
// # Writing and reading
//
// [Index.Add] and [Index.Sync] are durable when they return: what they wrote
// survives a crash of the machine. One process writes at a time; a second one
// gets [ErrLocked]. Readers, in other processes too, are never blocked: each
// search sees the last complete generation of the index, all of a sync or
// nothing of it. With Options.ReadOnly nothing is ever written: Add, Sync,
// Delete, ApplyTopics and Compact are [ErrReadOnly].
//
// # Where an index is
//
// Location is a folder, its file URL, or the URL of an index on an OpenSearch cluster,
// with the addresses of one or several of its nodes:
//
//	ix, err := index.Open(ctx, "https://a:9200,b:9200/news", nil)
//
// Who asks is in the environment, see [CredentialsFrom], or comes with the context:
//
//	ctx = index.WithCredentials(ctx, index.Credentials{User: "kim", Password: secret})
//
// What runs on servers can fail with them: [ErrServer], and [ErrSnapshotGone] where what
// was being read is lost; Search asks again by itself then. [Copy] moves an index between
// kinds. [PlanInit] and [StatusOf] are for those who run the servers, and
// [Index.Notices] says where an index promises less than one may expect.
//
// # Keeping an index
//
// [Check] reads all of an index and names what is damaged; [Repair] saves what
// can be saved. [Rebuild] makes an index of an older schema readable, as [Open]
// does by itself. [WriteBackup] and [RestoreBackup] copy an index, and
// [Index.Compact] gives back the space of what was deleted.
//
// # What is moved, goes, or is removed
//
// An article keeps its id when its file is moved or renamed, a folder above it too,
// and when it is edited later: a Sync recognises it by what it says where it stands
// in a new place and its old one is gone. Articles whose files are gone stay until a
// Sync prunes, for which the path may be gone as a whole; [Index.Gone] says what is.
// What [Index.Delete] and [Index.DeleteMatching] remove stays out, although its file
// is still there and is read anew: the file removed.jsonl in the index's folder says
// what. SyncOptions.BringBack undoes it.
//
// # Topics
//
// An article has the topics that it came with and, beside them, those that
// [TopicRules] give it and those that were learned from articles that came with
// some, see [Index.TrainTopics], each with its origin. [Index.TopicTree] counts them,
// [Index.ExplainTopics] says why an article has them, and Query.TopicsFrom which
// count. Rules are kept with the index.
// [Index.ApplyTopics] puts others in their place: all articles get their topics
// anew from what is stored, and become visible at once. Where rules differ from
// those that the articles have their topics by, [Index.Sync] does so first. No
// source is read again for it. [TopicRules.Try] says which articles rules would
// catch.
//
// # Explaining and completing
//
// [Index.Analyze] says how a query is read and what each of its parts finds.
// [Index.Diagnose] says which parts keep a query from finding anything, for a
// search without hits or with Results.Relaxed. [Index.Mark] finds what a query
// looks for in any text. [Index.Passages] finds the passages that answer a
// question, across articles. [Index.Suggest] and [Index.Complete] complete a
// query while it is typed.
//
// # The query language
//
// A query is what a person types or pastes. Each line of the examples is one.
//
// Words stand for all their forms, and all of them must occur, each in the
// title, a heading or the body. Case and accents don't matter, u.s. is us, and
// Korea's is korea. A word that is several, such as U.S.-led, is these side by
// side. Spellings of a word are found with each other, the one asked for first:
// e-mail and email, F-16 and F16s, Xi'an and Xian. J. D. is J.D., and Ph.D. is
// PhD. Stop words (the, of, is) are left out where they stand beside other
// words, and count in quotation marks, after = and beside an operator.
//
//	sanction                      any form: sanctions, sanctioned
//	nuclear deterrence            both
//	=sanctions                    this very word
//	"state of the union"          this wording
//	"kim * un"                    * alone is any one word
//	"ballistic miss*"             a word that begins so
//	"oil sanctions"~3             in this order, with up to 3 other words between in all
//
// Operators are written in capitals; and, or, not are words. NOT binds before
// AND, AND before OR. In a headline that is all in capitals they are words too, and
// Results.Warnings says so; it also says where they were taken for operators in
// capitals, unless these are short names: NATO OR EU.
//
//	missile AND talks             both
//	missile OR talks              either
//	missile | talks               likewise
//	oil NOT missile               the first without the second
//	oil -missile                  likewise
//	+missile zebra                the first must occur even when a search is relaxed
//	(missile OR gas) oil          a group
//
// Words that ask rather than say what about, such as why, versus, impact, role of,
// are optional beside others: they add to the score, and Results.Optional tells
// them. Only in quotation marks, after = or +, in a field or alone are they
// demanded.
//
// When few articles have all words that merely stand side by side, Results.Near
// has some that lack the least telling word or two. When none has, compounds are read the
// other way: in languages that write them as one word, two words as their compound, and a
// word that no article has as its two parts, with a warning. When none has these either,
// those with any of the words are returned and Results.Relaxed is set. Hit.Missing says
// what each lacks. With MatchStrict every word is demanded, and there is none of this.
//
// Where the index has learned what words mean, Query.NearMeaning asks for articles that
// are close to the query in meaning and that it doesn't match: Results.NearMeaning. A
// short query that finds nothing has some without being asked.
//
// A word stands for all forms of its stem: bought for buy, crises for crisis,
// labour for labor. Of a name whose stem is another word, written with a capital,
// and of a word that is all of the query, articles with the very word come first:
// Billings before bill.
//
// Well-known names also stand for their other names, which score lower,
// as Results.Aliases tells: but not in quotation marks, after =, beside NEAR, counted,
// or with NoAliases.
//
// NEAR and ADJ find words within so many of each other, 10 if no number is
// given; neighbours are 1 apart. ADJ keeps their order. They join words,
// phrases, patterns, and groups of these with OR between them. Like phrases
// they never reach across the end of a section, a heading or a title. Only the places
// where all are near are marked, and passages with one come first.
//
//	kim NEAR/5 maduro             at most 5 apart, in either order
//	oil ADJ/3 sanction            at most 3 apart, in this order
//	(kim OR korea) NEAR "war games"
//
// NEAR/s is for the same sentence, NEAR/p for the same paragraph. With NOT before it, NEAR
// finds the words that have none of the others near: each place counts, so that an article
// may have both. What NEAR joins may itself be a NEAR in parentheses; a chain without these
// has the same operator throughout. After = a word beside NEAR is that very word.
//
//	oil NEAR/s sanctions          in one sentence; ADJ/s in this order
//	talks NEAR/p missile          in one paragraph
//	oil NOT NEAR/3 war            somewhere without war around it
//	war NOT ADJ/1 games           somewhere without games behind it
//	(oil NEAR/3 war) NEAR/10 (sanctions OR "no one")
//	=sanctions NEAR/s oil
//
// A count demands that something occurs so often in title, headings and body: a word in
// any form, a pattern, a phrase, a NEAR, or several with OR between them, which count
// together. Of words side by side in parentheses each must. It binds closer than NOT and
// not as close as NEAR.
//
//	atleast/3 war                 three times or more
//	atleast/2 (oil OR gas)        either counts
//	atleast/2 (war games)         two of each
//	atleast/2 war ADJ/1 games     twice side by side
//
// They join names as well: any person, organization or place that the text names, or one
// with these words in the name that the article gives it in full.
//
//	sanctions NEAR/5 person:*     whoever is named near the word
//	treaty NEAR/5 place:caracas
//	war ADJ/8 (person:"kim jong un" OR org:nato)
//
// Patterns are held against words as they are written, folded in case and
// accents, and match whole words. A pattern holds a letter or digit at least.
//
//	deterr*                       words that begin so
//	*clear                        * is any run of characters
//	organi?ation                  ? is any one
//	sanction*{1}                  * is at most one character; *{3} at most three
//	madura~                       one letter added, dropped, changed, or two swapped
//	mudaro~2                      two such slips
//	/n(ucl|uke).*/                a regular expression as RE2 has it, without ^ $ \b
//
// Chinese, Japanese and Thai, Lao, Khmer and Burmese, are written without spaces. Their
// characters are found wherever they stand side by side, in whatever words. More than
// four of them are parted into words, unless the query has to be taken as it is
// written; of up to four, where no article has them side by side. The words then must
// all occur, and common ones are left out.
//
//	金正恩为什么害怕马杜罗        金正恩 害怕 马杜罗
//	"金正恩害怕"                  this wording
//	北?大学                       ? is any one character, and so is * between two
//	北*                           the character; also *北
//	北京~                         the characters as they are: there are no slips
//	/北./                         held against each two characters side by side
//
// A field's name and a colon, without a space behind it, limit a word, phrase,
// pattern or group to it. Fields of names are compared word by word as they
// are written; topic, mytag, lang and id by their whole values.
//
//	title:deterrence              the title; also headline:
//	heading:"psychological dimension"
//	body:(oil OR gas)             the text under the headings
//	summary:rates                 the summary, where other words don't look
//	author:okoye                  the authors' names
//	source:"northern ledger"      the outlet
//	place:caracas                 names of places, and so on
//	person:maduro
//	org:"united nations"
//	topic:security                with topics below it, as security/nuclear; also topics: tag:
//	language:pt                   with its regions, as pt-BR; also lang:
//	mytag:trip                    tags of your own, with those below, as trip/lima; also mytags:
//	note:fares                    words of your own notes; also notes:
//	rights:no-ai                  what programs must not learn from; rights:stated has terms of use
//	id:k0*                        an id, or with * the start of one
//	path:archive/korea/*          words of the file's path
//	url:example.org               words of the address
//	title:*                       whatever has a title; likewise topic:* date:*
//
// The lead is the first 50 words of the text, without title, or as many as one says.
// Behind caps: a word is that very word with the capitals that it is written with, none,
// the first alone, all or some, so that a word that begins a sentence has its first. It may
// stand beside NEAR and within the parentheses of other fields of words.
//
//	lead:sanctions                within the first 50 words
//	lead/5:(oil -gas)             within the first 5: the one without the other
//	caps:War                      not war
//	caps:"War games" NEAR/5 start
//	caps:(AIDS OR HIV)            not aids
//	title:(caps:Kim -deterrence)
//
// is: asks for a kind of sentence: a forecast of what will happen, a recommendation of what
// somebody should do, a caveat that limits what is said. The words beside it, in no field
// of their own, must stand together in one such sentence.
//
//	is:forecast sanctions         a sentence that expects something of sanctions
//	is:(recommendation OR caveat)
//	oil NEAR/s is:forecast        likewise
//
// An article's length is the number of words of its title, headings and text.
//
//	words:>20                     and >= < <=
//	words:5..12                   from 5 to 12
//
// What an article quotes is found by its words and by who says it. All said: and by: that
// are joined by AND, or stand side by side, are of one quotation, which may go over several
// paragraphs. Within said: there are
// words, phrases, patterns and groups of these with OR between them, and NEAR; by: has
// words of the speaker's name. By itself, by: asks for articles of an author and for those
// that quote somebody of this name.
//
//	said:ceasefire                in a quotation
//	said:(oil sanctions)          both in one quotation
//	said:"red line" by:kim        in what Kim is quoted to say
//	said:war by:(kim OR maduro)
//	by:"ngozi okoye"              what she wrote, or is quoted in
//
// Dates are those of publication. A range runs from the start of its first
// date to the end of its last, in Query.Location. An article whose source states
// a day alone appeared on that day, wherever one asks.
//
//	date:2022                     also on: year:
//	date:2022-03                  a month
//	date:2022-03-05               a day
//	date:2022-q1                  a quarter
//	date:"march 2022"             names are English
//	date:2020..2021-06            from the start of 2020 to the end of June 2021
//	date:..2020                   one end open
//	date:[2020 TO 2022}           a brace leaves its date out
//	date:>2021                    and >= < <=
//	before:2021                   until: takes the date in
//	after:2021                    since: takes the date in
//	since:2w                      from the day two weeks ago; units are h d w m y
//	date:30d                      the last 30 days
//	date:yesterday                also today, monday, last-week, this-month, last-year
//
// When an article came into the index, whatever its date, is another one: added: takes all
// that date: does. An update of the article keeps it. An article that was indexed before
// such times were kept has none.
//
//	added:2d..                    came in since the day two days ago
//	added:2026-03-05T12:30..      since then
//
// A boost multiplies what a term adds to the score.
//
//	sanctions^3 oil               the first counts three times
//
// Whatever is no operator is text: signs within words (C++, AT&T, 12:30,
// well-being), web addresses, dashes, and a colon behind a word that names no
// field. A backslash makes text of the sign behind it, and of an operator.
// Quotation marks may be of any kind. An empty query, or *, matches every
// article.
//
//	12:30 C++
//	war \OR peace                 three words
//	“state of the union”          a phrase
//	*                             every article
//
// What cannot be read is a [*SyntaxError], which says what is wrong, where,
// and how to mend it. With Query.Lenient every text is a query, and
// Results.Warnings says how it was taken.
//
//	"oil                          unclosed quotation
//	(oil                          unclosed parenthesis
//	oil OR                        nothing to the right of OR
//	autor:okoye                   unknown field autor
//	date:2024-13                  no such month as 2024-13
//	/^oil/                        anchor in a regular expression
//	"oil gas"~2 NEAR war          a quotation with ~ beside NEAR
//	oil NEAR/5 gas NEAR/s war     NEAR/s after NEAR/5
//	atleast/2 -war                a sign or NOT behind atleast/2
//	is:prophecy                   no kind of sentence named prophecy
//	words:many                    no such number of words as many
//
// A query holds at most 4096 bytes, 1024 words, and 64 levels of parentheses
// and signs; a word 256 bytes; a regular expression 128 bytes, and counted
// repeats up to 100. A word's ~ goes to 2, that of a phrase to 1000, like NEAR
// and ADJ, and a boost to 1000. A query within these limits of which the
// patterns stand for so many words in so many places that the answer would
// take seconds is refused with [ErrTooBroad]. No answer is ever a part of one.
//
// # Time
//
// [Index.Timeline] counts what a query finds by days to years, beside all articles, and finds
// bursts: times in which its share of them is far above the usual one. [Index.Surroundings]
// has what was written on the subject of an article before it and after it. With Query.AsOf
// an index answers as if nothing had been published after a day.
//
// # Ranking
//
// Scores are BM25F, exactly: k1 = 1.2, b = 0.75, and the weights 2.5 for the
// title, 1.5 for headings and 1 for the body (Robertson and Zaragoza, The
// Probabilistic Relevance Framework, 2009). A phrase is scored as a word would
// be that occurs where the phrase does. The score of an article depends on the
// articles that are there, not on the order, the batches or the deletions that
// led to them. Ties go to the newer article, then to the smaller id.
//
// An index that has learned from its articles what words mean orders the best 1,000 hits
// anew, unless [RankWords] is asked for. The score counts half; the other half is the cosine
// between the vectors of the article and of the query, the sum of its words' and .7 times
// the mean of the five best hits'. Each is first brought to the same range over these hits,
// so that the best by words keeps a high score. With Query.Recency, what a score has above
// the lowest of them decays with age. What is found, and how much, stays the same.
//
// With Options.Embeddings the vectors of articles and queries are asked for at an endpoint
// instead, to which texts go then; see [Embeddings].
package index
