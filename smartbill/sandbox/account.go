package sandbox

import (
	"crypto/subtle"
	"encoding/json"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// The account that a server has when [Config] names none.
const (
	// DefaultEmail is the login of the default account.
	DefaultEmail = "office@sandbox.example"
	// DefaultToken is the API token of the default account.
	DefaultToken = "003|5b1a7c0e9d2f4836a1c4e7b80d3f6a29" //nolint:gosec // opens nothing but the sandbox
	// DefaultCIF is the default account's company that pays VAT.
	DefaultCIF = "RO18547290"
	// DefaultNonPayerCIF is the default account's company that pays no VAT.
	DefaultNonPayerCIF = "91415923"
)

// SeriesType says which documents a series numbers.
type SeriesType string

// The types that GET /series knows.
const (
	InvoiceSeries  SeriesType = "f"
	EstimateSeries SeriesType = "p"
	ReceiptSeries  SeriesType = "c"
)

// Account is one SmartBill Cloud login with the companies that it may use.
type Account struct {
	Email     string
	Token     string
	Companies []Company
}

// Company is an issuer. Its zero switches describe a company in good standing.
type Company struct {
	// CIF is matched exactly, with RO where it is written so here.
	CIF      string
	Name     string
	RegCom   string
	Address  string
	City     string
	County   string
	VATPayer bool
	// VATOnCollection says that the company is in the register of TVA la incasare; only Config.ANAF asks.
	VATOnCollection bool
	Series          []Series
	// Taxes are the pairs that lines of a VAT payer may use.
	Taxes []Tax

	// NoRights takes the user's right to add invoices.
	NoRights bool
	// DocumentLimit is the number of documents the subscription allows; 0 is no limit.
	DocumentLimit int
	// ClosedUntil is the last day, as yyyy-MM-dd, of the closed accounting period.
	ClosedUntil string
	// ProductCodes turns on "Foloseste cod produs": each line needs a code.
	ProductCodes bool
	// NoMailServer refuses whatever needs e-mail to be sent.
	NoMailServer bool
}

// Series is a sequence of document numbers.
type Series struct {
	Name string
	Type SeriesType
	// NextNumber is the number that the next document takes; 0 means 1.
	NextNumber int
	// NoRights takes the user's right to issue in this series.
	NoRights bool
}

// Tax is a named VAT rate of a company; Percentage is 21 for 21 %.
type Tax struct {
	Name       string
	Percentage decimal.Decimal
}

// DefaultAccount is made up, with a company that pays VAT ([DefaultCIF]) and one that does not ([DefaultNonPayerCIF]).
func DefaultAccount() Account {
	return Account{
		Email: DefaultEmail,
		Token: DefaultToken,
		Companies: []Company{
			{
				CIF: DefaultCIF, Name: "Atelierul Cu Plopi SRL", RegCom: "J12/4417/2006",
				Address: "Str. Plopilor 27", City: "Cluj-Napoca", County: "Cluj",
				VATPayer: true,
				Series:   defaultSeries(),
				Taxes: []Tax{
					{"Normala", decimal.NewFromInt(21)},
					{"Redusa", decimal.NewFromInt(11)},
					{"Taxare inversa", decimal.Zero},
					{"SDD", decimal.Zero},
					{"SFDD", decimal.Zero},
					{"TVA Inclus", decimal.Zero},
				},
			},
			{
				CIF: DefaultNonPayerCIF, Name: "Plopescu Ioana PFA", RegCom: "F12/118/2019",
				Address: "Str. Plopilor 29", City: "Cluj-Napoca", County: "Cluj",
				Series: defaultSeries(),
			},
		},
	}
}

func defaultSeries() []Series {
	return []Series{
		{Name: "FCT", Type: InvoiceSeries, NextNumber: 1},
		{Name: "ABC", Type: InvoiceSeries, NextNumber: 1},
		{Name: "PRF", Type: EstimateSeries, NextNumber: 1},
		{Name: "CH", Type: ReceiptSeries, NextNumber: 1},
	}
}

type account struct {
	email, token string
	companies    []*company
	limiter      limiter
}

type company struct {
	Company

	variants  variants
	documents []*document
	payments  []*payment
	mails     []Mail
	// clients is the catalogue that saveToDb fills: name to vatCode.
	clients map[string]string
	// hidesMentions is true while the template does not show the mentions.
	hidesMentions bool
	// findsNothing is true while a call is handled that is to find no document.
	findsNothing bool
}

func newAccount(given Account, config Config) *account {
	opened := &account{
		email:   given.Email,
		token:   given.Token,
		limiter: limiter{limit: config.CallsPerWindow, extend: config.ExtendLockOut},
	}
	for _, firm := range given.Companies {
		firm.Series = slices.Clone(firm.Series)
		firm.Taxes = slices.Clone(firm.Taxes)
		for i := range firm.Series {
			firm.Series[i].NextNumber = max(firm.Series[i].NextNumber, 1)
		}
		opened.companies = append(opened.companies, &company{Company: firm, variants: config.Variants, clients: map[string]string{}})
	}
	return opened
}

func (a *account) admits(email, token string) bool {
	return a.email == email && subtle.ConstantTimeCompare([]byte(a.token), []byte(token)) == 1
}

func (a *account) company(cif string) *company {
	for _, firm := range a.companies {
		if firm.CIF == cif {
			return firm
		}
	}
	return nil
}

func (c *company) series(name string, kind SeriesType) *Series {
	for i := range c.Series {
		if c.Series[i].Name == name && c.Series[i].Type == kind {
			return &c.Series[i]
		}
	}
	return nil
}

// find returns the numbered document, or nil; drafts have no number to be found by.
func (c *company) find(kind SeriesType, series, number string) *document {
	if number == "" || c.findsNothing {
		return nil
	}
	for _, doc := range c.documents {
		if doc.kind == kind && doc.Series == series && doc.Number == number {
			return doc
		}
	}
	return nil
}

type seriesList struct {
	envelope

	List []seriesItem `json:"list"`
}

type seriesItem struct {
	Name       string     `json:"name"`
	NextNumber int        `json:"nextNumber"`
	Type       SeriesType `json:"type"`
}

func (s *Server) listSeries(c *call) (any, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, err
	}
	kind := SeriesType(c.query.Get("type"))
	if kind != "" && !slices.Contains([]SeriesType{InvoiceSeries, EstimateSeries, ReceiptSeries}, kind) {
		return nil, refused("Tipul documentului nu poate fi %s! Parametrul type poate lua valorile: "+
			"'f' pentru factura, 'p' pentru proforma si 'c' pentru chitanta.", kind)
	}
	result := seriesList{List: []seriesItem{}}
	for _, series := range firm.Series {
		if kind == "" || series.Type == kind {
			result.List = append(result.List, seriesItem{series.Name, series.NextNumber, series.Type})
		}
	}
	return result, nil
}

type taxList struct {
	envelope

	Taxes []taxItem `json:"taxes"`
}

type taxItem struct {
	Name       string      `json:"name"`
	Percentage json.Number `json:"percentage"`
}

// listTaxes answers GET /tax; a company that pays no VAT has none.
func (s *Server) listTaxes(c *call) (any, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, err
	}
	result := taxList{Taxes: []taxItem{}}
	for _, tax := range firm.Taxes {
		result.Taxes = append(result.Taxes, taxItem{Name: tax.Name, Percentage: amount(tax.Percentage)})
	}
	return result, nil
}

// The service allows 30 calls in 10 seconds per token, and locks a token that exceeds them out for 10 minutes.
const (
	defaultCallsPerWindow = 30
	window                = 10 * time.Second
	lockOut               = 10 * time.Minute
)

// limiter counts one token's calls in a sliding window. Windows that start afresh would let twice the limit through.
type limiter struct {
	limit    int
	extend   bool // a call while locked out starts the 10 minutes again
	calls    []time.Time
	lockedAt time.Time
	locked   bool
}

// allow counts a call at now and reports whether it is within the limit.
func (l *limiter) allow(now time.Time) bool {
	if l.locked && now.Sub(l.lockedAt) < lockOut {
		if l.extend {
			l.lockedAt = now
		}
		return false
	}
	l.locked = false
	l.calls = slices.DeleteFunc(l.calls, func(at time.Time) bool { return now.Sub(at) >= window })
	if len(l.calls) >= l.limit {
		l.lock(now)
		return false
	}
	l.calls = append(l.calls, now)
	return true
}

func (l *limiter) lock(now time.Time) {
	l.locked, l.lockedAt, l.calls = true, now, nil
}

func (l *limiter) remaining() int {
	return l.limit - len(l.calls)
}

// reset is when the oldest counted call leaves the window; a call was allowed before.
func (l *limiter) reset() time.Time {
	return l.calls[0].Add(window)
}
