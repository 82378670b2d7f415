package corpus

// scraperFormats are what programs make of web pages.
var scraperFormats formatTable
