# The everyday commands; each is a line or two over CMake's presets. The presets themselves work without make.

JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: help setup demo test load bench bench-instructions lint format clean

help:
	@echo "make demo    build the examples and run them on fresh SQLite files"
	@echo "make test    build with AddressSanitizer and UBSan, run the whole suite beside private PostgreSQL and MariaDB servers"
	@echo "make load    32 threads move money on each database, 100,000 transactions, under ThreadSanitizer"
	@echo "make bench   build optimised, time aludel beside the raw C clients, SOCI and SQLAlchemy: tables, and build/bench.json"
	@echo "make bench-instructions   count aludel's instructions over the raw client's; fails where they have grown"
	@echo "make lint    the checks of tools/lint: layers, headers, sizes, clang-format, clang-tidy"
	@echo "make format  lay the sources out with clang-format"
	@echo "make clean   remove build/"

setup:
	@tools/setup build

demo: setup
	@tools/run-demo $(JOBS)

test:
	@tools/setup test
	cmake --preset dev
	cmake --build --preset dev --parallel $(JOBS)
	tools/with-databases ctest --preset dev --parallel $$(( $(JOBS) + 1 ))

load:
	@tools/setup test
	cmake --preset tsan
	cmake --build --preset tsan --target aludel_test_load --parallel $(JOBS)
	ALUDEL_LOAD_TRANSACTIONS=$${ALUDEL_LOAD_TRANSACTIONS:-100000} TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1:external_symbolizer_path=/usr/bin/llvm-symbolizer-19" \
		tools/with-databases build/tsan/tests/aludel_test_load

bench:
	@tools/setup bench
	@tools/run-bench --jobs $(JOBS)

bench-instructions:
	@tools/setup bench
	@tools/bench-instructions

lint:
	@tools/setup lint
	@tools/lint

format:
	@tools/setup format
	@tools/format

clean:
	rm -rf build
