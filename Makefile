.PHONY: test race integration

test: ## what the README says: needs nothing but Go
	go test ./...

race:
	go test -race -short ./...

integration: ## the Kafka tests on a real broker, fetched by Maven
	SITREP_TEST_KAFKA=real go test -count=1 -timeout 15m -v ./pipeline/kafka/...
