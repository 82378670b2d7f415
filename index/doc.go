// Package index searches news analyses: it opens an index, keeps it in step
// with a corpus, and answers ranked queries with the passages that show why an
// article matched.
//
//	ix, err := index.Open("news.idx", nil) // created if absent
//	src, err := corpus.Open("archive/")    // a folder, a file, several
//	changes, err := ix.Sync(ctx, src)      // reads only what changed
//	res, err := ix.Search(ctx, index.Query{Text: `"interest rates" topic:economy`})
//
// The nouns are few. An [Index] is a folder on disk, opened by one process for
// writing and by any number for reading. A [Query] says what to look for;
// [Results] hold one page of hits, the facets and the total. A corpus.Article
// is what goes in and comes out.
//
// # Writing and reading
//
// [Index.Add] and [Index.Sync] are durable when they return: what they wrote
// survives a crash of the machine. One process writes at a time; a second one
// gets [ErrLocked]. Readers, in other processes too, are never blocked: each
// search sees the last complete generation of the index, all of a sync or
// nothing of it.
//
// # What a query means
//
// Words stand for all their forms: sanction finds sanctions and sanctioned.
// All words must occur, each in the title, a heading or the body; when no
// article has them all, those with any are returned and Results.Relaxed is
// set. A query in double quotes finds that very wording, stop words included.
//
//	nuclear deterrence           both words
//	"state of the union"         this wording
//	deterrence -trump            without a word
//	topic:security               a topic and those below it
//
// Case and accents don't matter, and u.s. is us.
//
// # Ranking
//
// Scores are BM25F, exactly: k1 = 1.2, b = 0.75, and the weights 2.5 for the
// title, 1.5 for headings and 1 for the body (Robertson and Zaragoza, The
// Probabilistic Relevance Framework, 2009). A phrase is scored as a word would
// be that occurs where the phrase does. The score of an article depends on the
// articles that are there, not on the order, the batches or the deletions that
// led to them. Ties go to the newer article, then to the smaller id.
package index
