// Package netsafe keeps the account's credentials from everybody but SmartBill.
package netsafe

import (
	"context"
	"os"
	"os/exec"
	"strings"
)

const (
	// ownPrefix begins the program's own variables, the account's among them.
	ownPrefix = "CADENSA_"
	// tokenVariable holds the token, which a shell's start-up file may have put into other variables too.
	tokenVariable = ownPrefix + "SMARTBILL_TOKEN"
	// tokenBytes is the least that a value must have to be searched for in others: a shorter one is no token, and would
	// be found in every path.
	tokenBytes = 12
)

// Command returns a program that starts without a shell and without the variables of cadensa or those that hold the token. All
// programs are started through it.
func Command(ctx context.Context, name string, arguments ...string) *exec.Cmd {
	command := exec.CommandContext(ctx, name, arguments...)
	command.Env = environment(os.Environ())
	return command
}

// environment leaves out what another program has no need of. It is never nil, which would stand for the whole.
func environment(variables []string) []string {
	token := ""
	for _, variable := range variables {
		if name, value, _ := strings.Cut(variable, "="); strings.EqualFold(name, tokenVariable) {
			token = strings.TrimSpace(value)
		}
	}
	kept := make([]string, 0, len(variables))
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		// Windows takes names in any case.
		own := len(name) >= len(ownPrefix) && strings.EqualFold(name[:len(ownPrefix)], ownPrefix)
		if !own && (len(token) < tokenBytes || !strings.Contains(value, token)) {
			kept = append(kept, variable)
		}
	}
	return kept
}
