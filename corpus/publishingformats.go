package corpus

// publishingFormats are exports of publishing systems.
var publishingFormats formatTable
