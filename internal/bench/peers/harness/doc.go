// Package harness is what the peers written in Go have in common: the articles
// that they read, the queries that they answer, and how they are timed. Those
// in other languages do the same in their own.
//
// It has no imports but the standard library's. The peers with a module of
// their own use a copy under peers/harness, which a test of package bench
// holds equal to this one; were they to import this one, the versions that
// newsq requires would be theirs.
//
// # Articles
//
// A corpus is a file of JSON Lines, each with id, title, text, source, date
// and topics. A date is missing, or a day (2006-01-02), or a time in RFC 3339.
//
// # Queries
//
// A file of queries has one a line: its class, its id and the query, parted by
// tabs. In a query, words are in lower case and of ASCII letters alone, so that
// every tokenizer takes them for the same:
//
//	nuclear talks          articles with any of the words
//	+nuclear +talks        with all of them
//	"nuclear talks"        with the words side by side, as stems or as written
//	nucle*                 with a word that begins so
//
// What else is asked stands before it:
//
//	@count                 the exact number of hits
//	@facet                 how many hits each topic has, over all hits
//	@topic=elections       only articles of that topic
//	@newest                the newest first, and not the best
//
// Ten ids are always asked for. Where neither @count nor @facet stands, the
// number of hits need not be known, and a peer may leave out whatever cannot
// be among the ten.
//
// # Commands
//
//	index JSONL DIR [THREADS]          builds, and prints a Build as JSON
//	merge DIR                          merges to one segment, prints a Build
//	search DIR QUERIES [PASSES]        prints a line for each query
//	check DIR QUERIES                  prints the exact number of hits of each
//	cold DIR QUERY                     opens, searches once, shows ten articles
//	                                   with their marked passages, and exits
//	throughput DIR QUERIES CLIENTS N   prints N searches by CLIENTS as JSON
//	floor                              prints a line: what starting costs
//
// A line of search is class, id, hits, and the median over the passes of the
// time that a query took and of the processor's time that it took, in
// microseconds, parted by tabs; hits ends in + where it is only known that
// there are at least so many, and is - where nothing is known. A last line
// starts with # and has the mean and the 99th percentile of the medians.
package harness
