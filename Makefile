# The same targets as CI. RUNEWIDTH_EASTASIAN changes the width of characters, and with it every golden file.
unexport RUNEWIDTH_EASTASIAN

LINT = go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.PHONY: check test e2e lint bench golden fuzz soak generate

# Everything that CI runs.
check:
	bash .ci/run

test:
	go test -race -shuffle=on ./...

# Needs tmux, timewarrior, pdftotext, hledger and LibreOffice Calc.
e2e:
	go test -tags e2e -run E2E -timeout 15m ./...

lint:
	test -z "$$(gofmt -l .)"
	go vet -tags e2e ./...
	$(LINT) run ./...

# Ratios between sizes matter, not times.
bench:
	go test -run '^$$' -bench . -benchtime 200ms ./...

# Rewrite the golden files; read every one that changed before committing it.
golden:
	go test ./ui/... ./model/document -update

# Each parser for a minute. Input minimising makes Go stand still, so it is bounded.
fuzz:
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep ^Fuzz); do \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime 60s -fuzzminimizetime 20x $$package || exit 1; \
		done; \
	done

# The protocol for half an hour: killed at every step, random acts with faults at every call.
soak:
	CADENSA_SOAK=20 go test -timeout 60m -run 'Killed|Whatever' ./model/billing -rapid.checks=5000

# The table of countries, from the CLDR (needs npm).
generate:
	go generate ./countries
