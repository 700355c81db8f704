// Package testbroker gives tests and the demo a Kafka cluster on loopback: one
// inside the process, real Apache Kafka as a child process, or one that runs
// already. It knows no topic.
package testbroker

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
)

// MaxMessageBytes is the largest record batch that the clusters started here
// take: the largest article, and room around it.
const MaxMessageBytes = 12 << 20

// A Broker is a Kafka cluster to talk to.
type Broker struct {
	addrs   []string
	kill    func() error
	stop    func() error
	start   func(context.Context) error
	cleanup func() error
}

// Addrs returns host:port of the cluster's brokers.
func (b *Broker) Addrs() []string { return b.addrs }

// Stop ends the brokers and keeps their data. Until Start nobody answers at
// Addrs. It is an error for a cluster that was not started here.
func (b *Broker) Stop() error { return b.stop() }

// Kill ends the brokers without letting them finish anything, as Stop otherwise.
// Only real Apache Kafka can be killed.
func (b *Broker) Kill() error { return b.kill() }

// Start runs the brokers again after Stop, at the same addresses and with the
// data they had, and waits until they answer.
func (b *Broker) Start(ctx context.Context) error { return b.start(ctx) }

// Close ends the brokers and removes their data. A cluster that was not started
// here is left alone.
func (b *Broker) Close() error { return b.cleanup() }

// FromEnvironment returns the cluster that tests shall use: the one at
// SITREP_TEST_BROKERS (host:port,...) when that is set; real Apache Kafka,
// started through deploy/kafka/run.sh, when SITREP_TEST_KAFKA is "real"; else an
// embedded one. What was asked for and cannot be had is an error.
func FromEnvironment(ctx context.Context) (*Broker, error) {
	if addrs := os.Getenv("SITREP_TEST_BROKERS"); addrs != "" {
		return existing(ctx, strings.Split(addrs, ","))
	}
	switch kind := os.Getenv("SITREP_TEST_KAFKA"); kind {
	case "":
		return Embedded()
	case "real":
		return Apache(ctx)
	default:
		return nil, fmt.Errorf(`SITREP_TEST_KAFKA is %q: want "real" or nothing`, kind)
	}
}

// Embedded starts three brokers inside this process, with their data in a
// temporary directory.
func Embedded() (*Broker, error) {
	dir, err := os.MkdirTemp("", "sitrep-broker-")
	if err != nil {
		return nil, err
	}
	options := func(more ...kfake.Opt) []kfake.Opt {
		return append(more,
			kfake.DataDir(dir),
			kfake.GroupMinSessionTimeout(time.Second),
			kfake.BrokerConfigs(map[string]string{"message.max.bytes": strconv.Itoa(MaxMessageBytes)}),
		)
	}
	cluster, err := kfake.NewCluster(options()...)
	if err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("start embedded broker: %w", err)
	}
	addrs := cluster.ListenAddrs()
	b := &Broker{addrs: addrs, kill: func() error { return errors.New("the embedded brokers cannot be killed") }}
	b.stop = func() error {
		if cluster != nil {
			cluster.Close()
			cluster = nil
		}
		return nil
	}
	b.start = func(context.Context) error {
		ports, err := portsOf(addrs)
		if err != nil {
			return err
		}
		again, err := kfake.NewCluster(options(kfake.Ports(ports...))...)
		if err != nil {
			return fmt.Errorf("start embedded broker again: %w", err)
		}
		cluster = again
		return nil
	}
	b.cleanup = func() error {
		b.stop()
		return os.RemoveAll(dir)
	}
	return b, nil
}

func portsOf(addrs []string) ([]int, error) {
	var ports []int
	for _, addr := range addrs {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(port)
		if err != nil {
			return nil, err
		}
		ports = append(ports, n)
	}
	return ports, nil
}
