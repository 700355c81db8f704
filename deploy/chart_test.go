package deploy

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
)

const (
	helm        = "helm.sh/helm/v3/cmd/helm@v3.22.0"
	kubeconform = "github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0"
	chart       = "helm/sitrep"
)

// The chart is rendered by helm and checked against the schemas of the oldest and the
// newest Kubernetes, and those of KEDA and the Prometheus operator.
func TestChartGivesValidManifests(t *testing.T) {
	needsChartTools(t)
	schemas := schemasOfKubernetes(t)
	for _, values := range settings(t) {
		t.Run(filepath.Base(values), func(t *testing.T) {
			if out, err := tool(t, helm, nil, "lint", "--strict", "--kube-version", kubernetesVersions[0], chart, "-f", values); err != nil {
				t.Fatalf("helm lint: %v\n%s", err, out)
			}
			manifests := render(t, values)
			for _, version := range kubernetesVersions {
				if out, err := schemas.check(t, version, manifests); err != nil {
					t.Errorf("Kubernetes %s: %v\n%s", version, err, out)
				}
			}
		})
	}
	t.Run("mistakes are seen", func(t *testing.T) {
		manifests := render(t, "helm/sitrep/ci/full.yaml")
		for _, name := range []string{"readOnlyRootFilesystem", "unhealthyPodEvictionPolicy", "minReplicaCount", "secretTargetRef", "interval", "policyTypes"} {
			wrong := bytes.ReplaceAll(manifests, []byte(name+":"), []byte(name+"s:"))
			if out, err := schemas.check(t, kubernetesVersions[0], wrong); err == nil {
				t.Errorf("%ss passes:\n%s", name, out)
			}
		}
	})
}

func TestChartRefusesWrongValues(t *testing.T) {
	needsChartTools(t)
	for _, c := range []struct{ set, want string }{
		{"kafka.borkers=x", "borkers"},
		{"kafka.brokers={kafka}", "pattern"},
		{"kafka.brokers=null", "brokers"},
		{"image.repository=", "repository"},
		{"terminationGracePeriodSeconds=10", "25"},
		{"kafka.sasl.mechanism=gssapi", "mechanism"},
		{"kafka.sasl.mechanism=plain,kafka.sasl.username=u", "sasl"},
		{"kafka.sasl.mechanism=plain,kafka.sasl.secret=s", "username"},
		{"kafka.sasl.mechanism=plain,kafka.sasl.username=u,kafka.sasl.secret=s,kafka.sasl.passwordFile=/f", "sasl"},
		{"kafka.sasl.username=u", "username"},
		{"kafka.tls.enabled=true,kafka.tls.secret=s,kafka.tls.cert=c", "key"},
		{"kafka.tls.secret=s,kafka.tls.ca=c", "enabled"},
		{"settings.brokers=b:1", "the chart sets this flag"},
		{"settings.MAX_BATCH=1", "MAX_BATCH"},
		{"keda.enabled=true,kafka.sasl.mechanism=plain,kafka.sasl.username=u,kafka.sasl.passwordFile=/f", "kafka.sasl.secret"},
		{"replicas=-1", "replicas"},
	} {
		out, err := tool(t, helm, nil, "template", "s", chart, "-f", chart+"/ci/small.yaml", "--kube-version", kubernetesVersions[0], "--set", c.set)
		if err == nil || !strings.Contains(string(out), c.want) {
			t.Errorf("--set %s: %v, want a message with %q:\n%s", c.set, err, c.want, out)
		}
	}
}

// Everything that the pod security standard "restricted" asks for, and more.
func TestChartIsHardened(t *testing.T) {
	needsChartTools(t)
	for _, values := range settings(t) {
		pod := deployment(t, render(t, values)).Spec.Template.Spec
		c := pod.Containers[0]
		for what, holds := range map[string]bool{
			"one container":           len(pod.Containers) == 1,
			"no token of the API":     !pod.AutomountServiceAccountToken,
			"no variables of others":  !pod.EnableServiceLinks,
			"not root":                pod.SecurityContext.RunAsNonRoot && pod.SecurityContext.RunAsUser > 0,
			"seccomp":                 pod.SecurityContext.SeccompProfile.Type == "RuntimeDefault",
			"read-only":               c.SecurityContext.ReadOnlyRootFilesystem,
			"no new privileges":       !c.SecurityContext.AllowPrivilegeEscalation,
			"no capabilities":         slices.Equal(c.SecurityContext.Capabilities.Drop, []string{"ALL"}),
			"requests":                c.Resources.Requests["cpu"] != "" && c.Resources.Requests["memory"] != "",
			"limits":                  c.Resources.Limits["memory"] != "",
			"liveness asks no broker": c.LivenessProbe.HTTPGet.Path == "/livez",
			"readiness":               c.ReadinessProbe.HTTPGet.Path == "/readyz",
			"time to stop":            time.Duration(pod.TerminationGracePeriodSeconds)*time.Second >= stopLimit(t)+5*time.Second,
		} {
			if !holds {
				t.Errorf("%s: %s does not hold", values, what)
			}
		}
	}
}

// What the chart puts into the environment are flags of sitrep run, with values that
// it takes.
func TestChartSetsFlagsThatThereAre(t *testing.T) {
	needsChartTools(t)
	help, err := exec.CommandContext(t.Context(), build(t), "run", "--help").CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	for _, values := range settings(t) {
		for _, v := range deployment(t, render(t, values)).Spec.Template.Spec.Containers[0].Env {
			name, ours := strings.CutPrefix(v.Name, "SITREP_")
			flag := "--" + strings.ReplaceAll(strings.ToLower(name), "_", "-")
			if ours && !regexp.MustCompile(`(?m)^\s+`+flag+`\s`).Match(help) {
				t.Errorf("%s: sitrep run has no %s", values, flag)
			}
			if strings.ContainsAny(v.Value, "eE+") && regexp.MustCompile(`^[0-9.]+[eE]`).MatchString(v.Value) {
				t.Errorf("%s: %s=%s is not how a number is written", values, v.Name, v.Value)
			}
		}
	}
}

func TestChartAlertsOnItsOwnJob(t *testing.T) {
	needsChartTools(t)
	needs(t, "promtool", "prometheus")
	var rule struct {
		Kind string
		Spec struct{ Groups []any }
	}
	find(t, render(t, chart+"/ci/full.yaml"), "PrometheusRule", &rule)
	rules, err := yaml.Marshal(map[string]any{"groups": rule.Spec.Groups})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(rules, []byte(`job="sitrep"`)) || !bytes.Contains(rules, []byte(`job="news-sitrep"`)) {
		t.Errorf("rules are not about the release's job:\n%s", rules)
	}
	file := filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(file, rules, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), "promtool", "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("promtool: %v\n%s", err, out)
	}
}

// needsChartTools skips: helm takes minutes to compile the first time.
func needsChartTools(t *testing.T) {
	t.Helper()
	if os.Getenv("SITREP_TEST_CHART") == "" {
		t.Skip("compiles helm: make chart")
	}
}

// settings are the values that the chart is tried with.
func settings(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(chart + "/ci/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no values to try: ", err)
	}
	return files
}

// tool runs a program of a Go module, which Go fetches.
func tool(t *testing.T, module string, stdin []byte, args ...string) ([]byte, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), installed(t, module), args...)
	cmd.Stdin = bytes.NewReader(stdin)
	return cmd.CombinedOutput()
}

// programs are those that installed has found.
var programs = map[string]string{}

// installed compiles the program, or finds it in the user's cache as it was compiled
// before.
func installed(t *testing.T, module string) string {
	t.Helper()
	if path, ok := programs[module]; ok {
		return path
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(cache, "sitrep-test-tools")
	cmd := exec.CommandContext(t.Context(), "go", "install", module)
	cmd.Env = append(os.Environ(), "GOBIN="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go install %s: %v\n%s", module, err, out)
	}
	pkg, _, _ := strings.Cut(module, "@")
	programs[module] = filepath.Join(dir, filepath.Base(pkg))
	return programs[module]
}

// render is helm template, of the values in a file.
func render(t *testing.T, values string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), installed(t, helm), "template", "news", chart, "-f", values,
		"--namespace", "press", "--kube-version", kubernetesVersions[0])
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("helm template: %v\n%s", err, &said)
	}
	return out
}

// find decodes the manifest of a kind.
func find(t *testing.T, manifests []byte, kind string, into any) {
	t.Helper()
	for _, one := range bytes.Split(manifests, []byte("\n---\n")) {
		var m map[string]any
		if err := yaml.Unmarshal(one, &m); err != nil {
			t.Fatal(err)
		}
		if m["kind"] != kind {
			continue
		}
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatalf("no %s", kind)
}

type probe struct{ HTTPGet struct{ Path string } }

// A workload is what the tests look at in a Deployment.
type workload struct {
	Spec struct {
		Template struct {
			Spec struct {
				AutomountServiceAccountToken, EnableServiceLinks bool
				TerminationGracePeriodSeconds                    int
				SecurityContext                                  struct {
					RunAsNonRoot   bool
					RunAsUser      int
					SeccompProfile struct{ Type string }
				}
				Containers []struct {
					Env             []struct{ Name, Value string }
					Resources       struct{ Requests, Limits map[string]string }
					SecurityContext struct {
						ReadOnlyRootFilesystem, AllowPrivilegeEscalation bool
						Capabilities                                     struct{ Drop []string }
					}
					LivenessProbe, ReadinessProbe probe
				}
			}
		}
	}
}

func deployment(t *testing.T, manifests []byte) workload {
	t.Helper()
	// What is left out is not false by itself.
	var w workload
	w.Spec.Template.Spec.AutomountServiceAccountToken, w.Spec.Template.Spec.EnableServiceLinks = true, true
	find(t, manifests, "Deployment", &w)
	return w
}

// stopLimit is how long sitrep run may go on after it was told to stop.
func stopLimit(t *testing.T) time.Duration {
	t.Helper()
	m := regexp.MustCompile(`(?m)^const stopLimit = (\d+) \* time\.Second$`).FindStringSubmatch(read(t, "../pipeline/kafka/group.go"))
	if m == nil {
		t.Fatal("stopLimit is not where it was")
	}
	limit, err := time.ParseDuration(m[1] + "s")
	if err != nil {
		t.Fatal(err)
	}
	return limit
}
