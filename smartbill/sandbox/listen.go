package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

const (
	// graceToFinish is how long calls in progress may take when the server stops.
	graceToFinish = 5 * time.Second
	headerTimeout = 10 * time.Second
)

// ErrNotLoopback is an address that other machines could reach: the sandbox has no business there.
var ErrNotLoopback = errors.New("the sandbox listens on loopback only")

// ErrNoAddress is an address that is not of the form host:port.
var ErrNoAddress = errors.New("not of the form host:port")

// Listener is a server that listens.
type Listener struct {
	baseURL string
	stop    context.CancelFunc
	stopped chan struct{}
	err     error // valid once stopped is closed
}

// Serve listens on addr, such as 127.0.0.1:0, and returns at once. The end of ctx or Close cuts off hanging calls and lets others
// finish. [ErrNotLoopback] for an address that is not loopback, [ErrNoAddress] for none.
func (s *Server) Serve(ctx context.Context, addr string) (*Listener, error) {
	local, err := loopback(addr)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	socket, err := config.Listen(ctx, "tcp", local)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	running, stop := context.WithCancel(ctx)
	listener := &Listener{
		baseURL: "http://" + socket.Addr().String() + s.config.BasePath,
		stop:    stop,
		stopped: make(chan struct{}),
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		BaseContext:       func(net.Listener) context.Context { return running },
	}
	go listener.run(running, server, socket)
	return listener, nil
}

// BaseURL is the address to give a client as its base_url.
func (l *Listener) BaseURL() string { return l.baseURL }

// Wait returns once the server has stopped, with what went wrong, if anything.
func (l *Listener) Wait() error {
	<-l.stopped
	return l.err
}

// Close stops the server and waits for it.
func (l *Listener) Close() error {
	l.stop()
	return l.Wait()
}

func (l *Listener) run(ctx context.Context, server *http.Server, socket net.Listener) {
	defer close(l.stopped)
	defer l.stop()
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(socket) }()
	select {
	case err := <-failed:
		l.err = fmt.Errorf("serve: %w", err)
		return
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceToFinish)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		l.err = errors.Join(fmt.Errorf("stop serving: %w", err), server.Close())
	}
}

// loopback checks the host of an address, and gives localhost its number: no resolver decides where the sandbox listens.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("listen on %q: %w", addr, ErrNoAddress)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	number, err := netip.ParseAddr(host)
	if err != nil || !number.IsLoopback() {
		return "", fmt.Errorf("listen on %s: %w", addr, ErrNotLoopback)
	}
	return net.JoinHostPort(host, port), nil
}
