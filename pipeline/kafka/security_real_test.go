package kafka

import (
	"bytes"
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/kafka/testbroker/certs"
)

// On a real broker that asks who is there and allows what ACLs say: the anonymous
// listener is the administrator's.
func TestRealSecurity(t *testing.T) {
	if os.Getenv("SITREP_TEST_KAFKA") != "real" {
		t.Skip("wants real Apache Kafka: make integration")
	}
	authority, stranger := certs.New(t), certs.New(t)
	dir := t.TempDir()
	keys, trust := filepath.Join(dir, "keys.pem"), filepath.Join(dir, "trust.pem")
	write(t, keys, authority.Issue(t, "broker"))
	write(t, trust, authority.PEM)
	users := "required"
	for _, name := range []string{"sitrep", "noread", "nowrite", "nogroup", "noids", "revoked"} {
		users += fmt.Sprintf(` user_%s="%s"`, name, password)
	}
	broker, listeners, err := testbroker.ApacheWith(t.Context(),
		map[string]string{"SASL": "SASL_PLAINTEXT", "MUTUAL": "SSL", "BOTH": "SASL_SSL"},
		strings.Join([]string{
			"authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
			"super.users=User:ANONYMOUS;User:CN=client",
			"sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256",
			"listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule " + users + ";",
			"listener.name.sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
			"listener.name.both.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule " + users + ";",
			"listener.name.both.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
			"ssl.keystore.type=PEM",
			"ssl.keystore.location=" + keys,
			"ssl.truststore.type=PEM",
			"ssl.truststore.location=" + trust,
			"listener.name.mutual.ssl.client.auth=required",
		}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })

	// within makes topics and articles as the administrator, and returns the
	// setting of somebody who comes by a listener.
	within := func(t *testing.T, listener string) (admin, theirs *setting) {
		admin = unmade(t)
		admin.Brokers = broker.Addrs()
		if err := CreateTopics(t.Context(), admin.Config, Specs(admin.Input, admin.Topics, 1, testArticle)...); err != nil {
			t.Fatal(err)
		}
		admin.produce(numbered(0, 20)...)
		copied := *admin
		copied.Brokers = []string{listeners[listener]}
		return admin, &copied
	}
	as := func(user string) plain.Mechanism { return plain.Mechanism{Username: user, Password: password} }
	trusted := func() *tls.Config { return &tls.Config{RootCAs: authority.Pool()} }

	for name, c := range map[string]struct {
		listener string
		who      func(*Config)
	}{
		"PLAIN":          {"SASL", func(c *Config) { c.SASL = as("sitrep") }},
		"SCRAM":          {"SASL", func(c *Config) { c.SASL = salted(t, "scram", password) }},
		"SCRAM over TLS": {"BOTH", func(c *Config) { c.SASL, c.TLS = salted(t, "scram", password), trusted() }},
		"certificate": {"MUTUAL", func(c *Config) {
			c.TLS = trusted()
			c.TLS.Certificates = []tls.Certificate{authority.Certificate(t, "client")}
		}},
		"at least once without transactional ids": {"SASL", func(c *Config) { c.SASL, c.AtLeastOnce = as("noids"), true }},
	} {
		t.Run(name, func(t *testing.T) {
			admin, s := within(t, c.listener)
			admin.addUser("scram", password)
			for _, user := range []string{"sitrep", "scram", "noids"} {
				admin.grant(user, user != "noids")
			}
			c.who(&s.Config)
			stop := s.start(echo)
			admin.await(s.Topics.Articles, 20)
			if err := stop(); err != nil {
				t.Fatal(err)
			}
			checkOnce(t, admin.all(s.Input), admin.all(s.Topics.Articles))
		})
	}

	for name, c := range map[string]struct {
		listener string
		who      func(*Config)
		want     string
	}{
		"wrong password for PLAIN":    {"SASL", func(c *Config) { c.SASL = plain.Mechanism{Username: "sitrep", Password: wrong} }, "password"},
		"wrong password for SCRAM":    {"SASL", func(c *Config) { c.SASL = salted(t, "scram", wrong) }, "password"},
		"unknown user for SCRAM":      {"SASL", func(c *Config) { c.SASL = salted(t, "nobody", wrong) }, "password"},
		"wrong password over TLS":     {"BOTH", func(c *Config) { c.SASL, c.TLS = salted(t, "scram", wrong), trusted() }, "password"},
		"mechanism that is not there": {"SASL", func(c *Config) { c.SASL, _ = scram.Mechanism(scram.SHA512, "scram", password) }, "mechanism"},
		"no password":                 {"SASL", func(*Config) {}, "password"},
		"TLS here only":               {"SASL", func(c *Config) { c.SASL, c.TLS = as("sitrep"), trusted() }, "TLS"},
		"TLS there only":              {"BOTH", func(c *Config) { c.SASL = as("sitrep") }, "TLS"},
		"no certificate":              {"MUTUAL", func(c *Config) { c.TLS = trusted() }, "client certificate"},
		"certificate of somebody else": {"MUTUAL", func(c *Config) {
			c.TLS = trusted()
			c.TLS.Certificates = []tls.Certificate{stranger.Certificate(t, "client")}
		}, "certificate"},
		"broker nobody vouches for":     {"MUTUAL", func(c *Config) { c.TLS = &tls.Config{RootCAs: stranger.Pool()} }, "certificate"},
		"not allowed to read":           {"SASL", func(c *Config) { c.SASL = as("noread") }, `grant the ACL Read on topic "IN"`},
		"not allowed to write":          {"SASL", func(c *Config) { c.SASL = as("nowrite") }, `grant the ACL Write on topic "OUT"`},
		"not allowed in the group":      {"SASL", func(c *Config) { c.SASL = as("nogroup") }, `grant the ACL Read on group "GROUP"`},
		"not allowed transactional ids": {"SASL", func(c *Config) { c.SASL = as("noids") }, "--at-least-once"},
	} {
		t.Run(name, func(t *testing.T) {
			admin, s := within(t, c.listener)
			admin.addUser("scram", password)
			admin.grant("noread", true, s.Input)
			admin.grant("nowrite", true, s.Topics.Articles)
			admin.grant("nogroup", true, s.Group)
			admin.grant("noids", false)
			c.who(&s.Config)
			var log quiet
			s.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			s.Health = new(Health)
			ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
			defer cancel()
			err := Run(ctx, s.Config, pipeline.NewPool(4, echo))
			want := strings.NewReplacer("IN", s.Input, "OUT", s.Topics.Articles, "GROUP", s.Group).Replace(c.want)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("ended with %v, want %q", err, want)
			}
			t.Log(err)
			if s.Health.Ready() == nil {
				t.Error("ready at the end")
			}
			if said := fmt.Sprint(log.String(), err, s.Health.Ready()); strings.Contains(said, password) || strings.Contains(said, wrong) {
				t.Errorf("the password is in what was said: %s", said)
			}
			if n := len(admin.all(s.Topics.Articles)); n > 0 {
				t.Errorf("%d articles published", n)
			}
		})
	}

	t.Run("revoked while running", func(t *testing.T) {
		admin, s := within(t, "SASL")
		admin.grant("revoked", true)
		s.SASL = as("revoked")
		s.Health = new(Health)
		done := make(chan error, 1)
		go func() { done <- Run(t.Context(), s.Config, pipeline.NewPool(4, echo)) }()
		admin.await(s.Topics.Articles, 20)
		if err := s.Health.Ready(); err != nil {
			t.Error(err)
		}
		admin.revoke("revoked", s.Topics.Articles)
		admin.produce(numbered(20, 40)...)
		err := <-done
		if want := fmt.Sprintf("topic %q", s.Topics.Articles); err == nil || !strings.Contains(err.Error(), "grant the ACL") || !strings.Contains(err.Error(), want) {
			t.Errorf("ended with %v", err)
		}
		t.Log(err)
		admin.grant("revoked", true)
		s.Health = nil
		stop := s.start(echo)
		admin.await(s.Topics.Articles, 40)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		checkOnce(t, admin.all(s.Input), admin.all(s.Topics.Articles))
	})
}

const (
	password = "open-sesame-3c1f"
	wrong    = "shut-sesame-9b2e"
)

// quiet holds what several write at once.
type quiet struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (q *quiet) Write(p []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.b.Write(p)
}

func (q *quiet) String() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.b.String()
}

// grant lets a user do what sitrep does, with transactional ids or without, but
// for the topics or the group left out.
func (s *setting) grant(user string, ids bool, without ...string) {
	s.t.Helper()
	var acls []kafkago.ACLEntry
	allow := func(on kafkago.ResourceType, name string, pattern kafkago.PatternType, op kafkago.ACLOperationType) {
		for _, not := range without {
			if name == not {
				return
			}
		}
		acls = append(acls, kafkago.ACLEntry{
			ResourceType: on, ResourceName: name, ResourcePatternType: pattern, Principal: "User:" + user, Host: "*",
			Operation: op, PermissionType: kafkago.ACLPermissionTypeAllow,
		})
	}
	allow(kafkago.ResourceTypeTopic, s.Input, kafkago.PatternTypeLiteral, kafkago.ACLOperationTypeRead)
	for _, topic := range s.Topics.names() {
		allow(kafkago.ResourceTypeTopic, topic, kafkago.PatternTypeLiteral, kafkago.ACLOperationTypeWrite)
	}
	allow(kafkago.ResourceTypeGroup, s.Group, kafkago.PatternTypeLiteral, kafkago.ACLOperationTypeRead)
	if ids {
		allow(kafkago.ResourceTypeTransactionalID, s.Group+"/", kafkago.PatternTypePrefixed, kafkago.ACLOperationTypeWrite)
	}
	// Whoever may not read or write a topic may still see it.
	for _, name := range without {
		acls = append(acls, kafkago.ACLEntry{
			ResourceType: kafkago.ResourceTypeTopic, ResourceName: name, ResourcePatternType: kafkago.PatternTypeLiteral, Principal: "User:" + user, Host: "*",
			Operation: kafkago.ACLOperationTypeDescribe, PermissionType: kafkago.ACLPermissionTypeAllow,
		})
	}
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.CreateACLs(s.t.Context(), &kafkago.CreateACLsRequest{ACLs: acls})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, err := range res.Errors {
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *setting) revoke(user, topic string) {
	s.t.Helper()
	c := connect(s.Config)
	defer c.close()
	_, err := c.client.DeleteACLs(s.t.Context(), &kafkago.DeleteACLsRequest{Filters: []kafkago.DeleteACLsFilter{{
		ResourceTypeFilter: kafkago.ResourceTypeTopic, ResourceNameFilter: topic, ResourcePatternTypeFilter: kafkago.PatternTypeLiteral,
		PrincipalFilter: "User:" + user, HostFilter: "*", Operation: kafkago.ACLOperationTypeAny, PermissionType: kafkago.ACLPermissionTypeAny,
	}}})
	if err != nil {
		s.t.Fatal(err)
	}
}

// addUser makes a SCRAM user.
func (s *setting) addUser(name, password string) {
	s.t.Helper()
	const iterations = 4096
	salt := []byte("salt of the test")
	hash, err := pbkdf2.Key(sha256.New, password, salt, iterations, sha256.Size)
	if err != nil {
		s.t.Fatal(err)
	}
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.AlterUserScramCredentials(s.t.Context(), &kafkago.AlterUserScramCredentialsRequest{
		Upsertions: []kafkago.UserScramCredentialsUpsertion{{
			Name: name, Mechanism: kafkago.ScramMechanismSha256, Iterations: iterations, Salt: salt, SaltedPassword: hash,
		}},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range res.Results {
		if r.Error != nil {
			s.t.Fatal(r.Error)
		}
	}
}

func write(t *testing.T, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func salted(t *testing.T, user, password string) sasl.Mechanism {
	t.Helper()
	m, err := scram.Mechanism(scram.SHA256, user, password)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
