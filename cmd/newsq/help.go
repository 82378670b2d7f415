package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/newsq/newsq/internal/config"
)

// queryHelp is the help on the query language, as far as it is needed every day.
// The reference is the documentation of package index.
func queryHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "query",
		Short: "The query language",
		Long: `The query language

  interest rates              both words, in any form ("rate", "rated")
  "interest rates"            exactly these words in this order
  =rates                      exactly this word
  rates OR inflation          either; AND binds before OR, parentheses group
  rates NOT inflation         without the second; also  rates -inflation
  +rates inflation            the first must occur even where not all words do
  rat*   organi?ation         any ending; any one letter
  recesion~                   also what is spelled nearly so
  /rat(e|io)s/                a regular expression, held against whole words
  "bank * rates"              * alone in a quotation is any one word
  sanctions NEAR/5 oil        at most 5 words apart; ADJ/5 in this order
  sanctions NEAR/5 person:*   whoever is named near it; also org:* place:caracas
  oil NEAR/s sanctions        in one sentence; NEAR/p in one paragraph
  oil NOT NEAR/5 embargo      somewhere without the other near it
  (oil NEAR/3 price) NEAR/10 (ecb OR fed)
  atleast/3 sanctions         three times or more
  "sanctions oil"~5           the same words with up to 5 others between
  sanctions^3 oil             the first counts three times

  title:deterrence            in one field: title, heading, body, summary
  author:okoye                words of a name; also source, place, person, org
  source:"northern ledger"    a name of several words
  said:"red line" by:kim      in what somebody of this name is quoted to say
  is:forecast sanctions       in one sentence that says what will happen; also
                              is:recommendation and is:caveat
  lead:sanctions              in the first 50 words; lead/100: in the first 100
  caps:AIDS                   with these capitals
  words:>1000   words:5..12   as long as this, in words
  topic:security/nuclear      on this topic or what lies below it
  language:pt                 in this language and its regions; also lang:
  mytag:trip                  tagged so by you, or below it; note:fares in your notes
  rights:no-ai                what programs must not learn from; also rights:stated
  id:k0*                      an article's id, or the start of one
  path:archive/korea/*        words of the file's path; so also of its url
  topic:*                     whatever has a topic; so also of other fields

  date:2022   date:2022-03   date:2022-03-05   date:"march 2022"
  date:2022-q1                a quarter of a year
  date:2024..2025   date:30d..   date:yesterday
  since:2w   after:2021   until:2021   before:2020

Operators are written in capitals; "and" is a word like any other, and in a
headline that is all in capitals so is AND. Words that ask, such as why, versus
or impact, are optional; +impact demands it. When few
articles have all the words, some follow that lack one or two, each marked; when
none has, those with some of the words are shown, and newsq says so.

Queries are in any script. Full-width signs and letters mean what the plain ones
do, quotation marks are those of any language, and commas, stops and question
marks of each part words: title：北京 （导弹 ＯＲ 火箭）, „Путин“ «Си», ما الحرب؟
Chinese, Japanese and Thai are parted into words where there are no spaces:
金正恩为什么害怕马杜罗 is 金正恩 害怕 马杜罗. In 北?大学 the ? is one character.

Well-known names are also found under their other names, North Korea as DPRK
and КНДР, unless they stand in a form that asks for the very word; --no-aliases
leaves that out.

  newsq search --analyze QUERY

shows how a query is read: for each part the articles that match it alone, those
that the query would find without it, and the words that it stands for, with the
number of titles, headings and bodies that hold each.

The shell takes quotation marks, parentheses and * for itself. Put a query that
has them in single quotes:

  newsq search '"interest rates" AND (ecb OR fed)'

A query that begins with - goes after --:

  newsq search -- -inflation rates`,
	}
}

// configHelp is the help on settings.
func (a *app) configHelp() *cobra.Command {
	file := config.File(a.getenv)
	if file == "" {
		file = "(none: this user has no folder for configuration)"
	}
	return &cobra.Command{
		Use:   "config",
		Short: "Settings, by file and environment",
		Long: `Settings

A flag can be given a value once and for all, in the file

  ` + file + `

under the flag's name, a line each:

  index: ~/news.idx
  limit: 20
  facet: [topic, year]

or in the environment, as ` + config.Variable("index") + `, ` + config.Variable("limit") + `, ` + config.Variable("not-topic") + ` and so on.
A flag goes before the environment, the environment before the file.

Besides flags there are:

  pager      the command that shows long output; else $PAGER, else less
  aliases    a file of other names for words of queries; else aliases.yaml in the
             folder of the index, else the built-in ones
  timezone   whose days dates are, asked for and shown, "Europe/Berlin"

  engine-user, engine-password-file, engine-api-key-file
             who asks an OpenSearch cluster; the files have a secret in their first
             line, and are readable to you alone
  engine-ca, engine-cert, engine-key
             files in PEM: who vouches for the cluster, and your own certificate

Secrets may also be in the environment, as NEWSQ_ENGINE_PASSWORD or
NEWSQ_ENGINE_API_KEY. They are in no flag and no URL, which others can see.

  embeddings-url, embeddings-model
             an endpoint as OpenAI's, "https://host/v1", and which of its models
             makes the vectors of articles and queries, in place of what is
             learned from the articles. Title and beginning of each article and
             the words of queries are sent there; not what is under embargo, nor
             what its rights forbid (rights:no-ai)
  embeddings-key-file
             the key for it, in the first line; or NEWSQ_EMBEDDINGS_KEY
  embeddings-dims, embeddings-chars, embeddings-batch, embeddings-rate
             dimensions (else the model's), characters of an article that are
             sent (2000), articles in a request (32), requests a minute
  embeddings-query-prefix, embeddings-passage-prefix
             what the model wants before a query and an article, "query: "
  embeddings-timeout
             how long a search waits for the vector of its words (2s)
  embeddings-plain-http
             true lets texts go over http:// to another machine

  notify-secret-file
             what messages of --notify are signed with, in the first line; or
             NEWSQ_NOTIFY_SECRET

The index is in the folder or at the URL that --index names, else in the nearest
folder .newsq in this or a folder above, else in newsq's data folder of this
user.

All settings: ` + wrapList(config.Keys(), len("All settings: ")),
	}
}

// wrapList joins words into lines of 80 columns. The first line has used columns
// already.
func wrapList(words []string, used int) string {
	var b strings.Builder
	for i, w := range words {
		if i < len(words)-1 {
			w += ","
		}
		switch {
		case i == 0:
		case used+1+len(w) > 80:
			b.WriteByte('\n')
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(w)
		used += len(w)
	}
	return b.String()
}
