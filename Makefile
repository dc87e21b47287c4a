# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The Upsilon authors

SWIFT ?= swift
PREFIX ?= /usr/local
# The commit that the version names, with a mark if files differ from it; nothing without git.
UPSILON_COMMIT ?= $(shell git describe --always --abbrev=12 --match= --dirty=-modified 2>/dev/null)
export SWIFT UPSILON_COMMIT

.DEFAULT_GOAL := help
.PHONY: help swift set-up set-up-figures build tables test lint sanitize mutants verify \
  verify-exact verify-bounds bench cliffs oracles faults fuzz docs library wheel test-python dist \
  install clean

help: ## Show this list
	@echo "Usage: make <target>"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r name text; do printf '  %-14s %s\n' "$$name" "$$text"; done

swift:
	@scripts/check-swift

set-up: swift ## Check for Swift 6.2 and install GMP, MPFR, zlib and pkg-config where they are missing
	@scripts/install-libraries

set-up-figures: swift ## The same with gnuplot, for tables and tests
	@scripts/install-libraries --figures

build: set-up ## Build the program in release mode
	$(SWIFT) build -c release --product upsilon

tables: set-up-figures build ## Generate everything in tables/ again
	@"$$($(SWIFT) build -c release --show-bin-path)/upsilon" reproduce

# A debug build, so that assertions are part of what is tested; what computes is optimised in it too.
# All tests are in Swift Testing, so XCTest's runner is not started. Of tests that pass nothing is said.
test: set-up-figures ## Run the tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest --quiet

lint: swift ## Check the formatting of all Swift files
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

sanitize: set-up-figures ## Run them under the address and leak sanitizers, and count the lines they run
	@scripts/test-sanitized .build/sanitize

# Ten minutes of two cores; scripts/mutate.py says how, and what may survive. OPTIONS="--sample 50" is less.
mutants: set-up ## Make each error bound too small, and look whether a test notices
	@scripts/mutate $(OPTIONS)

# Three minutes of one core; bounds, with the measurements that they are of, take more than half.
verify: build ## Verify all tables by second methods and by proofs of certificates
	@$(MAKE) --no-print-directory -j2 verify-exact verify-bounds

VERIFY = "$$($(SWIFT) build -c release --show-bin-path)/upsilon" verify --format csv

verify-exact:
	@$(VERIFY) tables/[!bm]*.csv

verify-bounds:
	@$(VERIFY) tables/[bm]*.csv

bench: set-up ## Run the benchmarks and print their raw figures as CSV
	@$(SWIFT) run -c release Benchmarks

library: set-up ## Link the shared library for C in .build/library
	scripts/make-library

wheel: set-up ## Build the Python wheel in dist/
	scripts/make-wheel

test-python: wheel ## Install the wheel in a new environment, test it and check its types
	scripts/test-wheel

dist: set-up ## Make an archive in dist/ of the program that needs neither Swift, GMP nor MPFR
	scripts/make-dist

docs: set-up ## Build the site of all modules in .build/docs, offline, with the toolchain's docc
	@scripts/make-docs

oracles: build ## Hold random requests to other implementations for an hour (SECONDS=3600)
	@scripts/oracles --seconds $(or $(SECONDS),3600) \
	  --program "$$($(SWIFT) build -c release --show-bin-path)/upsilon"

# Ten minutes of one core; scripts/check-cliffs says what a cliff is.
cliffs: build ## Look for requests that take far longer than their neighbours, or too long
	@scripts/check-cliffs "$$($(SWIFT) build -c release --show-bin-path)/upsilon"

faults: build ## Make disks, system calls, memory and processes fail, and count what became of files
	@scripts/faults "$$($(SWIFT) build -c release --show-bin-path)/upsilon"

fuzz: set-up ## Fuzz all readers of files and arguments, SECONDS=600 each
	@scripts/fuzz --seconds $(or $(SECONDS),600)

install: build ## Install the program, its manual page and completions in PREFIX (/usr/local)
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$$($(SWIFT) build -c release --show-bin-path)/upsilon" \
	  "$(DESTDIR)$(PREFIX)/bin/upsilon"
	install -d "$(DESTDIR)$(PREFIX)/share/doc/upsilon"
	install -m 644 LICENSE "$(DESTDIR)$(PREFIX)/share/doc/upsilon/LICENSE"
	@set -e; for text in man:share/man/man1/upsilon.1 zsh:share/zsh/site-functions/_upsilon \
	  bash:share/bash-completion/completions/upsilon; do \
	  file="$(DESTDIR)$(PREFIX)/$${text#*:}"; \
	  install -d "$${file%/*}"; \
	  "$(DESTDIR)$(PREFIX)/bin/upsilon" completion "$${text%%:*}" >"$$file"; \
	done

clean: ## Remove all build products
	rm -rf .build dist
