"""That all libraries did the same work."""

from . import programs
from .plan import COMPILED_LIBRARIES, WORKLOADS
from .programs import BenchmarkError


def require_same(what, checksums):
    """`checksums` by library. @raises BenchmarkError for a difference."""
    if len(set(checksums.values())) > 1:
        listed = ", ".join(f"{library} {checksum}" for library, checksum in checksums.items())
        raise BenchmarkError(f"{what}: the libraries did different work, the checksums are {listed}")


def of_every_library(build, workload, database, size):
    sums = {library: build.counts(workload, database, library, size)["checksum"] for library in COMPILED_LIBRARIES}
    if database == "sqlite":
        sums["sqlalchemy"] = programs.sqlalchemy(workload, size, 1).checksum
    return sums


def check(build, database, size):
    """Every workload once by every library."""
    for workload in WORKLOADS:
        require_same(f"{workload} on {database}", of_every_library(build, workload, database, size))
