package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/text"
)

// editFlags are what Review can change about an invoice, as flags. They become the same edits and free lines.
type editFlags struct {
	due, issueDate, supply              string
	rate, currency, discount, vatReason string
	mention                             string
	lines, deduct                       []string

	dueDate model.Due
	edits   model.InvoiceEdits
	free    []model.FreeLine
}

const (
	issueDateFlag = "issue-date"
	mentionFlag   = "mention"
	lineFlag      = "line"
	deductFlag    = "deduct"
)

func (f *editFlags) bind(command *cobra.Command) {
	flags := command.Flags()
	flags.StringArrayVar(&f.lines, lineFlag, nil,
		"add a line without hours, `LINE`: "+model.FreeLineForm+"; the unit is ora, zi or buc; repeat for several")
	flags.StringArrayVar(&f.deduct, deductFlag, nil,
		"subtract what is left of the advance on invoice `REF`, which has no hours and the same client; repeat for several")
	flags.StringVar(&f.issueDate, issueDateFlag, "", "the issue `DATE`, such as "+model.DayForms+"; not in the future (default: today)")
	flags.StringVar(&f.due, "due", "", "the due `DATE`, or +14 for 14 days after the issue date (default: from the payment terms)")
	flags.StringVar(&f.supply, "supply-date", "", "the `DAY` that decides the rate if the VAT changed since the work: work, report, or "+
		"the date of the report")
	flags.StringVar(&f.vatReason, vatReasonFlag, "", vatReasonHelp)
	flags.StringVar(&f.discount, "discount", "", "a `DISCOUNT` on all lines: 10%, or a net amount such as 150.00")
	flags.StringVar(&f.currency, "currency", "",
		"the currency `CODE` of the invoice and of --line; nothing is converted (default: from the rules)")
	flags.StringVar(&f.rate, rateFlag, "",
		"the exchange rate in `LEI` for one unit of the currency (default: BNR's last rate before the invoice)")
	flags.StringVar(&f.mention, mentionFlag, "", "print `TEXT` among the mentions; none if empty (default: the client's note)")
}

// read makes edits and free lines of the flags.
func (f *editFlags) read(command *cobra.Command) (err error) {
	f.edits.Note, f.edits.NoteSet = text.Collapse(f.mention), command.Flags().Changed(mentionFlag)
	if err := readDay(issueDateFlag, f.issueDate, &f.edits.IssueDate); err != nil {
		return err
	}
	if f.dueDate, err = model.ParseDue(f.due); err != nil {
		return wrongFlag("due", err)
	}
	if err := f.readSupplyDate(); err != nil {
		return err
	}
	if f.edits.Discount, err = model.ParseDiscount(f.discount); err != nil {
		return wrongFlag("discount", model.AmbiguousOr(err, fmt.Errorf("it must be %w", err)))
	}
	if f.edits.Currency = strings.ToUpper(strings.TrimSpace(f.currency)); f.currency != "" && !model.IsCurrency(f.edits.Currency) {
		return usage("--currency: %q is not a currency that SmartBill knows, such as RON or EUR", text.Clean(f.currency))
	}
	if f.edits.Lei, err = f.readRate(); err != nil {
		return err
	}
	return f.readLines()
}

func (f *editFlags) readRate() (decimal.NullDecimal, error) {
	lei, err := amountFlag(rateFlag, f.rate)
	if err == nil && lei.Valid && f.edits.Currency == model.DefaultCurrency {
		return lei, errNeedlessRate
	}
	return lei, err
}

// readSupplyDate reads the day that decides the VAT: one of the settings' words, or the day of the report.
func (f *editFlags) readSupplyDate() error {
	if f.edits.SupplyDate = model.SupplyDate(f.supply); f.supply == "" || slices.Contains(model.SupplyDates(), f.edits.SupplyDate) {
		return nil
	}
	f.edits.SupplyDate = model.SupplyByReport
	day, err := model.ParseDay(f.supply)
	if err != nil {
		return wrongFlag("supply-date", model.UnclearOr(err, fmt.Errorf("it is work, report, or the day of the report, not %q", text.Clean(f.supply))))
	}
	f.edits.ReportDate = day
	return nil
}

// readLines numbers the lines from 1, in the order of the flags.
func (f *editFlags) readLines() error {
	for _, typed := range f.lines {
		line, err := model.ParseFreeLine(typed)
		if err != nil {
			return &UsageError{Flag: fmt.Sprintf("--%s %q", lineFlag, text.Clean(typed)), Err: err}
		}
		line.ID = len(f.free) + 1
		f.free = append(f.free, line)
	}
	return nil
}

// completeDates refuses an issue date to come, as Review does, and counts a due date from the issue date.
func (f *editFlags) completeDates(today model.Date) error {
	if f.edits.IssueDate.After(today) {
		return usage("--%s %s is in the future; nothing was sent", issueDateFlag, f.edits.IssueDate)
	}
	f.edits.DueDate = f.dueDate.Of(cmp.Or(f.edits.IssueDate, today))
	return nil
}
