// Train makes what sitrep's models are read from: the gazetteer of names and the
// weights of the tagger. It is for people who work on sitrep; the service needs
// neither it nor the data.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/spf13/cobra"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	cmd := &cobra.Command{
		Use:   "train",
		Short: "Make sitrep's models from annotated texts",
		Example: `  go run ./cmd/train gazetteer lists
  go run ./cmd/train places lists
  go run ./cmd/train names
  go run ./cmd/train confidence`,
		SilenceUsage: true,
	}
	eval := cmd.PersistentFlags().String("eval", "../shared/eval", "directory of the annotated texts")
	cmd.AddCommand(gazetteerCommand(eval), placesCommand(), namesCommand(eval), clustersCommand(), syntaxCommand(eval), confidenceCommand(eval))
	if err := cmd.ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}
