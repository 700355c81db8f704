package chaos

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A proxy forwards connections to a broker, and loses and delays what passes.
type proxy struct {
	listener net.Listener
	target   string
	rand     *rand.Rand // guarded by mu
	mu       sync.Mutex
	loss     float64 // the share of answers after which the connection is cut, unforwarded
	delay    time.Duration
	cuts     atomic.Int64
}

// newProxy listens on loopback; serve says where to.
func newProxy(seed uint64, loss float64, delay time.Duration) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &proxy{listener: l, rand: rand.New(rand.NewPCG(seed, 1)), loss: loss, delay: delay}, nil
}

func (p *proxy) addr() string { return p.listener.Addr().String() }

// serve forwards to target until the proxy is closed.
func (p *proxy) serve(target string) {
	p.target = target
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		go p.forward(client)
	}
}

func (p *proxy) close() { p.listener.Close() }

func (p *proxy) forward(client net.Conn) {
	defer client.Close()
	broker, err := net.Dial("tcp", p.target)
	if err != nil {
		return
	}
	defer broker.Close()
	go func() {
		io.Copy(broker, client)
		broker.Close()
	}()
	// What the broker has done is done: its answer is what gets lost.
	for {
		size := make([]byte, 4)
		if _, err := io.ReadFull(broker, size); err != nil || p.loses() {
			return
		}
		if _, err := client.Write(size); err != nil {
			return
		}
		if _, err := io.CopyN(client, broker, int64(binary.BigEndian.Uint32(size))); err != nil {
			return
		}
	}
}

// loses waits a while and decides whether an answer is lost.
func (p *proxy) loses() bool {
	p.mu.Lock()
	lost, wait := p.rand.Float64() < p.loss, time.Duration(p.rand.Int64N(int64(p.delay)+1))
	p.mu.Unlock()
	time.Sleep(wait)
	if lost {
		p.cuts.Add(1)
	}
	return lost
}
