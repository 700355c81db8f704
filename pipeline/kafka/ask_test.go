package kafka

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/kmsg"
)

// wire is a broker that answers with the bytes it was given.
type wire struct {
	io.Reader
	sent bytes.Buffer
}

func (w *wire) Write(p []byte) (int, error) { return w.sent.Write(p) }

func offsetsOf(group string) *kmsg.OffsetFetchRequest {
	req := kmsg.NewPtrOffsetFetchRequest()
	req.SetVersion(stableOffsets)
	req.Group = group
	return req
}

// framed frames a body as a broker does: size, correlation, number of tagged fields.
func framed(size int, id uint32, tags byte, body []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(size))
	b = append(binary.BigEndian.AppendUint32(b, id), tags)
	return append(b, body...)
}

func TestExchange(t *testing.T) {
	res := offsetsOf("g").ResponseKind().(*kmsg.OffsetFetchResponse)
	res.ErrorCode = 69
	body := res.AppendTo(nil)
	for name, c := range map[string]struct {
		bytes []byte
		want  string // in the error
	}{
		"an answer":        {framed(5+len(body), correlation, 0, body), ""},
		"cut off":          {framed(5+len(body), correlation, 0, body[:len(body)-1]), "EOF"},
		"nothing":          {nil, "EOF"},
		"to somebody else": {framed(5+len(body), 7, 0, body), "not asked"},
		"with tags":        {framed(5+len(body), correlation, 1, body), "tagged fields"},
		"too large":        {framed(largestAnswer+1, correlation, 0, nil), "not asked"},
		"too small":        {framed(4, correlation, 0, nil), "not asked"},
		"negative":         {framed(-1, correlation, 0, nil), "not asked"},
		"no such fields":   {framed(6, correlation, 0, []byte{1}), "OffsetFetch"},
	} {
		t.Run(name, func(t *testing.T) {
			w := &wire{Reader: bytes.NewReader(c.bytes)}
			got, err := Exchange(w, clientID, offsetsOf("g"))
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("gives %v, want %q", err, c.want)
				}
				return
			}
			if err != nil || got.(*kmsg.OffsetFetchResponse).ErrorCode != 69 {
				t.Errorf("gives %+v, %v", got, err)
			}
			if sent := w.sent.Bytes(); int(binary.BigEndian.Uint32(sent)) != len(sent)-4 || !bytes.Contains(sent, []byte(clientID)) {
				t.Errorf("sent %x", sent)
			}
		})
	}
}

func FuzzExchange(f *testing.F) {
	f.Add(framed(5+1, correlation, 0, []byte{0}))
	f.Fuzz(func(t *testing.T, data []byte) {
		Exchange(&wire{Reader: bytes.NewReader(data)}, clientID, offsetsOf("g"))
	})
}
