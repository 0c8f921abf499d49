package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

var errClientUnknown = errors.New("add it on the Bill To screen (2), or with cadensa clients import FILE")

// findClient finds a client as pickClient does.
func findClient(ctx context.Context, a *app.App, name string) (model.Client, error) {
	book, err := a.Clients(ctx)
	if err != nil {
		return model.Client{}, err
	}
	return pickClient(book, name)
}

// pickClient finds a client by the legal name, the tax number, a tracker's name or the beginning of the legal name, in this order; case
// and diacritics do not count. Of several candidates a UsageError lists the names; errClientUnknown for none, with the name that was
// probably meant.
func pickClient(book []model.Client, name string) (model.Client, error) {
	typed := folded(name)
	for _, fits := range []func(client model.Client) bool{
		func(client model.Client) bool { return folded(client.Name) == typed },
		func(client model.Client) bool { return hasTaxNumber(client, name) },
		func(client model.Client) bool { return client.Matches(name) },
		func(client model.Client) bool { return typed != "" && strings.HasPrefix(folded(client.Name), typed) },
	} {
		candidates := slices.DeleteFunc(slices.Clone(book), func(client model.Client) bool { return !fits(client) })
		switch len(candidates) {
		case 0:
		case 1:
			return candidates[0], nil
		default:
			return model.Client{}, ambiguousClient(name, candidates)
		}
	}
	return model.Client{}, fmt.Errorf("the address book has no client %q%s: %w",
		text.Clean(name), didYouMean(text.Nearest(name, namesOf(book))), errClientUnknown)
}

func folded(name string) string { return text.Fold(text.Collapse(name)) }

// hasTaxNumber reports whether the typed text is the tax number of a company, a Romanian one with or without RO. Personal codes name
// nobody on a command line, which others can see.
func hasTaxNumber(client model.Client, typed string) bool {
	if client.Private || client.VATNumber == "" {
		return false
	}
	if _, romanian := taxid.ParseCIF(taxid.Normalize(typed)); romanian && client.Country == model.Romania {
		return taxid.CompanyCode(client.VATNumber) == taxid.CompanyCode(typed)
	}
	return taxid.Normalize(client.VATNumber) == taxid.Normalize(typed)
}

func ambiguousClient(name string, candidates []model.Client) error {
	names := make([]string, len(candidates))
	for i, client := range candidates {
		names[i] = fmt.Sprintf("%q", client.Name)
	}
	slices.Sort(names)
	return usage("%q could be any of %s; give the legal name", text.Clean(name), strings.Join(names, ", "))
}

// namesOf are the names that clients are called by, patterns apart.
func namesOf(book []model.Client) []string {
	var names []string
	for _, client := range book {
		names = append(names, client.Name)
		for _, tracked := range client.TrackerNames {
			if !strings.ContainsAny(tracked, "*?[") {
				names = append(names, tracked)
			}
		}
	}
	return names
}

// trackedBy matches the trackers' names of a client, or all for no name. Hours that carry the very name are matched too: those of a client
// who is not in the address book, or whose legal name only begins so.
func trackedBy(ctx context.Context, a *app.App, name string) (func(tracked string) bool, error) {
	if name == "" {
		return func(string) bool { return true }, nil
	}
	typed := model.Client{Name: name}
	client, err := findClient(ctx, a, name)
	if errors.Is(err, errClientUnknown) {
		return typed.Matches, nil
	}
	if err != nil {
		return nil, err
	}
	return func(tracked string) bool { return client.Matches(tracked) || typed.Matches(tracked) }, nil
}
