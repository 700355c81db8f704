package testbroker

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	kafkago "github.com/segmentio/kafka-go"
)

const (
	startWithin = 3 * time.Minute // the first start fetches the jars
	stopWithin  = 20 * time.Second
)

// existing uses a cluster that somebody else runs.
func existing(ctx context.Context, addrs []string) (*Broker, error) {
	notOurs := errors.New("the brokers at SITREP_TEST_BROKERS are not ours to stop or start")
	b := &Broker{
		addrs:   addrs,
		kill:    func() error { return notOurs },
		stop:    func() error { return notOurs },
		start:   func(context.Context) error { return notOurs },
		cleanup: func() error { return nil },
	}
	for _, addr := range addrs {
		if err := answers(ctx, addr); err != nil {
			return nil, fmt.Errorf("SITREP_TEST_BROKERS: %w", err)
		}
	}
	return b, nil
}

// Apache starts Apache Kafka as a child process, through deploy/kafka/run.sh.
func Apache(ctx context.Context) (*Broker, error) { return apache(ctx) }

// ApacheWith does too, with more listeners than the one that Addrs has, by name
// and with their protocol ("SASL": "SASL_PLAINTEXT"), and with settings: lines of
// server.properties. It returns the addresses of the listeners.
func ApacheWith(ctx context.Context, protocols map[string]string, settings string) (*Broker, map[string]string, error) {
	addrs := map[string]string{}
	var listeners []string
	for name, protocol := range protocols {
		addr, err := freeAddr()
		if err != nil {
			return nil, nil, err
		}
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, nil, err
		}
		addrs[name] = addr
		listeners = append(listeners, name+":"+protocol+":"+port)
	}
	b, err := apache(ctx, "LISTENERS="+strings.Join(listeners, " "), "SETTINGS="+settings)
	return b, addrs, err
}

// ApacheBehind does too. Clients that connect to the broker at the address behind
// are told that it is at proxy, where the caller forwards what arrives; Addrs is
// the way around it. Both are on loopback.
func ApacheBehind(ctx context.Context, proxy string) (b *Broker, behind string, err error) {
	if behind, err = freeAddr(); err != nil {
		return nil, "", err
	}
	_, port, err := net.SplitHostPort(behind)
	if err != nil {
		return nil, "", err
	}
	_, told, err := net.SplitHostPort(proxy)
	if err != nil {
		return nil, "", err
	}
	b, err = apache(ctx, "BEHIND="+port+":"+told)
	return b, behind, err
}

// apache runs the script with more in its environment.
func apache(ctx context.Context, env ...string) (*Broker, error) {
	script, err := runScript()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "sitrep-kafka-")
	if err != nil {
		return nil, err
	}
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	k := &process{script: script, dir: dir, addr: addr, env: env}
	b := &Broker{addrs: []string{addr}, start: k.start, stop: k.stop, kill: k.kill}
	b.cleanup = func() error { return errors.Join(k.stop(), os.RemoveAll(dir)) }
	if err := k.start(ctx); err != nil {
		return nil, errors.Join(err, b.cleanup())
	}
	return b, nil
}

// process is one run after another of the broker on one data directory.
type process struct {
	script, dir, addr string
	env               []string // of the script, beside ours
	cmd               *exec.Cmd
	ended             chan struct{} // closed when cmd has ended
}

func (k *process) start(ctx context.Context) error {
	log, err := os.OpenFile(filepath.Join(k.dir, "broker.out"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close() // the child has its own
	_, port, err := net.SplitHostPort(k.addr)
	if err != nil {
		return err
	}
	k.cmd = exec.Command(k.script, port, filepath.Join(k.dir, "data"))
	k.cmd.Env = append(os.Environ(), k.env...)
	k.cmd.Stdout, k.cmd.Stderr = log, log
	ownGroup(k.cmd)
	if err := k.cmd.Start(); err != nil {
		k.cmd = nil
		return fmt.Errorf("start Kafka: %w", err)
	}
	k.ended = make(chan struct{})
	go func(cmd *exec.Cmd, ended chan struct{}) {
		cmd.Wait()
		close(ended)
	}(k.cmd, k.ended)
	return k.ready(ctx)
}

// ready waits until the broker answers.
func (k *process) ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startWithin)
	defer cancel()
	for {
		err := answers(ctx, k.addr)
		if err == nil {
			return nil
		}
		select {
		case <-k.ended:
			return fmt.Errorf("broker ended while starting: %s", k.tail())
		case <-ctx.Done():
			return fmt.Errorf("broker does not answer: %w: %s", err, k.tail())
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// stop asks the broker to end, makes it after a while, and waits for it.
func (k *process) stop() error {
	if k.cmd == nil {
		return nil
	}
	defer func() { k.cmd = nil }()
	endGroup(k.cmd)
	select {
	case <-k.ended:
		return nil
	case <-time.After(stopWithin):
	}
	killGroup(k.cmd)
	<-k.ended
	return nil
}

func (k *process) kill() error {
	if k.cmd == nil {
		return nil
	}
	killGroup(k.cmd)
	<-k.ended
	k.cmd = nil
	return nil
}

// tail returns the end of what the broker said.
func (k *process) tail() string {
	out, err := os.ReadFile(filepath.Join(k.dir, "broker.out"))
	if err != nil {
		return err.Error()
	}
	return string(out[max(0, len(out)-2000):])
}

// answers asks the broker at addr who is in its cluster.
func answers(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := kafkago.DialContext(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot reach Kafka at %s: %w", addr, err)
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(5 * time.Second))
	brokers, err := conn.Brokers()
	if err != nil {
		return fmt.Errorf("cannot reach Kafka at %s: %w", addr, err)
	}
	if len(brokers) == 0 {
		return fmt.Errorf("cluster at %s has no broker yet", addr)
	}
	return nil
}

// runScript finds deploy/kafka/run.sh in the module that this process runs in,
// as tests do.
func runScript() (string, error) {
	const script = "deploy/kafka/run.sh"
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, script)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", fmt.Errorf("%s is not in this directory or one above it", script)
		}
		dir = parent
	}
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
