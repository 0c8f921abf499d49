package config

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

// maxPaymentTerms is a year; the law allows 60 days between companies (Law 72/2013), and longer by agreement.
const maxPaymentTerms = 366

func (r *reading) settings(values map[string]any) Settings {
	settings := Default()
	top := &section{reading: r, values: values}
	choice(top, "theme", &settings.Theme, Themes())
	choice(top, "renderer", &settings.Renderer, Renderers())
	top.zone("time_zone", &settings.TimeZone)
	top.table("smartbill").smartBill(&settings.SmartBill)
	top.table("invoice").invoice(&settings.Invoice)
	top.table("registry").registry(&settings.Registry)
	for _, source := range top.list("source") {
		settings.Sources = append(settings.Sources, source.source())
	}
	for _, rule := range top.list("rule") {
		settings.Rules = append(settings.Rules, rule.rule(settings.Invoice.Currency))
	}
	top.done()
	return settings
}

func (s *section) smartBill(into *SmartBill) {
	s.text("email", &into.Email)
	s.text("cif", &into.CIF)
	var token string
	s.raw("token", &token)
	into.Token = model.Secret(strings.TrimSpace(token))
	s.command("token_command", &into.TokenCommand)
	s.address("base_url", &into.BaseURL)
	s.done()
}

func (s *section) registry(into *Registry) {
	s.address("anaf_url", &into.ANAFURL)
	s.address("vies_url", &into.VIESURL)
	s.address("bnr_url", &into.BNRURL)
	s.done()
}

// address reads where a service answers.
func (s *section) address(key string, into *string) {
	s.text(key, into)
	address, err := checkURL(*into)
	if err != nil {
		s.fail(key, "%w", err)
	}
	*into = address
}

func (s *section) invoice(into *Invoice) {
	s.name("series", &into.Series)
	s.text("proforma_series", &into.ProformaSeries)
	s.currency(&into.Currency)
	s.nameOrNumber("vat", &into.VAT)
	choice(s, "vat_reason", &into.VATReason, append([]model.Reason{""}, model.LineReasons()...))
	choice(s, "vat_status", &into.VATStatus, model.VATStatuses())
	s.flag("vat_on_collection", &into.VATOnCollection)
	choice(s, "supply_date", &into.SupplyDate, append([]model.SupplyDate{""}, model.SupplyDates()...))
	s.name(keyReverseCharge, &into.ReverseChargeVAT)
	s.name(keyOutside, &into.OutsideVAT)
	s.name(keyExempt, &into.ExemptVAT)
	_, into.ReverseChargeNamed = s.value(keyReverseCharge)
	_, into.OutsideNamed = s.value(keyOutside)
	_, into.ExemptNamed = s.value(keyExempt)
	s.text("line_name", &into.LineName)
	s.text("line_details", &into.LineDetails)
	into.Units = s.table("units").unitNames()
	s.number("payment_terms_days", &into.PaymentTermsDays, 0, maxPaymentTerms)
	s.number("quantity_decimals", &into.QuantityDecimals, model.MinQuantityDecimals, model.MaxQuantityDecimals)
	s.flag("save_client", &into.SaveClient)
	s.flag("reference_in_mentions", &into.ReferenceInMentions)
	s.flag("template_prints_reference", &into.TemplatePrintsReference)
	s.flag("shared_series", &into.SharedSeries)
	s.length("settle_after", &into.SettleAfter)
	s.flag("email_after_issue", &into.EmailAfterIssue)
	s.emailText("email_subject", &into.EmailSubject)
	s.emailText("email_message", &into.EmailMessage)
	s.emailText("reminder_subject", &into.ReminderSubject)
	s.emailText("reminder_message", &into.ReminderMessage)
	s.fullPath("pdf_dir", &into.PDFDir)
	s.done()
}

// emailText reads a text with SmartBill's placeholders, which may have several lines.
func (s *section) emailText(key string, into *string) {
	s.raw(key, into)
	*into = model.CleanMessage(*into)
	if err := model.CheckEmailText(*into); err != nil {
		s.fail(key, "is refused: %w", err)
	}
}

// unitNames reads the names that are not the usual ones, nil where all are.
func (s *section) unitNames() model.UnitNames {
	var names model.UnitNames
	for _, unit := range model.Units() {
		name := unit.Romanian()
		s.name(string(unit), &name)
		if name == unit.Romanian() {
			continue
		}
		if names == nil {
			names = model.UnitNames{}
		}
		names[unit] = name
	}
	s.done()
	return names
}

func (s *section) source() model.Source {
	var source model.Source
	before := len(s.reading.problems)
	s.text("format", &source.Format)
	choice(s, "encoding", &source.Encoding, append([]string{""}, model.Encodings()...))
	s.fullPath("path", &source.Path)
	s.command("command", &source.Command)
	s.globs("client_tag", &source.ClientTags)
	s.globs("project_tag", &source.ProjectTags)
	choice(s, "date_order", &source.DateOrder, []string{"", "dmy", "mdy"})
	s.names("columns", &source.Columns)
	s.titles("ignore_columns", &source.IgnoredColumns)
	s.text("user", &source.User)
	choice(s, "billable", &source.Billable, append([]model.BillableMarks{""}, model.AllBillableMarks()...))
	choice(s, "rates", &source.Rates, append([]model.TrackerRates{""}, model.AllTrackerRates()...))
	s.flag("off", &source.Off)
	if len(s.reading.problems) == before && (source.Path == "") == (len(source.Command) == 0) {
		s.fail("", "needs a path or a command, and not both")
	}
	s.done()
	return source
}

func (s *section) rule(currency string) model.Rule {
	rule := model.Rule{Unit: model.UnitHour, Currency: currency}
	s.glob("client", &rule.Client)
	s.glob("project", &rule.Project)
	s.glob("task", &rule.Task)
	s.glob("tag", &rule.Tag)
	choice(s, "unit", &rule.Unit, model.Units())
	s.amount("price", &rule.Price)
	s.currency(&rule.Currency)
	if rounding := s.table("rounding"); rounding.values != nil {
		rule.Rounding = rounding.rounding()
	}
	for _, threshold := range s.list("days") {
		rule.Days = append(rule.Days, threshold.days())
	}
	if len(rule.Days) > 0 && rule.Unit != model.UnitDay {
		s.fail("days", `needs unit = "day"`)
	}
	s.done()
	return rule
}

func (s *section) rounding() model.Rounding {
	rounding := model.Rounding{Direction: model.RoundUp, Scope: model.ScopeEntry}
	s.length("step", &rounding.Step)
	choice(s, "direction", &rounding.Direction, model.Directions())
	s.length("minimum", &rounding.Minimum)
	choice(s, "scope", &rounding.Scope, model.Scopes())
	s.done()
	return rounding
}

func (s *section) days() model.DayThreshold {
	var threshold model.DayThreshold
	if _, set := s.value("at_least"); !set {
		s.fail("at_least", "is missing")
	}
	s.length("at_least", &threshold.AtLeast)
	s.amount("days", &threshold.Days)
	s.done()
	return threshold
}

func (s *section) currency(into *string) {
	s.text("currency", into)
	if !model.IsCurrency(*into) {
		s.fail("currency", "%s is not a currency that SmartBill knows, such as RON or EUR", quoted(*into))
	}
}

// nameOrNumber reads a name, or a number written with or without quotes.
func (s *section) nameOrNumber(key string, into *string) {
	if number, ok := s.values[key].(int64); ok {
		s.value(key)
		*into = strconv.FormatInt(number, 10)
		return
	}
	s.name(key, into)
}

func (s *section) zone(key string, into *string) {
	s.name(key, into)
	if _, err := time.LoadLocation(*into); err != nil {
		s.fail(key, "%s is not a time zone such as Europe/Bucharest", quoted(*into))
	}
}

// The reasons to refuse an address. They do not quote it: it can hold a password.
var (
	errURLForm     = errors.New("must be an address such as " + netsafe.SmartBillURL)
	errURLPassword = errors.New("must not hold a user or a password")
	errURLInsecure = errors.New("must begin with https://, unless it is this computer's own")
)

// checkURL returns the address without a slash at its end. The token is sent there, so it is https or loopback.
func checkURL(address string) (string, error) {
	_, err := netsafe.ParseBaseURL(address)
	switch {
	case err == nil:
		return strings.TrimRight(address, "/"), nil
	case errors.Is(err, netsafe.ErrUserInAddress):
		return "", errURLPassword
	case errors.Is(err, netsafe.ErrInsecure):
		return "", errURLInsecure
	}
	return "", errURLForm
}
