# WhoSays. `make help` lists the targets.

GO            ?= go
BINARY        ?= whosays
VERSION       ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
LDFLAGS       := -s -w -X main.version=$(VERSION)
TOOLS         := $(CURDIR)/.cache/bin
LINT_VERSION  := v2.15.0
LINT          := $(TOOLS)/golangci-lint-$(LINT_VERSION)
FUZZTIME      ?= 10s
BENCHTIME     ?= 1s
BENCH_SIZES   ?= 10k 100k 1M
LOAD          ?=
DIGESTS       ?=
PLATFORMS     ?= discord slack
COVERAGE      := .cache/coverage.out
FIGURES       := .cache/bench.jsonl
COVERED       := 85
CLIENTS       := $(CURDIR)/.cache/slack-clients

# The race detector watches Go's memory. SQLite's C, translated, works on memory outside of it, and YAML is read by one goroutine into
# memory that nobody else has yet: to instrument these finds nothing, and would take most of the time of the tests that keep anything,
# and a third of each start of the program. Nobody debugs these programs: what a debugger reads takes a tenth of compiling them. One
# value for all targets: what one has run is in Go's cache for the others.
UNWATCHED     := modernc.org/sqlite/lib modernc.org/libc modernc.org/memory go.yaml.in/yaml/v3
RACE          := -race -gcflags=all=-dwarf=false $(UNWATCHED:%='-gcflags=%=-dwarf=false -race=false')

# How tests are run under it. All that any test runs counts as covered, whichever package it is of. `make lint` vets. A process waits
# 50 ms at its end for races to show, not a second. The flags stand in GOFLAGS, so that tests which build the program find it compiled.
RACED         := CGO_ENABLED=1 GORACE=atexit_sleep_ms=50 \
	GOFLAGS="$(RACE) -cover -coverpkg=./... '-toolexec=$(CURDIR)/.ci/plain-cover'" $(GO) test -vet=off -timeout 20m

# The packages that have tests: of each other one go would say that it has none, by a tool that it first has to build. They are tried
# from knowledge to adapters, as they are compiled, but for Discord's, which wait the most: they aren't left for the end, when nothing
# else would be done meanwhile. Four at once for the same reason.
TESTED         = -p 4 $$($(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./... | sort -r | \
	awk '/\/discord$$/ {print; next} {others = others $$0 "\n"} END {printf "%s", others}')

.DEFAULT_GOAL := help
.PHONY: help run build test lint fmt bench bases operate digests load deploy clients conformance soak micro smoke fuzz cover gcc node services clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## open the chat in this terminal
	@./$(BINARY)

build: ## build the program, static, as ./whosays
	@CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o $(BINARY) ./cmd/whosays

test: gcc services ## run all tests with the race detector, and say how many of all statements they cover
	@mkdir -p $(dir $(COVERAGE))
	$(RACED) -coverprofile=$(COVERAGE) $(TESTED)
	@$(GO) tool cover -func=$(COVERAGE) | awk '/^total:/ {print "The tests cover " $$3 " of all statements."; \
		if ($$3 + 0 < $(COVERED)) {print "That is less than $(COVERED) %: test what is new, make cover lists what isn\047t tested."; exit 1}}'

lint: $(LINT) ## run golangci-lint (installed into .cache once)
	$(LINT) run ./...
	$(GO) mod tidy -diff

fmt: $(LINT) ## put the source in the form that lint asks for
	$(LINT) fmt ./...

bench: services ## measure all of what follows beside peers in the same run, and print one table at the end; its figures stay in .cache/bench.jsonl
	@mkdir -p $(dir $(FIGURES))
	@$(MAKE) --no-print-directory bases operate digests load BENCH_JSON=1 >$(FIGURES)
	@$(GO) run ./adapters/benchtable/print <$(FIGURES)

bases: ## measure bases of 10k, 100k and 1M claims in memory beside bleve and FTS5 (BENCH_SIZES="10k 100k", BENCH_JSON=1)
	cd knowledge/index/bench && $(GO) run . -sizes '$(BENCH_SIZES)' $(if $(BENCH_JSON),-json)

operate: services ## measure the base in a database: import, start, Find, edits, commits
	$(GO) test -run '^$$' -bench 'Commit' -benchtime 3s ./adapters/sqlstore
	cd knowledge/index/bench && $(GO) test -run '^$$' -bench Base -benchtime 1x -timeout 30m .

digests: services ## measure 100,000 subscriptions of which 10,000 are due in one minute: composing, SQL, memory, an idle tick (DIGESTS="-claims 1k", BENCH_JSON=1)
	$(GO) run ./adapters/digestbench $(if $(BENCH_JSON),-json) $(DIGESTS)

deploy: ## check what is deployed by those who read it: the Dockerfile, the compose file, the alert rules, and the program as the Dockerfile builds it
	cd cmd/whosays/deploy && $(GO) vet ./... && $(GO) test -count 1 ./... && $(GO) mod tidy -diff

clients: gcc $(CLIENTS)/node_modules/.package-lock.json ## check the fake Slack by Slack's own clients
	CGO_ENABLED=1 SLACK_CLIENTS=$(CLIENTS) $(GO) test $(RACE) -count 1 -tags conformance ./adapters/slack/slackfake/conformance

conformance: clients ## that, and requests to Discord against its own description, which lies in ../shared: make test does it too, among all others
	$(RACED) -coverprofile=.cache/conformance.out ./adapters/discord/...

load: ## measure the bot under 500 questions a second in 2,000 servers of a fake Discord, and in 200 workspaces of a fake Slack (PLATFORMS=slack, LOAD="-rate 100 -for 10s", BENCH_JSON=1)
	@for platform in $(PLATFORMS); do \
		CGO_ENABLED=0 $(GO) run ./adapters/$$platform/$${platform}bench/run $(if $(BENCH_JSON),-json) $(LOAD) || exit 1; \
	done

soak: services ## kill who writes 200 times, and look for what was acknowledged; kill who sends 1,000 digests 600 times, and look for each, once
	CGO_ENABLED=1 $(GO) test $(RACE) -count 1 -run TestCrash -timeout 60m ./adapters/sqlstore -args -cycles 200
	CGO_ENABLED=1 $(GO) test $(RACE) -count 1 -timeout 60m ./adapters/sqlstore/digesttest -args -kills 100 -slots 1000

micro: ## run the Go benchmarks (BENCHTIME=1s)
	$(GO) test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) ./...

smoke: ## check that the comparison with the peers builds and runs, on a small base
	cd knowledge/index/bench && $(GO) vet ./... && $(GO) test ./...

fuzz: ## run each fuzz target for a short time (FUZZTIME=10s)
	@grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | \
	while IFS=: read -r file _ func; do \
		target=$${func#func }; \
		echo "== $$target ($${file%/*})"; \
		$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$${file%/*}" </dev/null || exit 1; \
	done

cover: test ## run all tests and show what they cover of each function
	$(GO) tool cover -func=$(COVERAGE)

clean: ## remove what was built
	rm -rf .cache $(BINARY)

# The race detector is linked by a C compiler.
gcc:
	@command -v "$$($(GO) env CC)" >/dev/null || { \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "The race detector needs a C compiler: installing gcc."; \
			apt-get update -qq && apt-get install -y -qq gcc libc6-dev; \
		else \
			echo "The race detector needs a C compiler: install gcc, then run this again."; exit 1; \
		fi; \
	}

# Slack's own clients run on Node.js. They are installed into .cache once, and again where others are pinned.
$(CLIENTS)/node_modules/.package-lock.json: $(addprefix adapters/slack/slackfake/conformance/testdata/,package.json package-lock.json) | node
	@mkdir -p $(CLIENTS)
	@cp $^ $(CLIENTS)
	npm ci --prefix $(CLIENTS) --ignore-scripts --no-audit --no-fund
	@touch $@

node:
	@missing=; \
	command -v node >/dev/null || missing=nodejs; \
	command -v npm >/dev/null || missing="$$missing npm"; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "Slack's own clients run on Node.js: install" $$missing "(Node.js 18 or newer), then run this again."; exit 1; \
		fi; \
		echo "Slack's own clients run on Node.js: installing" $$missing; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null || exit 1; \
	fi; \
	node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' || { \
		echo "Slack's own clients need Node.js 18 or newer, and this is $$(node --version): install a newer one, then run this again."; exit 1; \
	}

# The tests start PostgreSQL and Redis by themselves; nothing has to run before. While Debian's packages are installed,
# its policy keeps them from starting servers of their own.
services:
	@missing=; \
	[ -n "$$(find /usr/lib/postgresql -path '*/bin/initdb' 2>/dev/null)" ] || command -v initdb >/dev/null || missing=postgresql; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
		echo "The tests start servers of their own: install" $$missing "(PostgreSQL 15, Redis 7 or newer), then run this again."; exit 1; \
	fi; \
	echo "The tests start servers of their own: installing" $$missing; \
	policy=/usr/sbin/policy-rc.d; \
	if [ ! -e $$policy ]; then \
		trap "rm -f $$policy" EXIT; printf '#!/bin/sh\nexit 101\n' >$$policy; chmod +x $$policy; \
	fi; \
	export DEBIAN_FRONTEND=noninteractive; \
	apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null

$(LINT):
	@mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) $(GO) install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv $(TOOLS)/golangci-lint $@
