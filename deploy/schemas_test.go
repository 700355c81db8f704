package deploy

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// The oldest that the chart is for, and the newest that we have schemas of.
var kubernetesVersions = []string{"1.27.0", "1.37.0"}

// Modules whose files define kinds that the chart makes.
var (
	keda     = "github.com/kedacore/keda/v2@v2.21.0"
	operator = "github.com/prometheus-operator/prometheus-operator@v0.85.0"
)

// schemas is a directory of JSON Schemas, one directory a version of Kubernetes and
// one of the kinds that others define.
type schemas string

// schemasOfKubernetes fetches them from a package of Python's that has them for all
// versions, and from the modules of KEDA and the operator.
func schemasOfKubernetes(t *testing.T) schemas {
	t.Helper()
	needs(t, "pip3", "python3-pip")
	dir := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "pip3", "download", "-q", "--disable-pip-version-check",
		"--no-deps", "--require-hashes", "-r", "helm/schemas.txt", "-d", dir).CombinedOutput()
	if err != nil {
		t.Fatalf("pip3 download: %v\n%s", err, out)
	}
	wheels, _ := filepath.Glob(filepath.Join(dir, "*.whl"))
	for _, v := range kubernetesVersions {
		unpack(t, wheels[0], "kubernetes_validate/kubernetes-json-schema/v"+v+"-local-strict/", filepath.Join(dir, v))
	}
	others := filepath.Join(dir, "others")
	if err := os.Mkdir(others, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"scaledobjects", "triggerauthentications"} {
		define(t, filepath.Join(source(t, keda), "config/crd/bases/keda.sh_"+name+".yaml"), others)
	}
	for _, name := range []string{"servicemonitors", "prometheusrules"} {
		define(t, filepath.Join(source(t, operator), "example/prometheus-operator-crd/monitoring.coreos.com_"+name+".yaml"), others)
	}
	return schemas(dir)
}

// check runs kubeconform, which refuses unknown fields, and kinds without a schema.
func (s schemas) check(t *testing.T, version string, manifests []byte) ([]byte, error) {
	t.Helper()
	return tool(t, kubeconform, manifests, "-strict", "-summary", "-kubernetes-version", version,
		"-schema-location", filepath.Join(string(s), version, "{{.ResourceKind}}{{.KindSuffix}}.json"),
		"-schema-location", filepath.Join(string(s), "others", "{{.ResourceKind}}{{.KindSuffix}}.json"))
}

// KEDA's settings of a trigger are words in a map that no schema knows; its scaler
// names them.
func TestChartKnowsTheScaler(t *testing.T) {
	needsChartTools(t)
	scaler := read(t, filepath.Join(source(t, keda), "pkg/scalers/kafka_scaler.go"))
	var scaled struct {
		Spec struct {
			Triggers []struct{ Metadata map[string]string }
		}
	}
	var auth struct {
		Spec struct {
			Env             []struct{ Parameter string }
			SecretTargetRef []struct{ Parameter string }
		}
	}
	manifests := render(t, chart+"/ci/full.yaml")
	find(t, manifests, "ScaledObject", &scaled)
	find(t, manifests, "TriggerAuthentication", &auth)
	knows := func(name, order string) {
		if !regexp.MustCompile(`keda:"name=` + name + `,order=[^,]*` + order).MatchString(scaler) {
			t.Errorf("the scaler has no %s of %s", name, order)
		}
	}
	for name := range scaled.Spec.Triggers[0].Metadata {
		knows(name, "triggerMetadata")
	}
	for _, p := range append(auth.Spec.Env, auth.Spec.SecretTargetRef...) {
		knows(p.Parameter, "authParams")
	}
}

// source returns the directory of a module.
func source(t *testing.T, module string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", module).Output()
	var m struct{ Dir, Error string }
	if err != nil || json.Unmarshal(out, &m) != nil || m.Dir == "" {
		t.Fatalf("%s: %v %s", module, err, out)
	}
	return m.Dir
}

// elsewhere is where schemas say that they and others are.
var elsewhere = regexp.MustCompile(`"\$id": "[^"]*"|/api/_definitions\.json`)

// unpack writes the schemas that are in a directory of an archive, and lets them look
// for each other there.
func unpack(t *testing.T, archive, from, to string) {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if path.Dir(f.Name)+"/" != from || !strings.HasSuffix(f.Name, ".json") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err == nil {
			data = elsewhere.ReplaceAllFunc(data, func(m []byte) []byte {
				if m[0] == '/' {
					return []byte("_definitions.json")
				}
				return []byte(`"$comment": ""`)
			})
			err = os.WriteFile(filepath.Join(to, path.Base(f.Name)), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// define writes the JSON Schemas of a definition of a kind, named as kubeconform asks
// for them.
func define(t *testing.T, file, to string) {
	t.Helper()
	var d struct {
		Spec struct {
			Group    string
			Names    struct{ Kind string }
			Versions []struct {
				Name   string
				Schema struct {
					OpenAPI map[string]any `yaml:"openAPIV3Schema"`
				}
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, file)), &d); err != nil {
		t.Fatal(err)
	}
	for _, v := range d.Spec.Versions {
		closed(v.Schema.OpenAPI)
		v.Schema.OpenAPI["properties"].(map[string]any)["metadata"] = map[string]any{"type": "object"}
		data, err := json.Marshal(v.Schema.OpenAPI)
		if err != nil {
			t.Fatal(err)
		}
		group, _, _ := strings.Cut(d.Spec.Group, ".")
		name := strings.ToLower(d.Spec.Names.Kind) + "-" + group + "-" + v.Name + ".json"
		if err := os.WriteFile(filepath.Join(to, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// closed lets objects have no fields but those that are named, as API servers prune
// others.
func closed(schema any) {
	switch s := schema.(type) {
	case map[string]any:
		_, named := s["properties"].(map[string]any)
		_, others := s["additionalProperties"]
		if named && !others && s["x-kubernetes-preserve-unknown-fields"] != true {
			s["additionalProperties"] = false
		}
		for _, v := range s {
			closed(v)
		}
	case []any:
		for _, v := range s {
			closed(v)
		}
	}
}
