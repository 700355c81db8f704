// Package testregistry gives tests a schema registry on loopback: a fake inside the
// process, real Apicurio Registry as a child process, or one that runs already.
package testregistry

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// startWithin leaves time for the first start to fetch the registry.
const startWithin = 3 * time.Minute

// FromEnvironment returns the address of the registry that tests shall use: what
// SITREP_TEST_REGISTRY says or, when that is "real", of one that
// deploy/registry/run.sh starts; else of a Fake. Close ends what was started.
func FromEnvironment() (url string, closeIt func(), err error) {
	switch url := os.Getenv("SITREP_TEST_REGISTRY"); url {
	case "":
		server := httptest.NewServer(&Fake{})
		return server.URL, server.Close, nil
	case "real":
		return apicurio()
	default:
		return url, func() {}, nil
	}
}

func apicurio() (string, func(), error) {
	script, err := runScript()
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	var said bytes.Buffer
	cmd := exec.Command(script, port)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return "", nil, fmt.Errorf("start the registry: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		cmd.Wait()
		close(ended)
	}()
	stop := func() {
		cmd.Process.Kill()
		<-ended
	}
	url := "http://127.0.0.1:" + port + "/apis/ccompat/v7"
	for deadline := time.After(startWithin); ; {
		if answers(url + "/subjects") {
			return url, stop, nil
		}
		select {
		case <-ended:
			return "", nil, fmt.Errorf("the registry ended while starting: %s", said.Bytes())
		case <-deadline:
			stop()
			return "", nil, fmt.Errorf("the registry does not answer after %s: %s", startWithin, said.Bytes())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func answers(url string) bool {
	response, err := http.Get(url)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return fmt.Sprint(l.Addr().(*net.TCPAddr).Port), nil
}

// runScript finds deploy/registry/run.sh in the module that this process runs in.
func runScript() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		path := filepath.Join(dir, "deploy", "registry", "run.sh")
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", errors.New("deploy/registry/run.sh is not in this directory or one above it")
		}
		dir = parent
	}
}
