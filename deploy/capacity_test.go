package deploy

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"

	"sitrep/pipeline"
	"sitrep/pipeline/kafka"
	"sitrep/pipeline/kafka/testbroker"
	"sitrep/pipeline/samples"
)

// What an article costs, for docs/capacity.md: time of the processor, which other
// work on the machine changes least, memory, and bytes on the brokers' disks. The time
// of starting is not in it.
func BenchmarkCapacity(b *testing.B) {
	binary := build(b)
	for _, texts := range []struct {
		name string
		raws []pipeline.Raw
	}{
		{"samples", again(sampled(), 30)},
		{"web articles", shared(b, "articles_dated")},
		{"wire reports", shared(b, "muc4_events")},
		{"long reports", again(shared(b, "ieer"), 10)},
	} {
		if texts.raws == nil {
			continue
		}
		b.Run("extract/"+texts.name, func(b *testing.B) { benchExtract(b, binary, texts.raws) })
		b.Run("run/"+texts.name, func(b *testing.B) { benchRun(b, binary, texts.raws) })
	}
}

// benchExtract measures `sitrep extract` on files.
func benchExtract(b *testing.B, binary string, raws []pipeline.Raw) {
	dir := b.TempDir()
	for i, raw := range raws {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%05d.json", i)), raw.Value, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	spent := func(path string) time.Duration {
		cmd := exec.CommandContext(b.Context(), binary, "extract", path)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("sitrep extract: %v\n%s", err, out[max(0, len(out)-1000):])
		}
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	var total time.Duration
	for range b.N {
		total += spent(dir) - spent(filepath.Join(dir, "00000.json"))
	}
	n := float64((len(raws) - 1) * b.N)
	b.ReportMetric(total.Seconds()*1000/n, "cpu-ms/article")
	b.ReportMetric(n/total.Seconds(), "articles/cpu-s")
	b.ReportMetric(float64(size(raws))/float64(len(raws)), "B-raw/article")
	b.ReportMetric(0, "ns/op")
}

// benchRun measures `sitrep run`, after a first article.
func benchRun(b *testing.B, binary string, raws []pipeline.Raw) {
	for range b.N {
		broker, err := testbroker.FromEnvironment(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		health := freeAddress(b)
		service := run(b, binary, "run", "--brokers", broker.Addrs()[0], "--create-topics", "6", "--health-listen", health)
		produce := func(raws []pipeline.Raw) {
			if err := kafka.Produce(b.Context(), broker.Addrs(), "articles.raw", raws); err != nil {
				b.Fatal(err)
			}
		}
		done := func(n int) map[string]float64 {
			for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
				if m := scrape(health); m["sitrep_articles_total"] >= float64(n) {
					return m
				}
			}
			b.Fatal("not done in time")
			return nil
		}
		until(b, health)
		produce(raws[:1])
		before := done(1)
		produce(raws[1:])
		after := done(len(raws))
		n := float64(len(raws) - 1)
		cpu := after["process_cpu_seconds_total"] - before["process_cpu_seconds_total"]
		b.ReportMetric(cpu*1000/n, "cpu-ms/article")
		b.ReportMetric(n/cpu, "articles/cpu-s")
		b.ReportMetric(peak(service.Pid)/(1<<20), "MiB-peak")
		b.ReportMetric((after["sitrep_events_total"]-before["sitrep_events_total"])/n, "events/article")
		b.ReportMetric((after["sitrep_transactions_total"]-before["sitrep_transactions_total"])/n, "transactions/article")
		b.ReportMetric(after["sitrep_transaction_seconds_sum"]/after["sitrep_transaction_seconds_count"]*1000, "ms/transaction")
		b.ReportMetric(float64(size(raws))/float64(len(raws)), "B-raw/article")
		for topic, bytes := range onDisk(b, broker) {
			switch topic {
			case "sitrep.articles.v1", "sitrep.events.v1":
				name, _, _ := strings.Cut(strings.TrimPrefix(topic, "sitrep."), ".")
				b.ReportMetric(float64(bytes)/float64(len(raws)), "B-"+name+"/article")
			}
		}
		b.ReportMetric(0, "ns/op")
		service.Signal(os.Interrupt)
		service.Wait()
		broker.Close()
	}
}

func until(b *testing.B, health string) {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if scrape(health)["sitrep_ready"] == 1 {
			return
		}
	}
	b.Fatal("not ready")
}

// scrape returns the metrics, each summed over its labels.
func scrape(address string) map[string]float64 {
	sums := map[string]float64{}
	res, err := http.Get("http://" + address + "/metrics")
	if err != nil {
		return sums
	}
	defer res.Body.Close()
	for lines := bufio.NewScanner(res.Body); lines.Scan(); {
		name, value, ok := strings.Cut(lines.Text(), " ")
		if i := strings.LastIndex(lines.Text(), "} "); i > 0 {
			name, value = lines.Text()[:i], lines.Text()[i+2:]
		}
		name, _, _ = strings.Cut(name, "{")
		if v, err := strconv.ParseFloat(value, 64); ok && err == nil {
			sums[name] += v
		}
	}
	return sums
}

// peak returns the most memory that a process has had, in bytes.
func peak(pid int) float64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := bytes.Cut(status, []byte("VmHWM:"))
	kib, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte(" "))
	n, _ := strconv.ParseFloat(string(kib), 64)
	return n * 1024
}

// onDisk returns how large each topic is in the brokers' logs: what was sent to them,
// compressed as it was.
func onDisk(b *testing.B, broker *testbroker.Broker) map[string]int64 {
	client, err := kgo.NewClient(kgo.SeedBrokers(broker.Addrs()...))
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(b.Context(), 30*time.Second)
	defer cancel()
	res, err := kmsg.NewPtrDescribeLogDirsRequest().RequestWith(ctx, client)
	if err != nil {
		b.Fatal(err)
	}
	sizes := map[string]int64{}
	for _, dir := range res.Dirs {
		for _, topic := range dir.Topics {
			for _, p := range topic.Partitions {
				sizes[topic.Topic] += p.Size
			}
		}
	}
	return sizes
}

// sampled returns the samples.
func sampled() (raws []pipeline.Raw) {
	for _, s := range samples.All() {
		raws = append(raws, pipeline.Raw{Value: s.Raw})
	}
	return raws
}

// again returns raws n times, so that there is something to measure. What is alike
// compresses better than news does.
func again(raws []pipeline.Raw, n int) (all []pipeline.Raw) {
	for range n {
		all = append(all, raws...)
	}
	return all
}

// shared returns the articles of evaluation texts that stand beside the checkout; none
// without them.
func shared(b *testing.B, set string) (raws []pipeline.Raw) {
	data, err := os.ReadFile("../../shared/eval/dev/" + set + ".jsonl")
	if err != nil {
		b.Logf("without texts of real lengths: %v", err)
		return nil
	}
	type article struct {
		ID        string `json:"id"`
		Title     string `json:"title,omitempty"`
		Text      string `json:"text"`
		Published string `json:"published,omitempty"`
	}
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		var a article
		if err := d.Decode(&a); err == io.EOF {
			return raws
		} else if err != nil {
			b.Fatal(err)
		}
		value, err := json.Marshal(a)
		if err != nil {
			b.Fatal(err)
		}
		raws = append(raws, pipeline.Raw{Value: value})
	}
}

func size(raws []pipeline.Raw) (n int) {
	for _, r := range raws {
		n += len(r.Value)
	}
	return n
}
