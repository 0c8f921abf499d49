package cli

import (
	"fmt"

	"github.com/spf13/cobra"
)

// sandbox serves the simulator until the program is told to end.
func (r *root) sandbox() *cobra.Command {
	var request SandboxRequest
	command := &cobra.Command{
		Use:   "sandbox",
		Short: "Serve a simulator of SmartBill on this computer",
		Long: "Serves a simulator of SmartBill on loopback until it is interrupted. It prints its base URL, e-mail, token and CIF\n" +
			"as name=value lines; put them into the settings, or into CADENSA_SMARTBILL_URL, _EMAIL, _TOKEN and _CIF.",
		Example: "  cadensa sandbox --addr 127.0.0.1:8085 --journal calls.jsonl",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			server, err := r.options.Sandbox(command.Context(), request)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(r.options.Stdout, "base_url=%s\nemail=%s\ntoken=%s\ncif=%s\n", server.BaseURL, server.Email, server.Token, server.CIF)
			if err != nil {
				return fmt.Errorf("print the address: %w", err)
			}
			return server.Wait()
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.Address, "addr", "127.0.0.1:0", "`HOST:PORT` on loopback; port 0 takes any")
	flags.StringVar(&request.Faults, "faults", "", "a `FILE` of scripted faults (JSON)")
	flags.StringVar(&request.Journal, "journal", "", "a `FILE` that every request is written to, the token masked")
	flags.StringSliceVar(&request.Variants, "variant", nil, "`NAMES` of points on which SmartBill's descriptions contradict each other, to follow the other one")
	flags.IntVar(&request.CallsPerWindow, "calls-per-window", 0, "how `MANY` calls in ten seconds the limit lets through before the lock-out (default 30)")
	return command
}
