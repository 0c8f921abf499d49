package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

const (
	anaf = "ANAF"
	// anafPath is version 9 of the service of VAT payers (static.anaf.ro, doc_WS_V9.txt).
	anafPath = "api/PlatitorTvaRest/v9/tva"
	// anafPause keeps to its limit of one request a second, with a margin.
	anafPause = 1100 * time.Millisecond
)

type anafQuestion struct {
	CUI  int64  `json:"cui"`
	Date string `json:"data"`
}

// anafAnswer leaves out cod and message, which are not always there. Found is a list of anafCompany; NotFound holds
// numbers or objects.
type anafAnswer struct {
	Found    json.RawMessage   `json:"found"`
	NotFound []json.RawMessage `json:"notFound"`
}

type anafCompany struct {
	General struct {
		CUI           looseText `json:"cui"`
		Date          looseText `json:"data"`
		Name          looseText `json:"denumire"`
		Address       looseText `json:"adresa"`
		PostalCode    looseText `json:"codPostal"`
		TradeRegister looseText `json:"nrRegCom"`
		Phone         looseText `json:"telefon"`
		IBAN          looseText `json:"iban"`
		State         looseText `json:"stare_inregistrare"`
		EInvoice      flag      `json:"statusRO_e_Factura"`
	} `json:"date_generale"`
	VAT struct {
		Pays flag `json:"scpTVA"`
	} `json:"inregistrare_scop_Tva"`
	Collection struct {
		Registered flag `json:"statusTvaIncasare"`
	} `json:"inregistrare_RTVAI"`
	Inactivity struct {
		Inactive flag      `json:"statusInactivi"`
		Since    looseText `json:"dataInactivare"`
		Removed  looseText `json:"dataRadiere"`
	} `json:"stare_inactiv"`
	Office   anafAddress `json:"adresa_sediu_social"`
	Domicile anafAddress `json:"adresa_domiciliu_fiscal"`
}

// Company asks ANAF about a Romanian company by its code, with or without RO, as of today in Romania. Errors: model.ErrInvalidField
// for what is no code, model.ErrNotFound for one that ANAF does not know, model.ErrUnavailable, context.Canceled.
func (r *Registers) Company(ctx context.Context, cui string) (model.CompanyRecord, error) {
	code, ok := taxid.ParseCIF(cui)
	if !ok {
		return model.CompanyRecord{}, badNumber(anaf, "this is not a CUI: 2 to 10 digits, with or without RO; ANAF was not asked")
	}
	return r.companies.answer(ctx, code.Digits, func(ctx context.Context) (model.CompanyRecord, bool, error) {
		select {
		case <-r.turn:
		case <-ctx.Done():
			return model.CompanyRecord{}, false, unreachable(ctx, anaf, ctx.Err())
		}
		record, err := r.askANAF(ctx, code.Digits)
		return record, true, err
	})
}

func (r *Registers) askANAF(ctx context.Context, digits string) (model.CompanyRecord, error) {
	defer time.AfterFunc(anafPause, func() { r.turn <- struct{}{} })
	number, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return model.CompanyRecord{}, badNumber(anaf, "this is not a CUI; ANAF was not asked")
	}
	asked := r.now()
	today := model.DateOf(asked.In(r.romania))
	given, err := r.ask(ctx, anaf, r.anaf.JoinPath(anafPath), []anafQuestion{{CUI: number, Date: today.String()}})
	if err != nil {
		return model.CompanyRecord{}, err
	}
	company, err := given.company(digits)
	if err != nil {
		return model.CompanyRecord{}, err
	}
	record := company.record()
	record.CUI, record.Source, record.Asked = digits, anaf, asked
	if record.AsOf.IsZero() {
		record.AsOf = today
	}
	return record, nil
}

// company finds the one that was asked for. The body goes before the status: an unknown code may come with 404.
func (a answer) company(digits string) (anafCompany, error) {
	var told anafAnswer
	if err := a.read(&told); err != nil {
		return anafCompany{}, err
	}
	var companies []anafCompany
	listed := bytes.HasPrefix(told.Found, []byte("["))
	if listed && decode(told.Found, &companies) != nil {
		return anafCompany{}, a.unreadable()
	}
	for _, company := range companies {
		if company.code() == digits && company.General.Name.clean() != "" {
			return company, nil
		}
	}
	said := a.status == http.StatusOK || a.status == http.StatusNotFound
	if said && len(companies) == 0 && (listed || len(told.NotFound) > 0) {
		return anafCompany{}, notFound(anaf, "ANAF knows no company with the code "+digits)
	}
	return anafCompany{}, a.unreadable()
}

// code is the company's code without RO and without zeros in front.
func (c anafCompany) code() string {
	return strings.TrimLeft(strings.TrimPrefix(c.General.CUI.clean(), "RO"), "0")
}

func (c anafCompany) record() model.CompanyRecord {
	place := c.place()
	record := model.CompanyRecord{
		Name: c.General.Name.clean(), Street: place.street, PostalCode: place.postalCode, City: place.city, County: place.county,
		PaysVAT: bool(c.VAT.Pays), OnCollection: bool(c.VAT.Pays) && bool(c.Collection.Registered),
		TradeRegister: c.General.TradeRegister.clean(), Phone: c.General.Phone.clean(), IBAN: c.General.IBAN.clean(),
		EInvoice: bool(c.General.EInvoice),
		Inactive: bool(c.Inactivity.Inactive), AsOf: dateIn(c.General.Date),
	}
	if record.Inactive {
		record.InactiveSince = dateIn(c.Inactivity.Since)
	}
	record.RemovedOn = dateIn(c.Inactivity.Removed)
	record.Removed = !record.RemovedOn.IsZero()
	if strings.HasPrefix(text.Fold(c.General.State.clean()), "radi") {
		record.Removed = true
		if record.RemovedOn.IsZero() {
			record.RemovedOn = dateIn(c.General.State)
		}
	}
	return record
}

// place is the registered office, where ANAF has one with a locality, then the fiscal domicile, then the address in one
// line, which is the domicile's.
func (c anafCompany) place() place {
	if office, ok := c.Office.place("s"); ok {
		return office
	}
	if domicile, ok := c.Domicile.place("d"); ok {
		return domicile
	}
	return placeInLine(c.General.Address.clean(), c.General.PostalCode)
}

// dateIn finds the day in "2024-03-29", "29.03.2024" or prose that ends with either ("RADIERE din data 29.03.2024").
func dateIn(t looseText) model.Date {
	for word := range strings.FieldsSeq(t.clean()) {
		for _, layout := range []string{"2006-01-02", "02.01.2006"} {
			if day, err := time.Parse(layout, strings.Trim(word, ",;")); err == nil {
				return model.DateOf(day)
			}
		}
	}
	return model.Date{}
}
