package corpus

// feedFormats are feeds.
var feedFormats formatTable
