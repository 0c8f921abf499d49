package app

import (
	"cmp"
	"context"
	"slices"

	"cadensa/model"
	"cadensa/model/text"
)

// DraftEmail words an e-mail of a document by the settings, to the client's address: that of the address book, which may be newer, or else
// the document's. *model.Refusal for a document that is not e-mailed, *model.CompanyError for one of another company.
func (a *App) DraftEmail(ctx context.Context, reference string, kind model.EmailKind) (model.EmailDraft, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return model.EmailDraft{}, err
	}
	draft := model.EmailDraft{Invoice: detail, Email: model.Email{Kind: kind}}
	if err := a.CheckCompany(ctx, detail.Invoice); err != nil {
		return draft, err
	}
	if refusal := detail.RefusesEmail(kind, a.Today()); refusal != nil {
		return draft, refusal
	}
	known, err := a.Clients(ctx)
	if err != nil {
		return draft, err
	}
	draft.Email.To = detail.Prepared.Client.Email
	if at := slices.IndexFunc(known, func(one model.Client) bool { return text.Fold(one.Name) == text.Fold(detail.ClientName) }); at >= 0 {
		draft.Email.To = cmp.Or(known[at].Email, draft.Email.To)
	}
	draft.Email.Subject, draft.Email.Message = a.Settings().EmailText(kind)
	return draft, nil
}
