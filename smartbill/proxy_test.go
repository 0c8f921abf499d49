package smartbill_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"testing"

	"cadensa/model"
	"cadensa/smartbill"
)

// proxyVariable makes this very program another process, since net/http reads the proxies of the environment only once.
const proxyVariable = "CADENSA_TEST_PROXIED"

// runProxied makes one call to a host that only a proxy knows.
func runProxied(baseURL string) int {
	client, err := smartbill.New(credentials(baseURL), smartbill.WithPause(noPause))
	if err != nil {
		return 1
	}
	if _, err := client.Rates(context.Background()); !errors.Is(err, model.ErrUnavailable) {
		return 1
	}
	return 0
}

// TestProxyOfTheEnvironmentIsHonoured asks for the service through a proxy: the host's name goes to the proxy alone, and
// the token does not, since the tunnel never opens.
func TestProxyOfTheEnvironmentIsHonoured(t *testing.T) {
	proxy := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), proxyVariable+"=https://service.invalid/SBORO/api", "HTTPS_PROXY="+proxy.URL, "NO_PROXY=")
	command.Stderr = os.Stderr
	if err := command.Run(); err != nil {
		t.Fatal(err)
	}
	proxy.mu.Lock()
	defer proxy.mu.Unlock()
	if len(proxy.asked) == 0 {
		t.Fatal("the proxy was not asked")
	}
	if asked := proxy.asked[0]; asked.Method != http.MethodConnect || asked.Host != "service.invalid:443" ||
		asked.Header.Get("Authorization") != "" {
		t.Errorf("the proxy was asked %s %s %v", asked.Method, asked.Host, asked.Header)
	}
}

// Without a transport of its own a client calls over the network.
func TestNoTransportIsTheNetwork(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","taxes":[]}`))
	client, err := smartbill.New(credentials(server.baseURL()), smartbill.WithTransport(nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Rates(t.Context()); err != nil {
		t.Error(err)
	}
}
