//go:build race

package billing_test

// deaths is how often each step of each act is died at. A process that is killed tells the race detector nothing, and
// starts slowly with it: once is enough.
const deaths = 1

// randomRuns is how many random stories a test tells; few show the race detector all pairs of goroutines that there are.
const randomRuns = "10"
