package corpus

// referenceFormats are exports of reference managers and reading lists.
var referenceFormats formatTable
