package netsafe

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

// The services that the program asks, where the settings name no other address.
const (
	SmartBillURL = "https://ws.smartbill.ro/SBORO/api"
	ANAFURL      = "https://webservicesp.anaf.ro"
	VIESURL      = "https://ec.europa.eu/taxation_customs/vies/rest-api"
	BNRURL       = "https://curs.bnr.ro"
)

// The reasons to refuse a base URL. They do not repeat it, since it may hold a secret.
var (
	ErrNoAddress      = errors.New("it is no address with a host")
	ErrQueryInAddress = errors.New("the address has a query or a fragment")
	ErrUserInAddress  = errors.New("the address has a user or a password")
	ErrInsecure       = errors.New("the address does not begin with https")
)

// ParseBaseURL reads the address of a service: a host and a path, over https unless the host is this computer. The result
// has no slash at its end. Errors are ErrNoAddress, ErrQueryInAddress, ErrUserInAddress and ErrInsecure.
func ParseBaseURL(address string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(address))
	switch {
	case err != nil, base.Hostname() == "", base.Opaque != "":
		return nil, ErrNoAddress
	case base.RawQuery != "", base.Fragment != "":
		return nil, ErrQueryInAddress
	case base.User != nil:
		return nil, ErrUserInAddress
	case base.Scheme != "https" && (base.Scheme != "http" || !IsLoopback(base.Hostname())):
		return nil, ErrInsecure
	}
	base.Path, base.RawPath = strings.TrimRight(base.Path, "/"), ""
	return base, nil
}

// IsLoopback reports whether a host, without its port, is this computer.
func IsLoopback(host string) bool {
	return strings.EqualFold(host, "localhost") || net.ParseIP(host).IsLoopback()
}
