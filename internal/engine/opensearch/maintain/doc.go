// Package maintain takes care of an index as a whole: what it is made with, its state,
// checks, backups, and making it again.
//
// # The life of an index
//
// An alias, such as news, stands for one index, news-1. What makes an index again, a
// rebuild, a repair or a restoration, fills news-2 beside it, which its mapping calls
// unfinished, compares the counts, and lets the alias stand for news-2 in one step.
// Readers go on with the points in time that they have. news-1 is called retired, and
// removed by a later writer when five minutes have passed and no point in time is left;
// or it is kept, after a repair or a forced restoration, for people to delete. All this
// is done under the lease of a writer. An unfinished index is what a process has left
// that died, since whoever has the lease sees no other at work.
//
// # Backups
//
// A backup is a snapshot in a repository of the cluster. It has what was written up to
// its moment, published or not, as after a crash. The server holds each file against its
// checksum when it copies it for the first time.
//
// # Checksums
//
// A check reads every article, but files only through the server. Where
// one wants it, it has the server read them too: writing is stopped for the
// time, the index is cloned, which shares its files, and the clone is made to verify them
// before it starts. The index itself would have to be closed for that, and its points in
// time would end.
package maintain
