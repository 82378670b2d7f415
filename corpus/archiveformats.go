package corpus

// archiveFormats are files that hold other files.
var archiveFormats formatTable
