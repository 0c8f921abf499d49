package document

// Printable shows tests what is left of a text on paper.
var Printable = printable
