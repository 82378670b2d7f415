// Package store writes an index: the lease, batches, generations, settings, and the
// aliases by which an index is found.
//
// # Names
//
// An archive "news" is an alias. It stands for one index, news-1 or a later one, which
// has documents of all kinds; see package schema. The index news-state has the lease and
// the settings, which are read by id, and so need no refresh.
//
// # Writing
//
// One writer at a time has the lease: a document that is taken by compare and set, and
// renewed until it is given up. Each lease is a session. A document's version is the
// session and the number of the part of a batch, so that the index itself refuses what
// comes too late: from a writer that was held up and has lost its lease, or of an
// operation that is sent again. A new writer first takes from the index the name by which
// the one before wrote, such as news-1-WRITER-7, and gives it one of its own session. What
// comes by a name that is gone is refused, also what nobody else has written since.
//
// No clock of another machine is trusted with the lease: who waits for it takes it over
// when it was not renewed for as long as a lease lives, by the clock of the one who
// waits. Where it is over by what the holder wrote, too, half of that is enough.
//
// The words of a batch are acknowledged before its articles are sent, and written while the
// batch before is still being written.
//
// # Publishing
//
// Nothing is shown until a refresh: the index makes none by itself. A publication writes
// the document of the generation, with the next number, and refreshes. So a point in time
// shows the number of what it shows. The document also says whether something was written
// since, which the next writer then publishes.
//
// There are two exceptions. A copy that is made anew, after a node was lost, shows all
// that was written, published or not; points in time are therefore opened on primary
// shards, which move only then. And shards are refreshed one after the other, so that of
// an index with several of them a point in time may show two generations.
package store
