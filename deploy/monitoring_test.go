// Package deploy holds what runs sitrep elsewhere; its tests try that.
package deploy

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/samples"
)

// needs skips a test where a program is missing; in CI none may be.
func needs(t *testing.T, program, packet string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("%s is missing: apt-get install %s", program, packet)
	}
	t.Skipf("%s is missing: apt-get install %s", program, packet)
}

func TestAlertsFireWhenTheyShould(t *testing.T) {
	needs(t, "promtool", "prometheus")
	for _, args := range [][]string{
		{"check", "rules", "alerts.yaml"}, {"check", "config", "prometheus.yaml"}, {"test", "rules", "alerts_test.yaml"},
	} {
		cmd := exec.CommandContext(t.Context(), "promtool", args...)
		cmd.Dir = "prometheus"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("promtool %q: %v\n%s", args, err, out)
		}
	}
}

// Each alert has a test in which it fires.
func TestEveryAlertIsTested(t *testing.T) {
	rules, tests := read(t, "prometheus/alerts.yaml"), read(t, "prometheus/alerts_test.yaml")
	for _, m := range regexp.MustCompile(`alert: (\w+)`).FindAllStringSubmatch(rules, -1) {
		if !strings.Contains(tests, "alertname: "+m[1]+"\n        exp_alerts:\n") {
			t.Errorf("%s is never seen to fire", m[1])
		}
	}
}

func TestTheDashboardFollowsItsSchema(t *testing.T) {
	plugins.RegisterDefaultPlugins()
	// The library returns a list of errors, also when that is empty.
	fault := func(source string) string {
		//lint:ignore SA1019 the classic form is what every Grafana loads from a file
		if err := new(dashboard.Dashboard).UnmarshalJSONStrict([]byte(source)); err != nil {
			return err.Error()
		}
		return ""
	}
	source := read(t, "grafana/sitrep.json")
	if f := fault(source); f != "" {
		t.Error(f)
	}
	for _, name := range []string{"legendFormat", "gridPos", "lineWidth", "templating"} {
		if fault(strings.Replace(source, `"`+name+`"`, `"wrong"`, 1)) == "" {
			t.Errorf("another name for %s is not noticed", name)
		}
	}
}

// A real Prometheus scrapes a real run: every query of the dashboard has data, the
// alert on dead letters fires when a sender goes wrong, and that on silence when the
// process ends.
func TestPrometheusSeesARun(t *testing.T) {
	if os.Getenv("CI") == "" && os.Getenv("SITREP_TEST_KAFKA") == "" {
		t.Skip("takes its time: make integration, or CI=1")
	}
	needs(t, "prometheus", "prometheus")
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	health, web := freeAddress(t), freeAddress(t)
	service := run(t, build(t), "run", "--brokers", broker.Addrs()[0], "--create-topics", "2", "--health-listen", health)
	run(t, "prometheus", "--config.file", configuration(t, health), "--storage.tsdb.path", t.TempDir(), "--web.listen-address", web)
	p := prometheus{t, "http://" + web}
	p.until("scraped", func() bool { return len(p.query(`sitrep_ready == 1`)) == 1 })
	p.until("nothing fires but silence", func() bool { return slices.Equal(p.firing(), []string{"SitrepNoArticles"}) })

	var raws []pipeline.Raw
	for _, s := range samples.All()[:6] {
		raws = append(raws, pipeline.Raw{Value: s.Raw}, pipeline.Raw{Value: []byte("{broken")})
	}
	if err := kafka.Produce(t.Context(), broker.Addrs(), "articles.raw", raws); err != nil {
		t.Fatal(err)
	}
	p.until("dead letters alert", func() bool { return slices.Equal(p.firing(), []string{"SitrepDeadLetters"}) })
	for _, expr := range queries(t) {
		expr = strings.NewReplacer("$job", "sitrep", "$instance", ".*", "$__rate_interval", "10s").Replace(expr)
		p.until("data of "+expr, func() bool { return len(p.query(expr)) > 0 })
	}
	service.Signal(syscall.SIGTERM)
	p.until("down alerts", func() bool { return slices.Contains(p.firing(), "SitrepDown") })
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func build(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "sitrep")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../cmd/sitrep").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// run starts a program that is ended with the test.
func run(t *testing.T, program string, args ...string) *os.Process {
	t.Helper()
	var said strings.Builder
	cmd := exec.Command(program, args...)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		if t.Failed() {
			t.Logf("%s said:\n%s", filepath.Base(program), &said)
		}
	})
	return cmd.Process
}

// configuration is that of deploy, quick, with alerts that do not wait.
func configuration(t *testing.T, target string) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("alerts.yaml", regexp.MustCompile(`(?m)^        for: .*\n`).ReplaceAllString(read(t, "prometheus/alerts.yaml"), ""))
	c := strings.Replace(read(t, "prometheus/prometheus.yaml"), "sitrep:8086", target, 1)
	return write("prometheus.yaml", regexp.MustCompile(`_interval: \w+`).ReplaceAllString(c, "_interval: 250ms"))
}

// queries returns those of the dashboard's panels.
func queries(t *testing.T) (all []string) {
	t.Helper()
	var d struct {
		Panels []struct {
			Targets []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(read(t, "grafana/sitrep.json")), &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		for _, target := range p.Targets {
			all = append(all, target.Expr)
		}
	}
	return all
}

// A prometheus is asked over its API.
type prometheus struct {
	t   *testing.T
	url string
}

// get returns false while there is no answer.
func (p prometheus) get(path string, into any) bool {
	res, err := http.Get(p.url + path)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode == http.StatusBadRequest {
		p.t.Fatalf("%s: %s", path, body)
	}
	return json.Unmarshal(body, into) == nil
}

func (p prometheus) query(expr string) []json.RawMessage {
	var answer struct {
		Data struct{ Result []json.RawMessage }
	}
	p.get("/api/v1/query?query="+url.QueryEscape(expr), &answer)
	return answer.Data.Result
}

// firing returns the names of the alerts that fire, in order.
func (p prometheus) firing() []string {
	var answer struct {
		Data struct {
			Alerts []struct {
				State  string
				Labels struct{ Alertname string }
			}
		}
	}
	p.get("/api/v1/alerts", &answer)
	names := []string{}
	for _, a := range answer.Data.Alerts {
		if a.State == "firing" {
			names = append(names, a.Labels.Alertname)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (p prometheus) until(what string, is func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if is() {
			return
		}
	}
	p.t.Fatal(fmt.Sprint(what, ": not within 30 s; firing: ", p.firing()))
}
