package corpus

// wireFormats are what news agencies send.
var wireFormats formatTable
