//go:build !race

package billing_test

// deaths is how often each step of each act is died at.
const deaths = 5
