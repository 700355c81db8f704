package main

import (
	"github.com/spf13/cobra"

	"sitrep/pipeline/schema"
)

func schemaCommand() *cobra.Command {
	var name string
	cmd := &cobra.Command{
		Use:   "schema [events|articles]",
		Short: "Print the schema of the records, or a table for a warehouse",
		Long: `Prints what stands in the records of sitrep.events.v1 or sitrep.articles.v1, as a
JSON Schema, an Avro schema or the statement that makes a table for them in
ClickHouse, PostgreSQL or DuckDB. All come from one definition.`,
		Example: `  sitrep schema
  sitrep schema --format postgres events | psql
  sitrep schema --format avro articles > articles.avsc`,
		Args: cobra.MatchAll(cobra.MaximumNArgs(1), cobra.OnlyValidArgs),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := schema.ParseFormat(name)
			if err != nil {
				return usage("--%w", err)
			}
			table := schema.Events()
			if len(args) == 1 && args[0] == "articles" {
				table = schema.Articles()
			}
			text, err := format.Write(table)
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(text)
			return err
		},
		ValidArgs: []string{"events", "articles"},
	}
	cmd.Flags().StringVar(&name, "format", "json-schema", "json-schema, avro, clickhouse, postgres or duckdb")
	return cmd
}
