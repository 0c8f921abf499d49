package model

// Making is the invoice in the making, which survives quitting: what is ticked, who is billed, and what was changed on
// Review.
type Making struct {
	Selection Selection  `json:"selection"`
	Buyer     Buyer      `json:"buyer"`
	Edits     DraftEdits `json:"edits"`
}

// Selection is what the Time screen has chosen.
type Selection struct {
	// Ticked are fingerprints.
	Ticked   []string `json:"ticked"`
	Grouping Grouping `json:"grouping"`
	// Period is in ParsePeriod's language.
	Period string `json:"period"`
}

// Buyer is what the Bill To screen holds: a client, perhaps not complete yet.
type Buyer struct {
	Client     Client `json:"client"`
	SaveClient bool   `json:"save_client"`
	// Known is the name under which the address book has the client, "" for a new one.
	Known string `json:"known,omitempty"`
}

// DraftEdits are the changes that the user made to the draft on Review. Zero values change nothing.
type DraftEdits struct {
	Note string `json:"note"`
	// DueDate replaces the one that the payment terms give.
	DueDate Date `json:"due_date"`
	// Lines replaces name and details of the line that bills the same entries.
	Lines []LineEdit `json:"lines"`
}

// LineEdit is a changed line, recognised by the entries that it bills.
type LineEdit struct {
	Entries []string `json:"entries"`
	Name    string   `json:"name"`
	Details string   `json:"details"`
}
