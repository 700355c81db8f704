package doctor

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/kafka/testbroker/certs"
)

// Each fault on Apache Kafka itself, whose anonymous listener is the administrator's.
func TestReal(t *testing.T) {
	if os.Getenv("SITREP_TEST_KAFKA") != "real" {
		t.Skip("wants real Apache Kafka: make integration")
	}
	ours, strangers := certs.New(t), certs.New(t)
	dir := t.TempDir()
	keys, trust := filepath.Join(dir, "keys.pem"), filepath.Join(dir, "trust.pem")
	for file, data := range map[string][]byte{keys: ours.Issue(t, "broker"), trust: ours.PEM} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	users := "org.apache.kafka.common.security.plain.PlainLoginModule required"
	for _, name := range []string{"all", "noread", "nowrite", "nogroup", "noids"} {
		users += fmt.Sprintf(` user_%s="%s"`, name, password)
	}
	broker, listeners, err := testbroker.ApacheWith(t.Context(), map[string]string{"SASL": "SASL_PLAINTEXT", "MUTUAL": "SSL"}, strings.Join([]string{
		"authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
		"super.users=User:ANONYMOUS;User:CN=client",
		"sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256",
		"listener.name.sasl.plain.sasl.jaas.config=" + users + ";",
		"listener.name.sasl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
		"ssl.keystore.type=PEM", "ssl.keystore.location=" + keys,
		"ssl.truststore.type=PEM", "ssl.truststore.location=" + trust,
		"listener.name.mutual.ssl.client.auth=required",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	admin := &kafkago.Client{Addr: kafkago.TCP(broker.Addrs()...), Transport: &kafkago.Transport{MetadataTTL: 100 * time.Millisecond}}
	to := func(listener string) Config {
		if listener == "" {
			return at(broker.Addrs()...)
		}
		return at(listeners[listener])
	}

	t.Run("nothing is changed", func(t *testing.T) {
		said := examined(t, to(""))
		want(t, said, "ok | clock | ours (give or take")
		want(t, said, "failed | topic | articles.raw | does not exist | kafka-topics.sh")
		if topics := topicsOf(t, admin); len(topics) > 0 {
			t.Errorf("there are topics now: %q", topics)
		}
	})

	named := func(name string) func(*Config) {
		return func(c *Config) { c.Username, c.Kafka.SASL = name, plain.Mechanism{Username: name, Password: password} }
	}
	refused := func(c *Config) { c.Username, c.Kafka.SASL = "all", plain.Mechanism{Username: "all", Password: wrong} }
	salted := func(name, password string) func(*Config) {
		return func(c *Config) {
			c.Username = name
			c.Kafka.SASL, _ = scram.Mechanism(scram.SHA256, name, password)
		}
	}
	with := func(pool *x509.CertPool, certs ...tls.Certificate) func(*Config) {
		return func(c *Config) { c.Kafka.TLS = &tls.Config{RootCAs: pool, Certificates: certs} }
	}
	addUser(t, admin, "salted")
	for name, c := range map[string]struct {
		listener string
		who      func(*Config)
		want     string
	}{
		"no broker":            {"", func(c *Config) { c.Kafka.Brokers = []string{"127.0.0.1:1"} }, "failed | broker | nothing listens there | nc -vz"},
		"wrong password":       {"SASL", refused, `failed | sasl | user "all" or the password is refused | SITREP_SASL_PASSWORD`},
		"wrong salted one":     {"SASL", salted("salted", wrong), `failed | sasl | user "salted" or the password is refused | kafka-configs.sh`},
		"right salted one":     {"SASL", salted("salted", password), "ok | sasl | user salted is known by SCRAM-SHA-256"},
		"no such mechanism":    {"SASL", func(c *Config) { c.Kafka.SASL, _ = scram.Mechanism(scram.SHA512, "salted", password) }, "failed | sasl | does not have SCRAM-SHA-512; it has | --sasl-mechanism scram-sha-256"},
		"nobody named":         {"SASL", func(*Config) {}, "failed | sasl | asks who we are ( | and nobody is named | --sasl-mechanism scram-sha-256"},
		"named where none is":  {"", named("all"), "failed | sasl | asks nobody who he is | leave --sasl-mechanism out"},
		"short session":        {"", func(c *Config) { c.Kafka.SessionTimeout = time.Millisecond }, "failed | group | refuse a session timeout of 1ms: group.min.session.timeout.ms is 1000 | --session-timeout 1s"},
		"TLS there only":       {"MUTUAL", func(*Config) {}, "failed | tls | the listener wants TLS | --tls"},
		"TLS here only":        {"", with(ours.Pool()), "failed | tls | TLS is on here, and the listener is without it | leave --tls out"},
		"no certificate":       {"MUTUAL", with(ours.Pool()), "failed | tls | ends the TLS handshake | --tls-cert-file"},
		"stranger's":           {"MUTUAL", with(ours.Pool(), strangers.Certificate(t, "client")), "failed | tls | ends the TLS handshake | ssl.truststore.location"},
		"broker of a stranger": {"MUTUAL", with(strangers.Pool()), "failed | tls | signed by nobody we trust | --tls-ca-file"},
		"certificate":          {"MUTUAL", with(ours.Pool(), ours.Certificate(t, "client")), "ok | tls | TLS 1.3"},
	} {
		t.Run(name, func(t *testing.T) {
			config := to(c.listener)
			c.who(&config)
			want(t, examined(t, config), c.want)
		})
	}

	for name, c := range topicFaults {
		t.Run(name, func(t *testing.T) {
			removeTopics(t, admin)
			want(t, examined(t, to("").make(t, c.change)), c.want)
		})
	}

	removeTopics(t, admin)
	to("").make(t, nil)
	for user, words := range map[string][]string{
		"all": {"ok | permission | read articles.raw, write sitrep.events.v1, write sitrep.articles.v1, write sitrep.deadletters.v1, use group sitrep, use transactional ids sitrep/",
			"unknown | topic | policies cannot be checked | --operation DescribeConfigs --topic articles.raw", "unknown | clock | --operation Describe --cluster", "ok | group | new"},
		"noread":  {"failed | topic | articles.raw | we may not see it | --allow-principal User:noread --operation Read --topic articles.raw"},
		"nowrite": {"failed | permission | sitrep.events.v1 | we may not write it | --operation Write --topic sitrep.events.v1"},
		"nogroup": {"failed | permission | sitrep | may not use the group | --operation Read --group sitrep"},
		"noids":   {"failed | permission | sitrep/ | may not use transactional ids | --operation Write --transactional-id sitrep/ --resource-pattern-type prefixed"},
	} {
		t.Run(user, func(t *testing.T) {
			allow(t, admin, user)
			config := to("SASL")
			named(user)(&config)
			said := examined(t, config)
			for range 20 { // grants take a moment
				if strings.Count(said, "failed |") <= 1 && (user == "all") != strings.Contains(said, "failed |") {
					break
				}
				time.Sleep(200 * time.Millisecond)
				said = examined(t, config)
			}
			for _, w := range words {
				want(t, said, w)
			}
		})
	}
	if topics := topicsOf(t, admin); slices.ContainsFunc(topics, func(name string) bool { return strings.HasPrefix(name, "__") }) {
		t.Errorf("there are topics now that nobody has made: %q", topics)
	}

	t.Run("group", func(t *testing.T) {
		config := to("")
		produce := func(n int) {
			if err := kafka.Produce(t.Context(), config.Kafka.Brokers, config.Kafka.Input, make([]pipeline.Raw, n)); err != nil {
				t.Fatal(err)
			}
		}
		produce(10) // five a partition
		running, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			done <- kafka.Run(running, config.Kafka, pipeline.NewPool(1, func(pipeline.Raw) []pipeline.Record { return nil }))
		}()
		deadline := time.Now().Add(time.Minute)
		for said := ""; !strings.Contains(said, "1 process consumes; everything is read"); said = examined(t, config) {
			if time.Now().After(deadline) {
				t.Fatal("it is not read")
			}
			time.Sleep(time.Second)
		}
		stop()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		produce(4)
		want(t, examined(t, config), "ok | group | nobody consumes at the moment; lag 4 records")
		_, err := admin.OffsetCommit(t.Context(), &kafkago.OffsetCommitRequest{GroupID: "sitrep", GenerationID: -1,
			Topics: map[string][]kafkago.OffsetCommit{config.Kafka.Input: {{Partition: 0, Offset: 99}}}})
		if err != nil {
			t.Fatal(err)
		}
		want(t, examined(t, config), "failed | group | not in the topic any more | of partition 0 (at 99, the topic has 0 to 7) | --offset-gone earliest")
	})

	t.Run("open transaction", func(t *testing.T) {
		leaveOpen(t, to(""))
		want(t, examined(t, to("")), "warning | transaction | sitrep.events.v1 | waits in partition 0 | kafka-transactions.sh")
	})
}

// topicsOf returns the names of all topics.
func topicsOf(t *testing.T, admin *kafkago.Client) []string {
	t.Helper()
	res, err := admin.Metadata(t.Context(), &kafkago.MetadataRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, topic := range res.Topics {
		names = append(names, topic.Name)
	}
	return names
}

// removeTopics removes the topics of the service and waits until they are gone.
func removeTopics(t *testing.T, admin *kafkago.Client) {
	t.Helper()
	ours := func() []string {
		return slices.DeleteFunc(topicsOf(t, admin), func(name string) bool { return strings.HasPrefix(name, "__") })
	}
	if names := ours(); len(names) > 0 {
		if _, err := admin.DeleteTopics(t.Context(), &kafkago.DeleteTopicsRequest{Topics: names}); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(30 * time.Second); len(ours()) > 0; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still there: %q", ours())
		}
	}
	time.Sleep(200 * time.Millisecond) // what is remembered of them
}

// allow lets a user do what the service does, but for what its name says.
func allow(t *testing.T, admin *kafkago.Client, user string) {
	t.Helper()
	var acls []kafkago.ACLEntry
	add := func(on kafkago.ResourceType, name string, pattern kafkago.PatternType, op kafkago.ACLOperationType) {
		acls = append(acls, kafkago.ACLEntry{
			ResourceType: on, ResourceName: name, ResourcePatternType: pattern, Principal: "User:" + user, Host: "*",
			Operation: op, PermissionType: kafkago.ACLPermissionTypeAllow,
		})
	}
	if user != "noread" {
		add(kafkago.ResourceTypeTopic, "articles.raw", kafkago.PatternTypeLiteral, kafkago.ACLOperationTypeRead)
	}
	outputs := []string{kafka.DefaultTopics.Events, kafka.DefaultTopics.Articles, kafka.DefaultTopics.DeadLetters}
	for i, topic := range outputs {
		op := kafkago.ACLOperationTypeWrite
		if user == "nowrite" && i == 0 {
			op = kafkago.ACLOperationTypeDescribe
		}
		add(kafkago.ResourceTypeTopic, topic, kafkago.PatternTypeLiteral, op)
	}
	if user != "nogroup" {
		add(kafkago.ResourceTypeGroup, "sitrep", kafkago.PatternTypeLiteral, kafkago.ACLOperationTypeRead)
	}
	if user != "noids" {
		add(kafkago.ResourceTypeTransactionalID, "sitrep/", kafkago.PatternTypePrefixed, kafkago.ACLOperationTypeWrite)
	}
	res, err := admin.CreateACLs(t.Context(), &kafkago.CreateACLsRequest{ACLs: acls})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range res.Errors {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func addUser(t *testing.T, admin *kafkago.Client, name string) {
	t.Helper()
	const iterations = 4096
	salt := []byte("salt of the test")
	hash, err := pbkdf2.Key(sha256.New, password, salt, iterations, sha256.Size)
	if err != nil {
		t.Fatal(err)
	}
	res, err := admin.AlterUserScramCredentials(t.Context(), &kafkago.AlterUserScramCredentialsRequest{
		Upsertions: []kafkago.UserScramCredentialsUpsertion{{
			Name: name, Mechanism: kafkago.ScramMechanismSha256, Iterations: iterations, Salt: salt, SaltedPassword: hash,
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range res.Results {
		if r.Error != nil {
			t.Fatal(r.Error)
		}
	}
}
