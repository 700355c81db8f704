package evaluate

import (
	"bytes"
	"fmt"
	"io"
	"math"
)

// A Forecast is the confidence in one predicted event, and whether it is right: in a typed
// pair, as EventScores defines them, whatever its other fields.
type Forecast struct {
	Confidence float64
	Right      bool
}

// A Bin holds the forecasts from Low up to the next bin.
type Bin struct {
	Low   float64
	Right Share
	Sum   float64 // of confidences
}

// Bins is how many bins of equal width confidence is looked at in.
const Bins = 10

// A Calibration compares confidence with how often predictions are right.
type Calibration struct {
	Bins  [Bins]Bin
	All   Bin
	Brier float64 // mean square of confidence less 1 where right, less 0 where wrong
}

// Calibrate puts forecasts into bins.
func Calibrate(list []Forecast) Calibration {
	var c Calibration
	for i := range c.Bins {
		c.Bins[i].Low = float64(i) / Bins
	}
	for _, f := range list {
		i := min(max(int(f.Confidence*Bins+1e-9), 0), Bins-1)
		c.Bins[i].add(f)
		c.All.add(f)
		miss := f.Confidence
		if f.Right {
			miss--
		}
		c.Brier += miss * miss / float64(len(list))
	}
	return c
}

func (b *Bin) add(f Forecast) {
	b.Right.note(f.Right)
	b.Sum += f.Confidence
}

// Mean returns the mean confidence of a bin, 0 without forecasts.
func (b Bin) Mean() float64 {
	if b.Right.Of == 0 {
		return 0
	}
	return b.Sum / float64(b.Right.Of)
}

// Error returns the expected calibration error: how far confidence and the share that is
// right lie apart in a bin, the mean over all forecasts.
func (c Calibration) Error() float64 {
	sum := 0.0
	for _, b := range c.Bins {
		sum += float64(b.Right.Of) * math.Abs(b.Mean()-b.Right.Ratio())
	}
	if c.All.Right.Of == 0 {
		return 0
	}
	return sum / float64(c.All.Right.Of)
}

// Calibration tells how confidence fits. Predictions that tell none are left out.
func (s *EventScores) Calibration() Calibration { return Calibrate(s.Forecasts) }

// WriteCalibration writes a line for each bin that holds predictions.
func WriteCalibration(w io.Writer, c Calibration) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%-12s %6s %6s  %6s %6s\n", "confidence", "events", "right", "share", "mean")
	for _, x := range c.Bins {
		if x.Right.Of > 0 {
			x.row(&b, fmt.Sprintf("%.1f to %.1f", x.Low, x.Low+1.0/Bins))
		}
	}
	c.All.row(&b, "all")
	fmt.Fprintf(&b, "expected calibration error %.3f, Brier score %.3f\n", c.Error(), c.Brier)
	_, err := w.Write(b.Bytes())
	return err
}

func (b Bin) row(to *bytes.Buffer, name string) {
	fmt.Fprintf(to, "%-12s %6d %6d  %6s %6.3f\n", name, b.Right.Of, b.Right.Count, share(b.Right), b.Mean())
}
