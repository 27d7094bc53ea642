"""Times, measured in rounds: in each, the libraries take turns, so that what slows the machine down slows them all."""

import sys
from dataclasses import dataclass, field
from statistics import median

from . import programs
from .checksums import require_same
from .plan import COMPILED_LIBRARIES, IN_SQLALCHEMY


@dataclass
class Series:
    """The measurements of one case by one library, a figure a round: nanoseconds per item, and that over the raw client's."""

    nanoseconds: list = field(default_factory=list)
    ratios: list = field(default_factory=list)


def one_round(build, case, series):
    measured = {library: build.times(case, library) for library in COMPILED_LIBRARIES}
    require_same(f"{case.workload} on {case.database}", {library: each.checksum for library, each in measured.items()})
    if case.database == "sqlite":
        measured["sqlalchemy"] = programs.sqlalchemy(case.workload, IN_SQLALCHEMY[case.workload], 2)
    raw = measured["raw"].nanoseconds_per_item
    for library, each in measured.items():
        found = series.setdefault((case, library), Series())
        found.nanoseconds.append(each.nanoseconds_per_item)
        found.ratios.append(each.nanoseconds_per_item / raw)


def times(build, cases, rounds):
    """The series by case and library."""
    series = {}
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr, flush=True)
        for case in cases:
            one_round(build, case, series)
    return series


def rows(series):
    """What build/bench.json says of the series."""
    for (case, library), each in series.items():
        raw = median(series[case, "raw"].nanoseconds)
        yield {
            "workload": case.workload,
            "database": case.database,
            "library": library,
            "ratio": round(median(each.ratios), 3),
            "raw_ns": round(raw),
            "ns": round(median(each.nanoseconds)),
            "ratios": [round(ratio, 3) for ratio in each.ratios],
        }
