// Package local is the engine on bleve's scorch: articles are kept and merged
// by scorch, matched and ranked by code of our own over its segments.
//
// # Files
//
// An index is a folder:
//
//	newsq.json     what this is: format and schema version
//	LOCK           held by the one process that writes
//	writer.json    who holds it, for the message to the second writer
//	work/          the writer's bleve index, its segments those of package segment
//	generations/N/ published generations, each a bleve index of its own whose
//	               segment files are hard links into work/
//	CURRENT        the name of the generation that readers open
//
// A batch is durable when Write returns: scorch has synced its segment and its
// root. Readers never open work/; Publish makes a generation of it and then
// renames CURRENT, so that they see all of a sync or nothing. A generation is
// removed once it is neither current nor held by a reader.
//
// # Documents
//
// A bleve document is an article or the record of a corpus entry (its id
// starts with a NUL). An article's fields are listed in schema.go. Ranking
// reads one field, text, with a posting for each stem: its frequency is
// 5 x title + 3 x headings + 2 x body, its length is the article's counted
// likewise, so that the weights 2.5, 1.5 and 1 of BM25F are kept as whole
// numbers. Words as written have positions, in a field for each part of the
// article.
package local
