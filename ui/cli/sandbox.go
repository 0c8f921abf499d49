package cli

import (
	"fmt"
	"sync"

	"cadensa/ui/explain"

	"github.com/spf13/cobra"
)

const faultsHelp = `A file for --faults is a JSON array of faults, and of things that people do on the web in the meantime:

  [{"operation": "POST /invoice", "kind": "commit-drop"},
   {"operation": "GET /series", "nth": 2, "kind": "delete-on-web", "series": "FCT", "number": "0002"},
   {"operation": "GET /invoice/pdf", "kind": "issue-on-web", "series": "FCT", "client": "Livada SRL", "total": 121}]

Each fault affects the first matching call; "nth" selects a later call, "times" several (-1: all). The operation is a
method and a path below the base URL; without it every call matches. Other fields of a kind are listed in brackets.

  before            refuse-connection · slow (delay: "90s") · lock-out · bad-gateway · not-found (the path) ·
  processing        find-nothing (SmartBill finds no document)
  after             commit-drop · commit-hang · commit-500 · commit-500-json · commit-empty · commit-truncated ·
  processing        commit-not-json · commit-contradict · commit-no-number
  on the web,       delete-on-web (document, series, number; without a number the last) · issue-on-web (document,
  before the call   series, client, vat_code, total, mentions; a storno: series and number of the invoice) ·
                    hide-mentions · print-mentions (on the template)

A document is an "invoice", a "storno" or a "proforma"; "cif" selects another company than the first. The file is read
again when it changes: unchanged faults keep their counts, and a file with errors changes nothing.`

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
		Short: "Run a SmartBill simulator on this computer",
		Long: "Runs a SmartBill simulator on loopback until you interrupt it. It prints its base URL, e-mail, token and CIF as\n" +
			"name=value lines. Put them into the settings, or into CADENSA_SMARTBILL_URL, _EMAIL, _TOKEN and _CIF. Your ledger\n" +
			"marks its invoices as simulated for good: with the real SmartBill they bill no hours and block nothing.\n\n" + faultsHelp,
		Example: "  cadensa sandbox --addr 127.0.0.1:8085 --journal calls.jsonl\n  cadensa sandbox --faults faults.json",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			request.Warn, request.Ready = r.warn(), r.printAccount
			return r.options.Sandbox(command.Context(), request)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.Address, "addr", "127.0.0.1:0", "listen on `HOST:PORT`, on loopback; port 0 takes any free port")
	r.bindPath(flags, &request.Faults, "faults", "", "simulate the faults in `FILE` (JSON); it is read again when it changes")
	r.bindPath(flags, &request.Journal, "journal", "", "write every request to `FILE`, without the token")
	flags.StringSliceVar(&request.Variants, "variant", nil,
		"follow the other reading where SmartBill's documentation contradicts itself: `NAMES` of variants")
	flags.BoolVar(&request.ANAF, "anaf", false,
		"refuse what SmartBill accepts but ANAF rejects: codes, places, lengths, prices, dates, VAT on collection")
	flags.BoolVar(&request.OnCollection, "vat-on-collection", false,
		"the company is registered for VAT on collection (TVA la încasare); --anaf checks it")
	flags.IntVar(&request.CallsPerWindow, "calls-per-window", 0,
		"lock out after this `NUMBER` of calls in ten seconds (default 30)")
	return command
}
