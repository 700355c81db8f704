package article

import "strings"

// metadataOnly names services whose records tell of articles and do not hold them.
func metadataOnly(at nameIndex) string {
	has := func(names ...string) bool {
		for _, name := range names {
			if len(at[bare(name)]) == 0 {
				return false
			}
		}
		return true
	}
	switch {
	case has("seendate", "sourcecountry"), has("seendate", "socialimage"), has("GKGRECORDID"), has("DocumentIdentifier", "V2Tone"),
		has("GLOBALEVENTID"), has("GlobalEventID"), has("MentionIdentifier"), has("V2Themes"):
		return "GDELT"
	case has("stories_id", "media_name"):
		return "Media Cloud"
	}
	return ""
}

// isGDELT tells a line of GDELT's tables: a record of its knowledge graph or events.
func isGDELT(text string) bool {
	line, _, _ := strings.Cut(text[:min(len(text), 64<<10)], "\n")
	tabs := strings.Count(line, "\t")
	id, _, _ := strings.Cut(line, "\t")
	id, _, _ = strings.Cut(id, "-")
	return tabs >= 15 && len(id) >= 8 && strings.Trim(id, "0123456789") == ""
}
