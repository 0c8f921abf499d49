package app

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"cadensa/model"
)

// beyond is how far behind the next number a number lies that cannot exist.
const beyond = 1000

// spelling is how a number is asked for.
type spelling struct {
	parameter, number string
}

// numberReadings are the answers about one number, by the spelling.
type numberReadings struct {
	status, pdf map[spelling]model.Reading
}

// The spellings of the parameter: the one that SmartBill reads, and the one of its older descriptions.
const (
	spelledRight = "seriesname"
	spelledWrong = "seriesName"
)

// readNumber reads status and PDF of one number by each spelling; what describes the number in the transcript.
func (c *accountCheck) readNumber(ctx context.Context, what, series string, numbers ...string) numberReadings {
	read := numberReadings{status: map[spelling]model.Reading{}, pdf: map[spelling]model.Reading{}}
	for _, parameter := range []string{spelledRight, spelledWrong} {
		for i, number := range numbers {
			about := what
			if i > 0 {
				about += " without its zeros"
			}
			asked := spelling{parameter, number}
			if _, done := read.status[asked]; !done {
				read.status[asked] = c.look(ctx, about, pathStatus, parameter, series, "number", number)
				read.pdf[asked] = c.look(ctx, about, pathPDF, parameter, series, "number", number)
			}
		}
	}
	return read
}

// The assumptions about numbers.
var (
	absentStatus = assumption{"a number that does not exist is answered with 400 “Factura nu a fost gasita”",
		"that an invoice was not made cannot be proven; settling leaves it to you"}
	absentPDF = assumption{"the PDF of a number that does not exist is a page with status 502",
		"cadensa takes any other refusal for an answer as well, so nothing goes wrong"}
	lastStatus = assumption{"a number that exists is answered with its total",
		"what was issued cannot be told from what was not: settling leaves it to you"}
	lastPDF = assumption{"the PDF of a number that exists shows series and number",
		"whose invoice a number is cannot be proven by its PDF: settling, cancelling and storno leave it to you"}
	misspelt = assumption{"a misspelt parameter is answered like a number that does not exist",
		"cadensa spells it as SmartBill does now, so nothing goes wrong"}
	fourDigits = assumption{"numbers are padded to four digits", "cadensa tries both, and shows numbers as the account writes them"}
	printed    = assumption{"the PDF prints our reference", "the template may leave the mentions out, or another document have the number: " +
		"without the reference settling cannot prove whose an invoice is"}
	goneStatus = assumption{"a cancelled invoice is answered with its total", "to restore it, or to settle near it, is left to you"}
	gonePDF    = assumption{"the PDF of a cancelled invoice shows series and number", goneStatus.meaning}
)

// numbers checks the answers about a number that cannot exist and about the last one of a series. It returns the last number and
// the text of its PDF, "" if not found.
func (c *accountCheck) numbers(ctx context.Context, series string, next int64) (number, text string) {
	unknown := fmt.Sprintf("%04d", next+beyond)
	absent := c.readNumber(ctx, "a number that cannot exist", series, unknown)
	missing, page := absent.status[spelling{spelledRight, unknown}], absent.pdf[spelling{spelledRight, unknown}]
	c.expect(absentStatus, missing, isNotFound(missing))
	c.expect(absentPDF, page, page.Status == http.StatusBadGateway && page.Form == "HTML", http.StatusBadGateway)
	if next <= 1 {
		for _, assumed := range []assumption{lastStatus, misspelt, fourDigits, lastPDF} {
			c.cannotTell(assumed, "no invoice was issued on "+series+" yet")
		}
		return "", ""
	}
	return c.lastNumber(ctx, series, next, missing)
}

// lookedBack is how many numbers are asked for until one is there: the last can be missing when others were deleted before it.
const lookedBack = 3

// lastThere is the last number of a series that the account has; where none of the last few is there, it is the very last.
func (c *accountCheck) lastThere(ctx context.Context, series string, next int64) int64 {
	for number := next - 1; number >= max(1, next-lookedBack); number-- {
		for _, spelt := range []string{fmt.Sprintf("%04d", number), strconv.FormatInt(number, 10)} {
			if reading := c.look(ctx, "one of the last numbers", pathStatus, spelledRight, series, "number", spelt); !isNotFound(reading) {
				return number
			}
		}
	}
	return next - 1
}

func (c *accountCheck) lastNumber(ctx context.Context, series string, next int64, missing model.Reading) (number, text string) {
	last := c.lastThere(ctx, series, next)
	padded, bare := fmt.Sprintf("%04d", last), strconv.FormatInt(last, 10)
	there := c.readNumber(ctx, "the last number", series, padded, bare)
	withZeros, without := there.status[spelling{spelledRight, padded}], there.status[spelling{spelledRight, bare}]
	found := withZeros
	if number = padded; hasTotal(without) && !hasTotal(withZeros) {
		number, found = bare, without
	}
	c.expect(lastStatus, found, hasTotal(found))
	c.judgeMisspelt(there.status[spelling{spelledWrong, number}], found, missing)
	c.judgePadding(withZeros, without, padded == bare)
	pdf := there.pdf[spelling{spelledRight, number}]
	text = printedText(pdf)
	c.expect(lastPDF, pdf, model.ShowsNumber(text, series, number))
	return number, text
}

func (c *accountCheck) judgeMisspelt(reading, there, missing model.Reading) {
	if !hasTotal(there) || missing.Status == 0 {
		c.cannotTell(misspelt, "there is nothing to compare it with")
		return
	}
	c.expect(misspelt, reading, reading.Status == missing.Status && reading.ErrorText == missing.ErrorText)
}

func (c *accountCheck) judgePadding(withZeros, without model.Reading, same bool) {
	switch {
	case same:
		c.cannotTell(fourDigits, "the last number has as many")
	case !c.answered(fourDigits, withZeros):
	case !hasTotal(withZeros) && !hasTotal(without):
		c.cannotTell(fourDigits, "the last number is not there")
	default:
		c.judge(fourDigits, hasTotal(withZeros), "the last number is found without its zeros only")
	}
}

// reference checks whether the newest invoice that should carry its reference does.
func (c *accountCheck) reference(ctx context.Context, series string, ours model.InvoiceDetail, lastNumber, lastText string) {
	if ours.Number == "" {
		c.cannotTell(printed, "cadensa has issued nothing on "+series+" that should carry one")
		return
	}
	text := lastText
	if ours.Number != lastNumber || text == "" {
		pdf := c.look(ctx, "an invoice of cadensa's", pathPDF, spelledRight, series, "number", ours.Number)
		if pdf.Status == http.StatusBadGateway {
			c.cannotTell(printed, "the PDF of "+ours.Reference()+" cannot be had: it may have been deleted on the web")
			return
		}
		if !c.answered(printed, pdf) {
			return
		}
		text = printedText(pdf)
	}
	c.judge(printed, model.CarriesReference(text, ours.Intent), "that of "+ours.Reference()+" does not")
}

func (c *accountCheck) cancelled(ctx context.Context, invoice model.Invoice) {
	if invoice.Number == "" {
		c.cannotTell(goneStatus, "cadensa knows of none")
		c.cannotTell(gonePDF, "cadensa knows of none")
		return
	}
	const about = "a cancelled invoice"
	status := c.look(ctx, about, pathStatus, spelledRight, invoice.Series, "number", invoice.Number)
	pdf := c.look(ctx, about, pathPDF, spelledRight, invoice.Series, "number", invoice.Number)
	if isNotFound(status) && pdf.Form != "PDF" {
		c.cannotTell(goneStatus, invoice.Reference()+" is not there: it may have been deleted on the web")
		c.cannotTell(gonePDF, invoice.Reference()+" is not there")
		return
	}
	c.expect(goneStatus, status, hasTotal(status))
	c.expect(gonePDF, pdf, model.ShowsNumber(printedText(pdf), invoice.Series, invoice.Number))
}
