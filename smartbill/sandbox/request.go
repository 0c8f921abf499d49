package sandbox

// The bodies that the API takes; other fields are refused. Pointers tell absent from zero where the service does.

type documentRequest struct {
	CompanyVatCode       identity         `json:"companyVatCode"`
	SeriesName           string           `json:"seriesName"`
	IsDraft              flag             `json:"isDraft"`
	IssueDate            string           `json:"issueDate"`
	DueDate              string           `json:"dueDate"`
	Currency             string           `json:"currency"`
	ExchangeRate         *number          `json:"exchangeRate"`
	Language             string           `json:"language"`
	Precision            *int             `json:"precision"`
	IssuerName           string           `json:"issuerName"`
	IssuerCNP            string           `json:"issuerCnp"`
	Aviz                 string           `json:"aviz"`
	DelegateName         string           `json:"delegateName"`
	DelegateIdentityCard string           `json:"delegateIdentityCard"`
	DelegateAuto         string           `json:"delegateAuto"`
	Mentions             string           `json:"mentions"`
	Observations         string           `json:"observations"`
	UseIntraCIF          flag             `json:"useIntraCif"`
	PaymentURL           string           `json:"paymentUrl"`
	SendEmail            flag             `json:"sendEmail"`
	Email                *emailRequest    `json:"email"`
	Client               *clientRequest   `json:"client"`
	Products             []productRequest `json:"products"`
}

// The precisions that the service knows; a larger one is capped without a word.
const (
	leastPrecision = 2
	mostPrecision  = 4
)

// precision is how many decimals the document's prices keep.
func (r *documentRequest) precision() int32 {
	if r.Precision == nil {
		return leastPrecision
	}
	return int32(min(max(*r.Precision, leastPrecision), mostPrecision))
}

type invoiceRequest struct {
	documentRequest

	DeliveryDate       string             `json:"deliveryDate"`
	PaymentDate        string             `json:"paymentDate"`
	UseStock           flag               `json:"useStock"`
	UsePaymentTax      flag               `json:"usePaymentTax"`
	PaymentBase        *number            `json:"paymentBase"`
	CollectedTax       *number            `json:"colectedTax"`
	PaymentTotal       *number            `json:"paymentTotal"`
	UseEstimateDetails flag               `json:"useEstimateDetails"`
	Estimate           *estimateReference `json:"estimate"`
	Payment            *paymentAtIssue    `json:"payment"`
}

// estimateRequest has the field that an example of the description sends and its schema lacks.
type estimateRequest struct {
	documentRequest

	DeliveryDate *string `json:"deliveryDate"`
}

type estimateReference struct {
	SeriesName string `json:"seriesName"`
	Number     string `json:"number"`
	UseStock   flag   `json:"useStock"`
}

type emailRequest struct {
	To  string `json:"to"`
	CC  string `json:"cc"`
	BCC string `json:"bcc"`
}

type paymentAtIssue struct {
	Value         *number `json:"value"`
	Type          string  `json:"type"`
	IsCash        *flag   `json:"isCash"`
	PaymentSeries string  `json:"paymentSeries"`
}

type clientRequest struct {
	Client

	IsTaxPayer flag   `json:"isTaxPayer"`
	Code       string `json:"code"`
	SaveToDB   flag   `json:"saveToDb"`
}

type productRequest struct {
	Name                    string  `json:"name"`
	Code                    string  `json:"code"`
	ProductDescription      string  `json:"productDescription"`
	TranslatedName          string  `json:"translatedName"`
	TranslatedMeasuringUnit string  `json:"translatedMeasuringUnit"`
	MeasuringUnitName       string  `json:"measuringUnitName"`
	Quantity                *number `json:"quantity"`
	Price                   *number `json:"price"`
	IsTaxIncluded           flag    `json:"isTaxIncluded"`
	TaxName                 string  `json:"taxName"`
	TaxPercentage           *number `json:"taxPercentage"`
	Currency                string  `json:"currency"`
	ExchangeRate            *number `json:"exchangeRate"`
	IsService               flag    `json:"isService"`
	WarehouseName           string  `json:"warehouseName"`
	SaveToDB                flag    `json:"saveToDb"`
	UseSBProductName        flag    `json:"useSBProductName"`
	IsDiscount              flag    `json:"isDiscount"`
	NumberOfItems           *int    `json:"numberOfItems"`
	DiscountType            *int    `json:"discountType"`
	DiscountValue           *number `json:"discountValue"`
	DiscountPercentage      *number `json:"discountPercentage"`
}

type reverseRequest struct {
	CompanyVatCode identity `json:"companyVatCode"`
	SeriesName     string   `json:"seriesName"`
	Number         string   `json:"number"`
	IssueDate      day      `json:"issueDate"`
}

type paymentRequest struct {
	CompanyVatCode    identity          `json:"companyVatCode"`
	Type              string            `json:"type"`
	IssueDate         string            `json:"issueDate"`
	IsDraft           flag              `json:"isDraft"`
	SeriesName        string            `json:"seriesName"`
	Number            string            `json:"number"`
	Client            *clientRequest    `json:"client"`
	Value             *number           `json:"value"`
	Currency          string            `json:"currency"`
	ExchangeRate      *number           `json:"exchangeRate"`
	Precision         *int              `json:"precision"`
	IsCash            *flag             `json:"isCash"`
	Text              string            `json:"text"`
	TranslatedText    string            `json:"translatedText"`
	Language          string            `json:"language"`
	Observation       string            `json:"observation"`
	UseInvoiceDetails flag              `json:"useInvoiceDetails"`
	InvoicesList      invoiceReferences `json:"invoicesList"`
}

// invoiceReferences may be written as a list or as a single object.
type invoiceReferences []invoiceReference

type invoiceReference struct {
	SeriesName string `json:"seriesName"`
	Number     string `json:"number"`
}

type sendRequest struct {
	CompanyVatCode identity `json:"companyVatCode"`
	SeriesName     string   `json:"seriesName"`
	Number         string   `json:"number"`
	Type           string   `json:"type"`
	To             string   `json:"to"`
	CC             string   `json:"cc"`
	BCC            string   `json:"bcc"`
	Subject        string   `json:"subject"`
	BodyText       string   `json:"bodyText"`
}
