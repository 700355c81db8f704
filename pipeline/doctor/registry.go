package doctor

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// registry asks each address of the schema registry which kinds of schemas it has.
func (d *doctor) registry(ctx context.Context) {
	for _, address := range d.Registry {
		d.tell(d.askRegistry(ctx, address))
	}
}

func (d *doctor) askRegistry(ctx context.Context, address string) Finding {
	url := strings.TrimSuffix(address, "/") + "/schemas/types"
	look := "curl -i " + quote(url)
	if d.RegistryUsername != "" {
		look = "curl -i -u " + quote(d.RegistryUsername) + " " + quote(url)
	}
	bad := func(format string, args ...any) Finding {
		return Finding{"registry", address, Failed, fmt.Sprintf(format, args...), "look with: " + look}
	}
	ctx, cancel := context.WithTimeout(ctx, d.Wait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return bad("%s", err)
	}
	if d.RegistryUsername != "" {
		req.SetBasicAuth(d.RegistryUsername, d.RegistryPassword)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return bad("cannot be reached: %s", root(err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 1<<16))
	var kinds []string
	switch {
	case err != nil:
		return bad("its answer ends early: %s", root(err))
	case res.StatusCode == http.StatusUnauthorized, res.StatusCode == http.StatusForbidden:
		f := bad("it refuses the user or password (%s)", res.Status)
		f.Fix = "--schema-registry-username, and the password in SITREP_SCHEMA_REGISTRY_PASSWORD or --schema-registry-password-file; " + f.Fix
		return f
	case res.StatusCode != http.StatusOK:
		return bad("no schema registry answers there: %s", res.Status)
	case json.Unmarshal(body, &kinds) != nil:
		return bad("what answers there is no schema registry: want a list of kinds of schemas")
	}
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		// The header has whole seconds.
		if c := compare("clock", address, time.Until(date), time.Second); c.Level != OK {
			d.tell(c)
		}
	}
	return Finding{"registry", address, OK, "answers; it has " + strings.Join(kinds, ", "), ""}
}
