package billto

import (
	"maps"
	"reflect"
	"slices"

	"cadensa/countries"
	"cadensa/model"
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
