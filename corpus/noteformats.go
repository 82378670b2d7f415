package corpus

// noteFormats are exports of notebooks.
var noteFormats formatTable
