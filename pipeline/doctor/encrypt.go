package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/apiversions"
)

// encrypt makes the connection one over TLS, as kafka-go would.
func (d *doctor) encrypt(ctx context.Context, c net.Conn, addr string) (*link, error) {
	config := d.Kafka.TLS.Clone()
	if config.ServerName == "" {
		config.ServerName, _, _ = net.SplitHostPort(addr)
	}
	t := tls.Client(c, config)
	handshake, cancel := context.WithTimeout(ctx, d.Wait)
	defer cancel()
	if err := t.HandshakeContext(handshake); err != nil {
		return nil, d.tlsRefused(ctx, addr, err)
	}
	state := t.ConnectionState()
	return &link{Conn: protocol.NewConn(t, clientID), addr: addr, session: &state, wait: d.Wait}, nil
}

// tlsRefused says why there is no encrypted connection. Of a certificate of ours that
// is refused TLS 1.3 tells only after the handshake.
func (d *doctor) tlsRefused(ctx context.Context, addr string, err error) error {
	show := "openssl s_client -connect " + addr + " -showcerts </dev/null"
	f := Finding{"tls", addr, Failed, "no TLS: " + root(err), "look at what it presents: " + show}
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &authority):
		f.Says = "the broker's certificate is signed by nobody we trust"
		if authority.Cert != nil {
			f.Says += " (" + authority.Cert.Issuer.String() + ")"
		}
		f.Fix = "--tls-ca-file FILE with the certificate of that authority; see it with: " + show
	case errors.As(err, &name):
		f.Says = fmt.Sprintf("the broker's certificate is not for %s: %s", name.Host, strings.TrimPrefix(name.Error(), "x509: "))
		f.Fix = "name the broker in --brokers as its certificate does, or issue one with this name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		f.Says = fmt.Sprintf("the broker's certificate is good from %s to %s only", invalid.Cert.NotBefore.Format(time.DateOnly), invalid.Cert.NotAfter.Format(time.DateOnly))
		f.Fix = "renew it on the broker; if it is good, this machine's clock is wrong: timedatectl"
	case remoteAlert(err):
		f.Says = "the broker ends the TLS handshake: " + root(err)
		f.Fix = "--tls-cert-file and --tls-key-file with a certificate that the broker trusts"
		if len(d.Kafka.TLS.Certificates) > 0 {
			f.Fix = "have our certificate signed by an authority in the broker's truststore (ssl.truststore.location)"
		}
	case d.isPlain(ctx, addr):
		f.Says, f.Fix = "TLS is on here, and the listener is without it", "leave --tls out, or name the port of a listener with TLS in --brokers"
	}
	return f
}

// isPlain tells whether a broker answers without encryption. Nothing of ours is said.
func (d *doctor) isPlain(ctx context.Context, addr string) bool {
	c, err := (&net.Dialer{Timeout: d.Wait}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return false
	}
	defer c.Close()
	_, err = ask[*apiversions.Response](&link{Conn: protocol.NewConn(c, clientID), addr: addr, wait: d.Wait}, &apiversions.Request{})
	return err == nil
}

// remoteAlert tells errors that the other side has sent.
func remoteAlert(err error) bool {
	var network *net.OpError
	return errors.As(err, &network) && network.Op == "remote error"
}

// secured says how a connection is encrypted and until when.
func (l *link) secured() string {
	cert := l.session.PeerCertificates[0]
	return fmt.Sprintf("%s; the broker's certificate is good until %s", tls.VersionName(l.session.Version), cert.NotAfter.Format(time.DateOnly))
}

// soonExpired tells whether the broker's certificate has less than a month to go.
func (l *link) soonExpired() bool {
	return time.Until(l.session.PeerCertificates[0].NotAfter) < 30*24*time.Hour
}
