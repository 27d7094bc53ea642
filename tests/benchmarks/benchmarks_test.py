"""What tools/benchmarks computes from measurements, with programs that answer from a list."""

import re
import sys
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True

from benchmarks import checksums, compile_time, instructions, plan, rounds, tables  # noqa: E402
from benchmarks.programs import BenchmarkError, Measurement  # noqa: E402

CASE = plan.Case("W2", "postgresql", 10, 1)


class AnsweringPrograms:
    """Nanoseconds per item by library, one a round; checksums by library."""

    def __init__(self, nanoseconds, sums=None):
        self.nanoseconds = {library: list(each) for library, each in nanoseconds.items()}
        self.sums = sums or {}

    def times(self, _case, library):
        return Measurement(self.nanoseconds[library].pop(0), self.sums.get(library, "1"))

    def counts(self, _workload, _database, library, _size):
        return {"checksum": self.sums.get(library, "1")}


def rows_of(build, count):
    with mock.patch("sys.stderr"):
        return {row["library"]: row for row in rounds.rows(rounds.times(build, [CASE], count))}


class Rounds(unittest.TestCase):
    def test_ratio_of_slow_round_is_against_raw_of_that_round(self):
        build = AnsweringPrograms({"raw": [100, 1000, 100], "aludel": [110, 1100, 110], "soci": [200, 2000, 200]})
        rows = rows_of(build, 3)
        self.assertEqual(rows["aludel"]["ratios"], [1.1, 1.1, 1.1])
        self.assertEqual(rows["soci"]["ratio"], 2.0)

    def test_ratio_of_several_rounds_is_the_median(self):
        build = AnsweringPrograms({"raw": [100] * 3, "aludel": [90, 500, 120], "soci": [100] * 3})
        self.assertEqual(rows_of(build, 3)["aludel"]["ratio"], 1.2)

    def test_checksum_that_differs_ends_the_run(self):
        build = AnsweringPrograms({"raw": [1], "aludel": [1], "soci": [1]}, {"soci": "2"})
        with self.assertRaisesRegex(BenchmarkError, "W2 on postgresql: .* soci 2"):
            rows_of(build, 1)


class Checksums(unittest.TestCase):
    def test_library_with_other_work_is_found(self):
        with self.assertRaisesRegex(BenchmarkError, "W1 on mariadb"):
            checksums.check(AnsweringPrograms({}, {"aludel": "7"}), "mariadb", 10)

    def test_libraries_with_the_same_work_pass(self):
        checksums.check(AnsweringPrograms({}), "mariadb", 10)


class Queries(unittest.TestCase):
    def test_queries_of_the_long_file_are_all_different(self):
        source = compile_time.queries_source(compile_time.MANY)
        queries = [re.sub(r"\d+", "", line.split("return ")[1]) for line in source.splitlines() if "return " in line]
        self.assertEqual(len(queries), compile_time.MANY)
        self.assertEqual(len(set(queries)), compile_time.MANY)

    def test_queries_of_the_short_file_have_every_selection(self):
        source = compile_time.queries_source(compile_time.FEW)
        for selection in compile_time.SELECTIONS:
            self.assertIn(selection, source)


class Instructions(unittest.TestCase):
    def test_counts_of_callgrind_become_ratios(self):
        with mock.patch.object(instructions, "count", lambda _build, _workload, library: 300 if library == "aludel" else 200):
            self.assertEqual(instructions.ratios(None), dict.fromkeys(plan.WORKLOADS, 1.5))

    def test_ratio_above_the_record_has_grown(self):
        self.assertEqual(instructions.grown({"W1": 1.06, "W2": 1.04}, {"W1": 1.0, "W2": 1.0}), ["W1"])

    def test_workload_without_a_record_has_grown(self):
        self.assertEqual(instructions.grown({"W1": 1.0}, {}), ["W1"])


class Tables(unittest.TestCase):
    def test_result_with_one_database_is_one_table(self):
        result = [
            {"workload": "W2", "database": "sqlite", "library": library, "ratio": ratio, "raw_ns": 292}
            for library, ratio in (("raw", 1.0), ("aludel", 1.07), ("soci", 2.5))
        ]
        [table] = tables.all_tables(result)
        self.assertEqual(table.rows, [["W2 load entities", "292", "1.07", "2.50", "1.15"]])
        self.assertIn("| W2 load entities | 292 | 1.07 | 2.50 | 1.15 |", table.markdown())


if __name__ == "__main__":
    unittest.main()
