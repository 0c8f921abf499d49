package model

import "slices"

// ClientRules are the rules of the clients that have a price of their own, one for each name that trackers call them by.
// They stand before the settings' rules, whose rounding they keep. A client without tracker names goes by its own. The
// currency is for clients who have none of their own.
func ClientRules(clients []Client, settings []Rule, currency string) []Rule {
	known := NewRules(settings)
	var rules []Rule
	for _, client := range clients {
		price, err := ParseAmount(client.Price)
		if err != nil || !price.IsPositive() {
			continue
		}
		names := client.TrackerNames
		if len(names) == 0 {
			names = []string{client.Name}
		}
		for _, name := range names {
			rule := Rule{Client: name, Unit: UnitHour, Price: price, Currency: currency}
			if client.Currency != "" {
				rule.Currency = client.Currency
			}
			if usual, ok := known.For(Entry{Client: name}); ok {
				rule.Rounding = usual.Rounding
			}
			rules = append(rules, rule)
		}
	}
	return slices.Clip(rules)
}
