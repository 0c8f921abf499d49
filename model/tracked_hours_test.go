package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
)

func tracked(client string, seconds int64) *model.Entry {
	return &model.Entry{Client: client, Seconds: seconds}
}

func TestForeignHours(t *testing.T) {
	acme := model.Client{Name: "Acme Industries SRL", TrackerNames: []string{"acme/*"}}
	beta := model.Client{Name: "Beta SRL", TrackerNames: []string{"beta", "B*-intern"}}
	book := []model.Client{acme, beta}
	tests := []struct {
		name   string
		client model.Client
		hours  []*model.Entry
		want   map[string]int64
		code   model.FindingCode
	}{
		{"own by name", acme, []*model.Entry{tracked("ACME  industries srl", 60)}, nil, ""},
		{"own by a tracker name", acme, []*model.Entry{tracked("acme/web", 60)}, nil, ""},
		{"own by the words of the name", acme, []*model.Entry{tracked("Acme", 60)}, nil, ""},
		{"no client", acme, []*model.Entry{tracked("", 60), tracked(" ", 60)}, nil, ""},
		{"nothing", acme, nil, nil, ""},
		{"another of the address book", acme, []*model.Entry{tracked("beta", 60)}, map[string]int64{"Beta SRL": 60}, model.FindingHoursOfOthers},
		{
			"another under two names", acme, []*model.Entry{tracked("beta", 60), tracked("acme", 1), tracked("BUG-intern", 30)},
			map[string]int64{"Beta SRL": 90}, model.FindingHoursOfOthers,
		},
		{
			"nobody known", acme, []*model.Entry{tracked("Țara", 60), tracked("ţara", 60), tracked("tara", 60)}, map[string]int64{"Țara": 180},
			model.FindingHoursOfUnknown,
		},
		{
			"some known", beta, []*model.Entry{tracked("gamma", 60), tracked("acme/web", 60)},
			map[string]int64{"gamma": 60, "Acme Industries SRL": 60}, model.FindingHoursOfUnknown,
		},
		{"a name that is part of a word", acme, []*model.Entry{tracked("Ac", 60)}, map[string]int64{"Ac": 60}, model.FindingHoursOfUnknown},
		{"a name of signs", acme, []*model.Entry{tracked("***", 60)}, map[string]int64{"***": 60}, model.FindingHoursOfUnknown},
		{"a client without tracker names", model.Client{Name: "Gamma"}, []*model.Entry{tracked("beta", 60)}, map[string]int64{"Beta SRL": 60},
			model.FindingHoursOfOthers},
		{"no buyer, one client", model.Client{}, []*model.Entry{tracked("beta", 60)}, nil, ""},
		{
			"no buyer, two clients", model.Client{}, []*model.Entry{tracked("beta", 60), tracked("acme/x", 60)},
			map[string]int64{"Beta SRL": 60, "Acme Industries SRL": 60}, model.FindingHoursOfSeveral,
		},
		{
			"a book that has the name of the hours", model.Client{Name: "Beta SRL Intern"}, []*model.Entry{tracked("Beta SRL", 60)},
			map[string]int64{"Beta SRL": 60}, model.FindingHoursOfOthers,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got map[string]int64
			foreign := model.ForeignTo(test.client, model.Owned(model.HoursByClient(test.hours), book))
			for _, hours := range foreign {
				if got == nil {
					got = map[string]int64{}
				}
				got[hours.Owner] = hours.Seconds
			}
			if finding, found := model.FindForeign(test.client, foreign); found != (test.code != "") || finding.Code != test.code {
				t.Errorf("finds %q, want %q", finding.Code, test.code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("hours of others (-want +got):\n%s", diff)
			}
		})
	}
}

// Owned finds whom Client.Matches, and the first of the address book.
func TestOwnedIsTheFirstWhoMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[aăb]{1,2}|[ab]\*`)
		client := rapid.Custom(func(t *rapid.T) model.Client {
			return model.Client{Name: name.Draw(t, "name"), TrackerNames: rapid.SliceOfN(name, 0, 2).Draw(t, "tracker names")}
		})
		book := rapid.SliceOfN(client, 0, 4).Draw(t, "address book")
		tracked := model.TrackedHours{Client: rapid.StringMatching(`[aAb]{1,3}`).Draw(t, "tracked")}
		want := model.OwnedHours{TrackedHours: tracked, Owner: tracked.Client}
		for _, client := range book {
			if client.Matches(tracked.Client) {
				want.Owner, want.Known = client.Name, true
				break
			}
		}
		if diff := cmp.Diff([]model.OwnedHours{want}, model.Owned([]model.TrackedHours{tracked}, book)); diff != "" {
			t.Fatal(diff)
		}
	})
}
