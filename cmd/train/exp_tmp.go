package main

import (
	"fmt"
	"os"
	"path/filepath"

	"encoding/json"
	"github.com/spf13/cobra"
	"sitrep/extractors/names"
	"sitrep/extractors/text"
	"sitrep/pipeline/annotations"
)

func expCommand(eval *string) *cobra.Command {
	return &cobra.Command{Use: "exp MODEL", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		m, err := names.Load(f)
		if err != nil {
			return err
		}
		printExp(m, *eval)
		return nil
	}}
}
func printExp(m *names.Model, eval string) {
	fmt.Printf("%-12s %s\n", "", "PER ex/rel   PLACE ex/rel   ORG ex/rel")
	for _, set := range []string{"conll2003", "ieer", "articles_gold", "web", "wikigold", "meantime", "wnut17", "gmb", "re3d"} {
		r, err := score(m, filepath.Join(eval, "dev", set+".jsonl"))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-14s", set)
		for _, t := range []string{"PERSON", "PLACE", "ORG"} {
			a, _ := r.Lookup(t + ".exact.f1")
			b, _ := r.Lookup(t + ".relaxed.f1")
			fmt.Printf("%.3f/%.3f   ", a, b)
		}
		fmt.Println()
	}
}
func dumpCommand(eval *string) *cobra.Command {
	return &cobra.Command{Use: "dump MODEL SET", Args: cobra.ExactArgs(2), RunE: func(cmd *cobra.Command, args []string) error {
		f, err := os.Open(args[0])
		if err != nil {
			return err
		}
		m, err := names.Load(f)
		if err != nil {
			return err
		}
		gold, err := read(filepath.Join(*eval, "dev", args[1]+".jsonl"))
		if err != nil {
			return err
		}
		enc := json.NewEncoder(os.Stdout)
		for _, d := range gold {
			doc := text.Read("", d.Text)
			at := annotations.NewOffsets(d.Text)
			p := annotations.Document{ID: d.ID}
			for _, n := range m.Find(doc) {
				p.Spans = append(p.Spans, annotations.Span{Start: at.CodePoint(n.Start), End: at.CodePoint(n.End), Type: n.Type.String(), Text: doc.Slice(n.Span)})
			}
			enc.Encode(p)
		}
		return nil
	}}
}
func gumCommand(eval *string) *cobra.Command {
	return &cobra.Command{Use: "gum FILE", Args: cobra.ExactArgs(1), RunE: func(cmd *cobra.Command, args []string) error {
		docs, err := readGUM(args[0])
		if err != nil {
			return err
		}
		enc := json.NewEncoder(os.Stdout)
		for _, d := range docs {
			enc.Encode(d)
		}
		return nil
	}}
}
