package model

import (
	"slices"
	"strings"
)

// Severity tells how much a finding weighs.
type Severity string

// The severities of a finding. An error keeps an invoice from being issued; a warning is shown and left to the user.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is one thing that is wrong with a field, and the rule that says so.
type Finding struct {
	// Field is the key of the generic JSON that the finding is about, such as "postal_code" or "lines[2].name".
	Field string
	// Rule names its source, such as "BR-RO-101" of the e-Factura rules, or "required".
	Rule string
	Code FindingCode
	// Values are what the code's sentence tells, in the order in which it tells them.
	Values   []any
	Severity Severity
}

// FindingCode says what is wrong. In brackets stand the values of its finding; those of a line begin with its number, from 1.
type FindingCode string

// What can be wrong with a client.
const (
	FindingNameMissing              FindingCode = "name-missing"
	FindingNameOfSigns              FindingCode = "name-of-signs"
	FindingNameTooLong              FindingCode = "name-too-long"    // (length, limit)
	FindingContactTooLong           FindingCode = "contact-too-long" // (length, limit)
	FindingTradeRegisterMalformed   FindingCode = "trade-register-malformed"
	FindingPhoneTooLong             FindingCode = "phone-too-long" // (length, limit)
	FindingIBANInvalid              FindingCode = "iban-invalid"
	FindingDelegateMissing          FindingCode = "delegate-missing"
	FindingDelegateCardMissing      FindingCode = "delegate-card-missing"
	FindingEmailMalformed           FindingCode = "email-malformed"
	FindingEmailTooLong             FindingCode = "email-too-long" // (limit)
	FindingCountryMissing           FindingCode = "country-missing"
	FindingStreetMissing            FindingCode = "street-missing"
	FindingStreetTooLong            FindingCode = "street-too-long"  // (length, limit)
	FindingAddressTooLong           FindingCode = "address-too-long" // (limit)
	FindingPostalCodeMissing        FindingCode = "postal-code-missing"
	FindingPostalCodeTooLong        FindingCode = "postal-code-too-long" // (limit)
	FindingPostalCodeMalformed      FindingCode = "postal-code-malformed"
	FindingPostalCodeNotOfBucharest FindingCode = "postal-code-not-of-bucharest"
	FindingPostalCodeOfBucharest    FindingCode = "postal-code-of-bucharest" // (its sector)
	FindingPostalCodeOfSector       FindingCode = "postal-code-of-sector"    // (its sector)
	FindingPostalCodeOfCounty       FindingCode = "postal-code-of-county"    // (its county)
	FindingCityMissing              FindingCode = "city-missing"
	FindingCityTooLong              FindingCode = "city-too-long" // (length, limit)
	FindingCountyMissing            FindingCode = "county-missing"
	FindingCountyProposed           FindingCode = "county-proposed" // (the county of the postal code)
	FindingSectorMissing            FindingCode = "sector-missing"
	FindingSectorProposed           FindingCode = "sector-proposed" // (the sector of the postal code)
	FindingCNPInvalid               FindingCode = "cnp-invalid"
	FindingCUIMissing               FindingCode = "cui-missing"
	FindingVATNumberMissing         FindingCode = "vat-number-missing"
	FindingVATNumberDenied          FindingCode = "vat-number-denied"
	FindingTaxNumberDoubtful        FindingCode = "tax-number-doubtful" // (taxid.Problem)
	FindingOwnCompany               FindingCode = "own-company"
)

// What can be wrong with the defaults that are kept with a client, and with its price rule.
const (
	FindingTermsOutOfRange         FindingCode = "terms-out-of-range"             // (limit)
	FindingDecimalsOutOfRange      FindingCode = "quantity-decimals-out-of-range" // (least, most)
	FindingUsualCurrencyUnknown    FindingCode = "usual-currency-unknown"         // (currency)
	FindingLanguageUnknown         FindingCode = "language-unknown"               // (language)
	FindingVATReasonUnknown        FindingCode = "vat-reason-unknown"             // (reason)
	FindingSupplyDateUnknown       FindingCode = "supply-date-unknown"            // (day)
	FindingNoteTooLong             FindingCode = "note-too-long"                  // (length, limit)
	FindingNoteWithoutRoom         FindingCode = "note-without-room"              // (length, room beside the words of the law)
	FindingReverseChargeKept       FindingCode = "reverse-charge-kept"
	FindingReverseChargeNumberless FindingCode = "reverse-charge-numberless"
	FindingRuleWithoutPrice        FindingCode = "rule-without-price"
	FindingPriceMalformed          FindingCode = "price-malformed"  // (limit of decimals)
	FindingAmountAmbiguous         FindingCode = "amount-ambiguous" // (*AmbiguousAmount)
	FindingUnitUnknown             FindingCode = "unit-unknown"     // (unit)
	FindingMinutesMalformed        FindingCode = "minutes-malformed"
	FindingDirectionUnknown        FindingCode = "direction-unknown" // (direction)
	FindingScopeUnknown            FindingCode = "scope-unknown"     // (scope)
	FindingThresholdsMalformed     FindingCode = "thresholds-malformed"
	FindingThresholdsUnused        FindingCode = "thresholds-unused"
)

// What can be wrong with the head of an invoice: its dates, money and VAT.
const (
	FindingSeriesMissing          FindingCode = "series-missing"
	FindingProformaSeriesMissing  FindingCode = "proforma-series-missing"
	FindingCIFMissing             FindingCode = "cif-missing"
	FindingMentionsTooLong        FindingCode = "mentions-too-long" // (limit)
	FindingIssueDateMissing       FindingCode = "issue-date-missing"
	FindingIssueDateInFuture      FindingCode = "issue-date-in-future"    // (date)
	FindingIssueDateLongPast      FindingCode = "issue-date-long-past"    // (date)
	FindingIssueDateLate          FindingCode = "issue-date-late"         // (date, last day for e-Factura)
	FindingIssueDateOutOfOrder    FindingCode = "issue-date-out-of-order" // (date of the last invoice)
	FindingHoursAfterIssueDate    FindingCode = "hours-after-issue-date"  // (date of the hours)
	FindingSupplyDateOpen         FindingCode = "supply-date-open"        // (date of the first hours)
	FindingReportAfterIssueDate   FindingCode = "report-after-issue-date" // (date of the report)
	FindingReportBeforeHours      FindingCode = "report-before-hours"     // (date of the report, of the last hours)
	FindingDueDateMissing         FindingCode = "due-date-missing"
	FindingDueDateTooEarly        FindingCode = "due-date-too-early"
	FindingDueDateFarOff          FindingCode = "due-date-far-off" // (date)
	FindingCurrencyUnknown        FindingCode = "currency-unknown" // (currency)
	FindingCurrencyNotLei         FindingCode = "currency-not-lei"
	FindingCurrencyUnusual        FindingCode = "currency-unusual"  // (the client's, the invoice's)
	FindingRateNotPositive        FindingCode = "rate-not-positive" // (currency)
	FindingRateUnknown            FindingCode = "rate-unknown"      // (currency)
	FindingRateFarOff             FindingCode = "rate-far-off"      // (currency, rate, published rate)
	FindingRateOld                FindingCode = "rate-old"          // (date)
	FindingDiscountTwice          FindingCode = "discount-twice"
	FindingDiscountNegative       FindingCode = "discount-negative"
	FindingDiscountAboveAll       FindingCode = "discount-above-all"
	FindingDiscountAboveNet       FindingCode = "discount-above-net" // (discount, net)
	FindingDiscountTooPrecise     FindingCode = "discount-too-precise"
	FindingDiscountOnNegativeLine FindingCode = "discount-on-negative-line" // (line)
	FindingConsumerInEU           FindingCode = "consumer-in-eu"
	FindingConsumerOutsideEU      FindingCode = "consumer-outside-eu"
	FindingIntraEUCodeMissing     FindingCode = "intra-eu-code-missing"
	FindingReverseChargeBuyer     FindingCode = "reverse-charge-buyer"
	FindingReverseChargeDomestic  FindingCode = "reverse-charge-domestic"
	FindingReducedRate            FindingCode = "reduced-rate"
	FindingExemptionUnnamed       FindingCode = "exemption-unnamed"

	FindingExemptionNear      FindingCode = "exemption-near"      // (year, turnover, threshold)
	FindingExemptionPassed    FindingCode = "exemption-passed"    // (year, turnover, threshold)
	FindingCollectionNear     FindingCode = "collection-near"     // (year, turnover, threshold)
	FindingCollectionPassed   FindingCode = "collection-passed"   // (year, turnover, threshold)
	FindingTurnoverIncomplete FindingCode = "turnover-incomplete" // (year, count of documents)

	FindingVATNumberInvalid           FindingCode = "vat-number-invalid"
	FindingVATNumberUnproven          FindingCode = "vat-number-unproven"
	FindingReverseChargeNumberInvalid FindingCode = "reverse-charge-number-invalid"
	FindingBuyerUnknownToANAF         FindingCode = "buyer-unknown-to-anaf"
)

// What can be wrong with the lines of an invoice.
const (
	FindingNoLines                FindingCode = "no-lines"
	FindingHoursOfOthers          FindingCode = "hours-of-others"  // (the client's name, []OwnedHours)
	FindingHoursOfUnknown         FindingCode = "hours-of-unknown" // (the client's name, []OwnedHours), some not in the address book
	FindingHoursOfSeveral         FindingCode = "hours-of-several" // ([]OwnedHours), without a client
	FindingTotalNegative          FindingCode = "total-negative"   // (total)
	FindingTooManyLines           FindingCode = "too-many-lines"   // (count, limit)
	FindingLineNameMissing        FindingCode = "line-name-missing"
	FindingLineNameTooLong        FindingCode = "line-name-too-long"    // (…, limit)
	FindingLineDetailsTooLong     FindingCode = "line-details-too-long" // (…, limit)
	FindingDeductionOfAnother     FindingCode = "deduction-of-another"  // (…, client of the advance)
	FindingLineCut                FindingCode = "line-cut"
	FindingLineOfOneWord          FindingCode = "line-of-one-word" // (…, the word)
	FindingLinePriceNegative      FindingCode = "line-price-negative"
	FindingLinePriceTooPrecise    FindingCode = "line-price-too-precise" // (…, limit of decimals)
	FindingLineQuantityZero       FindingCode = "line-quantity-zero"
	FindingLineQuantityTooPrecise FindingCode = "line-quantity-too-precise" // (…, limit of decimals)
	FindingLineQuantityPrecise    FindingCode = "line-quantity-precise"     // (…, decimals that its user wants)
	FindingLineRetyped            FindingCode = "line-retyped"              // (…, quantity, Unit, tracked seconds)
	FindingSeveralCurrencies      FindingCode = "several-currencies"        // ([]CurrencyNet, the one to bill first at the head)
	FindingLinesCurrency          FindingCode = "lines-currency"            // (the lines', the invoice's)
	FindingLineVATUndecided       FindingCode = "line-vat-undecided"
	FindingLineVATReplaced        FindingCode = "line-vat-replaced" // (…, percentage, date of the work, lawful percentage)
	FindingLineVATUnknown         FindingCode = "line-vat-unknown"  // (…, percentage, date of the work)
	FindingLineVATZero            FindingCode = "line-vat-zero"     // (…, name of the tax)
	FindingLineVATReduced         FindingCode = "line-vat-reduced"
	FindingLineVATFollows         FindingCode = "line-vat-follows"
)

// Findings are everything that validation found, in the order of the fields.
type Findings []Finding //nolint:errname // a list that screens show; scripts alone treat it as an error

// Errors returns only those that keep an invoice from being issued.
func (f Findings) Errors() Findings { return f.withSeverity(SeverityError) }

// Warnings returns only those that are left to the user.
func (f Findings) Warnings() Findings { return f.withSeverity(SeverityWarning) }

func (f Findings) withSeverity(severity Severity) Findings {
	return slices.DeleteFunc(slices.Clone(f), func(finding Finding) bool { return finding.Severity != severity })
}

// For returns the first finding about the field, errors before warnings.
func (f Findings) For(field string) (Finding, bool) {
	for _, finding := range slices.Concat(f.Errors(), f.Warnings()) {
		if finding.Field == field {
			return finding, true
		}
	}
	return Finding{}, false
}

// Error names each field with its code.
func (f Findings) Error() string {
	named := make([]string, len(f))
	for i, finding := range f {
		named[i] = finding.Field + ": " + string(finding.Code)
	}
	return strings.Join(named, "; ")
}

func (f *Findings) fail(field, rule string, code FindingCode, values ...any) {
	*f = append(*f, Finding{Field: field, Rule: rule, Code: code, Values: values, Severity: SeverityError})
}

func (f *Findings) warn(field, rule string, code FindingCode, values ...any) {
	*f = append(*f, Finding{Field: field, Rule: rule, Code: code, Values: values, Severity: SeverityWarning})
}
