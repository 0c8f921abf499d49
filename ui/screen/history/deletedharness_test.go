package history_test

import (
	"context"

	"cadensa/model"
)

func (m *memory) ExamineDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return m.deletionOf(ctx, "examine "+reference, reference)
}

func (m *memory) SettleDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return m.deletionOf(ctx, "settle deleted "+reference, reference)
}

func (m *memory) DecideDeleted(ctx context.Context, reference, number string) (model.Deletion, error) {
	return m.deletionOf(ctx, "decide deleted "+reference+" "+number, reference)
}

// deletionOf answers what the test wants found, and as the ledger does what is asked to be recorded.
func (m *memory) deletionOf(ctx context.Context, call, reference string) (model.Deletion, error) {
	found := m.deletion
	invoice, err := m.act(ctx, call, reference, func(i *model.Invoice) {
		if call != "examine "+reference {
			i.Status, found.Conclusion = model.StatusDeleted, model.DeletionRecorded
		}
	})
	found.Invoice = invoice
	return found, err
}

func (m *memory) Vouch(ctx context.Context, reference, number, client string) (model.Invoice, error) {
	return m.act(ctx, "vouch "+reference+" "+number+" "+client, reference, func(*model.Invoice) {})
}

func (m *memory) OpenCandidate(_ context.Context, reference, number string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opened = append(m.opened, reference+" "+number)
	return "/home/ana/Downloads/FCT-" + number + ".pdf", m.pdfErr
}

func (m *memory) MadeElsewhere(_ context.Context, kind model.Kind, series, number string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acted = append(m.acted, "elsewhere "+string(kind)+" "+series+"-"+number)
	return nil
}
