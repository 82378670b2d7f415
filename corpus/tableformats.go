package corpus

// tableFormats are tables with an article in each row.
var tableFormats formatTable
