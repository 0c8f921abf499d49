package entries_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/ui/uitest"
)

const namedTagsQuestion = "Do these tags name clients and projects?"

// Tags after the example's convention are asked about when they turn up, and a key has them read.
func TestTagsThatNameClientsAreAskedAbout(t *testing.T) {
	for _, test := range []struct {
		answer            string
		clients, projects []string
		asks              string
	}{
		{"y", []string{"client:*"}, []string{"project:*"}, ""},
		{"n", []string{}, []string{}, ""},
		{"esc", nil, nil, namedTagsQuestion},
		{"t", nil, nil, "Which tags of"},
	} {
		uitest.Run(t, func(t *testing.T) {
			records := open(t, billing(sources("timew.json"), login))
			records.WriteFile("timew.json", `[
 {"id":1,"start":"20261110T080000Z","end":"20261110T100000Z","tags":["api","client:Brisk","project:atlas"]},
 {"id":2,"start":"20261111T080000Z","end":"20261111T083000Z","tags":["client:Brisk"]}
]`)
			s := start(t, records, 80, 24)
			s.Sees(namedTagsQuestion, "client:Brisk, project:atlas").Press(test.answer).Lacks(namedTagsQuestion)
			source := records.sources()[0]
			want := [2][]string{test.clients, test.projects}
			if diff := cmp.Diff(want, [2][]string{source.ClientTags, source.ProjectTags}); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.answer, diff)
			}
			if test.asks == "Which tags of" {
				s.Sees(test.asks).Press("esc")
				return
			}
			if s.Press("r"); test.asks == "" {
				s.Lacks(namedTagsQuestion)
				return
			}
			s.Sees(test.asks)
		})
	}
}
