package netsafe_test

import (
	"errors"
	"strings"
	"testing"

	"cadensa/model/netsafe"
)

func TestParseBaseURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://ws.smartbill.ro/SBORO/api":    "https://ws.smartbill.ro/SBORO/api",
		"\thttps://ws.smartbill.ro/SBORO/api/": "https://ws.smartbill.ro/SBORO/api",
		"HTTPS://example.org":                  "https://example.org",
		"https://example.org:8443//":           "https://example.org:8443",
		"http://localhost:8080/x":              "http://localhost:8080/x",
		"http://LocalHost":                     "http://LocalHost",
		"http://127.8.8.8":                     "http://127.8.8.8",
		"http://[::1]:80/SBORO/api":            "http://[::1]:80/SBORO/api",
	} {
		if base, err := netsafe.ParseBaseURL(address); err != nil || base.String() != want {
			t.Errorf("%q is read as %v, %v, want %s", address, base, err, want)
		}
	}
	for address, want := range map[string]error{
		"":                                netsafe.ErrNoAddress,
		"ws.smartbill.ro":                 netsafe.ErrNoAddress,
		"https://":                        netsafe.ErrNoAddress,
		"https://:443/x":                  netsafe.ErrNoAddress,
		"https:example.org":               netsafe.ErrNoAddress,
		"https://example.org:port/secret": netsafe.ErrNoAddress,
		"\x7fsecret":                      netsafe.ErrNoAddress,
		"https://example.org/?x=secret":   netsafe.ErrQueryInAddress,
		"https://example.org#secret":      netsafe.ErrQueryInAddress,
		"https://ana:secret@example.org":  netsafe.ErrUserInAddress,
		"//example.org":                   netsafe.ErrInsecure,
		"ftp://localhost":                 netsafe.ErrInsecure,
		"http://example.org":              netsafe.ErrInsecure,
		"http://10.0.0.1":                 netsafe.ErrInsecure,
		"http://localhost.example.org":    netsafe.ErrInsecure,
		"http://127.0.0.1.example.org":    netsafe.ErrInsecure,
	} {
		if _, err := netsafe.ParseBaseURL(address); !errors.Is(err, want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want %v", address, err, want)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "127.0.0.1": true, "127.255.0.9": true, "::1": true,
		"": false, "localhost.": false, "localhost.example.org": false, "10.0.0.1": false, "0.0.0.0": false, "::": false, "127.1": false,
	} {
		if got := netsafe.IsLoopback(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}
