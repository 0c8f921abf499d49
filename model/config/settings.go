// Package config reads and changes the settings file, finds the SmartBill token, and names the program's files. The file is TOML.
// An error in it names its line and key. A change replaces the value on its line, so that the user's comments stay.
package config

import (
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

// Theme is the palette of the screens.
type Theme string

// The themes: by the terminal's COLORFGBG, or fixed.
const (
	ThemeAuto  Theme = "auto"
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// Themes lists the values that the setting takes.
func Themes() []Theme { return []Theme{ThemeAuto, ThemeLight, ThemeDark} }

// Renderer is what draws the screens.
type Renderer string

// The renderers: the program's own, which draws when something changed, and Bubble Tea's, which draws on a ticker.
const (
	RendererPaint     Renderer = "paint"
	RendererBubbleTea Renderer = "bubbletea"
)

// RendererVariable is the environment variable that comes before the setting.
const RendererVariable = "CADENSA_RENDERER"

// Renderers lists the values that the setting takes.
func Renderers() []Renderer { return []Renderer{RendererPaint, RendererBubbleTea} }

// Settings is what the file says, with the default of everything that it leaves out.
type Settings struct {
	// Path is the file that was asked for, and Exists whether it is there.
	Path   string
	Exists bool

	Theme    Theme
	Renderer Renderer
	// TimeZone is an IANA name, in which days begin and end.
	TimeZone  string
	SmartBill SmartBill
	Invoice   Invoice
	Registry  Registry
	Sources   []model.Source
	// Rules stand in the order of the file: the first that matches an entry prices it.
	Rules []model.Rule

	// refusedToken says why the file's token was not taken; nil when it was, or when there is none.
	refusedToken *FileError
}

// SmartBill is the section [smartbill]: the account.
type SmartBill struct {
	Email string
	// CIF is the company's code as the account has it, with RO for a VAT payer.
	CIF string
	// Token is "" when the file has none, and when others can read the file.
	Token model.Secret
	// TokenCommand prints the token on its first line. It runs without a shell.
	TokenCommand []string
	// BaseURL has no slash at its end. It is https, unless the host is this computer.
	BaseURL string
}

// Invoice is the section [invoice]: what a new invoice starts with.
type Invoice struct {
	Series string
	// ProformaSeries is the series of proformas, "" while none was chosen.
	ProformaSeries string
	// Currency is an ISO 4217 code that SmartBill accepts.
	Currency string
	// VAT names the account's tax for domestic invoices, or its rate: "Normala", "21" or "21%". It may name the tax of exempt services.
	VAT string
	// VATReason is what services bear that take place in Romania, one of model.LineReasons; "" is what VAT names.
	VATReason model.Reason
	VATStatus model.VATStatus
	// VATOnCollection states that the company is in the register of TVA la încasare; it counts for a payer only.
	VATOnCollection bool
	// SupplyDate says which day decides the VAT of hours, "" to ask where it matters.
	SupplyDate model.SupplyDate
	// ReverseChargeVAT and OutsideVAT name the account's taxes at 0 % for companies in other EU countries and for
	// companies outside the EU.
	ReverseChargeVAT, OutsideVAT string
	// ReverseChargeNamed and OutsideNamed report that the file says so, rather than taking the default.
	ReverseChargeNamed, OutsideNamed bool
	// ExemptVAT names the account's tax at 0 % for services that the law exempts, ExemptNamed reports that the file says so.
	ExemptVAT   string
	ExemptNamed bool
	// LineName and LineDetails are templates for the texts of lines, as model.LineTexts takes them.
	LineName, LineDetails string
	// Units are the account's names of units, where they are not the usual ones.
	Units            model.UnitNames
	PaymentTermsDays int
	// QuantityDecimals is how many decimals quantities have, model.MinQuantityDecimals to MaxQuantityDecimals.
	QuantityDecimals int
	// SaveClient lets SmartBill keep the client in its own list (saveToDb).
	SaveClient bool
	// ReferenceInMentions prints the reference by which a lost answer is settled.
	ReferenceInMentions bool
	// TemplatePrintsReference states that the account's PDFs print the mentions, before that was seen on one.
	TemplatePrintsReference bool
	// SharedSeries states that another installation bills on the same series.
	SharedSeries bool
	// SettleAfter is how long after sending an invoice that SmartBill does not have counts as not made.
	SettleAfter time.Duration
	// EmailAfterIssue proposes on Review to e-mail each invoice to its client once it is issued.
	EmailAfterIssue bool
	// EmailSubject and EmailMessage are the e-mail of a document, ReminderSubject and ReminderMessage that of an overdue invoice, with
	// SmartBill's placeholders. "" is the account's own template.
	EmailSubject, EmailMessage       string
	ReminderSubject, ReminderMessage string
	// PDFDir is where PDFs go, as written in the file; "" is the user's download folder. Paths.PDFDir resolves it.
	PDFDir string
}

// Registry is the section [registry]: where the public registers answer that look-ups ask.
type Registry struct {
	// The addresses have no slash at their ends. They are https, unless the host is this computer.
	ANAFURL, VIESURL, BNRURL string
}

// Default returns the settings of an empty file.
func Default() Settings {
	return Settings{
		Theme:     ThemeAuto,
		Renderer:  RendererPaint,
		TimeZone:  "Europe/Bucharest",
		SmartBill: SmartBill{BaseURL: netsafe.SmartBillURL},
		Registry:  Registry{ANAFURL: netsafe.ANAFURL, VIESURL: netsafe.VIESURL, BNRURL: netsafe.BNRURL},
		Invoice: Invoice{
			Series: "FCT", Currency: model.DefaultCurrency,
			VAT: "Normala", VATStatus: model.VATPayer, ReverseChargeVAT: "Taxare inversa", OutsideVAT: "SDD",
			ExemptVAT:        "SFDD",
			QuantityDecimals: model.DefaultQuantityDecimals, PaymentTermsDays: 30, SaveClient: true, ReferenceInMentions: true,
			SettleAfter: 2 * time.Minute, EmailSubject: emailSubject, EmailMessage: emailMessage, ReminderSubject: reminderSubject,
			ReminderMessage: reminderMessage,
		},
	}
}

// The e-mails' texts, which clients read, until the settings have others.
const (
	emailSubject = "#tip document# #serie numar document#"
	emailMessage = "Bună ziua,\n\nVă transmitem #tip document# #serie numar document# din #data emiterii#, în valoare de #total document#, " +
		"cu scadența la #data scadentei#.\n\n#link document#\n\nVă mulțumim!"
	reminderSubject = "Reamintire de plată: #tip document# #serie numar document#"
	reminderMessage = "Bună ziua,\n\nVă reamintim că #tip document# #serie numar document# din #data emiterii#, în valoare de #total document#, " +
		"a avut scadența la #data scadentei#. Dacă ați plătit-o între timp, vă rugăm să ignorați acest mesaj.\n\n#link document#\n\nVă mulțumim!"
)

// EmailText is the subject and the message of e-mails of the kind.
func (s Settings) EmailText(kind model.EmailKind) (subject, message string) {
	if kind == model.EmailReminder {
		return s.Invoice.ReminderSubject, s.Invoice.ReminderMessage
	}
	return s.Invoice.EmailSubject, s.Invoice.EmailMessage
}

// Issuer is what the choice of VAT must know of the company.
func (s Settings) Issuer() model.Issuer {
	return model.Issuer{
		Status: s.Invoice.VATStatus, OnCollection: s.Invoice.VATOnCollection && s.Invoice.VATStatus == model.VATPayer, Rate: s.Invoice.VAT,
		Usual:             s.Invoice.VATReason,
		ReverseChargeRate: s.Invoice.ReverseChargeVAT, OutsideRate: s.Invoice.OutsideVAT,
		ReverseChargeNamed: s.Invoice.ReverseChargeNamed, OutsideNamed: s.Invoice.OutsideNamed,
		ExemptRate: s.Invoice.ExemptVAT, ExemptNamed: s.Invoice.ExemptNamed,
	}
}

// LineTexts are the templates for the texts of lines.
func (s Settings) LineTexts() model.LineTexts {
	return model.LineTexts{Name: s.Invoice.LineName, Details: s.Invoice.LineDetails}
}

// The settings that name the account's taxes at 0 %.
const (
	keyReverseCharge = "vat_reverse_charge"
	keyOutside       = "vat_outside_eu"
	keyExempt        = "vat_exempt"
)

// TaxKey is the key, in the section [invoice], that names the account's tax at 0 % for the reason; "" for a reason that
// takes none.
func TaxKey(reason model.Reason) string {
	switch {
	case reason == model.ReasonReverseCharge:
		return keyReverseCharge
	case reason == model.ReasonOutsideEU:
		return keyOutside
	case reason.IsExempt():
		return keyExempt
	}
	return ""
}

// Location loads the time zone.
func (s Settings) Location() (*time.Location, error) {
	location, err := time.LoadLocation(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("load the time zone: %w", err)
	}
	return location, nil
}
