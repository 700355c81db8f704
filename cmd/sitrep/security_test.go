package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"

	"sitrep/pipeline/kafka"
)

func TestSecretsComeFromOnePlace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ value, file, want, wrong string }{
		{"", "", "", ""},
		{"from outside", "", "from outside", ""},
		{"", file, "open sesame", ""},
		{"from outside", file, "", "both"},
		{"", empty, "", "empty"},
		{"", file + ".not", "", "no such file"},
	} {
		got, err := secret(c.value, "VARIABLE", c.file, "--flag")
		if got != c.want || (err == nil) != (c.wrong == "") || (err != nil && !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("secret(%q, %q) = %q, %v", c.value, c.file, got, err)
		}
	}
}

func TestSecurityFlagsThatDoNotFit(t *testing.T) {
	for want, s := range map[string]security{
		"without --tls":       {cert: "c", key: "k"},
		"want each other":     {tls: true, cert: "c"},
		"no such file":        {tls: true, cert: "c", key: "k"},
		"SITREP_SASL":         {mechanism: "plain", username: "u"},
		"--sasl-mechanism":    {username: "u"},
		"want plain":          {mechanism: "gssapi", username: "u", passwordFromFile: "security_test.go"},
		"--sasl-password-fil": {mechanism: "plain", username: "u", passwordFromFile: "not.there"},
	} {
		err := s.apply(&kafka.Config{}, "")
		var exit exitError
		if err == nil || !strings.Contains(err.Error(), want) || !errors.As(err, &exit) || exit.code != exitUsage {
			t.Errorf("%+v: %v, want a usage error with %q", s, err, want)
		}
	}
}

// What an operator must mend ends the program with code 1 and a message; /readyz
// has said so before; and no secret is in anything that the program writes.
func TestWhatTheOperatorSees(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the built program")
	}
	const right, wrong = "open-sesame-77aa", "shut-sesame-88bb"
	topics := []string{"articles.raw", kafka.DefaultTopics.Events, kafka.DefaultTopics.Articles, kafka.DefaultTopics.DeadLetters}
	guarded, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.EnableSASL(), kfake.Superuser("PLAIN", "sitrep", right), kfake.SeedTopics(1, topics...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(guarded.Close)
	bare, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, topics[:2]...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bare.Close)
	binary := filepath.Join(t.TempDir(), "sitrep")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte(wrong+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args, env []string
		code      int
		want      string
	}{
		"wrong password": {
			[]string{"--brokers", guarded.ListenAddrs()[0], "--sasl-mechanism", "plain", "--sasl-username", "sitrep", "--sasl-password-file", file},
			nil, exitFailed, "password"},
		"wrong password, file named in the environment": {
			[]string{"--brokers", guarded.ListenAddrs()[0], "--sasl-mechanism", "scram-sha-256", "--sasl-username", "sitrep"},
			[]string{"SITREP_SASL_PASSWORD_FILE=" + file}, exitFailed, "password"},
		"password twice": {
			[]string{"--brokers", guarded.ListenAddrs()[0], "--sasl-mechanism", "plain", "--sasl-username", "sitrep", "--sasl-password-file", file},
			[]string{"SITREP_SASL_PASSWORD=" + wrong}, exitUsage, "both"},
		"no topic": {
			[]string{"--brokers", bare.ListenAddrs()[0]}, nil, exitFailed, `topic \"` + kafka.DefaultTopics.Articles + `\" does not exist`},
		"no broker": {
			[]string{"--brokers", "127.0.0.1:1"}, nil, exitFailed, "cannot reach Kafka at 127.0.0.1:1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			addr := freeAddr(t)
			cmd := exec.Command(binary, append([]string{"run", "--start-timeout", "2s", "--health-listen", addr}, c.args...)...)
			cmd.Env = append(os.Environ(), c.env...)
			var out strings.Builder
			cmd.Stdout, cmd.Stderr = &out, &out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			var err error
			saw := ""
			for err == nil {
				select {
				case err = <-ended:
				case <-time.After(50 * time.Millisecond):
					saw += askReady(addr)
				}
			}
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != c.code {
				t.Errorf("%v, want exit code %d", err, c.code)
			}
			if !strings.Contains(out.String(), c.want) {
				t.Errorf("no %q in %s", c.want, &out)
			}
			if want := strings.ReplaceAll(c.want, `\`, ""); c.code == exitFailed && (!strings.Contains(saw, "503 ") || !strings.Contains(saw, want)) {
				t.Errorf("no %q in what /readyz said: %s", want, saw)
			}
			if said := out.String() + saw; strings.Contains(said, right) || strings.Contains(said, wrong) {
				t.Errorf("a password is in %s", said)
			}
		})
	}
}

// askReady asks /readyz as an orchestrator does.
func askReady(addr string) string {
	res, err := http.Get("http://" + addr + "/readyz")
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return fmt.Sprintf("%d %s", res.StatusCode, body)
}

func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
