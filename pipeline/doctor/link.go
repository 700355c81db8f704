package doctor

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/apiversions"
	"github.com/segmentio/kafka-go/protocol/saslauthenticate"
	"github.com/segmentio/kafka-go/protocol/saslhandshake"
	"github.com/segmentio/kafka-go/sasl"
)

// clientID is how we are called in a broker's log and quotas.
const clientID = "sitrep-doctor"

// A link is a connection to one broker that has passed all steps.
type link struct {
	*protocol.Conn
	addr           string
	oldest, newest map[protocol.ApiKey]int // versions of requests that the broker takes
	took           time.Duration           // until the first answer
	session        *tls.ConnectionState    // nil without TLS
	wait           time.Duration           // for an answer
}

// ask sends one request and waits for the answer.
func ask[Response protocol.Message](l *link, req protocol.Message) (Response, error) {
	var none Response
	if err := l.Conn.SetDeadline(time.Now().Add(l.wait)); err != nil {
		return none, err
	}
	m, err := l.Conn.RoundTrip(req)
	if err != nil {
		return none, fmt.Errorf("%s: %s: %w", l.addr, req.ApiKey(), err)
	}
	res, ok := m.(Response)
	if !ok {
		return none, fmt.Errorf("%s answers %T to %T", l.addr, m, req)
	}
	return res, nil
}

// takes tells whether the broker has a request in this version or a newer one.
func (l *link) takes(key protocol.ApiKey, version int) bool {
	newest, ok := l.newest[key]
	return ok && newest >= version
}

// link returns the connection to a broker, which is tried once. An error is a Finding,
// with the step that failed.
func (d *doctor) link(ctx context.Context, addr string) (*link, error) {
	if l := d.links[addr]; l != nil {
		return l, nil
	}
	if err := d.refused[addr]; err != nil {
		return nil, err
	}
	l, err := d.dial(ctx, addr)
	if err != nil {
		d.refused[addr] = err
		return nil, err
	}
	d.links[addr] = l
	return l, nil
}

func (d *doctor) dial(ctx context.Context, addr string) (*link, error) {
	began := time.Now()
	c, err := (&net.Dialer{Timeout: d.Wait}).DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, d.unreachable(addr, err)
	}
	l := &link{Conn: protocol.NewConn(c, clientID), addr: addr, wait: d.Wait}
	if d.Kafka.TLS != nil {
		if l, err = d.encrypt(ctx, c, addr); err != nil {
			c.Close()
			return nil, err
		}
	}
	if err := d.meet(ctx, l); err != nil {
		l.Close()
		return nil, err
	}
	l.took = time.Since(began)
	if err := d.authenticate(ctx, l); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// unreachable says why there is no connection.
func (d *doctor) unreachable(addr string, err error) error {
	host, port, _ := net.SplitHostPort(addr)
	f := Finding{"broker", addr, Failed, "cannot connect: " + err.Error(), "nc -vz " + host + " " + port}
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &dns):
		f.Says = fmt.Sprintf("the name %s is not known here: %s", host, dns.Err)
		f.Fix = "getent hosts " + host + "   # then correct --brokers, or the DNS"
	case errors.Is(err, syscall.ECONNREFUSED):
		f.Says = "the connection is refused: nothing listens there"
		f.Fix = "start the broker, or correct --brokers; look with: nc -vz " + host + " " + port
	case errors.As(err, &timeout) && timeout.Timeout():
		f.Says = fmt.Sprintf("no answer within %s: a firewall, or a host that is down?", d.Wait)
	}
	return f
}

// meet asks the broker which requests it takes.
func (d *doctor) meet(ctx context.Context, l *link) error {
	res, err := ask[*apiversions.Response](l, &apiversions.Request{})
	switch {
	case err != nil:
		return d.silence(ctx, l.addr, err)
	case res.ErrorCode != 0:
		return Finding{"broker", l.addr, Failed, "it does not say what it can do: " + kafkago.Error(res.ErrorCode).Title(), "look at the broker's log"}
	}
	l.newest, l.oldest = map[protocol.ApiKey]int{}, map[protocol.ApiKey]int{}
	use := map[protocol.ApiKey]int16{}
	for _, k := range res.ApiKeys {
		key := protocol.ApiKey(k.ApiKey)
		l.newest[key], l.oldest[key] = int(k.MaxVersion), int(k.MinVersion)
		use[key] = key.SelectVersion(k.MinVersion, k.MaxVersion)
	}
	l.SetVersions(use)
	return nil
}

// silence says why a broker that was connected to has not answered the first
// question.
func (d *doctor) silence(ctx context.Context, addr string, err error) error {
	if d.Kafka.TLS != nil {
		return d.tlsRefused(ctx, addr, err)
	}
	probe := &tls.Config{InsecureSkipVerify: true} // nothing is sent; only whether it is TLS matters
	if c, tlsErr := (&tls.Dialer{NetDialer: &net.Dialer{Timeout: d.Wait}, Config: probe}).DialContext(ctx, "tcp", addr); tlsErr == nil || remoteAlert(tlsErr) {
		if c != nil {
			c.Close()
		}
		return Finding{"tls", addr, Failed, "the listener wants TLS, and it is not on here", "--tls (SITREP_TLS=true), with --tls-ca-file FILE unless a public authority has signed"}
	}
	return Finding{"broker", addr, Failed, "something listens there, but does not speak Kafka: " + root(err), "correct the port in --brokers: it is that of a listener for clients"}
}

// authenticate tells the broker who we are.
func (d *doctor) authenticate(ctx context.Context, l *link) error {
	if d.Kafka.SASL == nil {
		return nil
	}
	name := d.Kafka.SASL.Name()
	res, err := ask[*saslhandshake.Response](l, &saslhandshake.Request{Mechanism: name})
	switch {
	case err != nil:
		return Finding{"sasl", l.addr, Failed, "it closes the connection when a user is named: " + root(err), "look at the broker's log"}
	case res.ErrorCode == int16(kafkago.UnsupportedSASLMechanism):
		return Finding{"sasl", l.addr, Failed, fmt.Sprintf("the listener does not have %s; it has %s", name, strings.Join(res.Mechanisms, ", ")), mechanismFix(res.Mechanisms)}
	case res.ErrorCode == int16(kafkago.IllegalSASLState):
		return Finding{"sasl", l.addr, Failed, "the listener asks nobody who he is", "leave --sasl-mechanism out, or name another port in --brokers"}
	case res.ErrorCode != 0:
		return Finding{"sasl", l.addr, Failed, kafkago.Error(res.ErrorCode).Title(), "look at the broker's log"}
	}
	host, port, _ := net.SplitHostPort(l.addr)
	meta := &sasl.Metadata{Host: host}
	fmt.Sscan(port, &meta.Port)
	if err := prove(sasl.WithMetadata(ctx, meta), l, d.Kafka.SASL); err != nil {
		return Finding{"sasl", l.addr, Failed, fmt.Sprintf("user %q or the password is refused (%s)", d.Username, root(err)), d.passwordFix()}
	}
	return nil
}

func prove(ctx context.Context, l *link, m sasl.Mechanism) error {
	session, ours, err := m.Start(ctx)
	for done := false; err == nil && !done; {
		var res *saslauthenticate.Response
		if res, err = ask[*saslauthenticate.Response](l, &saslauthenticate.Request{AuthBytes: ours}); err != nil {
			return err
		}
		if res.ErrorCode != 0 {
			return kafkago.Error(res.ErrorCode)
		}
		done, ours, err = session.Next(ctx, res.AuthBytes)
	}
	return err
}

func mechanismFix(has []string) string {
	for _, ours := range []string{"SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"} {
		for _, m := range has {
			if m == ours {
				return "--sasl-mechanism " + strings.ToLower(m)
			}
		}
	}
	return "another listener: sitrep has PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512"
}

// passwordFix is what an administrator does for a user of SCRAM; PLAIN's users stand
// in the broker's settings.
func (d *doctor) passwordFix() string {
	check := "look at --sasl-username and at SITREP_SASL_PASSWORD or --sasl-password-file"
	if name := d.Kafka.SASL.Name(); strings.HasPrefix(name, "SCRAM") {
		return check + "; an administrator sets it anew with: " +
			d.tool("kafka-configs.sh") + " --alter --entity-type users --entity-name " + quote(d.Username) + " --add-config '" + name + "=[password=…]'"
	}
	return check + "; PLAIN's users stand in the listener's plain.sasl.jaas.config on the broker"
}

// root is the text of the innermost error, without what led to it.
func root(err error) string {
	var code kafkago.Error
	if errors.As(err, &code) {
		return code.Title()
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) {
		return "it closed the connection"
	}
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		err = inner
	}
	return err.Error()
}
