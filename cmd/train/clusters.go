package main

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/spf13/cobra"
)

// clusterSizes are the numbers of classes that words are put into: a coarse
// division, near to parts of speech, and a fine one.
var clusterSizes = [2]int{100, 1000}

func clustersCommand() *cobra.Command {
	words, rounds := 70_000, 15
	output := "extractors/syntax/clusters.tsv"
	cmd := &cobra.Command{
		Use:   "clusters VECTORS",
		Short: "Put words into classes by their vectors; writes clusters.tsv of extractors/syntax",
		Long: `Clusters reads word vectors in GloVe's text format, the commonest words first, and
divides the words by k-means, once coarsely and once finely.

The table in the repository was made from glove.6B.50d (Pennington, Socher and
Manning 2014; Public Domain Dedication and License 1.0).`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			names, vectors, err := readVectors(args[0], words)
			if err != nil {
				return err
			}
			var classes [2][]int
			for i, k := range clusterSizes {
				classes[i] = kmeans(vectors, k, rounds)
			}
			lines := make([]string, len(names))
			for i, name := range names {
				lines[i] = fmt.Sprintf("%s\t%d\t%d\n", name, classes[0][i], classes[1][i])
			}
			slices.Sort(lines)
			var out bytes.Buffer
			for _, l := range lines {
				out.WriteString(l)
			}
			return os.WriteFile(output, out.Bytes(), 0o644)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&output, "output", "o", output, "file to write")
	f.IntVar(&words, "words", words, "words to take, the commonest")
	f.IntVar(&rounds, "rounds", rounds, "of k-means")
	return cmd
}

// readVectors returns the first n words that have a letter, with their vectors
// at unit length.
func readVectors(path string, n int) (names []string, vectors [][]float32, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); len(names) < n && lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if !strings.ContainsFunc(fields[0], unicode.IsLetter) {
			continue
		}
		v, length := make([]float32, len(fields)-1), 0.0
		for i, s := range fields[1:] {
			x, err := strconv.ParseFloat(s, 32)
			if err != nil {
				return nil, nil, fmt.Errorf("%s: %s: %w", path, fields[0], err)
			}
			v[i] = float32(x)
			length += x * x
		}
		for i := range v {
			v[i] /= float32(math.Sqrt(length))
		}
		names, vectors = append(names, fields[0]), append(vectors, v)
	}
	return names, vectors, nil
}

// kmeans divides vectors into k classes, beginning with the first k, which are
// those of the commonest words.
func kmeans(vectors [][]float32, k, rounds int) []int {
	centres := make([][]float32, min(k, len(vectors)))
	for i := range centres {
		centres[i] = slices.Clone(vectors[i])
	}
	class := make([]int, len(vectors))
	for range rounds {
		assign(class, vectors, centres)
		move(centres, vectors, class)
	}
	return class
}

// assign puts each vector into the class of the nearest centre.
func assign(class []int, vectors, centres [][]float32) {
	const parts = 2
	var wg sync.WaitGroup
	for p := range parts {
		wg.Go(func() {
			for i := p; i < len(vectors); i += parts {
				best := float32(math.Inf(-1))
				for c, centre := range centres {
					if s := dot(vectors[i], centre); s > best {
						best, class[i] = s, c
					}
				}
			}
		})
	}
	wg.Wait()
}

// move puts each centre into the middle of its class, at unit length.
func move(centres, vectors [][]float32, class []int) {
	for _, c := range centres {
		clear(c)
	}
	for i, v := range vectors {
		for d, x := range v {
			centres[class[i]][d] += x
		}
	}
	for _, c := range centres {
		if length := float32(math.Sqrt(float64(dot(c, c)))); length > 0 {
			for d := range c {
				c[d] /= length
			}
		}
	}
}

func dot(a, b []float32) (s float32) {
	for i, x := range a {
		s += x * b[i]
	}
	return s
}
