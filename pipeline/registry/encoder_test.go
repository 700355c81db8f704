package registry

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twmb/avro"
	"github.com/twmb/franz-go/pkg/sr"

	"sitrep/pipeline"
	"sitrep/pipeline/registry/testregistry"
	"sitrep/pipeline/samples"
	"sitrep/pipeline/schema"
)

// address is that of the registry that all tests here use.
var address string

func TestMain(m *testing.M) {
	url, closeIt, err := testregistry.FromEnvironment()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	address = url
	code := m.Run()
	closeIt()
	os.Exit(code)
}

func open(t *testing.T) *Registry {
	t.Helper()
	r, err := New([]string{address}, "", "")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// What is encoded is read by the schema that the registry has under the number in
// front of it, by somebody who has not seen it before, and says what was published.
func TestEncodedRecordsReadAsPublished(t *testing.T) {
	for _, format := range []string{"avro", "json-schema"} {
		encoder, err := open(t).Encoder(t.Context(), format, format+".events", format+".articles")
		if err != nil {
			t.Fatal(err)
		}
		reader := open(t)
		for _, s := range samples.All() {
			published := pipeline.Process(pipeline.Raw{Value: s.Raw}, pipeline.DefaultLimits)
			encoded := pipeline.Process(pipeline.Raw{Value: s.Raw}, pipeline.DefaultLimits)
			if err := encoder.Encode(encoded); err != nil {
				t.Fatal(err)
			}
			for i, want := range published {
				got, err := reader.JSON(t.Context(), want.Stream, encoded[i].Value)
				if err != nil {
					t.Fatal(err)
				}
				kept := want.Value
				if format == "avro" {
					kept = inUTC(t, kept)
				}
				if !bytes.Equal(got, kept) || !bytes.Equal(encoded[i].Key, want.Key) {
					t.Fatalf("%s\ngot  %s\nwant %s", format, got, kept)
				}
			}
		}
	}
}

// inUTC returns a record with its time as Avro keeps it.
func inUTC(t *testing.T, record []byte) []byte {
	t.Helper()
	var r struct {
		PublishedAt *string `json:"published_at"`
	}
	if err := json.Unmarshal(record, &r); err != nil {
		t.Fatal(err)
	}
	if r.PublishedAt == nil {
		return record
	}
	at, err := time.Parse(time.RFC3339, *r.PublishedAt)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(record, []byte(*r.PublishedAt), []byte(at.UTC().Format(time.RFC3339)), 1)
}

func TestTombstonesAndDeadLettersAreNotEncoded(t *testing.T) {
	encoder, err := open(t).Encoder(t.Context(), "avro", "events", "articles")
	if err != nil {
		t.Fatal(err)
	}
	records := []pipeline.Record{{Stream: pipeline.Events, Key: []byte("gone")}, {Stream: pipeline.DeadLetters, Value: []byte("as it came")}}
	if err := encoder.Encode(records); err != nil || records[0].Value != nil || string(records[1].Value) != "as it came" {
		t.Errorf("%q, %v", records, err)
	}
}

// A service that starts again, or beside another, gets the numbers that are there.
func TestSchemasAreRegisteredOnce(t *testing.T) {
	register := func() int {
		encoder, err := open(t).Encoder(t.Context(), "avro", "once.events", "once.articles")
		if err != nil {
			t.Fatal(err)
		}
		return encoder.streams[pipeline.Events].id
	}
	if first, second := register(), register(); first != second {
		t.Errorf("numbers %d and %d", first, second)
	}
}

// Fields that a later version adds are let in by a subject whose compatibility is
// FORWARD; one that is BACKWARD refuses them, and the error says what to do. (Of JSON
// Schema Apicurio compares no draft as late as ours.)
func TestNewFieldsAreForwardCompatible(t *testing.T) {
	if os.Getenv("SITREP_TEST_REGISTRY") == "" {
		t.Skip("the fake does not compare schemas")
	}
	r := open(t)
	if _, err := r.client.RegisterSchema(t.Context(), "grows-value", earlierSchema(t), -1, -1); err != nil {
		t.Fatal(err)
	}
	register := func(level sr.CompatibilityLevel) error {
		for _, result := range r.client.SetCompatibility(t.Context(), sr.SetCompatibility{Level: level}, "grows-value") {
			if result.Err != nil {
				t.Fatal(result.Err)
			}
		}
		_, err := r.Encoder(t.Context(), "avro", "grows", "grows.articles")
		return err
	}
	if err := register(sr.CompatBackward); err == nil || !strings.Contains(err.Error(), "compatibility to FORWARD") {
		t.Errorf("BACKWARD: %v", err)
	}
	if err := register(sr.CompatForward); err != nil {
		t.Errorf("FORWARD: %v", err)
	}
}

// A record of an earlier version is read, without what it has not.
func TestRecordsOfEarlierVersionsAreRead(t *testing.T) {
	r := open(t)
	earlier := earlierSchema(t)
	id, err := r.client.RegisterSchema(t.Context(), "earlier-value", earlier, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := avro.Parse(earlier.Schema)
	if err != nil {
		t.Fatal(err)
	}
	record := pipeline.EventRecord{EventID: "e", Rule: "deploy", Confidence: 0.5}
	value, err := compiled.AppendEncode(binary.BigEndian.AppendUint32([]byte{0}, uint32(id)), schema.Events().Rows().Of(&record))
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.JSON(t.Context(), pipeline.Events, value)
	if err != nil || !strings.Contains(string(got), `"event_id":"e"`) || !strings.Contains(string(got), `"confidence":0,`) {
		t.Errorf("%s, %v", got, err)
	}
}

// earlierSchema is that of events as if two fields were not there yet.
func earlierSchema(t *testing.T) sr.Schema {
	t.Helper()
	table := schema.Events()
	table.Fields = slices.DeleteFunc(table.Fields, func(f schema.Field) bool { return f.Name == "rule" || f.Name == "confidence" })
	text, err := schema.Avro(table)
	if err != nil {
		t.Fatal(err)
	}
	return sr.Schema{Type: sr.TypeAvro, Schema: string(text)}
}

func TestAvroWantsARegistry(t *testing.T) {
	var none *Registry
	if _, err := none.JSON(t.Context(), pipeline.Events, []byte{0, 0, 0, 1, 2, 2, 4}); err == nil || !strings.Contains(err.Error(), "schema 258") {
		t.Error(err)
	}
	for _, value := range []string{`{"event_id":"e"}`, "\x00\x00\x00\x01\x02" + `{"event_id":"e"}`} {
		if got, err := none.JSON(t.Context(), pipeline.Events, []byte(value)); err != nil || string(got) != `{"event_id":"e"}` {
			t.Errorf("%s, %v", got, err)
		}
	}
}
