package billto

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The keys of the rows: those that findings name, and the boxes.
const (
	rowName       = "name"
	rowContact    = "contact"
	rowEmail      = "email"
	rowCountry    = "country"
	rowStreet     = "street"
	rowPostalCode = "postal_code"
	rowCounty     = "county"
	rowCity       = "city"
	rowVATNumber  = "vat_number"
	rowPayer      = "vat_payer"
	rowPrivate    = "private"
	rowSave       = "save_client"
)

// labels name the rows that can be wrong, in the form's order.
var labels = []struct{ key, label string }{
	{rowName, "Company name"}, {rowContact, "Contact name"}, {rowEmail, "Email"}, {rowCountry, "Country"},
	{rowStreet, "Street"}, {rowPostalCode, "Postal code"}, {rowCounty, "County"}, {rowCity, "City"},
	{rowVATNumber, "VAT / tax no."},
	{rowTerms, "Days to pay"}, {rowPrice, "Net price"}, {rowUnit, "Per"}, {rowStep, "Round to"}, {rowDirection, "Rounded"},
	{rowScope, "As one"}, {rowMinimum, "At least"}, {rowDays, "Days by hours"}, {rowDecimals, "Quantities"}, {rowCurrency, "Currency"},
	{rowLanguage, "Language"}, {rowVATReason, "VAT"}, {rowSupplyDate, "VAT by day of"},
	{rowNote, "Note"}, {rowTrackers, "Tracker names"},
	{rowTradeRegister, "Trade reg. no"}, {rowPhone, "Phone"}, {rowIBAN, "IBAN"}, {rowBank, "Bank"}, {rowDelegate, "Delegate"},
	{rowDelegateCard, "Identity card"}, {rowDelegateCar, "Car"},
}

// labelWidth is the room of the longest label, in cells.
const labelWidth = 13

type fields struct {
	name                                              *widget.Completion
	contact, email, street, postalCode, city, taxCode *widget.Field
	country, county, sector                           *widget.Picker
	payer, private, save                              *widget.Toggle
	defaults                                          *defaults
	details                                           *details
	// bookName is the name under which the address book has the client.
	bookName string
	// proof is what VIES said of the number when it was asked last.
	proof *model.VATProof
	// located is the place for which county and sector were proposed last, or with which the form was filled.
	located model.Client
}

func newFields(colours theme.Theme, search func(string) []widget.Choice, taken func(widget.Choice),
	findCountries func(string) []widget.Choice) *fields {
	return &fields{
		name:    widget.NewCompletion(colours, search, taken),
		contact: widget.NewField(colours), email: widget.NewField(colours), street: widget.NewField(colours),
		postalCode: widget.NewField(colours), city: widget.NewField(colours), taxCode: widget.NewField(colours),
		country: widget.NewPicker(colours, findCountries), county: widget.NewPicker(colours, findCounties),
		sector:   widget.NewPicker(colours, findSectors),
		payer:    widget.NewToggle("VAT payer (RO before the number)", false),
		private:  widget.NewToggle("private person", false),
		save:     widget.NewToggle("save the client in SmartBill", false),
		defaults: newDefaults(colours), details: newDetails(colours),
	}
}

// form lays the controls out. Romanian addresses name the county before the city, which depends on it.
func (f *fields) form(colours theme.Theme) *widget.Form {
	controls := map[string]widget.Control{
		rowName: f.name, rowContact: f.contact, rowEmail: f.email, rowCountry: f.country, rowStreet: f.street,
		rowPostalCode: f.postalCode, rowCounty: f.county, rowCity: f.city, rowVATNumber: f.taxCode,
	}
	maps.Copy(controls, f.folded())
	var rows, below []*widget.Row
	for _, row := range labels {
		made := &widget.Row{Key: row.key, Label: row.label, Control: controls[row.key]}
		if f.folds(row.key) {
			below = append(below, made)
			continue
		}
		rows = append(rows, made)
	}
	rows[0].Lead = []string{""}
	heading := func(key, title string) {
		at := slices.IndexFunc(below, func(row *widget.Row) bool { return row.Key == key })
		below[at].Lead = []string{"", " " + colours.Strong.Paint(title)}
	}
	heading(rowTerms, "Defaults")
	heading(rowTradeRegister, "On the invoice")
	rows = append(rows, &widget.Row{Key: rowPayer, Control: f.payer}, &widget.Row{Key: rowPrivate, Control: f.private},
		&widget.Row{Key: rowSave, Control: f.save})
	return widget.NewForm(colours, labelWidth, append(rows, below...)...)
}

// folded are the controls of the rows that are hidden until they are asked for.
func (f *fields) folded() map[string]widget.Control {
	controls := f.defaults.controls()
	maps.Copy(controls, f.details.controls())
	return controls
}

func (f *fields) folds(key string) bool {
	_, found := f.folded()[key]
	return found
}

func (f *fields) buyer() model.Buyer {
	client := model.Client{
		Name: f.name.Value(), Contact: f.contact.Value(), Email: f.email.Value(), Country: f.country.Value(),
		Street: f.street.Value(), PostalCode: f.postalCode.Value(), City: f.city.Value(), County: f.county.Value(),
		VATNumber: f.taxCode.Value(), Private: f.private.On(), TrackerNames: f.defaults.trackerNames(),
		ClientDetails: f.details.value(), ClientDefaults: f.defaults.value(), VATProof: f.proof,
	}
	if client.InBucharest() && f.sector.Value() != "" {
		client.City = f.sector.Value()
	}
	return model.Buyer{Client: client, SaveClient: f.save.On(), Known: f.bookName, Typed: f.defaults.typed()}
}

func (f *fields) fill(buyer model.Buyer) {
	client := buyer.Client
	f.name.SetValue(text.Clean(client.Name))
	f.contact.SetValue(text.Clean(client.Contact))
	f.email.SetValue(text.Clean(client.Email))
	f.street.SetValue(text.Clean(client.Street))
	f.postalCode.SetValue(text.Clean(client.PostalCode))
	f.city.SetValue(text.Clean(client.City))
	f.taxCode.SetValue(text.Clean(client.VATNumber))
	f.country.Choose(countryChoice(client.Country))
	f.county.Choose(countyChoice(client.County))
	f.sector.Choose(sectorChoice(client.City))
	f.private.Set(client.Private)
	f.save.Set(buyer.SaveClient)
	f.defaults.fill(client, buyer.Typed)
	f.details.fill(client.ClientDetails)
	f.bookName, f.proof = buyer.Known, client.VATProof
	f.located = f.place()
}

// place is what the form holds of the place alone.
func (f *fields) place() model.Client {
	client := f.buyer().Client
	return model.Client{Country: client.Country, PostalCode: client.PostalCode, City: client.City, County: client.County}
}

// locate chooses a missing county or sector by the place that was typed. It leaves alone a place that was not changed.
func (f *fields) locate() {
	place := f.place()
	if reflect.DeepEqual(place, f.located) {
		return
	}
	found, _ := place.Located()
	if found.County != place.County {
		f.county.Choose(countyChoice(found.County))
	}
	if found.City != place.City {
		f.sector.Choose(sectorChoice(found.City))
	}
	f.located = f.place()
}

// arrangePayer shows whether the number is a VAT payer's, where both kinds look alike but for RO.
func (f *fields) arrangePayer(client model.Client) (asked bool) {
	code, ok := taxid.ParseCIF(client.VATNumber)
	f.payer.Set(ok && code.VAT)
	return ok && client.IsRomanian() && !client.Private
}

// writePayer puts RO before the number, or takes it away, as the box says.
func (f *fields) writePayer() {
	code, ok := taxid.ParseCIF(f.taxCode.Value())
	if !ok || code.VAT == f.payer.On() {
		return
	}
	code.VAT = f.payer.On()
	f.taxCode.SetValue(code.String())
}

// normalise brings the tax number into the form in which it is sent.
func (f *fields) normalise() {
	client := f.buyer().Client
	if taxid.Normalize(client.VATNumber) != "" {
		f.taxCode.SetValue(client.TaxNumber())
	}
}

// arrangeSector takes a sector that was typed as the city, "sector 3", for the choice that it is.
func (f *fields) arrangeSector() {
	if f.sector.Value() == "" {
		f.sector.Choose(sectorChoice(f.city.Value()))
	}
}

func countryChoice(code string) widget.Choice {
	country, ok := countries.ByCode(text.Collapse(code))
	if !ok {
		return screen.PlainChoice(code)
	}
	return widget.Choice{Key: country.Code, Text: country.Code + "  " + country.Label()}
}

func countyChoice(name string) widget.Choice {
	if county, ok := model.CountyNamed(name); ok {
		return screen.PlainChoice(county.Name)
	}
	return screen.PlainChoice(name)
}

func sectorChoice(city string) widget.Choice {
	sector, _ := model.SectorNamed(city)
	return screen.PlainChoice(sector)
}

// The keys of the rows below the heading, as findings name them.
const (
	rowTerms      = "payment_terms_days"
	rowPrice      = "price"
	rowUnit       = "unit"
	rowStep       = "rounding_step"
	rowDirection  = "rounding_direction"
	rowMinimum    = "rounding_minimum"
	rowScope      = "rounding_scope"
	rowDays       = "day_thresholds"
	rowDecimals   = "quantity_decimals"
	rowCurrency   = "currency"
	rowLanguage   = "language"
	rowVATReason  = "vat_reason"
	rowSupplyDate = "supply_date"
	rowNote       = "note"
	rowTrackers   = "tracker_names"
)

// defaults are the controls of what invoices to the client begin with.
type defaults struct {
	terms, note, trackers      *widget.Field
	currency, language, reason *widget.Picker
	supplyDate                 *widget.Picker
	price, step, minimum, days *widget.Field
	unit, direction, scope     *widget.Picker
	decimals                   *widget.Picker
}

func newDefaults(colours theme.Theme) *defaults {
	field := func() *widget.Field { return widget.NewField(colours) }
	picker := func(choices []widget.Choice) *widget.Picker { return widget.NewPicker(colours, searchIn(choices)) }
	return &defaults{
		terms: field(), note: field(), trackers: field(),
		currency: picker(currencies()), language: picker(languages()), reason: picker(reasons()),
		supplyDate: picker(supplyDates()),
		price:      field(), step: field(), minimum: field(), days: field(),
		unit: picker(units()), direction: picker(directions()), scope: picker(scopes()), decimals: picker(decimals()),
	}
}

func (d *defaults) controls() map[string]widget.Control {
	return map[string]widget.Control{
		rowTerms: d.terms, rowPrice: d.price, rowUnit: d.unit, rowStep: d.step, rowDirection: d.direction, rowMinimum: d.minimum,
		rowScope: d.scope, rowDays: d.days, rowDecimals: d.decimals, rowCurrency: d.currency, rowLanguage: d.language,
		rowVATReason: d.reason, rowSupplyDate: d.supplyDate, rowNote: d.note, rowTrackers: d.trackers,
	}
}

// idle reports whether the row means nothing beside what the others hold, so that it need not be shown. A row that holds
// something is never idle.
func (d *defaults) idle(key string) bool {
	rule := d.rule()
	priced, hourly := rule != model.ClientRule{}, rule.Unit == "" || rule.Unit == model.UnitHour
	switch key {
	case rowUnit:
		return !priced
	case rowStep:
		return rule.RoundingStep == "" && (!priced || !hourly)
	case rowDirection:
		return rule.RoundingDirection == "" && (!rule.Rounds() || !hourly)
	case rowMinimum:
		return rule.RoundingMinimum == "" && (!rule.Rounds() || !hourly)
	case rowScope:
		return rule.RoundingScope == "" && (!rule.Rounds() || !hourly)
	case rowDays:
		return rule.DayThresholds == "" && rule.Unit != model.UnitDay
	}
	return false
}

// notDays stands for a text that is no number of days, so that the check names it.
const notDays = -1

func (d *defaults) value() model.ClientDefaults {
	kept := model.ClientDefaults{
		Currency: given(d.currency), Language: given(d.language), VATReason: model.Reason(given(d.reason)),
		SupplyDate: model.SupplyDate(given(d.supplyDate)), Note: d.note.Value(), ClientRule: d.rule(),
	}
	// The keys of the picker are numbers, but for the one that stands for none.
	kept.QuantityDecimals, _ = strconv.Atoi(given(d.decimals))
	if text := text.Collapse(d.terms.Value()); text != "" {
		days, err := strconv.Atoi(text)
		if err != nil {
			days = notDays
		}
		kept.PaymentTermsDays = &days
	}
	return kept
}

func (d *defaults) rule() model.ClientRule {
	return model.ClientRule{
		Price: d.price.Value(), Unit: model.Unit(given(d.unit)), RoundingStep: d.step.Value(), RoundingMinimum: d.minimum.Value(),
		RoundingDirection: model.Direction(given(d.direction)), RoundingScope: model.Scope(given(d.scope)), DayThresholds: d.days.Value(),
	}
}

// typed are the texts that value and trackerNames do not give back as they stand, nil when they give back all.
func (d *defaults) typed() map[string]string {
	typed := map[string]string{}
	if text := d.terms.Value(); text != daysText(d.value().PaymentTermsDays) {
		typed[rowTerms] = text
	}
	if text := d.trackers.Value(); text != namesText(d.trackerNames()) {
		typed[rowTrackers] = text
	}
	if len(typed) == 0 {
		return nil
	}
	return typed
}

func daysText(days *int) string {
	if days == nil {
		return ""
	}
	return strconv.Itoa(*days)
}

func namesText(names []string) string { return text.JoinNames(names, ',', true) }

func (d *defaults) trackerNames() []string { return text.SplitNames(d.trackers.Value(), ',') }

// fill shows a client's, or what was typed in their place.
func (d *defaults) fill(client model.Client, typed map[string]string) {
	d.terms.SetValue(text.Clean(cmp.Or(typed[rowTerms], daysText(client.PaymentTermsDays))))
	d.trackers.SetValue(text.Clean(cmp.Or(typed[rowTrackers], namesText(client.TrackerNames))))
	d.note.SetValue(text.Clean(client.Note))
	d.price.SetValue(text.Clean(client.Price))
	d.step.SetValue(text.Clean(client.RoundingStep))
	d.minimum.SetValue(text.Clean(client.RoundingMinimum))
	d.days.SetValue(text.Clean(client.DayThresholds))
	d.unit.Choose(choiceOf(units(), string(client.Unit)))
	d.direction.Choose(choiceOf(directions(), string(client.RoundingDirection)))
	d.scope.Choose(choiceOf(scopes(), string(client.RoundingScope)))
	d.decimals.Choose(decimalsChoice(client.QuantityDecimals))
	d.currency.Choose(choiceOf(currencies(), client.Currency))
	d.language.Choose(choiceOf(languages(), client.Language))
	d.reason.Choose(choiceOf(reasons(), string(client.VATReason)))
	d.supplyDate.Choose(choiceOf(supplyDates(), string(client.SupplyDate)))
}

// summary says in a few words each what is kept.
func (d *defaults) summary() []string {
	kept := d.value()
	var parts []string
	switch days := kept.PaymentTermsDays; {
	case days == nil:
	case *days == notDays:
		parts = append(parts, "pays in “"+text.Collapse(d.terms.Value())+"”")
	default:
		parts = append(parts, "pays in "+say.TodoNoun("day", "days").Of(*days).In(say.English))
	}
	if words := kept.ClientRule.Cleaned().Cost(); words != "" {
		parts = append(parts, words)
	}
	if kept.QuantityDecimals != 0 {
		parts = append(parts, decimalsChoice(kept.QuantityDecimals).Text)
	}
	if kept.Currency != "" {
		parts = append(parts, "in "+kept.Currency)
	}
	if kept.Language != "" {
		parts = append(parts, "printed in "+kept.Language)
	}
	if kept.VATReason != "" {
		parts = append(parts, choiceOf(reasons(), string(kept.VATReason)).Text)
	}
	if kept.SupplyDate != "" {
		parts = append(parts, "VAT by the day of "+choiceOf(supplyDates(), string(kept.SupplyDate)).Text)
	}
	if note := text.Collapse(kept.Note); note != "" {
		parts = append(parts, "“"+note+"”")
	}
	if names := d.trackerNames(); len(names) > 0 {
		parts = append(parts, "tracked as "+namesText(names))
	}
	return parts
}
