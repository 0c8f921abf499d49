package countries

import "slices"

// All returns every country in the Hungarian alphabetical order of the labels.
func All() []Country { return slices.Clone(table[:]) }
