package evaluate

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"sitrep/pipeline/annotations"
)

func TestCalibration(t *testing.T) {
	c := Calibrate([]Forecast{{0.8, true}, {0.8, true}, {0.8, true}, {0.84, false}, {0.2, false}, {1, true}})
	if b := c.Bins[8]; b.Right != (Share{3, 4}) || math.Abs(b.Mean()-0.81) > 1e-9 {
		t.Errorf("bin of 0.8: %+v", b)
	}
	if c.Bins[9].Right != (Share{1, 1}) || c.All.Right != (Share{4, 6}) {
		t.Errorf("%+v", c)
	}
	if want := (4*0.06 + 0.2) / 6; math.Abs(c.Error()-want) > 1e-9 {
		t.Errorf("error %v, want %v", c.Error(), want)
	}
	if want := (3*0.04 + 0.84*0.84 + 0.04) / 6; math.Abs(c.Brier-want) > 1e-9 {
		t.Errorf("Brier score %v, want %v", c.Brier, want)
	}
	if empty := Calibrate(nil); empty.Error() != 0 || empty.Brier != 0 {
		t.Errorf("of nothing: %+v", empty)
	}
	var b bytes.Buffer
	if err := WriteCalibration(&b, c); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "0.8 to 0.9        4      3   0.750  0.810\n") {
		t.Errorf("table:\n%s", &b)
	}
}

// An event is right when it is of a gold event's type and place, whatever else it tells.
func TestForecasts(t *testing.T) {
	event := func(kind string, start int, confidence float64) annotations.Event {
		return annotations.Event{Type: kind, Trigger: &annotations.Mention{Start: start, End: start + 4}, Confidence: &confidence}
	}
	gold := []annotations.Document{{ID: "a", Events: []annotations.Event{event("strike", 0, 0)}}}
	silent := event("meet", 30, 0)
	silent.Confidence = nil
	pred := []annotations.Document{{ID: "a", Events: []annotations.Event{event("strike", 2, 0.9), event("aid", 0, 0.4), silent}}}
	s, err := Events(gold, pred)
	if err != nil {
		t.Fatal(err)
	}
	c := s.Calibration()
	if c.All.Right != (Share{1, 2}) || c.Bins[9].Right != (Share{1, 1}) || c.Bins[4].Right != (Share{0, 1}) {
		t.Errorf("%+v", c)
	}
}
