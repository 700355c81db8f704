.PHONY: build test race integration chart chaos backfill-proof capacity accuracy fuzz schemas

build: ## the one binary, static
	CGO_ENABLED=0 go build -trimpath -o sitrep ./cmd/sitrep

test: ## what the README says: needs nothing but Go
	go test ./...

race:
	go test -race -short ./...

integration: ## on real Apache Kafka and Apicurio Registry, fetched by Maven, with kcat as the client
	SITREP_TEST_KAFKA=real go test -count=1 -p 1 -timeout 15m -v ./pipeline/kafka/...
	SITREP_TEST_KAFKA=real go test -count=1 -p 1 -timeout 15m -v ./pipeline/backfill/...
	SITREP_TEST_KAFKA=real SITREP_TEST_REGISTRY=real go test -count=1 -p 2 -timeout 8m -v ./pipeline/doctor ./pipeline/deadletters ./pipeline/registry ./deploy
	SITREP_TEST_KAFKA=real SITREP_TEST_REGISTRY=real go test -count=1 -p 2 -timeout 8m -v -run 'TestRun|TestExport|TestConsuming|TestFollow' ./cmd/sitrep ./pipeline/web

chart: ## the Helm chart and the image, with helm, kubeconform and the schemas of Kubernetes, KEDA and the Prometheus operator
	SITREP_TEST_CHART=1 go test -count=1 -timeout 20m -v -run 'Chart|Image' ./deploy

chaos: ## break everything on real Apache Kafka, and a backlog of a million; prints the tables
	SITREP_TEST_KAFKA=real SITREP_CHAOS=full go test -count=1 -timeout 90m -v ./pipeline/kafka/chaos

backfill-proof: ## 200,000 articles into real Apache Kafka, killed twenty times, beside an undisturbed run; prints the table
	SITREP_TEST_KAFKA=real SITREP_PROOF=full SITREP_PROOF_RATE=10000 go test -count=1 -timeout 3h -v ./pipeline/backfill/proof

capacity: ## what an article costs, for docs/capacity.md
	SITREP_TEST_KAFKA=real go test -timeout 30m -run '^$$' -bench Capacity -benchtime 1x ./deploy

accuracy: ## every score on the evaluation texts, which stand beside the checkout
	.ci/accuracy --table

fuzz: ## every fuzz test for FUZZTIME each
	.ci/fuzz $(or $(FUZZTIME),10s)

schemas: ## write the schemas and DDL anew from the record types
	go test ./pipeline/schema -run Schemas -update
	go test ./pipeline/api -run OpenAPI -update
