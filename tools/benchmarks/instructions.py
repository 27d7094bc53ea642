"""Instructions under callgrind: aludel's over the raw client's, on SQLite, at small sizes."""

import concurrent.futures
import os
import re
import subprocess
import tempfile
from pathlib import Path

from .plan import WORKLOADS
from .programs import BenchmarkError, output_of

SIZE = 500
MOST_GROWTH = 1.05
# The step that is counted, in bench/programs/once.cpp.
COUNTED = "bench::measured*"
COLLECTED = re.compile(r"^(?:==\d+== )?(?:Collected : |totals: |summary: )(\d+)", re.MULTILINE)


def count(build, workload, library):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "callgrind.out")
        command = ["valgrind", "--tool=callgrind", f"--toggle-collect={COUNTED}", f"--callgrind-out-file={out}"]
        output_of([*command, build.path("aludel_bench_once"), workload, "sqlite", library, SIZE])
        found = COLLECTED.search(out.read_text(encoding="utf-8"))
    if not found or int(found[1]) == 0:
        raise BenchmarkError(f"callgrind counted nothing in {workload} of {library}")
    return int(found[1])


def ratios(build):
    """By workload."""
    wanted = [(workload, library) for workload in WORKLOADS for library in ("raw", "aludel")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        counted = dict(zip(wanted, pool.map(lambda each: count(build, *each), wanted)))
    return {workload: round(counted[workload, "aludel"] / counted[workload, "raw"], 3) for workload in WORKLOADS}


def grown(ratios, recorded):
    """The workloads whose ratios are too far above the record, or not in it."""
    return [workload for workload, ratio in ratios.items() if ratio > recorded.get(workload, 0) * MOST_GROWTH]


def compiler():
    return subprocess.run(["g++", "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
