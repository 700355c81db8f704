package text

import (
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"

	"sitrep/extractors/evaldata"
)

// Over prose's own tokens our decoder must give prose's tags. prose gives equal
// words one shared token, so that the tag of the last overwrites those before:
// such a difference is prose's fault and counted apart.
func TestTagsAgreeWithProse(t *testing.T) {
	texts := []string{scraped, wire}
	t.Run("own texts", func(t *testing.T) { agree(t, texts) })
	t.Run("evaluation texts", func(t *testing.T) {
		var texts []string
		for _, d := range evaldata.Read(t, "eval/dev/articles_gold.jsonl") {
			texts = append(texts, d.Text)
		}
		agree(t, texts)
	})
}

func agree(t *testing.T, texts []string) {
	tokens, same, shared := 0, 0, 0
	for _, text := range texts {
		doc, err := prose.NewDocument(text, prose.WithExtraction(false), prose.WithSegmentation(false))
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		var read []*lexeme
		for _, tok := range doc.Tokens() {
			l := perceptron().lexeme(tok.Text)
			words, read = append(words, tok.Text), append(read, &l)
		}
		later := map[string]map[string]bool{} // word → our tags from here on
		ours := perceptron().decode(read)
		for i := len(words) - 1; i >= 0; i-- {
			w := words[i]
			tokens++
			switch prosesTag := doc.Tokens()[i].Tag; {
			case ours[i] == prosesTag:
				same++
			case later[w][prosesTag]:
				shared++
			default:
				t.Logf("%q: prose %s, ours %s", w, prosesTag, ours[i])
			}
			if later[w] == nil {
				later[w] = map[string]bool{}
			}
			later[w][ours[i]] = true
		}
	}
	rate := float64(same+shared) / float64(tokens)
	t.Logf("%d tokens: %.2f %% the same, %.2f %% overwritten by prose's shared tokens, %.2f %% explained", tokens, 100*float64(same)/float64(tokens), 100*float64(shared)/float64(tokens), 100*rate)
	if rate < 0.99 {
		t.Errorf("tags agree on %.2f %%, want 99 %%", 100*rate)
	}
}

// Our tokens reach the model in the form it was trained on.
func TestTags(t *testing.T) {
	for _, want := range []string{
		"“/`` We/PRP will/MD return/VB ,/, ”/'' said/VBD Ghana/NNP ’s/POS army/NN —/: twice/RB ./.",
		"The/DT 300-strong/JJ force/NN did/VBD n’t/RB leave/VB [/( yet/RB ]/) …/:",
	} {
		var words, tags []string
		for f := range strings.FieldsSeq(want) {
			i := strings.LastIndex(f, "/")
			words, tags = append(words, f[:i]), append(tags, f[i+1:])
		}
		d := Read("", strings.Join(words, " "))
		for i := range d.Tokens {
			if i >= len(words) || d.Word(i) != words[i] {
				break
			}
			if d.Tag(i) != tags[i] {
				t.Errorf("%s/%s, want %s", d.Word(i), d.Tag(i), tags[i])
			}
		}
	}
}
