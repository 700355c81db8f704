package backfill

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// A Plan is what decides what comes out of a job: another plan is another job.
type Plan struct {
	Paths []string      `json:"paths,omitempty"` // as they were given
	Files []PlannedFile `json:"files,omitempty"` // that they stand for

	Topic      string `json:"topic,omitempty"`
	Since      string `json:"since,omitempty"`
	Until      string `json:"until,omitempty"`
	Partitions []int  `json:"partitions,omitempty"`

	Outputs []string `json:"outputs"`
	Options string   `json:"options"` // all that changes what is read in an article
	Version string   `json:"version"` // of the extractor and its models
	Shard   string   `json:"shard,omitempty"`
}

// A PlannedFile is a file as it was when the job began.
type PlannedFile struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// Hash identifies the plan.
func (p Plan) Hash() string {
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// Name is what the job is called when nobody names it. The same command has the same
// name, though files have come since or sitrep is another: its plan is another then,
// and it is refused rather than begun anew. Shards have one name.
func (p Plan) Name() string {
	p.Files, p.Version, p.Shard = nil, "", ""
	return p.Hash()
}
