// Package chaos breaks what `sitrep run` stands on — its processes, its brokers,
// the network between — and compares what comes out with what extraction of the
// same articles gives directly: keys, values and headers byte for byte, each once,
// in order. It is all tests; `make chaos` runs them in full on real Apache Kafka,
// and prints a table.
package chaos
