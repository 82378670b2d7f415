package corpus

// pageFormats are web pages as programs save them.
var pageFormats formatTable
