// Package kcat runs kcat, a Kafka client over librdkafka that shares no code with
// ours: what tests believe about a topic. It knows no topic of its own.
package kcat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"sitrep/pipeline"
)

// A Record is what kcat prints of one.
type Record struct {
	Partition int
	Offset    int64
	Key       []byte // nil for null
	Value     []byte // nil for null
	Headers   string // "key=value,key=value"
}

// room is more than the largest record, in bytes.
const room = "12000000"

// Produce puts one record into topic. dir is a directory for a file that is
// removed again: kcat takes a record of any bytes from a file alone.
func Produce(ctx context.Context, dir string, brokers []string, topic, key string, value []byte) error {
	file, err := os.CreateTemp(dir, "record")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(value)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	_, err = run(ctx, brokers, "-P", "-t", topic, "-k", key, "-X", "message.max.bytes="+room, file.Name())
	return err
}

// ProduceKeys puts a record into topic for each key, where Java's producers would
// put it. Keys are not empty and have neither tabs nor line ends.
func ProduceKeys(ctx context.Context, brokers []string, topic string, keys []string) error {
	var in strings.Builder
	for _, key := range keys {
		fmt.Fprintf(&in, "%s\tvalue of %s\n", key, key)
	}
	cmd := command(ctx, brokers, "-P", "-t", topic, "-K", "\t", "-X", "partitioner=murmur2_random")
	cmd.Stdin = strings.NewReader(in.String())
	_, err := output(cmd)
	return err
}

// Read returns the committed records that topic holds: those of one partition in
// their order.
func Read(ctx context.Context, brokers []string, topic string) ([]Record, error) {
	out, err := run(ctx, brokers, "-C", "-t", topic, "-o", "beginning", "-e",
		"-X", "isolation.level=read_committed", "-X", "fetch.message.max.bytes="+room, "-X", "receive.message.max.bytes=100000000",
		"-f", "%p %o %K %k %S %s %h\n")
	if err != nil {
		return nil, err
	}
	var records []Record
	for len(out) > 0 {
		r, rest, err := parse(out)
		if err != nil {
			return nil, fmt.Errorf("record %d that kcat printed of %s: %w", len(records), topic, err)
		}
		records, out = append(records, r), rest
	}
	return records, nil
}

func parse(b []byte) (r Record, rest []byte, err error) {
	in := bytes.NewBuffer(b)
	if r.Partition, err = number(in); err != nil {
		return r, nil, err
	}
	offset, err := number(in)
	if err != nil {
		return r, nil, err
	}
	r.Offset = int64(offset)
	if r.Key, err = sized(in); err != nil {
		return r, nil, err
	}
	if r.Value, err = sized(in); err != nil {
		return r, nil, err
	}
	headers, err := in.ReadString('\n')
	r.Headers = strings.TrimSuffix(headers, "\n")
	return r, in.Bytes(), err
}

// number reads "12 ".
func number(in *bytes.Buffer) (int, error) {
	word, err := in.ReadString(' ')
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSuffix(word, " "))
}

// sized reads "5 bytes ": a length, and as many bytes; -1 for null.
func sized(in *bytes.Buffer) ([]byte, error) {
	n, err := number(in)
	if err != nil {
		return nil, err
	}
	text := in.Next(max(n, 0))
	if blank, err := in.ReadByte(); err != nil || blank != ' ' || len(text) != max(n, 0) {
		return nil, errors.New("a length is wrong")
	}
	if n < 0 {
		return nil, nil
	}
	return bytes.Clone(text), nil
}

func run(ctx context.Context, brokers []string, args ...string) ([]byte, error) {
	return output(command(ctx, brokers, args...))
}

func command(ctx context.Context, brokers []string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, "kcat", append([]string{"-q", "-b", strings.Join(brokers, ",")}, args...)...)
}

func output(cmd *exec.Cmd) ([]byte, error) {
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args, " "), err, &complaint)
	}
	return out, nil
}

// Of returns raw as kcat would print it.
func Of(raw pipeline.Raw) Record {
	var headers []string
	for _, h := range raw.Headers {
		headers = append(headers, h.Key+"="+string(h.Value))
	}
	return Record{raw.Partition, raw.Offset, raw.Key, raw.Value, strings.Join(headers, ",")}
}
