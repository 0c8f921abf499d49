//go:build !race

package billing_test

// deaths is how often each step of each act is died at.
const deaths = 5

// randomRuns is how many random stories a test tells.
const randomRuns = "60"
