package model_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// reversible is an issued invoice of two lines of hours and a free one.
func reversible() model.InvoiceDetail {
	line := func(name, quantity, price string, percent int64, entries ...string) model.Line {
		return model.Line{
			Name: name, Quantity: decimal.RequireFromString(quantity), Unit: model.UnitHour, Price: decimal.RequireFromString(price),
			Currency: "RON", VAT: model.VATRate{Name: fmt.Sprint("cota ", percent), Percent: decimal.NewFromInt(percent)}, Entries: entries,
			Supply: model.Period{From: model.NewDate(2025, 7, 1), To: model.NewDate(2025, 7, 31)},
		}
	}
	detail := model.InvoiceDetail{Invoice: model.Invoice{
		Intent: "CAD-AAAAAA", Kind: model.KindInvoice, Series: "FCT", Number: "0023", Status: model.StatusIssued,
		IssueDate: model.NewDate(2025, 8, 1), Currency: "RON",
	}}
	detail.Prepared = model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: "RO12345678", Series: "FCT", Currency: "RON", IssueDate: detail.IssueDate,
		Client: model.Client{
			Name: "Acme SRL", Country: "RO", Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj",
			VATNumber: "RO18990071",
		},
		Treatment: model.Treatment{Reason: model.ReasonDomestic, Setting: "Normala"}, PrintIntent: true,
		Lines: []model.Line{
			line("Atlas", "10", "100", 19, "a", "b"), line("Support", "3.5", "80", 19, "c"), line("Books", "2", "50", 11),
		},
	}
	return detail
}

func reversal(line int, quantity string) model.Reversal {
	return model.Reversal{Line: line, Quantity: decimal.RequireFromString(quantity)}
}

// TestPartialStornoSaysWhatItTakesBack holds for what its reader, SmartBill and the law look at.
func TestPartialStornoSaysWhatItTakesBack(t *testing.T) {
	detail := reversible()
	storno, err := detail.PartialStorno([]model.Reversal{reversal(3, "1"), reversal(1, "4")}, model.NewDate(2026, 12, 1))
	if err != nil {
		t.Fatal(err)
	}
	if len(storno.Lines) != 2 || storno.Lines[0].Quantity.String() != "-4" || storno.Lines[1].Quantity.String() != "-1" {
		t.Errorf("its lines are %+v", storno.Lines)
	}
	for i, line := range storno.Lines {
		original := detail.Prepared.Lines[line.Reverses.Line-1]
		if !line.Price.Equal(original.Price) || !line.VAT.Equal(original.VAT) || line.Name != original.Name || len(line.Entries) > 0 ||
			line.Reverses.Invoice != detail.Intent {
			t.Errorf("line %d is %+v of %+v", i+1, line, original)
		}
	}
	if totals := storno.Totals(); totals.Net.String() != "-450" || totals.VAT.String() != "-81.5" || totals.Total.String() != "-531.5" {
		t.Errorf("it amounts to %+v", totals)
	}
	if !strings.Contains(storno.Mentions(), "Storno parțial al facturii FCT 0023 din 2025-08-01") {
		t.Errorf("it mentions %q", storno.Mentions())
	}
	// The rate of 19 % is not the law's any more: it was, on the day of the work.
	if errs := storno.Validate().Errors(); len(errs) > 0 {
		t.Errorf("it is held up by %v", errs)
	}
	if storno.Kind != model.KindPartialStorno || !storno.DueDate.IsZero() || len(storno.Hours) > 0 || storno.SaveClient {
		t.Errorf("it is %+v", storno)
	}
}

func TestPartialStornoIsRefused(t *testing.T) {
	partly := reversible()
	partly.TakenBack = map[int]decimal.Decimal{1: decimal.NewFromInt(7)}
	deducting := reversible()
	deducting.Prepared.Lines[2].Quantity = decimal.NewFromInt(-1)
	on := model.NewDate(2026, 12, 1)
	for name, test := range map[string]struct {
		detail model.InvoiceDetail
		chosen []model.Reversal
		on     model.Date
		want   error
	}{
		"no line":               {reversible(), nil, on, model.ErrNoReversal},
		"a line too many":       {reversible(), []model.Reversal{reversal(4, "1")}, on, model.ErrInvalidField},
		"line 0":                {reversible(), []model.Reversal{reversal(0, "1")}, on, model.ErrInvalidField},
		"nothing of a line":     {reversible(), []model.Reversal{reversal(1, "0")}, on, model.ErrInvalidField},
		"less than nothing":     {reversible(), []model.Reversal{reversal(1, "-1")}, on, model.ErrInvalidField},
		"more than there is":    {reversible(), []model.Reversal{reversal(1, "10.01")}, on, model.ErrInvalidField},
		"more than is left":     {partly, []model.Reversal{reversal(1, "3.01")}, on, model.ErrInvalidField},
		"a line twice":          {reversible(), []model.Reversal{reversal(1, "1"), reversal(1, "1")}, on, model.ErrInvalidField},
		"before the invoice":    {reversible(), []model.Reversal{reversal(1, "1")}, model.NewDate(2025, 7, 31), model.ErrInvalidField},
		"a line that takes off": {deducting, []model.Reversal{reversal(3, "1")}, on, model.ErrInvalidField},
	} {
		if _, err := test.detail.PartialStorno(test.chosen, test.on); !errors.Is(err, test.want) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if _, err := partly.PartialStorno([]model.Reversal{reversal(1, "3")}, on); err != nil {
		t.Errorf("what is left cannot be taken back: %v", err)
	}
	var left *model.NothingLeftError
	_, err := partly.PartialStorno([]model.Reversal{reversal(1, "4")}, on)
	if !errors.As(err, &left) || left.Left.String() != "3" || left.Line != 1 {
		t.Errorf("what is left is told as %+v", left)
	}
}

// TestStornoOfAllLinesIsMinusTheInvoice holds for every invoice, whatever its discount, and in several steps for its discount.
func TestStornoOfAllLinesIsMinusTheInvoice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		detail := reversible()
		cents := func(name string, most int) decimal.Decimal {
			return decimal.New(int64(rapid.IntRange(1, most).Draw(rt, name)), -2)
		}
		for i := range detail.Prepared.Lines {
			detail.Prepared.Lines[i].Quantity, detail.Prepared.Lines[i].Price = cents("quantity", 99999), cents("price", 99999)
		}
		switch rapid.IntRange(0, 2).Draw(rt, "discount") {
		case 1:
			detail.Prepared.Discount.Percent = cents("percent", 10000)
		case 2:
			net := model.Sum(detail.Prepared.Lines).Net
			detail.Prepared.Discount.Value = model.RoundMoney(net.Mul(cents("share", 100)))
		}
		var all []model.Reversal
		for i, line := range detail.Prepared.Lines {
			all = append(all, model.Reversal{Line: i + 1, Quantity: line.Quantity})
		}
		whole := totalsOf(rt, detail, all)
		if want := detail.Prepared.Totals(); !whole.Net.Equal(want.Net.Neg()) || !whole.Total.Equal(want.Total.Neg()) {
			rt.Fatalf("%+v is taken back by %+v", want, whole)
		}
		given := decimal.Zero
		detail.TakenBack = map[int]decimal.Decimal{}
		for n := range detail.Prepared.Lines {
			for detail.LeftOf(n + 1).IsPositive() {
				part := decimal.Min(cents("part", 50000), detail.LeftOf(n+1))
				storno, err := detail.PartialStorno([]model.Reversal{{Line: n + 1, Quantity: part}}, detail.IssueDate)
				if err != nil {
					// A cent of discount is more than the net of next to nothing.
					rt.Skip(err)
				}
				for _, back := range storno.Lines {
					if back.Reverses.Line == 0 {
						given = given.Add(back.Net())
					}
				}
				detail.TakenBack[n+1] = detail.TakenBack[n+1].Add(part)
			}
		}
		if want := detail.Prepared.Totals().Discount; !given.Equal(want) {
			rt.Fatalf("of a discount of %s, %s was taken back in parts", want, given)
		}
	})
}

func totalsOf(rt *rapid.T, detail model.InvoiceDetail, chosen []model.Reversal) model.Totals {
	storno, err := detail.PartialStorno(chosen, detail.IssueDate)
	if err != nil {
		rt.Fatal(err)
	}
	return storno.Totals()
}

func TestStateAfterAReversal(t *testing.T) {
	for name, test := range map[string]struct {
		status   model.Status
		storno   string
		reversed map[int]string
		want     model.Status
		free     []string
	}{
		"nothing":                          {model.StatusIssued, "", nil, model.StatusIssued, nil},
		"a part of a line":                 {model.StatusIssued, "", map[int]string{1: "4"}, model.StatusPartlyReversed, nil},
		"a whole line":                     {model.StatusIssued, "", map[int]string{1: "10"}, model.StatusPartlyReversed, []string{"a", "b"}},
		"all lines":                        {model.StatusPartlyReversed, "", map[int]string{1: "10", 2: "3.5", 3: "2"}, model.StatusReversed, []string{"a", "b", "c"}},
		"nothing any more":                 {model.StatusPartlyReversed, "", nil, model.StatusIssued, nil},
		"not all any more":                 {model.StatusReversed, "", map[int]string{2: "3.5"}, model.StatusPartlyReversed, []string{"c"}},
		"beside a storno of the whole":     {model.StatusReversed, "FCT-0024", map[int]string{2: "3.5"}, model.StatusReversed, []string{"c"}},
		"of one that was cancelled before": {model.StatusCancelled, "", map[int]string{2: "3.5"}, model.StatusCancelled, []string{"c"}},
	} {
		detail := reversible()
		detail.Status, detail.Storno = test.status, test.storno
		reversed := map[int]decimal.Decimal{}
		for line, quantity := range test.reversed {
			reversed[line] = decimal.RequireFromString(quantity)
		}
		if status, free := detail.AfterReversal(detail.Prepared, reversed); status != test.want || !slices.Equal(free, test.free) {
			t.Errorf("%s: it is %s and frees %v", name, status, free)
		}
	}
}

// TestAdvancesAreDeductedAtTheirOwnVAT follows an advance of the time of 19 % onto an invoice of today.
func TestAdvancesAreDeductedAtTheirOwnVAT(t *testing.T) {
	paid := reversible()
	paid.TakenBack = map[int]decimal.Decimal{3: decimal.RequireFromString("0.5")}
	advances := paid.Advances()
	if len(advances) != 1 || advances[0].Line != 3 || advances[0].Left.String() != "1.5" || advances[0].Net().String() != "75" {
		t.Fatalf("the advances are %+v", advances)
	}
	line := advances[0].Deduct(4, "")
	if line.Name != "Avans factura FCT 0023 din 2025-08-01" || line.Quantity.String() != "-1.5" || line.Price.String() != "50" ||
		line.ID != 4 || line.Deducts.VAT.Percent.String() != "11" || line.Deducts.Line != 3 {
		t.Errorf("it is deducted by %+v", line)
	}
	if english := advances[0].Deduct(4, "EN").Name; english != "Advance, invoice FCT-0023 of 2025-08-01" {
		t.Errorf("in English it is %q", english)
	}
	for name, change := range map[string]func(*model.InvoiceDetail){
		"a storno": func(d *model.InvoiceDetail) { d.Kind = model.KindStorno }, "cancelled": func(d *model.InvoiceDetail) { d.Status = model.StatusCancelled },
		"used up":         func(d *model.InvoiceDetail) { d.TakenBack[3] = decimal.NewFromInt(2) },
		"of a simulator":  func(d *model.InvoiceDetail) { d.Elsewhere = true },
		"with a discount": func(d *model.InvoiceDetail) { d.Prepared.Discount.Percent = decimal.NewFromInt(5) },
	} {
		other := reversible()
		other.TakenBack = map[int]decimal.Decimal{}
		if change(&other); len(other.Advances()) > 0 {
			t.Errorf("%s, it is offered: %+v", name, other.Advances())
		}
	}
}

func TestOnlyAStornoMayBeBelowZero(t *testing.T) {
	detail := reversible()
	prepared := detail.Prepared
	prepared.DueDate = prepared.IssueDate
	prepared.Lines = slices.Clone(prepared.Lines)
	prepared.Lines[1].Quantity = decimal.NewFromInt(-12)
	if found, ok := prepared.Validate().For("lines"); ok {
		t.Errorf("a minus line of less than the rest is refused: %+v", found)
	}
	prepared.Lines[1].Quantity = decimal.NewFromInt(-20)
	if found, ok := prepared.Validate().For("lines"); !ok || found.Code != model.FindingTotalNegative {
		t.Errorf("the finding is %+v", found)
	}
}

// Beside the words of many exemptions there is no room for the name of the invoice, which bears those words itself.
func TestMentionsOfAPartialStornoFit(t *testing.T) {
	detail := reversible()
	exempt := detail.Prepared.Treatment
	exempt.Mention = strings.Repeat("Scutit de TVA – art. 292 alin. (1) lit. f) Cod fiscal ", 5)
	detail.Prepared.Treatment = exempt
	storno, err := detail.PartialStorno([]model.Reversal{reversal(1, "4")}, model.NewDate(2026, 12, 1))
	if err != nil {
		t.Fatal(err)
	}
	if got := storno.Mentions(); got != "Storno parțial al facturii FCT 0023 din 2025-08-01" {
		t.Errorf("it mentions %q", got)
	}
}
