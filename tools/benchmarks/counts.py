"""What is counted, not timed: round trips, bytes, and the growth of what must not grow."""

from .plan import COMPILED_LIBRARIES, SERVERS

MEMORY_WORKLOADS = {"W2": 100_000, "W5": 20_000}
STREAMED_ROWS = 10_000_000


def round_trips(build, cases):
    """The round trips by case and library."""
    return {
        (case, library): build.counts(case.workload, case.database, library, case.size)["round_trips"]
        for case in cases
        if case.database in SERVERS
        for library in COMPILED_LIBRARIES
    }


def memory_rows(build):
    for workload, size in MEMORY_WORKLOADS.items():
        held = {library: build.counts(workload, "sqlite", library, size)["bytes"] / size for library in COMPILED_LIBRARIES}
        for library, each in held.items():
            yield {
                "workload": f"memory_{workload}",
                "database": "sqlite",
                "library": library,
                "bytes": round(each),
                "ratio": round(each / held["raw"], 3),
            }
    yield {"workload": "memory_stream", "database": "sqlite", "library": "aludel", **build.stream(STREAMED_ROWS)}


def scaling_rows(build):
    """Nanoseconds an operation by the number of objects, and the last over the first."""
    by_operation = {}
    for run in build.scaling():
        operation, size = run["name"].split("/")[:2]
        by_operation.setdefault(operation, {})[size] = 1e9 / run["items_per_second"]
    for operation, times in by_operation.items():
        in_order = sorted(times, key=int)
        yield {
            "workload": f"scaling_{operation}",
            "database": "sqlite",
            "library": "aludel",
            "ns": {size: round(times[size], 1) for size in in_order},
            "growth": round(times[in_order[-1]] / times[in_order[0]], 2),
        }
