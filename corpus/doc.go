// Package corpus reads articles from the forms in which people keep them.
//
// An [Article] is one analysis: its text in paragraphs and sections, and what
// is known about it. A [Source] is a corpus that can be read again and again;
// [Open] makes one of files and folders, [FromArticles] one of articles that a program
// has made. [Parse] reads what a program has in memory:
//
//	src, err := corpus.Open("analyses/", "wire.jsonl.gz")
//	for entry, err := range src.Entries(ctx) {
//		for article, err := range entry.Articles(ctx) {
//
// An [Entry] is the unit of change: its stamp tells whether a file needs to
// be read again. Errors that are a *[ReadError] concern one place, and the
// reading goes on after them; nothing is passed over in silence but what the
// person asked to leave out.
//
// # Forms
//
//	.txt .text              plain text
//	.md .markdown           Markdown, with or without front matter
//	.html .htm .xhtml       web pages
//	.json                   an article, a list of them, or an object around a list
//	.jsonl .ndjson          one article a line, in files of any size
//
// Each may be compressed, with .gz or .zst after its extension. Files without
// an extension, and standard input, are told by their content. Characters may
// be in any common encoding.
//
// A program adds a [Format] of its own with [Options].Formats. Each format has
// a version, which is part of the stamps of its files: when its reader changes,
// these are read again and no others.
//
// # What is read out of a file
//
// JSON and front matter state their fields under many names; those in common
// use are known ("headline", "datePublished", "byline"), and [Options].Map
// adds others. In JSON a text may be a string, a list of paragraphs, or the tree
// of sections and blocks that an editor keeps; keywords may be pairs of a sort
// and a value. A web page states them in its metadata. Plain text states
// nothing, so what a person would see is looked for:
//
//   - Paragraphs are parted by blank lines, or stand one a line; lines that
//     were broken at a fixed width are joined.
//   - A heading is a short line that starts with a capital and has no stop at
//     its end, between two paragraphs. Underlined lines and those that start
//     with number signs are headings too.
//   - The title is a first line that looks like a heading, else the beginning
//     of the first sentence, without who said so.
//   - A byline, a line with a date, and the date in a dateline or in the name
//     of the file give authors and date. When a file was modified says nothing
//     about when its text was published, and is not used.
//
// A date may be stated under many names and in many forms. Of several names for
// the same the best that holds a date counts; one that holds something else is
// told. 05/03/2024 is 5 March where the source states a language that puts the
// day first, as most do and English outside the United States does, else 3 May.
//
// No word of a text is lost: what is in a file stands in the title, the
// headings or the body of its article, or, as far as a field holds it whole,
// in that field. What was there and not understood is told by an error that is
// [ErrPartial], beside the article: an object with much more prose than came out
// of it, an author or a date that none can be read from.
package corpus
