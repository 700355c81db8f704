package kafka

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
	"github.com/segmentio/kafka-go/protocol/produce"
	"github.com/twmb/franz-go/pkg/kgo"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka/testbroker"
)

var broker *testbroker.Broker

func TestMain(m *testing.M) {
	var err error
	broker, err = testbroker.FromEnvironment(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	if err := broker.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// A setting is a set of topics of one test's own.
type setting struct {
	Config
	t *testing.T
}

const testArticle = 6 << 20 // bytes

func newSetting(t *testing.T, partitions int) *setting {
	t.Helper()
	s := unmade(t)
	specs := Specs(s.Input, s.Topics, partitions, testArticle)
	if err := CreateTopics(t.Context(), s.Config, specs...); err != nil {
		t.Fatal(err)
	}
	return s
}

var settings atomic.Int64

// unmade names topics without making them.
func unmade(t *testing.T) *setting {
	name := fmt.Sprintf("%s.%d.%d", strings.ReplaceAll(t.Name(), "/", "."), os.Getpid(), settings.Add(1))
	return &setting{t: t, Config: Config{
		Brokers:         broker.Addrs(),
		Group:           name,
		Input:           name + ".raw",
		Topics:          Topics{Events: name + ".events", Articles: name + ".articles", DeadLetters: name + ".dead"},
		MaxBatch:        50,
		MaxMessageBytes: testArticle + 1<<20,
		SessionTimeout:  10 * time.Second,
		StartTimeout:    3 * time.Second,
		PartitionCheck:  200 * time.Millisecond,
		Logger:          slog.New(slog.NewTextHandler(t.Output(), nil)),
	}}
}

// echo turns every record into an article, a dead letter when it has no key.
func echo(raw pipeline.Raw) []pipeline.Record {
	if raw.Value == nil {
		return nil
	}
	stream := pipeline.Articles
	if raw.Key == nil {
		stream = pipeline.DeadLetters
	}
	at := pipeline.Header{Key: "at", Value: fmt.Appendf(nil, "%d/%d", raw.Partition, raw.Offset)}
	return []pipeline.Record{{
		Stream:  stream,
		Key:     raw.Key,
		Value:   raw.Value,
		Headers: append(slices.Clone(raw.Headers), at),
	}}
}

// start runs a member of the group and returns how to stop it.
func (s *setting) start(process func(pipeline.Raw) []pipeline.Record) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Run(ctx, s.Config, pipeline.NewPool(4, process)) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	s.t.Cleanup(func() {
		if err := stop(); err != nil {
			s.t.Errorf("Run: %v", err)
		}
	})
	return stop
}

func (s *setting) produce(raws ...pipeline.Raw) {
	s.t.Helper()
	if err := Produce(s.t.Context(), s.Brokers, s.Input, raws); err != nil {
		s.t.Fatal(err)
	}
}

func (s *setting) all(topic string) []pipeline.Raw {
	s.t.Helper()
	raws, err := ReadAll(s.t.Context(), s.Brokers, topic)
	if err != nil {
		s.t.Fatal(err)
	}
	return raws
}

// await waits until topic holds n records, and returns them.
func (s *setting) await(topic string, n int) []pipeline.Raw {
	s.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		raws := s.all(topic)
		if len(raws) >= n {
			return raws
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%s holds %d records, want %d", topic, len(raws), n)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// committed returns the group's offsets, by partition; -1 for none.
func (s *setting) committed(partitions int) []int64 {
	s.t.Helper()
	c := connect(s.Config)
	defer c.close()
	var ids []int
	for id := range partitions {
		ids = append(ids, id)
	}
	res, err := c.client.OffsetFetch(s.t.Context(), &kafkago.OffsetFetchRequest{
		GroupID: s.Group, Topics: map[string][]int{s.Input: ids},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	offsets := slices.Repeat([]int64{-1}, partitions) // the embedded broker does not list what a new group lacks
	for _, p := range res.Topics[s.Input] {
		offsets[p.Partition] = p.CommittedOffset
	}
	return offsets
}

// numbered returns records from..to-1 with keys of which some repeat.
func numbered(from, to int) []pipeline.Raw {
	var raws []pipeline.Raw
	for i := from; i < to; i++ {
		raws = append(raws, pipeline.Raw{
			Key:   fmt.Appendf(nil, "key %d", i%37),
			Value: fmt.Appendf(nil, "article %d", i),
		})
	}
	return raws
}

// noise returns n bytes that compression leaves as they are.
func noise(n int) []byte {
	data := make([]byte, n)
	x := uint64(1)
	for i := range data {
		x = x*6364136223846793005 + 1442695040888963407
		data[i] = byte(x >> 56)
	}
	return data
}

func header(raw pipeline.Raw, key string) string {
	for _, h := range raw.Headers {
		if h.Key == key {
			return string(h.Value)
		}
	}
	return ""
}

// checkOnce checks that every input record with a value is in outputs once, and
// that those of one input partition are in order in each output partition.
func checkOnce(t *testing.T, input, outputs []pipeline.Raw) {
	t.Helper()
	seen := map[string]int{}
	type route struct{ from, to int }
	last := map[route]int64{}
	for _, out := range outputs {
		at := header(out, "at")
		seen[at]++
		var from int
		var offset int64
		if _, err := fmt.Sscanf(at, "%d/%d", &from, &offset); err != nil {
			t.Fatalf("header at %q: %v", at, err)
		}
		way := route{from, out.Partition}
		if before, ok := last[way]; ok && before >= offset {
			t.Errorf("partition %d has offset %d of partition %d behind %d", out.Partition, offset, from, before)
		}
		last[way] = offset
	}
	want := 0
	for _, in := range input {
		if in.Value == nil {
			continue
		}
		want++
		if n := seen[fmt.Sprintf("%d/%d", in.Partition, in.Offset)]; n != 1 {
			t.Errorf("input %d/%d is in the output %d times", in.Partition, in.Offset, n)
		}
	}
	if len(outputs) != want {
		t.Errorf("%d outputs of %d inputs", len(outputs), want)
	}
}

// checkAtLeastOnce checks that every input record with a value is in outputs.
func checkAtLeastOnce(t *testing.T, input, outputs []pipeline.Raw) {
	t.Helper()
	seen := map[string]bool{}
	for _, out := range outputs {
		seen[header(out, "at")] = true
	}
	for _, in := range input {
		if at := fmt.Sprintf("%d/%d", in.Partition, in.Offset); in.Value != nil && !seen[at] {
			t.Errorf("input %s is not in the output", at)
		}
	}
}

func TestEveryArticleOnceAndInOrder(t *testing.T) {
	s := newSetting(t, 4)
	s.produce(numbered(0, 500)...)
	stop := s.start(echo)
	for i := 500; i < 1000; i += 100 {
		s.produce(numbered(i, i+100)...)
	}
	s.await(s.Topics.Articles, 1000)
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
	input, output := s.all(s.Input), s.all(s.Topics.Articles)
	checkOnce(t, input, output)
	for _, out := range output {
		if want := Partition(out.Key, 4); out.Partition != want {
			t.Fatalf("key %q is in partition %d, want %d", out.Key, out.Partition, want)
		}
	}
}

func TestARestartResumesAtTheCommit(t *testing.T) {
	s := newSetting(t, 2)
	s.produce(numbered(0, 200)...)
	stop := s.start(echo)
	s.await(s.Topics.Articles, 200)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(200, 300)...)
	var processed atomic.Int64
	stop = s.start(func(raw pipeline.Raw) []pipeline.Record {
		processed.Add(1)
		return echo(raw)
	})
	s.await(s.Topics.Articles, 300)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n := processed.Load(); n != 100 {
		t.Errorf("the second run processed %d articles, want the 100 new ones", n)
	}
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
}

func TestStoppingCommitsWhatHasBegun(t *testing.T) {
	s := newSetting(t, 3)
	s.produce(numbered(0, 3000)...)
	var processed atomic.Int64
	begun := make(chan struct{})
	stop := s.start(func(raw pipeline.Raw) []pipeline.Record {
		if processed.Add(1) == 100 {
			close(begun)
		}
		time.Sleep(time.Millisecond)
		return echo(raw)
	})
	<-begun
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	output := s.all(s.Topics.Articles)
	if n := processed.Load(); int64(len(output)) != n || n == 3000 {
		t.Errorf("%d processed, %d published: want the same, and less than all", n, len(output))
	}
	offsets := s.committed(3)
	var sum int64
	for _, offset := range offsets {
		sum += max(offset, 0)
	}
	if sum != int64(len(output)) {
		t.Errorf("offsets %v committed, %d published", offsets, len(output))
	}
	checkOnce(t, slices.DeleteFunc(s.all(s.Input), func(raw pipeline.Raw) bool {
		return raw.Offset >= offsets[raw.Partition]
	}), output)
}

func TestMembersShareThePartitions(t *testing.T) {
	s := newSetting(t, 4)
	var by [2]atomic.Int64
	member := func(i int) func() error {
		return s.start(func(raw pipeline.Raw) []pipeline.Record {
			by[i].Add(1)
			return echo(raw)
		})
	}
	// Articles keep coming while members come and go.
	ctx, cancel := context.WithCancel(t.Context())
	var produced atomic.Int64
	finished := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			n := int(produced.Load())
			if err := Produce(t.Context(), s.Brokers, s.Input, numbered(n, n+40)); err != nil {
				finished <- err
				return
			}
			produced.Add(40)
			pause(ctx, 10*time.Millisecond)
		}
		finished <- nil
	}()
	until := func(what string, done func() bool) {
		t.Helper()
		for deadline := time.Now().Add(20 * time.Second); !done(); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("waited too long until %s", what)
			}
		}
	}
	stopFirst := member(0)
	until("the first member works", func() bool { return by[0].Load() > 100 })
	stopSecond := member(1)
	until("the second member works", func() bool { return by[1].Load() > 100 })
	if err := stopFirst(); err != nil {
		t.Errorf("first member: %v", err)
	}
	alone := by[1].Load()
	until("the second member goes on", func() bool { return by[1].Load() > alone+200 })
	cancel()
	if err := <-finished; err != nil {
		t.Fatal(err)
	}
	s.await(s.Topics.Articles, int(produced.Load()))
	if err := stopSecond(); err != nil {
		t.Errorf("second member: %v", err)
	}
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
}

func TestNewPartitionsAreTaken(t *testing.T) {
	s := newSetting(t, 1)
	s.produce(numbered(0, 10)...)
	stop := s.start(echo)
	s.await(s.Topics.Articles, 10)
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.CreatePartitions(t.Context(), &kafkago.CreatePartitionsRequest{
		Topics: []kafkago.TopicPartitionsConfig{{Name: s.Input, Count: 3}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Errors[s.Input]; err != nil {
		t.Fatal(err)
	}
	for n := 1; n != 3; time.Sleep(20 * time.Millisecond) {
		fresh := connect(s.Config)
		n, err = fresh.partitions(t.Context(), s.Input)
		fresh.close()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.produce(numbered(10, 110)...)
	s.await(s.Topics.Articles, 110)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), s.all(s.Topics.Articles))
}

func TestWhatARecordCarriesArrives(t *testing.T) {
	s := newSetting(t, 1)
	s.produce(
		pipeline.Raw{Key: []byte("deleted")},
		pipeline.Raw{Key: []byte{}, Value: []byte{}},
		pipeline.Raw{Value: []byte("no key"), Headers: []pipeline.Header{
			{Key: "twice", Value: []byte("a")}, {Key: "twice", Value: []byte("b")}, {Key: "empty", Value: []byte{}}, {Key: "none"},
		}},
	)
	var mu sync.Mutex
	var got []pipeline.Raw
	stop := s.start(func(raw pipeline.Raw) []pipeline.Record {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, raw)
		return echo(raw)
	})
	dead := s.await(s.Topics.DeadLetters, 1)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b pipeline.Raw) int { return int(a.Offset - b.Offset) })
	if len(got) != 3 {
		t.Fatalf("%d records processed, want 3", len(got))
	}
	if got[0].Value != nil || string(got[0].Key) != "deleted" {
		t.Errorf("tombstone came as key %q, value %#v", got[0].Key, got[0].Value)
	}
	if got[1].Key == nil || got[1].Value == nil || len(got[1].Key)+len(got[1].Value) != 0 {
		t.Errorf("empty key and value came as %#v, %#v", got[1].Key, got[1].Value)
	}
	if want := (pipeline.Position{Topic: s.Input, Partition: 0, Offset: 2}); got[2].Position != want {
		t.Errorf("position %v, want %v", got[2].Position, want)
	}
	if got[2].Key != nil {
		t.Errorf("no key came as %#v", got[2].Key)
	}
	want := `[{twice a} {twice b} {empty } {none } {at 0/2}]`
	var headers strings.Builder
	for _, h := range dead[0].Headers {
		fmt.Fprintf(&headers, " {%s %s}", h.Key, h.Value)
	}
	if list := "[" + headers.String()[1:] + "]"; list != want {
		t.Errorf("headers of the output are %s, want %s", list, want)
	}
	if none := dead[0].Headers[3].Value; none != nil {
		t.Errorf("null header value came as %#v", none)
	}
}

func TestALargeArticlePassesASmallBudget(t *testing.T) {
	s := newSetting(t, 1)
	s.MaxBytes = 100 << 10
	large := bytes.Repeat([]byte("Reservists left the depot. "), 5<<20/27)
	s.produce(numbered(0, 100)...)
	s.produce(pipeline.Raw{Key: []byte("large"), Value: large})
	s.produce(numbered(100, 200)...)
	stop := s.start(echo)
	output := s.await(s.Topics.Articles, 201)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), output)
	i := slices.IndexFunc(output, func(raw pipeline.Raw) bool { return string(raw.Key) == "large" })
	if !bytes.Equal(output[i].Value, large) {
		t.Error("the large article has changed")
	}
}

func TestARecordTooLargeIsAnErrorThatSaysSo(t *testing.T) {
	t.Run("for us", func(t *testing.T) {
		s := newSetting(t, 1)
		s.MaxMessageBytes = 1000
		s.produce(pipeline.Raw{Key: []byte("k"), Value: bytes.Repeat([]byte("x"), 2000)})
		err := Run(t.Context(), s.Config, pipeline.NewPool(1, echo))
		if !errors.Is(err, errUnpublishable) || !strings.Contains(err.Error(), s.Topics.Articles) {
			t.Errorf("error %v", err)
		}
	})
	t.Run("for the broker", func(t *testing.T) {
		s := unmade(t)
		specs := Specs(s.Input, s.Topics, 1, testArticle)
		specs[2].Settings["max.message.bytes"] = "10000"
		if err := CreateTopics(t.Context(), s.Config, specs...); err != nil {
			t.Fatal(err)
		}
		s.produce(pipeline.Raw{Key: []byte("k"), Value: noise(50000)})
		err := Run(t.Context(), s.Config, pipeline.NewPool(1, echo))
		if !errors.Is(err, errUnpublishable) || !strings.Contains(err.Error(), "max.message.bytes") {
			t.Errorf("error %v", err)
		}
	})
}

func TestWhatIsMissingAtTheStartIsNamed(t *testing.T) {
	t.Parallel()
	t.Run("topic", func(t *testing.T) {
		t.Parallel()
		s := unmade(t)
		err := Run(t.Context(), s.Config, pipeline.NewPool(1, echo))
		if err == nil || !strings.Contains(err.Error(), s.Input) || !strings.Contains(err.Error(), s.Brokers[0]) ||
			!strings.Contains(err.Error(), "create it") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("broker", func(t *testing.T) {
		t.Parallel()
		s := unmade(t)
		s.Brokers = []string{"127.0.0.1:1"}
		err := Run(t.Context(), s.Config, pipeline.NewPool(1, echo))
		if err == nil || !strings.Contains(err.Error(), "cannot reach Kafka at 127.0.0.1:1") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("a topic that comes a little later", func(t *testing.T) {
		t.Parallel()
		s := unmade(t)
		stop := s.start(echo)
		time.Sleep(500 * time.Millisecond)
		if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 1, testArticle)...); err != nil {
			t.Fatal(err)
		}
		s.produce(numbered(0, 5)...)
		s.await(s.Topics.Articles, 5)
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestABrokerThatRestartsIsWaitedFor(t *testing.T) {
	if os.Getenv("SITREP_TEST_BROKERS") != "" {
		t.Skip("the brokers are not ours to stop")
	}
	own, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	s := unmade(t)
	s.Brokers = own.Addrs()
	s.SessionTimeout = 3 * time.Second // the group waits for the member of before
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 2, testArticle)...); err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(0, 100)...)
	stop := s.start(echo)
	s.await(s.Topics.Articles, 100)
	if err := own.Stop(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if err := own.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(100, 200)...)
	s.await(s.Topics.Articles, 200)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{} // at least once: an answer may have been lost
	for _, out := range s.all(s.Topics.Articles) {
		seen[string(out.Value)] = true
	}
	if len(seen) != 200 {
		t.Errorf("%d of 200 articles published", len(seen))
	}
}

func TestCompressedInputIsRead(t *testing.T) {
	s := newSetting(t, 1)
	c := connect(s.Config)
	defer c.close()
	codecs := []protocol.Attributes{0, protocol.Gzip, protocol.Snappy, protocol.Lz4, protocol.Zstd}
	want := 0
	for _, codec := range codecs {
		records := numbered(want, want+20)
		want += 20
		var list []pipeline.Record
		for _, raw := range records {
			list = append(list, pipeline.Record{Key: raw.Key, Value: raw.Value})
		}
		write := func() error {
			res, err := call[*produce.Response](t.Context(), c, &produce.Request{
				Acks: -1, Timeout: 5000,
				Topics: []produce.RequestTopic{{Topic: s.Input, Partitions: []produce.RequestPartition{{
					RecordSet: protocol.RecordSet{Attributes: codec, Records: encode(list)},
				}}}},
			})
			if err != nil {
				return err
			}
			return codeError(res.Topics[0].Partitions[0].ErrorCode)
		}
		if err := retry(t.Context(), silent(), "writing", write); err != nil {
			t.Fatalf("codec %v: %v", codec, err)
		}
	}
	stop := s.start(echo)
	output := s.await(s.Topics.Articles, want)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), output)
}

func TestAbortedTransactionsAreNotRead(t *testing.T) {
	s := newSetting(t, 1)
	producer := func(id string) *kgo.Client {
		cl, err := kgo.NewClient(kgo.SeedBrokers(s.Brokers...), kgo.TransactionalID(s.Group+id), kgo.DefaultProduceTopic(s.Input))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(cl.Close)
		return cl
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	write := func(cl *kgo.Client, value string) {
		t.Helper()
		must(cl.ProduceSync(t.Context(), kgo.KeySliceRecord([]byte("k"), []byte(value))).FirstErr())
	}
	a, b := producer("a"), producer("b")
	must(a.BeginTransaction())
	must(b.BeginTransaction())
	write(a, "aborted 1")
	write(b, "kept 1")
	write(a, "aborted 2")
	s.produce(pipeline.Raw{Key: []byte("k"), Value: []byte("kept 2")})
	must(a.EndTransaction(t.Context(), kgo.TryAbort))
	must(a.BeginTransaction())
	write(a, "kept 3")
	must(a.EndTransaction(t.Context(), kgo.TryCommit))
	must(b.EndTransaction(t.Context(), kgo.TryCommit))
	must(b.BeginTransaction())
	write(b, "aborted 3")
	must(b.EndTransaction(t.Context(), kgo.TryAbort))
	s.produce(pipeline.Raw{Key: []byte("k"), Value: []byte("kept 4")})

	r, err := OpenReader(t.Context(), s.Config, s.Input, 0, Earliest)
	must(err)
	defer r.Close()
	var read []string
	for len(read) < 4 {
		raws, err := r.Next(t.Context())
		must(err)
		for _, raw := range raws {
			read = append(read, string(raw.Value))
		}
	}
	if want := "kept 1,kept 2,kept 3,kept 4"; strings.Join(read, ",") != want {
		t.Errorf("a Reader gives %q, want %s", read, want)
	}

	stop := s.start(echo)
	output := s.await(s.Topics.Articles, 4)
	must(stop())
	var got []string
	for _, out := range output {
		got = append(got, string(out.Value))
	}
	if want := "kept 1,kept 2,kept 3,kept 4"; strings.Join(got, ",") != want {
		t.Errorf("read %q, want %s", got, want)
	}
}

func TestAnOffsetThatIsGoneStopsTheRun(t *testing.T) {
	s := newSetting(t, 1)
	s.produce(numbered(0, 10)...)
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.OffsetCommit(t.Context(), &kafkago.OffsetCommitRequest{
		GroupID: s.Group, GenerationID: -1, Topics: map[string][]kafkago.OffsetCommit{s.Input: {{Offset: 1000}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Topics[s.Input][0].Error; err != nil {
		t.Fatal(err)
	}
	err = Run(t.Context(), s.Config, pipeline.NewPool(4, echo))
	if !errors.Is(err, errOffsetGone) || !strings.Contains(err.Error(), s.Input+"/0 at 1000") || !strings.Contains(err.Error(), "--offset-gone") {
		t.Errorf("%v: want it to name the partition, the offset and the way on", err)
	}
	s.OffsetGone = &Earliest
	stop := s.start(echo)
	output := s.await(s.Topics.Articles, 10)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	checkOnce(t, s.all(s.Input), output)
}

func TestAnOutputTopicMadeAgainIsWrittenTo(t *testing.T) {
	s := newSetting(t, 2)
	s.produce(numbered(0, 10)...)
	stop := s.start(echo)
	s.await(s.Topics.Articles, 10)
	c := connect(s.Config)
	defer c.close()
	res, err := c.client.DeleteTopics(t.Context(), &kafkago.DeleteTopicsRequest{Topics: []string{s.Topics.Articles}})
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Errors[s.Topics.Articles]; err != nil {
		t.Fatal(err)
	}
	s.produce(numbered(10, 60)...)
	time.Sleep(500 * time.Millisecond)
	// With fewer partitions: what was addressed must be addressed anew.
	if err := CreateTopics(t.Context(), s.Config, Specs(s.Input, s.Topics, 1, testArticle)...); err != nil {
		t.Fatal(err)
	}
	output := s.await(s.Topics.Articles, 50)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, out := range output {
		seen[string(out.Value)] = true
	}
	if len(seen) != 50 {
		t.Errorf("%d of 50 articles published", len(seen))
	}
}

func TestMemoryIsBoundedOverPartitions(t *testing.T) {
	s := newSetting(t, 3)
	for range 30 {
		var raws []pipeline.Raw
		for range 3 {
			raws = append(raws, pipeline.Raw{Value: noise(10 << 10)})
		}
		s.produce(raws...)
	}
	c := connect(s.Config)
	defer c.close()
	const limit, fetch = 200 << 10, 30 << 10
	memory := newBudget(limit)
	var claims []*claim
	for id := range 3 {
		claims = append(claims, &claim{
			reader: reader{cluster: c, topic: s.Input, partition: id, size: fetch},
			share:  10, memory: memory, noted: true, log: silent(),
		})
	}
	var held int64
	for round := 0; ; round++ {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		raws, err := claims[round%3].Read(ctx)
		cancel()
		if err != nil {
			break
		}
		held += weigh(raws...)
	}
	if held < limit-fetch || held > limit+fetch+30<<10 {
		t.Errorf("%d bytes in memory, the limit is %d", held, limit)
	}
	for _, c := range claims {
		c.release()
	}
	if memory.free != limit {
		t.Errorf("%d bytes free at the end, want %d", memory.free, limit)
	}
}
