package corpus

// officeFormats are documents of office programs, books and print.
var officeFormats formatTable
