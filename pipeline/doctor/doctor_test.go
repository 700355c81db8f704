package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
	"github.com/twmb/franz-go/pkg/kversion"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
)

const (
	password = "open-sesame-41d0"
	wrong    = "shut-sesame-52e1"
)

// embedded starts a broker inside the process.
func embedded(t *testing.T, options ...kfake.Opt) Config {
	t.Helper()
	c, err := kfake.NewCluster(append([]kfake.Opt{kfake.NumBrokers(1), kfake.BrokerConfigs(map[string]string{"message.max.bytes": "12582912"})}, options...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return at(c.ListenAddrs()...)
}

func at(addrs ...string) Config {
	return Config{
		MaxArticle: pipeline.DefaultLimits.Article, Wait: time.Second,
		Kafka: kafka.Config{
			Brokers: addrs, Group: "sitrep", Input: "articles.raw", Topics: kafka.DefaultTopics,
			MaxMessageBytes: pipeline.DefaultLimits.OutputBytes(), StartTimeout: 10 * time.Second, SessionTimeout: 10 * time.Second,
		},
	}
}

// make creates the topics, changed as a case wants it.
func (c Config) make(t *testing.T, change func([]kafka.TopicSpec) []kafka.TopicSpec) Config {
	t.Helper()
	specs := kafka.Specs(c.Kafka.Input, c.Kafka.Topics, 2, c.MaxArticle)
	if change != nil {
		specs = change(specs)
	}
	if err := kafka.CreateTopics(t.Context(), c.Kafka, specs...); err != nil {
		t.Fatal(err)
	}
	return c
}

// examined returns what the doctor says, a finding a line, and looks that no secret is
// in it.
func examined(t *testing.T, c Config) string {
	t.Helper()
	var b strings.Builder
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	Examine(ctx, c, func(f Finding) {
		b.WriteString(strings.Join([]string{string(f.Level), f.Check, f.About, f.Says, f.Fix}, " | ") + "\n")
		if f.Level != OK && f.Fix == "" {
			t.Errorf("no fix: %+v", f)
		}
	})
	for _, secret := range []string{password, wrong} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the password is in %s", &b)
		}
	}
	t.Logf("\n%s", &b)
	return b.String()
}

// want looks for a line that has all the words, which are separated by bars.
func want(t *testing.T, said, words string) {
	t.Helper()
	for line := range strings.Lines(said) {
		has := true
		for word := range strings.SplitSeq(words, "|") {
			has = has && strings.Contains(line, strings.TrimSpace(word))
		}
		if has {
			return
		}
	}
	t.Errorf("want a line with %q in\n%s", words, said)
}

func TestAllWell(t *testing.T) {
	said := examined(t, embedded(t).make(t, nil))
	if strings.Contains(said, "failed |") {
		t.Error("something failed")
	}
	want(t, said, "ok | topic | sitrep.events.v1 | 2 partitions | 11 MiB")
	want(t, said, "ok | permission | read articles.raw, write sitrep.events.v1 | transactional ids sitrep/")
	want(t, said, "ok | group | sitrep | new: it begins at earliest | 0 records")
	want(t, said, "ok | version")
}

// Each fault names its cause, and what mends it.
func TestConnections(t *testing.T) {
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	encrypted := kfake.TLS(&tls.Config{Certificates: server.TLS.Certificates})
	users := []kfake.Opt{kfake.EnableSASL(), kfake.Superuser("PLAIN", "sitrep", password), kfake.Superuser("SCRAM-SHA-512", "sitrep", password)}
	trusted := x509.NewCertPool()
	trusted.AddCert(server.Certificate())
	as := func(c *Config, user, password string) {
		c.Username, c.Kafka.SASL = user, plain.Mechanism{Username: user, Password: password}
	}
	salted := func(c *Config, password string) {
		c.Username = "sitrep"
		c.Kafka.SASL, _ = scram.Mechanism(scram.SHA512, "sitrep", password)
	}
	for name, c := range map[string]struct {
		options []kfake.Opt
		change  func(*Config)
		want    string
	}{
		"no broker":          {nil, func(c *Config) { c.Kafka.Brokers = []string{"127.0.0.1:1"} }, "failed | broker | 127.0.0.1:1 | refused: nothing listens | nc -vz 127.0.0.1 1"},
		"unknown name":       {nil, func(c *Config) { c.Kafka.Brokers = []string{"kafka.invalid:9092"} }, "failed | broker | the name kafka.invalid is not known | getent hosts kafka.invalid"},
		"one of two":         {nil, func(c *Config) { c.Kafka.Brokers = append(c.Kafka.Brokers, "127.0.0.1:1") }, "warning | broker | 127.0.0.1:1 | refused"},
		"a page":             {nil, func(c *Config) { c.Kafka.Brokers = []string{page(t)} }, "failed | broker | does not speak Kafka | port in --brokers"},
		"wrong password":     {users, func(c *Config) { as(c, "sitrep", wrong) }, `failed | sasl | user "sitrep" or the password is refused | SITREP_SASL_PASSWORD | plain.sasl.jaas.config`},
		"wrong salted one":   {users, func(c *Config) { salted(c, wrong) }, `failed | sasl | user "sitrep" or the password is refused | kafka-configs.sh | --entity-type users --entity-name sitrep --add-config 'SCRAM-SHA-512=`},
		"nobody named":       {users, nil, "failed | sasl | asks who we are (PLAIN, | --sasl-mechanism scram-sha-512 --sasl-username"},
		"right password":     {users, func(c *Config) { salted(c, password) }, "ok | sasl | user sitrep is known by SCRAM-SHA-512"},
		"password in clear":  {users, func(c *Config) { as(c, "sitrep", password) }, "warning | sasl | crosses the network for all to read | --tls"},
		"TLS":                {[]kfake.Opt{encrypted}, func(c *Config) { c.Kafka.TLS = &tls.Config{RootCAs: trusted} }, "ok | tls | TLS 1.3; the broker's certificate is good until"},
		"TLS there only":     {[]kfake.Opt{encrypted}, nil, "failed | tls | the listener wants TLS | --tls (SITREP_TLS=true)"},
		"TLS here only":      {nil, func(c *Config) { c.Kafka.TLS = &tls.Config{RootCAs: trusted} }, "failed | tls | TLS is on here, and the listener is without it | leave --tls out"},
		"stranger's":         {[]kfake.Opt{encrypted}, func(c *Config) { c.Kafka.TLS = &tls.Config{RootCAs: x509.NewCertPool()} }, "failed | tls | signed by nobody we trust | --tls-ca-file | openssl s_client"},
		"other name":         {[]kfake.Opt{encrypted}, func(c *Config) { c.Kafka.TLS = &tls.Config{RootCAs: trusted, ServerName: "kafka.invalid"} }, "failed | tls | is not for kafka.invalid"},
		"old broker":         {[]kfake.Opt{kfake.MaxVersions(kversion.V2_4_0())}, nil, "failed | version | too old: it lacks version 7 of OffsetFetch, which came with Kafka 2.5 | upgrade it"},
		"short session":      {[]kfake.Opt{kfake.GroupMinSessionTimeout(6 * time.Second), kfake.BrokerConfigs(map[string]string{"group.min.session.timeout.ms": "6000"})}, func(c *Config) { c.Kafka.SessionTimeout = time.Second }, "failed | group | refuse a session timeout of 1s: group.min.session.timeout.ms is 6000 | --session-timeout 6s"},
		"no registry":        {nil, func(c *Config) { c.Registry = []string{"http://127.0.0.1:1"} }, "failed | registry | cannot be reached | curl -i http://127.0.0.1:1/schemas/types"},
		"page as a registry": {nil, func(c *Config) { c.Registry = []string{"http://" + page(t)} }, "failed | registry | no schema registry answers there: 404"},
		"registry": {nil, func(c *Config) {
			c.Registry = []string{types(t)}
			c.RegistryUsername, c.RegistryPassword = "r", password
		}, "ok | registry | it has JSON, AVRO"},
		"registry, password": {nil, func(c *Config) { c.Registry = []string{types(t)}; c.RegistryUsername, c.RegistryPassword = "r", wrong }, "failed | registry | refuses the user or password | --schema-registry-password-file"},
		"registry, its clock": {nil, func(c *Config) {
			c.Registry = []string{types(t)}
			c.RegistryUsername, c.RegistryPassword = "r", password
		}, "warning | clock | http | 29m59 | ahead of ours | timedatectl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := embedded(t, c.options...)
			if c.change != nil {
				c.change(&config)
			}
			want(t, examined(t, config), c.want)
		})
	}
}

// page is something that speaks HTTP only.
func page(t *testing.T) string {
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
	return s.Listener.Addr().String()
}

// types is a schema registry with a password and a clock that is ahead.
func types(t *testing.T) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, given, _ := r.BasicAuth(); user != "r" || given != password {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Date", time.Now().Add(30*time.Minute).UTC().Format(http.TimeFormat))
		io.WriteString(w, `["JSON","AVRO"]`)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

var topicFaults = map[string]struct {
	change func([]kafka.TopicSpec) []kafka.TopicSpec
	want   string
}{
	"missing": {func(s []kafka.TopicSpec) []kafka.TopicSpec { return append(s[:1:1], s[2:]...) },
		"failed | topic | sitrep.events.v1 | it does not exist | kafka-topics.sh --bootstrap-server | --create --if-not-exists --topic sitrep.events.v1 --partitions 2 | --config cleanup.policy=compact,delete"},
	"events not compacted": {set(1, "cleanup.policy", "delete"),
		"failed | topic | sitrep.events.v1 | cleanup.policy is delete, want compact,delete | kafka-configs.sh | --alter --entity-type topics --entity-name sitrep.events.v1 --add-config 'cleanup.policy=[compact,delete]'"},
	"articles not compacted":   {set(2, "cleanup.policy", "delete"), "failed | topic | sitrep.articles.v1 | want compact | cleanup.policy=compact"},
	"articles compact, delete": {set(2, "cleanup.policy", "compact,delete"), "warning | topic | sitrep.articles.v1 | receipts of articles go after 7 days"},
	"dead letters compacted":   {set(3, "cleanup.policy", "compact"), "failed | topic | sitrep.deadletters.v1 | want delete | cleanup.policy=delete"},
	"input compacted":          {set(0, "cleanup.policy", "compact"), "warning | topic | articles.raw | only the last is sure to be read"},
	"small records":            {set(1, "max.message.bytes", "1000000"), "failed | topic | sitrep.events.v1 | max.message.bytes is 1000000, want 11534336 | --add-config max.message.bytes=11534336"},
	"small input":              {set(0, "max.message.bytes", "1000000"), "ok | topic | articles.raw"},
	"short retention":          {set(0, "retention.ms", "3600000"), "warning | topic | articles.raw | kept 1h0m0s only | retention.ms=604800000"},
	"too many in sync":         {set(3, "min.insync.replicas", "2"), "failed | topic | sitrep.deadletters.v1 | 2 replicas must be in sync and there are 1 | min.insync.replicas=1"},
}

func set(i int, setting, value string) func([]kafka.TopicSpec) []kafka.TopicSpec {
	return func(s []kafka.TopicSpec) []kafka.TopicSpec { s[i].Settings[setting] = value; return s }
}

func TestTopics(t *testing.T) {
	for name, c := range topicFaults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want(t, examined(t, embedded(t).make(t, c.change)), c.want)
		})
	}
}

func TestReplicas(t *testing.T) {
	config := embedded(t, kfake.NumBrokers(3))
	said := examined(t, config.make(t, func(s []kafka.TopicSpec) []kafka.TopicSpec {
		for i := range s {
			s[i].Replication = 3
		}
		s[0].Replication = 1
		s[1].Settings["min.insync.replicas"] = "2"
		s[2].Settings["min.insync.replicas"] = "3"
		return s
	}))
	want(t, said, "warning | articles.raw | one replica")
	want(t, said, "ok | sitrep.events.v1 | 3 replicas (2 in sync to write)")
	want(t, said, "warning | sitrep.articles.v1 | all 3 replicas must be in sync | min.insync.replicas=2")
	want(t, said, "warning | sitrep.deadletters.v1 | one replica in sync is enough | min.insync.replicas=2")
}

// A broker that the cluster names and that is not reached is told.
func TestAdvertised(t *testing.T) {
	c, err := kfake.NewCluster(kfake.NumBrokers(1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	c.ControlKey(3, func(req kmsg.Request) (kmsg.Response, error, bool) {
		c.KeepControl()
		res := req.ResponseKind().(*kmsg.MetadataResponse)
		b := kmsg.NewMetadataResponseBroker()
		b.NodeID, b.Host, b.Port = 7, "127.0.0.1", 1
		res.Brokers = append(res.Brokers, b)
		return res, nil, true
	})
	want(t, examined(t, at(c.ListenAddrs()...)), "failed | broker | 127.0.0.1:1 | the cluster says that broker 7 is at this address | advertised.listeners")
}

func TestPermissions(t *testing.T) {
	acl := func(resource kmsg.ACLResourceType, name string, op kmsg.ACLOperation) kfake.ACL {
		return kfake.ACL{Resource: resource, Name: name, Pattern: kmsg.ACLResourcePatternTypeLiteral, Operation: op, Allow: true}
	}
	topic, group := kmsg.ACLResourceTypeTopic, kmsg.ACLResourceTypeGroup
	all := []kfake.ACL{
		acl(topic, "articles.raw", kmsg.ACLOperationRead),
		acl(topic, "sitrep.events.v1", kmsg.ACLOperationWrite), acl(topic, "sitrep.articles.v1", kmsg.ACLOperationWrite), acl(topic, "sitrep.deadletters.v1", kmsg.ACLOperationWrite),
		acl(group, "sitrep", kmsg.ACLOperationRead),
		{Resource: kmsg.ACLResourceTypeTransactionalId, Name: "sitrep/", Pattern: kmsg.ACLResourcePatternTypePrefixed, Operation: kmsg.ACLOperationWrite, Allow: true},
	}
	for name, c := range map[string]struct {
		change func([]kfake.ACL) []kfake.ACL
		want   []string
	}{
		"all": {func(a []kfake.ACL) []kfake.ACL { return a },
			[]string{"ok | permission | read articles.raw, write sitrep.events.v1, write sitrep.articles.v1, write sitrep.deadletters.v1, use group sitrep, use transactional ids sitrep/",
				"unknown | topic | sitrep.events.v1 | policies cannot be checked | --operation DescribeConfigs --topic articles.raw --topic sitrep.events.v1"}},
		"not to see": {func(a []kfake.ACL) []kfake.ACL { return append(a[:1:1], a[2:]...) },
			[]string{"failed | topic | sitrep.events.v1 | may not see it | kafka-acls.sh | --add --allow-principal User:u --operation Write --topic sitrep.events.v1"}},
		"to see only": {func(a []kfake.ACL) []kfake.ACL { a[0].Operation = kmsg.ACLOperationDescribe; return a },
			[]string{"failed | permission | articles.raw | may not read it | --operation Read --topic articles.raw"}},
		"not the group": {func(a []kfake.ACL) []kfake.ACL { return append(a[:4:4], a[5:]...) },
			[]string{"failed | permission | sitrep | may not use the group | --operation Read --group sitrep"}},
		"no transactions": {func(a []kfake.ACL) []kfake.ACL { return a[:5] },
			[]string{"failed | permission | sitrep/ | may not use transactional ids | --operation Write --transactional-id sitrep/ --resource-pattern-type prefixed | --at-least-once"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := embedded(t, kfake.EnableSASL(), kfake.EnableACLs(), kfake.Superuser("PLAIN", "admin", password),
				kfake.User("PLAIN", "u", password, c.change(append([]kfake.ACL{}, all...))...))
			config.Kafka.SASL = plain.Mechanism{Username: "admin", Password: password}
			config.make(t, nil)
			config.Username, config.Kafka.SASL = "u", plain.Mechanism{Username: "u", Password: password}
			said := examined(t, config)
			for _, words := range c.want {
				want(t, said, words)
			}
		})
	}
}

func TestCompareClocks(t *testing.T) {
	for _, c := range []struct {
		ahead, give time.Duration
		level       Level
		says        string
	}{
		{20 * time.Millisecond, 5 * time.Millisecond, OK, "20ms ahead of ours"},
		{-6 * time.Second, 2 * time.Second, OK, "6s behind"},
		{-20 * time.Second, time.Millisecond, Warning, "20s behind"},
		{2 * time.Hour, time.Millisecond, Warning, "2h0m0s ahead"},
		{-2 * time.Hour, time.Millisecond, Failed, "refuses records from so far in the future"},
	} {
		if f := compare("clock", "", c.ahead, c.give); f.Level != c.level || !strings.Contains(f.Says, c.says) {
			t.Errorf("%s: %+v", c.ahead, f)
		}
	}
}

func TestOpenTransaction(t *testing.T) {
	config := embedded(t).make(t, nil)
	leaveOpen(t, config)
	want(t, examined(t, config), "warning | transaction | sitrep.events.v1 | one is open | waits in partition 0 (from 0 on) | kafka-transactions.sh --bootstrap-server | describe-producers --topic sitrep.events.v1 --partition 0")
}

// leaveOpen writes to a transaction that stays open until the test ends.
func leaveOpen(t *testing.T, c Config) {
	t.Helper()
	client, err := kgo.NewClient(kgo.SeedBrokers(c.Kafka.Brokers...), kgo.TransactionalID("somebody"), kgo.RecordPartitioner(kgo.ManualPartitioner()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	if err := client.BeginTransaction(); err != nil {
		t.Fatal(err)
	}
	if err := client.ProduceSync(t.Context(), &kgo.Record{Topic: c.Kafka.Topics.Events, Key: []byte("k"), Value: []byte("v")}).FirstErr(); err != nil {
		t.Fatal(err)
	}
}
