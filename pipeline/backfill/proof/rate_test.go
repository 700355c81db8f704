package proof

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"sitrep/pipeline/kafka/testbroker"
)

// How fast a backfill into Kafka is beside extract, by turns, so that what others do on
// the machine is shared. SITREP_PROOF_RATE says how many articles a turn has.
func TestRateBesideExtract(t *testing.T) {
	articles, err := strconv.Atoi(os.Getenv("SITREP_PROOF_RATE"))
	if err != nil {
		t.Skip("takes minutes: SITREP_PROOF_RATE=10000")
	}
	broker, err := testbroker.FromEnvironment(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { broker.Close() })
	p := &proof{T: t, size: size{articles: articles}, broker: broker, binary: build(t)}
	p.archive = writeArchive(t, articles)
	var walls, cpus []float64
	for turn := range 5 {
		extract := live(t, p.binary, "extract", p.archive)
		<-extract.ended
		p.ended(extract, deadLetters)
		backfill := p.start(fmt.Sprint("turn", turn))
		<-backfill.ended
		p.ended(backfill, deadLetters)
		p.beside(extract, backfill)
		walls = append(walls, extract.elapsed.Seconds()/backfill.elapsed.Seconds())
		cpus = append(cpus, backfill.cpu().Seconds()/extract.cpu().Seconds())
	}
	slices.Sort(walls)
	slices.Sort(cpus)
	p.line("median of %d turns of %d articles: %.2f of the rate of extract, %.2f of its CPU", len(walls), articles, walls[len(walls)/2], cpus[len(cpus)/2])
}
