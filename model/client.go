package model

import (
	"net/mail"
	"slices"
	"strings"

	"cadensa/model/taxid"
	"cadensa/model/text"
)

// Client is the legal buyer of an invoice. Client files use the JSON names.
type Client struct {
	Name    string `json:"name"`
	Contact string `json:"contact"`
	Email   string `json:"email"`
	// Country is an ISO 3166-1 alpha-2 code in upper case; XK stands for Kosovo.
	Country string `json:"country"`
	Street  string `json:"street"`
	// PostalCode is folded into the address that is sent; "-" stands for a country without codes.
	PostalCode string `json:"postal_code"`
	City       string `json:"city"`
	// County is the county's name, for Romania only.
	County string `json:"county"`
	// VATNumber is the VAT or tax number; Cleaned brings it into its normal form. A Romanian company registered for VAT writes RO
	// before it.
	VATNumber string `json:"vat_number"`
	// Private marks a person rather than a company.
	Private bool `json:"private"`
	// TrackerNames are globs over what trackers call this client.
	TrackerNames []string `json:"tracker_names"`
	ClientDetails
	ClientDefaults
	// VATProof is the last answer of the EU's register on VATNumber, nil while nobody asked.
	VATProof *VATProof `json:"vat_proof,omitempty"`
}

// The limits of e-Factura's rules (RO_CIUS 1.0.9), in runes after text.Collapse, and the keys that findings name.
const (
	maxClientName = 200 // BR-RO-L203.
	maxStreet     = 150 // BR-RO-L152, for the text with the postal code in it.
	maxCity       = 50  // BR-RO-L0502.
	maxContact    = 100 // BR-RO-L1009.
	maxEmail      = 100 // BR-RO-L1011.
	maxPostalCode = 20  // BR-RO-L0202.

	ruleRequired = "required"
	ruleFormat   = "format"
)

// Romania is the code of the country whose law shapes the invoices.
const Romania = "RO"

// IsRomanian reports whether the client is established in Romania.
func (c Client) IsRomanian() bool { return c.Country == Romania }

// InBucharest reports whether the client's county is the capital, whose city must be a sector.
func (c Client) InBucharest() bool {
	county, ok := CountyNamed(c.County)
	return c.IsRomanian() && ok && county.Name == Bucharest
}

// Address is the street with the postal code, for which SmartBill has no field: "Str. Morii 14, 400001". A code of "-" is left out.
func (c Client) Address() string {
	code := text.Collapse(c.PostalCode)
	if code == "" || code == "-" {
		return text.Collapse(c.Street)
	}
	return text.Collapse(c.Street) + ", " + code
}

// Cleaned returns the client as it is stored and sent: texts cleaned and trimmed, tax number, county and sector in their standard form.
func (c Client) Cleaned() Client {
	c.TrackerNames = slices.Clone(c.TrackerNames)
	for i := range c.TrackerNames {
		c.TrackerNames[i] = text.Collapse(c.TrackerNames[i])
	}
	for _, value := range []*string{&c.Name, &c.Contact, &c.Email, &c.Street, &c.PostalCode, &c.City, &c.County} {
		*value = text.Collapse(*value)
	}
	c.Country = strings.ToUpper(text.Collapse(c.Country))
	c.VATNumber = c.TaxNumber()
	c.ClientDetails, c.ClientDefaults = c.ClientDetails.Cleaned(), c.ClientDefaults.Cleaned()
	c = c.withoutStaleProof()
	if !c.IsRomanian() {
		c.County = ""
		return c
	}
	if county, ok := CountyNamed(c.County); ok {
		c.County = county.Name
	}
	if sector, ok := SectorNamed(c.City); ok && c.InBucharest() {
		c.City = sector
	}
	return c
}

// Matches reports whether text is the client's name or one of its tracker names, without regard to case or diacritics.
func (c Client) Matches(value string) bool {
	if text.Fold(text.Collapse(c.Name)) == text.Fold(text.Collapse(value)) {
		return true
	}
	return slices.ContainsFunc(c.TrackerNames, func(glob string) bool { return text.MatchGlob(glob, value) })
}

// Validate finds what would keep the client off a legal invoice, or make e-Factura reject it days later.
func (c Client) Validate() Findings {
	c = c.Cleaned()
	var f Findings
	checkText(&f, "name", c.Name, FindingNameMissing, maxClientName, "BR-RO-L203", FindingNameTooLong)
	if text.IsVisible(c.Name) && !text.IsName(c.Name) {
		f.fail("name", ruleRequired, FindingNameOfSigns)
	}
	checkLength(&f, "contact", c.Contact, maxContact, "BR-RO-L1009", FindingContactTooLong)
	c.checkEmail(&f)
	if len(c.Country) != 2 {
		f.fail("country", ruleRequired, FindingCountryMissing)
	}
	checkText(&f, "street", c.Street, FindingStreetMissing, maxStreet, "BR-RO-L152", FindingStreetTooLong)
	c.checkPostalCode(&f)
	c.checkCity(&f)
	c.checkTaxNumber(&f)
	c.checkDetails(&f)
	c.checkDefaults(&f)
	return f
}

// ValidateFor is Validate for an invoice of the company with the code: one to itself is most likely a mistake.
func (c Client) ValidateFor(cif string) Findings {
	findings := c.Validate()
	own, ok := taxid.ParseCIF(cif)
	if code, parsed := taxid.ParseCIF(c.VATNumber); ok && parsed && c.IsRomanian() && code.Digits == own.Digits {
		findings.warn("vat_number", "own-company", FindingOwnCompany)
	}
	return findings
}

func checkText(f *Findings, field, value string, missing FindingCode, limit int, rule string, tooLong FindingCode) {
	if !text.IsVisible(value) {
		f.fail(field, ruleRequired, missing)
	}
	checkLength(f, field, value, limit, rule, tooLong)
}

func checkLength(f *Findings, field, value string, limit int, rule string, tooLong FindingCode) {
	if length := text.Length(value); length > limit {
		f.fail(field, rule, tooLong, length, limit)
	}
}

func (c Client) checkEmail(f *Findings) {
	if c.Email == "" {
		return
	}
	address, err := mail.ParseAddress(c.Email)
	if err != nil || address.Address != c.Email {
		f.fail("email", ruleFormat, FindingEmailMalformed)
	}
	if text.Length(c.Email) > maxEmail {
		f.fail("email", "BR-RO-L1011", FindingEmailTooLong, maxEmail)
	}
}

func (c Client) checkPostalCode(f *Findings) {
	switch code := c.PostalCode; {
	case code == "":
		f.fail("postal_code", ruleRequired, FindingPostalCodeMissing)
	case text.Length(code) > maxPostalCode:
		f.fail("postal_code", "BR-RO-L0202", FindingPostalCodeTooLong, maxPostalCode)
	case c.IsRomanian() && code != "-" && (len(code) != 6 || !text.IsDigits(code)):
		f.warn("postal_code", ruleFormat, FindingPostalCodeMalformed)
	}
	if text.Length(c.Street) <= maxStreet && text.Length(c.Address()) > maxStreet {
		f.fail("street", "BR-RO-L152", FindingAddressTooLong, maxStreet)
	}
}

func (c Client) checkCity(f *Findings) {
	checkText(f, "city", c.City, FindingCityMissing, maxCity, "BR-RO-L0502", FindingCityTooLong)
	if !c.IsRomanian() {
		return
	}
	ofCode, sectorOfCode, _ := PlaceOfPostalCode(c.PostalCode)
	if _, ok := CountyNamed(c.County); !ok {
		if ofCode.Name != "" {
			f.fail("county", "BR-RO-111", FindingCountyProposed, ofCode.Name)
			return
		}
		f.fail("county", "BR-RO-111", FindingCountyMissing)
		return
	}
	sector, ok := SectorNamed(c.City)
	switch {
	case !c.InBucharest() || ok || c.City == "":
	case sectorOfCode != "":
		f.fail("city", "BR-RO-101", FindingSectorProposed, sectorOfCode)
	default:
		f.fail("city", "BR-RO-101", FindingSectorMissing)
	}
	c.checkPlaceOfCode(f, sector)
}

// checkPlaceOfCode compares a Romanian postal code with county and sector.
func (c Client) checkPlaceOfCode(f *Findings, sector string) {
	ofCode, sectorOfCode, known := PlaceOfPostalCode(c.PostalCode)
	if !known && (len(c.PostalCode) != 6 || !text.IsDigits(c.PostalCode)) {
		return
	}
	const field, rule = "postal_code", "postal code"
	county, _ := CountyNamed(c.County)
	switch {
	case c.InBucharest() && sectorOfCode == "":
		f.warn(field, rule, FindingPostalCodeNotOfBucharest)
	case !c.InBucharest() && sectorOfCode != "":
		f.warn(field, rule, FindingPostalCodeOfBucharest, sectorOfCode)
	case c.InBucharest() && sector != "" && sector != sectorOfCode:
		f.warn(field, rule, FindingPostalCodeOfSector, sectorOfCode)
	case known && county != ofCode:
		f.warn(field, rule, FindingPostalCodeOfCounty, ofCode.Name)
	}
}
