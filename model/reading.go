package model

// Reading is an answer of SmartBill to a call that reads, as it came: for comparing an account with what is taken for granted
// of it.
type Reading struct {
	// Path is the operation's, below the base: "/series".
	Path string
	// Parameters are the names of the query's parameters, in alphabetical order.
	Parameters []string
	Status     int
	// ContentType is what the answer calls itself, without parameters such as the character set; "" if it does not say.
	ContentType string
	// Body is the answer. Credentials are taken out of it, unless it is a PDF.
	Body []byte
	// Form says what the body is, and not what is in it: "PDF", "HTML", "empty", "text", or the shape of its JSON, such as
	// "{errorText: "", list: 2 × {name: text, nextNumber: number}}".
	Form string
	// ErrorText is SmartBill's word of failure, cleaned of HTML and control characters; "" for none.
	ErrorText string
}
