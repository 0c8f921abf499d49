package explain_test

import "cadensa/model"

// owned are hours: of whom, how many minutes, and whether the address book has the client.
func owned(all ...any) []model.OwnedHours {
	var hours []model.OwnedHours
	for i := 0; i < len(all); i += 3 {
		name, minutes := all[i].(string), int64(all[i+1].(int))
		hours = append(hours, model.OwnedHours{
			TrackedHours: model.TrackedHours{Client: name, Seconds: minutes * 60}, Owner: name, Known: all[i+2].(bool),
		})
	}
	return hours
}

func hoursOfOthers() []spoiled {
	return []spoiled{
		{
			"the invoice goes to Morii și Fiii SRL, and bills hours of others: Beta SRL 2:00, Gamma SRL 0:30. Leave them out, or change the client",
			func(p *prepared) { p.ForeignHours = owned("Beta SRL", 120, true, "Gamma SRL", 30, true) },
		},
		{
			"the invoice goes to Morii și Fiii SRL, and bills hours tracked for others: Beta SRL 2:00, gamma 0:30. Leave them out, " +
				"change the client, or add the name to its tracker names",
			func(p *prepared) { p.ForeignHours = owned("Beta SRL", 120, true, "gamma", 30, false) },
		},
		{
			"the hours are of several clients: a 0:01, b 0:01, c 0:01, d 0:01, e 0:01 and 1 more. An invoice bills one of them",
			func(p *prepared) {
				p.Client.Name = ""
				p.ForeignHours = owned("a", 1, true, "b", 1, false, "c", 1, true, "d", 1, true, "e", 1, true, "f", 1, true)
			},
		},
	}
}
