package corpus

// mailFormats are mail.
var mailFormats formatTable
