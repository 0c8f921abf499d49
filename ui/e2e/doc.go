// Package e2e drives the real program in a real terminal. Its tests carry the build tag e2e: they need tmux, timewarrior
// and pdftotext.
package e2e
