package model

import "slices"

// ClientRules are the rules of the clients that have a price of their own, one for each name that trackers call them by.
// They stand before the settings' rules, whose rounding and day thresholds hold where the client's say nothing of them. A
// client without tracker names goes by its own. The currency is for clients who have none of their own.
func ClientRules(clients []Client, settings []Rule, currency string) []Rule {
	known := NewRules(settings)
	var rules []Rule
	for _, client := range clients {
		names := client.TrackerNames
		if len(names) == 0 {
			names = []string{client.Name}
		}
		for _, name := range names {
			usual, _ := known.For(Entry{Client: name})
			rule, ok := client.ClientRule.over(usual)
			if !ok {
				continue
			}
			rule.Client, rule.Currency = name, currency
			if client.Currency != "" {
				rule.Currency = client.Currency
			}
			rules = append(rules, rule)
		}
	}
	return slices.Clip(rules)
}
