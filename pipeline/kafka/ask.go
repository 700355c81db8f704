package kafka

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/segmentio/kafka-go/protocol"
	"github.com/twmb/franz-go/pkg/kmsg"
)

// Requests that kafka-go does not know, or not in the version that is needed, are
// encoded by kmsg and go over kafka-go's connections, through the door that its
// SASL exchange uses.

// askGroup sends req to the coordinator of a group and waits for the answer.
func askGroup(ctx context.Context, c *cluster, group string, req kmsg.Request) (kmsg.Response, error) {
	return ask(ctx, c, groupQuestion{question{req, new(bool)}, group})
}

// askTransaction sends req to the coordinator of a transactional id.
func askTransaction(ctx context.Context, c *cluster, id string, req kmsg.Request) (kmsg.Response, error) {
	return ask(ctx, c, transactionQuestion{question{req, new(bool)}, id})
}

// ask returns errors.ErrUnsupported when the broker does not know the request at all.
func ask(ctx context.Context, c *cluster, q protocol.Message) (kmsg.Response, error) {
	a, err := call[answered](ctx, c, q)
	return a.Response, err
}

// question is a request with a flexible header.
type question struct {
	req   kmsg.Request
	known *bool // to the broker, in some version
}

type answered struct{ kmsg.Response }

func (q question) ApiKey() protocol.ApiKey { return protocol.ApiKey(q.req.Key()) }
func (a answered) ApiKey() protocol.ApiKey { return protocol.ApiKey(a.Key()) }

// Required tells kafka-go not to encode the request itself, and is told what the
// broker knows.
func (q question) Required(versions map[protocol.ApiKey]int16) bool {
	_, *q.known = versions[q.ApiKey()]
	return true
}

// groupQuestion and transactionQuestion tell kafka-go who is to answer.
type groupQuestion struct {
	question
	group string
}

func (q groupQuestion) Group() string { return q.group }

type transactionQuestion struct {
	question
	id string
}

func (q transactionQuestion) Transaction() string { return q.id }

var (
	_ protocol.RawExchanger         = question{}
	_ protocol.GroupMessage         = groupQuestion{}
	_ protocol.TransactionalMessage = transactionQuestion{}
)

// correlation is that of every request here: a connection carries one at a time.
const correlation = 1 << 30

// RawExchange writes the request to a broker and reads its answer.
func (q question) RawExchange(broker io.ReadWriter) (protocol.Message, error) {
	if !*q.known {
		return nil, fmt.Errorf("%s: %w", kmsg.NameForKey(q.req.Key()), errors.ErrUnsupported)
	}
	res, err := Exchange(broker, clientID, q.req)
	if err != nil {
		return nil, err
	}
	return answered{res}, nil
}

// Exchange writes a request with a flexible header to a broker, on a connection that
// carries no other meanwhile, and reads its answer.
func Exchange(broker io.ReadWriter, client string, req kmsg.Request) (kmsg.Response, error) {
	f := kmsg.NewRequestFormatter(kmsg.FormatterClientID(client))
	if _, err := broker.Write(f.AppendRequest(nil, req, correlation)); err != nil {
		return nil, err
	}
	body, err := readAnswer(broker)
	if err != nil {
		return nil, err
	}
	res := req.ResponseKind()
	if err := res.ReadFrom(body); err != nil {
		return nil, fmt.Errorf("the answer to %s: %w", kmsg.NameForKey(req.Key()), err)
	}
	return res, nil
}

// largestAnswer bounds what is read: answers here are about one partition or id.
const largestAnswer = 1 << 20

// readAnswer reads an answer with a flexible header and returns what follows it.
func readAnswer(r io.Reader) ([]byte, error) {
	var head [9]byte // size, correlation, number of tagged fields
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	size, id, tags := int32(binary.BigEndian.Uint32(head[:])), int32(binary.BigEndian.Uint32(head[4:])), head[8]
	if id != correlation || size < 5 || size > largestAnswer {
		return nil, fmt.Errorf("an answer of %d bytes to request %d, which was not asked", size, id)
	}
	if tags != 0 {
		return nil, errors.New("an answer with tagged fields in its header, which no version defines")
	}
	body := make([]byte, size-5)
	_, err := io.ReadFull(r, body)
	return body, err
}
