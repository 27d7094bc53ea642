"""Runs the programs of bench/ and reads what they print."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The interpreter that Debian's python3-sqlalchemy is for.
SQLALCHEMY_PYTHON = os.environ.get("ALUDEL_SQLALCHEMY_PYTHON", "/usr/bin/python3")
SQLALCHEMY_PROGRAM = ROOT / "bench" / "libraries" / "sqlalchemy_library.py"


class BenchmarkError(Exception):
    pass


@dataclass(frozen=True)
class Measurement:
    nanoseconds_per_item: float
    checksum: str


def output_of(command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        raise BenchmarkError(f"{' '.join(str(word) for word in command)}\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


class Programs:
    """The programs of one build, in `folder`."""

    def __init__(self, folder):
        self.folder = Path(folder).resolve()

    def path(self, name):
        return self.folder / name

    def times(self, case, library):
        command = [self.path("aludel_bench"), case.workload, case.database, library, case.size, case.iterations]
        [run] = json.loads(output_of([*command, "--benchmark_format=json"]))["benchmarks"]
        return Measurement(run["cpu_ns" if case.is_of_cpu_time else "real_ns"] / case.size, run["label"])

    def counts(self, workload, database, library, size):
        """Checksum, bytes that the result holds, round trips."""
        return json.loads(output_of([self.path("aludel_bench_once"), workload, database, library, size]))

    def stream(self, rows):
        return json.loads(output_of([self.path("aludel_bench_stream"), rows]))

    def scaling(self):
        return json.loads(output_of([self.path("aludel_bench_scaling"), "--benchmark_format=json"]))["benchmarks"]


def sqlalchemy(workload, size, iterations):
    result = json.loads(output_of([SQLALCHEMY_PYTHON, SQLALCHEMY_PROGRAM, workload, size, iterations]))
    return Measurement(min(result["nanoseconds"]) / size, result["checksum"])
