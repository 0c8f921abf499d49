package model

// Preferences are the settings as the screens see them: without the token, which never reaches a screen again.
type Preferences struct {
	Email string
	// CIF is the company's code as the account has it.
	CIF     string
	BaseURL string
	// TokenFrom names the place that the token was found in ("keyring", "settings file", …), "" when there is none.
	TokenFrom string
	Series    string
	// ProformaSeries is the series of proformas, "" while none was chosen.
	ProformaSeries string
	// LineTexts say how lines are named and described.
	LineTexts LineTexts
	// UnitNames are the account's own names of units, nil where they are the usual ones.
	UnitNames UnitNames
	// QuantityDecimals are those of the settings and of the clients that have their own.
	QuantityDecimals QuantityDecimals
	Currency         string
	Issuer           Issuer
	// SupplyDate says which day decides the VAT of hours, "" to ask where it matters.
	SupplyDate SupplyDate
	// PaymentTermsDays is the number of days from the issue date to the due date.
	PaymentTermsDays int
	SaveClient       bool
	// EmailAfterIssue proposes to e-mail each invoice once it is issued, EmailSubject and EmailMessage are what it says.
	EmailAfterIssue            bool
	EmailSubject, EmailMessage string
	PrintIntent                bool
	// PDFFolder is where invoices' PDFs are saved.
	PDFFolder string
	// Clients is the address book, the client used last first.
	Clients []Client
	// Rules are first the clients' own price rules, ClientRules in number, then the settings'.
	Rules       []Rule
	ClientRules int
	// Sources are those of the settings, in the order of the file.
	Sources []Source
	// Theme is the palette of the screens: "auto", "light" or "dark".
	Theme string
	// SettingsFile is the path of the file that holds them.
	SettingsFile string
}

// Connected reports whether everything is there that a call to SmartBill needs.
func (p Preferences) Connected() bool { return p.Email != "" && p.CIF != "" && p.TokenFrom != "" }

// SourceOffer is a place that hours could be read from, offered when no source is set up yet.
type SourceOffer struct {
	// Label says what it is: "timewarrior: timew export".
	Label   string
	Format  string
	Path    string
	Command []string
	// Columns and IgnoredColumns name those of a sheet, as in Source.
	Columns        map[string]string
	IgnoredColumns []string
}
