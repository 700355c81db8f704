// Package proof shows on a broker what package backfill promises: a job over an
// archive that is killed and begun again leaves byte for byte what one leaves that
// nobody touched, in memory that does not grow with the archive. It is all tests;
// `make backfill-proof` runs them in full on real Apache Kafka, and prints a table.
package proof
