package kafka

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/twmb/franz-go/pkg/kfake"

	"sitrep/pipeline"
)

// Always on an embedded broker: the real ones of tests have no passwords.
func TestTLSAndPasswords(t *testing.T) {
	certificate := httptest.NewTLSServer(nil)
	defer certificate.Close()
	cluster, err := kfake.NewCluster(
		kfake.NumBrokers(1),
		kfake.TLS(&tls.Config{Certificates: certificate.TLS.Certificates}),
		kfake.EnableSASL(),
		kfake.Superuser("PLAIN", "sitrep", "open sesame"),
		kfake.SeedTopics(1, append(DefaultTopics.names(), "raw")...),
	)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
	roots := x509.NewCertPool()
	roots.AddCert(certificate.Certificate())
	right := Config{
		StartTimeout: 2 * time.Second,
		Brokers:      cluster.ListenAddrs(),
		Group:        "g",
		Input:        "raw",
		TLS:          &tls.Config{RootCAs: roots},
		SASL:         plain.Mechanism{Username: "sitrep", Password: "open sesame"},
	}
	pool := pipeline.NewPool(1, echo)

	t.Run("right", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		done := make(chan error, 1)
		go func() { done <- Run(ctx, right, pool) }()
		if _, err := cluster.WaitGroupStable(ctx, "g", 1); err != nil {
			t.Error(err)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	for _, c := range []struct {
		name  string
		spoil func(*Config)
		want  string
	}{
		{"password", func(c *Config) { c.SASL = plain.Mechanism{Username: "sitrep", Password: "shut"} }, "password"},
		{"no password", func(c *Config) { c.SASL = nil }, "password"},
		{"no TLS", func(c *Config) { c.TLS = nil }, "TLS"},
		{"unknown certificate", func(c *Config) { c.TLS = &tls.Config{RootCAs: x509.NewCertPool()} }, "certificate"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			config := right
			c.spoil(&config)
			err := Run(t.Context(), config, pool)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}
