// Package smartbill speaks to SmartBill Cloud's REST API (V1): it writes the requests, sends each that could create a
// document once and only once, and tells from the answer what is now true. Its errors unwrap to the sentinels of
// package model. It satisfies billing.Provider structurally.
//
// The facts below are what the adapter and the domain rely on. They come from SmartBill's published description of August
// 2026 and from answers of the live service. Comments cite them by their headings.
//
// # Access
//
//   - HTTP Basic with the account's e-mail and its token. Each call names the company as the account stores it: with RO for
//     a VAT payer.
//   - No call lists documents, finds one by a reference of ours, or gives back an invoice's lines. The PDF is all that can be
//     read again. No call takes an idempotency key: a second POST makes a second invoice.
//
// # Parameters
//
//   - GET, PUT and DELETE take query parameters. Series are named by "seriesname" there, in small letters, and by "seriesName"
//     in bodies. Any other spelling counts as absent, and is answered like a document that does not exist.
//   - A number goes exactly as it was issued, with its zeros. "26" does not find "0026".
//
// # Answers
//
//   - A: {errorText, message, number, series, url}, which most calls answer with. Empty errorText is success, whatever the
//     status; creation also gives documentId (-1 or null for none), documentUrl and documentViewUrl.
//   - B: {status, type, errors: [{code, message, param}]} for a request that is rejected before any rule of billing: an unknown
//     field, a wrong type, a wrong method. Unknown fields are rejected, never ignored.
//   - C: {successfully, errorText, errorCode, …} for refused credentials and for the lock-out.
//   - One success carries errorText: GET /estimate/invoices for a proforma that was not invoiced.
//   - errorText carries HTML: names in <b>, a hint after <br/>, details in a hidden <div>.
//   - An invoice whose PDF is not there is answered with 502 and a page of HTML. Accept: application/pdf is answered with 406.
//
// # Limit
//
//   - 30 calls in 10 seconds per token. One more locks the token out for 10 minutes, with status 403 (seen) or 429 (documented)
//     and the words "limita maxima de requesturi". The time in the text names no zone.
//
// # Documents
//
//   - Prices have 2 to 4 decimals ("precision"), 31 currencies are known, and every account prints in RO, EN, DE, FR, IT and ES.
//   - A document has at most 400 lines.
//   - There is no field for a postal code. A line's tax must be one of the account's, by its exact name.
//   - Estimates (proformas) take no deliveryDate, nothing about stock and nothing about payment.
//
// # Discounts
//
//   - A discount is a line of its own over the numberOfItems lines before it. Without numberOfItems it is left out and nothing
//     is said. A type other than 1 (value) and 2 (percentage) does not lower the VAT. A value above zero raises the total.
//   - A percentage over lines of different VAT is refused.
//
// # Numbers
//
//   - A number is text, padded with zeros to four digits: "0007", "0025", "3593". Each series counts by itself. The caller cannot
//     choose a number. A draft takes none.
//   - The counter of a series goes back when its last document is deleted, and the number is given again.
//
// # Storno
//
//   - POST /invoice/reverse undoes a whole invoice by a new one in the same series. It takes companyVatCode, seriesName, number
//     and issueDate, and no mentions.
//
// # Proformas
//
//   - POST /invoice with useEstimateDetails and estimate copies client and lines. Nothing keeps it from being done twice.
//   - GET /estimate/invoices tells what was made. Drafts stand there with an empty number.
//
// # Payments
//
//   - POST /payment records money for an invoice; with useInvoiceDetails the client is the invoice's. A receipt ("Chitanta")
//     has a series and a number of its own. All other kinds make no document, and are answered with empty texts.
//   - The kinds are Card, Card online, Chitanta, Bon, Ordin plata, CEC, Bilet ordin, Mandat postal, Extras de cont, Ramburs and
//     Alta incasare. Their case matters. A fiscal receipt ("Bon") needs a cash register.
//
// # E-mail
//
//   - POST /document/send has an answer of its own: {status: {code, message}} with code 0 for success, 1 for a refusal and 2 for
//     a failure of the server. subject and bodyText are Base64. Without an address the client's own is taken; several are
//     separated by commas.
//   - In both texts #tip document#, #serie numar document#, #link document#, #data emiterii#, #data scadentei#, #total document#,
//     #mentiune#, #nume client# and #persoana contact# are filled in. A repeated call sends again, and nothing tells what was sent.
//   - The account needs a mail server of its own (Configurare → Email): "Server-ul de email nu a fost configurat." else. A bad address is
//     refused in English: "Invalid Addresses", "Missing domain", "Missing local name", "Domain contains illegal character".
//
// # Refusals
//
//   - A refusal is known by its words, in Romanian without diacritics: "Seria nu a fost gasita!", "Cota tva a produsului … nu a
//     fost gasita pe server!", "Factura cu seria si numarul … nu a fost gasita!", "Factura este deja stornata.". The status says
//     less: 400 mostly, 401 also for an unknown company, 410 for too many lines.
package smartbill
