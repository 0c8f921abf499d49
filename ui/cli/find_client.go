package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/text"
)

var errClientUnknown = errors.New("add it on the Bill To screen (2), or with cadensa clients import FILE")

// findClient finds a client by legal or tracker name. Of several candidates a UsageError lists the names; errClientUnknown for
// none.
func findClient(ctx context.Context, a *app.App, name string) (model.Client, error) {
	book, err := a.Clients(ctx)
	if err != nil {
		return model.Client{}, err
	}
	return pickClient(book, name)
}

// pickClient prefers legal names, which are unique, to trackers' names.
func pickClient(book []model.Client, name string) (model.Client, error) {
	wanted := text.Fold(text.Collapse(name))
	var candidates []model.Client
	for _, client := range book {
		if text.Fold(text.Collapse(client.Name)) == wanted {
			return client, nil
		}
		if client.Matches(name) {
			candidates = append(candidates, client)
		}
	}
	switch len(candidates) {
	case 0:
		return model.Client{}, fmt.Errorf("the address book has no client %q: %w", text.Clean(name), errClientUnknown)
	case 1:
		return candidates[0], nil
	}
	names := make([]string, len(candidates))
	for i, client := range candidates {
		names[i] = fmt.Sprintf("%q", client.Name)
	}
	slices.Sort(names)
	return model.Client{}, usage("--client %q could be any of %s; give the legal name", text.Clean(name), strings.Join(names, ", "))
}

// trackedBy matches the trackers' names of a client, or all for no name. A client who is not in the address book matches by that very
// name.
func trackedBy(ctx context.Context, a *app.App, name string) (func(tracked string) bool, error) {
	if name == "" {
		return func(string) bool { return true }, nil
	}
	client, err := findClient(ctx, a, name)
	if errors.Is(err, errClientUnknown) {
		client, err = model.Client{Name: name}, nil
	}
	if err != nil {
		return nil, err
	}
	return client.Matches, nil
}
