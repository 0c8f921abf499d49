package smartbill_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// These are all the fields that SmartBill's description names: the service rejects any other (Answers, B).
const (
	documentFields = " companyVatCode seriesName isDraft issueDate dueDate deliveryDate paymentDate currency exchangeRate language " +
		"precision issuerName issuerCnp aviz delegateName delegateIdentityCard delegateAuto mentions observations useStock useIntraCif " +
		"usePaymentTax paymentBase colectedTax paymentTotal useEstimateDetails estimate payment paymentUrl sendEmail email client products "
	clientFields  = " name country vatCode isTaxPayer regCom code address city county email phone contact iban bank saveToDb "
	productFields = " name code productDescription translatedName translatedMeasuringUnit measuringUnitName quantity price " +
		"isTaxIncluded taxName taxPercentage currency exchangeRate isService warehouseName saveToDb useSBProductName " +
		"isDiscount numberOfItems discountType discountValue discountPercentage "
	reverseFields = " companyVatCode seriesName number issueDate "
	paymentFields = " companyVatCode type issueDate isDraft seriesName number client value currency exchangeRate precision isCash text " +
		"translatedText language observation useInvoiceDetails invoicesList "
	sendFields     = " companyVatCode seriesName number type to cc bcc subject bodyText "
	namedFields    = " seriesName number "
	estimateFields = " seriesName number useStock "
)

// vocabulary tells, for each path that takes a body, the fields of the body and of what lies within it.
func vocabulary() map[string]map[string]string {
	// Estimates take nothing about stock, payment and delivery (Documents).
	estimate := strings.NewReplacer(" deliveryDate ", " ", " paymentDate ", " ", " useStock ", " ", " usePaymentTax ", " ", " paymentBase ",
		" ",
		" colectedTax ", " ", " paymentTotal ", " ", " useEstimateDetails ", " ", " estimate ", " ", " payment ", " ").Replace(documentFields)
	return map[string]map[string]string{
		"/invoice":         {"": documentFields, "client": clientFields, "products": productFields, "estimate": estimateFields},
		"/estimate":        {"": estimate, "client": clientFields, "products": productFields},
		"/invoice/reverse": {"": reverseFields},
		"/payment":         {"": paymentFields, "invoicesList": namedFields},
		"/document/send":   {"": sendFields},
	}
}

// TestNoOperationSendsAnUnknownField looks into the body of every call that has one.
func TestNoOperationSendsAnUnknownField(t *testing.T) {
	bodies := 0
	eachOperation(t, func(t *testing.T, operation operation) {
		server := serve(t, answerJSON(200, `{"errorText":""}`))
		_ = operation.do(t.Context(), newClient(t, credentials(server.baseURL())))
		if len(server.body) == 0 {
			return
		}
		bodies++
		path := strings.TrimPrefix(server.asked[0].URL.Path, basePath)
		allowed, listed := vocabulary()[path]
		if !listed {
			t.Fatalf("the fields of %s are not listed", path)
		}
		checkFields(t, allowed, "", decoded(t, server.body))
	})
	if bodies != 7 {
		t.Errorf("%d operations have a body; is one not among everyOperation?", bodies)
	}
}

func checkFields(t *testing.T, allowed map[string]string, within string, fields map[string]any) {
	t.Helper()
	for field, value := range fields {
		if !strings.Contains(allowed[within], " "+field+" ") {
			t.Errorf("field %q of %q is unknown to SmartBill", field, within)
		}
		switch value := value.(type) {
		case map[string]any:
			checkFields(t, allowed, field, value)
		case []any:
			for _, element := range value {
				if object, ok := element.(map[string]any); ok {
					checkFields(t, allowed, field, object)
				}
			}
		}
	}
}

func known[V any](t *rapid.T, allowed string, fields map[string]V) {
	for field := range fields {
		if !strings.Contains(allowed, " "+field+" ") {
			t.Fatalf("field %q is unknown to SmartBill", field)
		}
	}
}
