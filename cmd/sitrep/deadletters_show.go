package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"sitrep/pipeline"
	"sitrep/pipeline/deadletters"
)

func showLettersCommand() *cobra.Command {
	var l letterFlags
	var all, raw bool
	var limit, bytes int
	cmd := &cobra.Command{
		Use:   "show [TOPIC/PARTITION/OFFSET]...",
		Short: "Show dead letters: where from, why, and the bytes",
		Long: `Shows the letters that flags choose and nobody has sent again, the last first, or
those at places: of the letter, or of its article in the topic it came from. Text is
shown as text with what a terminal would obey written out, other bytes as a hex dump.

--raw writes the bytes of one letter to stdout as they are.`,
		Example: `  sitrep deadletters show --brokers localhost:9092 articles.raw/2/1187
  sitrep deadletters show --brokers localhost:9092 --reason panic --limit 3
  sitrep deadletters show --brokers localhost:9092 articles.raw/2/1187 --raw | sitrep explain -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if raw && l.json {
				return usage("--raw and --json: want one of them")
			}
			if err := l.check(args); err != nil {
				return err
			}
			x, err := l.read(cmd)
			if err != nil {
				return err
			}
			chosen := x.Letters
			if !all && len(args) == 0 {
				chosen = slices.DeleteFunc(chosen, func(l deadletters.Letter) bool { return !l.Open() })
			}
			slices.SortStableFunc(chosen, func(a, b deadletters.Letter) int { return b.Time.Compare(a.Time) })
			if len(chosen) == 0 {
				return errors.New("no letter is chosen: see sitrep deadletters list")
			}
			if raw {
				return l.showRaw(cmd, chosen)
			}
			return l.show(cmd, chosen, limit, bytes)
		},
	}
	l.flags(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "show those too that were sent again")
	cmd.Flags().BoolVar(&raw, "raw", false, "write the bytes of the one letter that is chosen to stdout")
	cmd.Flags().IntVar(&limit, "limit", 10, "show no more than `N` letters")
	cmd.Flags().IntVar(&bytes, "bytes", 1000, "show no more than the first `N` bytes of each; 0: all")
	return cmd
}

// showRaw writes the bytes of a letter.
func (l *letterFlags) showRaw(cmd *cobra.Command, chosen []deadletters.Letter) error {
	if len(chosen) > 1 {
		return usage("--raw: %d letters are chosen, the last is %s: name one", len(chosen), deadletters.Place(chosen[0].At))
	}
	record, err := l.fetch(cmd, &chosen[0])
	if err != nil {
		return err
	}
	if chosen[0].Cut() {
		fmt.Fprintf(cmd.ErrOrStderr(), "these are the first %d of %d bytes: the letter holds no more\n", chosen[0].Size, chosen[0].Original)
	}
	_, err = cmd.OutOrStdout().Write(record.Value)
	return err
}

func (l *letterFlags) fetch(cmd *cobra.Command, letter *deadletters.Letter) (pipeline.Raw, error) {
	raw, found, err := deadletters.Fetch(cmd.Context(), l.config, letter.At)
	if err == nil && !found {
		err = fmt.Errorf("%s is not in the topic any more", deadletters.Place(letter.At))
	}
	return raw, err
}

func (l *letterFlags) show(cmd *cobra.Command, chosen []deadletters.Letter, limit, bytes int) error {
	out := cmd.OutOrStdout()
	more := len(chosen) - max(limit, 1)
	for i, letter := range chosen[:len(chosen)-max(more, 0)] {
		raw, err := l.fetch(cmd, &letter)
		if err != nil {
			return err
		}
		if l.json {
			err = json.NewEncoder(out).Encode(asJSON(&letter, raw))
		} else {
			if i > 0 {
				fmt.Fprintln(out)
			}
			err = writeLetter(out, &letter, raw, bytes)
		}
		if err != nil {
			return err
		}
	}
	if more > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "\n%d more: --limit N shows more\n", more)
	}
	return nil
}

// writeLetter shows one letter, with so many of its bytes; 0 for all.
func writeLetter(w io.Writer, l *deadletters.Letter, raw pipeline.Raw, bytes int) error {
	article := deadletters.Article(raw)
	rows := [][]string{
		{"letter", deadletters.Place(l.At) + ", " + l.Time.UTC().Format("2006-01-02 15:04:05 UTC")},
		{"from", safe(deadletters.Place(l.From))},
		{"reason", safe(l.Reason) + " (" + safe(l.Stage) + "): " + safe(l.Message)},
	}
	if words := reasonWords[l.Reason]; words != "" {
		rows = append(rows, []string{"", words})
	}
	if l.Attempts > 0 {
		rows = append(rows, []string{"attempts", "sent again " + times(l.Attempts) + " before"})
	}
	if r := l.Redriven; r != nil {
		rows = append(rows, []string{"sent", minute(r.Time) + " UTC to " + safe(r.To)})
	}
	rows = append(rows, []string{"key", keyText(article.Key)})
	name := "headers"
	for _, h := range article.Headers {
		rows = append(rows, []string{name, safe(h.Key) + ": " + safe(string(h.Value))})
		name = ""
	}
	size := fmt.Sprintf("%d bytes", l.Size)
	if l.Cut() {
		size = fmt.Sprintf("the first %d of %d bytes, SHA-256 of all %s", l.Size, l.Original, safe(l.SHA256))
	}
	rows = append(rows, []string{"value", size})
	_, err := io.WriteString(w, columns(rows)+valueText(raw.Value, bytes))
	return err
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return strconv.Itoa(n) + " times"
}

func keyText(key []byte) string {
	switch {
	case key == nil:
		return "none"
	case utf8.Valid(key):
		return safe(string(key))
	}
	return "0x" + hex.EncodeToString(key)
}

// shownWidth is after how many characters lines of text are broken.
const shownWidth = 100

// valueText shows the first bytes, as text or as a hex dump, behind a bar.
func valueText(value []byte, most int) string {
	if len(value) == 0 {
		return ""
	}
	shown := value
	if most > 0 && len(value) > most {
		shown = value[:most]
	}
	var text string
	if isText(shown) {
		text = safeLines(strings.ToValidUTF8(string(shown), ""))
	} else {
		text = hex.Dump(shown)
	}
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		for part := range slices.Chunk([]rune(line+" "), shownWidth) {
			b.WriteString("  │ " + strings.TrimRight(string(part), " ") + "\n")
		}
	}
	if len(shown) < len(value) {
		fmt.Fprintf(&b, "  … %d bytes more: --bytes 0 or --raw\n", len(value)-len(shown))
	}
	return b.String()
}

// isText tells whether bytes are for reading: UTF-8, but for a character that was cut
// at the end, with hardly any of the control characters that texts do not have.
func isText(value []byte) bool {
	odd, most := 0, len(value)/20+1
	for len(value) > 0 {
		r, n := utf8.DecodeRune(value)
		switch {
		case r == utf8.RuneError && n == 1:
			return !utf8.FullRune(value)
		case r == 0:
			return false
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f':
			odd++
		}
		value = value[n:]
	}
	return odd <= most
}

// safe writes out what a terminal would obey, and line ends.
func safe(s string) string {
	return strings.ReplaceAll(safeLines(s), "\n", `\n`)
}

// safeLines is safe for texts of several lines.
func safeLines(s string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if r == '\n' || unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		quoted := strconv.QuoteRune(r)
		b.WriteString(quoted[1 : len(quoted)-1])
	}
	return b.String()
}

// letterJSON is a letter for machines.
type letterJSON struct {
	Letter   string            `json:"letter"`
	Time     time.Time         `json:"time"`
	From     string            `json:"from"`
	Reason   string            `json:"reason"`
	Stage    string            `json:"stage"`
	Message  string            `json:"message"`
	Attempts int               `json:"attempts"`
	Sent     *time.Time        `json:"sent"`
	SentTo   *string           `json:"sent_to"`
	Key      []byte            `json:"key_base64"`
	Headers  map[string]string `json:"headers"`
	Size     int               `json:"size"`
	Original int               `json:"original_size"`
	Value    []byte            `json:"value_base64"`
}

func asJSON(l *deadletters.Letter, raw pipeline.Raw) letterJSON {
	article := deadletters.Article(raw)
	j := letterJSON{
		Letter: deadletters.Place(l.At), Time: l.Time.UTC(), From: deadletters.Place(l.From), Reason: l.Reason, Stage: l.Stage, Message: l.Message,
		Attempts: l.Attempts, Key: article.Key, Headers: headers(pipeline.Record{Headers: article.Headers}), Size: l.Size, Original: l.Original, Value: article.Value,
	}
	if r := l.Redriven; r != nil {
		at := r.Time.UTC()
		j.Sent, j.SentTo = &at, &r.To
	}
	return j
}
