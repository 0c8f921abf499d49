package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"cadensa/model"
)

// kimaiJSON is what Kimai's API gives: a list of timesheets, with names when it was asked for in full, and else with ids.
// Source: www.kimai.org/documentation/rest-api.html.
var kimaiJSON = format{
	name:  "kimai-json",
	about: "what the Kimai API gives (a list of timesheets)",
	detect: func(head []byte) bool {
		objects := jsonList{}.firstObjects(head)
		return have(objects, "begin", "activity", "project") && haveOne(objects, "duration", "exported", "hourlyRate")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &kimaiReader{}
		defer reader.ids.tell(into)
		return readList(ctx, file.text, into, reader.record)
	},
}

type kimaiEntry struct {
	Begin       string          `json:"begin"`
	End         string          `json:"end"`
	Seconds     json.RawMessage `json:"duration"`
	Activity    jsonName        `json:"activity"`
	Project     kimaiProject    `json:"project"`
	User        jsonName        `json:"user"`
	Description string          `json:"description"`
	Tags        jsonTags        `json:"tags"`
	HourlyRate  json.RawMessage `json:"hourlyRate"`
	Billable    *bool           `json:"billable"`
	Exported    bool            `json:"exported"`
}

type kimaiProject struct {
	jsonName
	customer struct {
		jsonName
		currency string
	}
}

// UnmarshalJSON implements json.Unmarshaler.
func (p *kimaiProject) UnmarshalJSON(data []byte) error {
	if err := p.jsonName.UnmarshalJSON(data); err != nil || data[0] != '{' {
		return err
	}
	var around struct {
		Customer json.RawMessage `json:"customer"`
	}
	if err := json.Unmarshal(data, &around); err != nil || len(around.Customer) == 0 {
		return err
	}
	if err := p.customer.UnmarshalJSON(around.Customer); err != nil || around.Customer[0] != '{' {
		return err
	}
	var customer struct {
		Currency string `json:"currency"`
	}
	err := json.Unmarshal(around.Customer, &customer)
	p.customer.currency = customer.Currency
	return err
}

type kimaiReader struct{ ids nameless }

func (r *kimaiReader) record(element kimaiEntry) (record, error) {
	r.ids.note("activity", element.Activity.unnamed, "")
	r.ids.note("project", element.Project.unnamed, "")
	r.ids.note("customer", element.Project.customer.unnamed, "")
	r.ids.note("user", element.User.unnamed, "")
	price, priceErr := parsePrice(numeral(element.HourlyRate), currencyCode(element.Project.customer.currency))
	row, err := spanRecord(model.Entry{
		Client:          clean(element.Project.customer.text),
		Project:         clean(element.Project.text),
		Task:            clean(element.Activity.text),
		Description:     clean(element.Description),
		User:            clean(element.User.text),
		Tags:            cleanTags(element.Tags),
		Billable:        element.Billable == nil || *element.Billable,
		AlreadyInvoiced: element.Exported,
		Price:           price,
	}, element.Begin, element.End)
	tracked, trackedErr := parseSeconds(numeral(element.Seconds))
	if !row.end.isZero() {
		row.tracked = tracked
	}
	return row, cmp.Or(err, trackedErr, priceErr)
}
