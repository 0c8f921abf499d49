package cli

import (
	"fmt"
	"sync"

	"cadensa/ui/explain"

	"github.com/spf13/cobra"
)

const faultsHelp = `A file for --faults is a JSON array of what goes wrong, and of what people do on the web meanwhile:

  [{"operation": "POST /invoice", "kind": "commit-drop"},
   {"operation": "GET /series", "nth": 2, "kind": "delete-on-web", "series": "FCT", "number": "0002"},
   {"operation": "GET /invoice/pdf", "kind": "issue-on-web", "series": "FCT", "client": "Livada SRL", "total": 121}]

Each is about the first matching call, or the nth, and as many as times says (-1: all). The operation is a method and the
path below the base; without one every call matches. Fields that a kind takes beside these stand behind it.

  before the work   refuse-connection · slow (delay: "90s") · lock-out · bad-gateway · not-found (the path) ·
                    find-nothing (no document is found, whatever is asked for)
  after the work    commit-drop · commit-hang · commit-500 · commit-500-json · commit-empty · commit-truncated ·
                    commit-not-json · commit-contradict · commit-no-number
  on the web,       delete-on-web (document, series, number; without a number the last) · issue-on-web (document,
  before the call   series, client, vat_code, total, mentions; a storno: series and number of the invoice) ·
                    hide-mentions · print-mentions (on the template)

A document is an "invoice", a "storno" or a "proforma"; cif names another company than the first. The file is
read again when it changes: what stands in it as before goes on counting, and a file that became wrong changes nothing.`

func (r *root) warn() func(error) {
	var turn sync.Mutex
	return func(err error) {
		turn.Lock()
		defer turn.Unlock()
		fmt.Fprintln(r.options.Stderr, "cadensa: "+explain.OneLine(err)) //nolint:errcheck // there is nobody left to tell
	}
}

func (r *root) printAccount(baseURL, email, token, cif string) error {
	return r.print("base_url="+baseURL, "email="+email, "token="+token, "cif="+cif)
}

// sandbox serves the simulator until the program is told to end.
func (r *root) sandbox() *cobra.Command {
	var request SandboxRequest
	command := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve a simulator of SmartBill on this computer",
		Long: "Serves a simulator of SmartBill on loopback until it is interrupted. It prints its base URL, e-mail, token and CIF\n" +
			"as name=value lines; put them into the settings, or into CADENSA_SMARTBILL_URL, _EMAIL, _TOKEN and _CIF.\n" +
			"What is issued there is marked in your ledger as a simulator's, for ever: once SmartBill itself answers, it bills no\n" +
			"hours and blocks nothing.\n\n" + faultsHelp,
		Example: "  cadensa sandbox --addr 127.0.0.1:8085 --journal calls.jsonl\n  cadensa sandbox --faults faults.json",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			request.Warn, request.Ready = r.warn(), r.printAccount
			return r.options.Sandbox(command.Context(), request)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.Address, "addr", "127.0.0.1:0", "`HOST:PORT` on loopback; port 0 takes any")
	r.bindPath(flags, &request.Faults, "faults", "", "a `FILE` of faults and events (JSON), read again when it changes")
	r.bindPath(flags, &request.Journal, "journal", "", "a `FILE` that every request is written to, the token masked")
	flags.StringSliceVar(&request.Variants, "variant", nil,
		"`NAMES` of points on which SmartBill's descriptions contradict each other, to follow the other one")
	flags.BoolVar(&request.ANAF, "anaf", false, "refuse what SmartBill takes and ANAF rejects: codes, places, lengths, prices, dates, VAT on collection")
	flags.BoolVar(&request.OnCollection, "vat-on-collection", false,
		"the company pays VAT on collection (TVA la încasare); --anaf asks for it")
	flags.IntVar(&request.CallsPerWindow, "calls-per-window", 0,
		"how `MANY` calls in ten seconds the limit lets through before the lock-out (default 30)")
	return command
}
