package corpus

// pressFormats are downloads of press databases.
var pressFormats formatTable
