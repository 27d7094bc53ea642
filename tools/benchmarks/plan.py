"""What is measured, and at which sizes."""

from dataclasses import dataclass

WORKLOADS = {
    "W1": "insert in one transaction, keys back",
    "W2": "load entities",
    "W3": "get by key, random order",
    "W4": "change a field, flush, commit",
    "W5": "load with addresses, eagerly",
    "W5_lazy": "load with addresses, lazily",
    "W6": "two columns as tuples",
    "W7": "join, filter, order, limit, built anew",
}
# aludel's time over the raw client's on SQLite that is the least it has to reach.
MUST_REACH = {"W1": 1.10, "W2": 1.15, "W3": 1.10, "W4": 1.10, "W5": 1.40, "W5_lazy": 1.25, "W6": 1.05, "W7": 1.08}
MUST_REACH_ON_SERVERS = 1.15

COMPILED_LIBRARIES = ("raw", "aludel", "soci")
SERVERS = ("postgresql", "mariadb")
DATABASES = ("sqlite", "sqlite_wal", *SERVERS)


@dataclass(frozen=True)
class Case:
    """A workload on a database: so many objects, done so many times in a measurement."""

    workload: str
    database: str
    size: int
    iterations: int

    @property
    def is_of_cpu_time(self):
        """In memory the processor's time is what counts; where a disk or a server takes part, the clock's."""
        return self.database == "sqlite"

    @property
    def must_reach(self):
        return MUST_REACH[self.workload] if self.database == "sqlite" else MUST_REACH_ON_SERVERS


ON_SQLITE = {
    "W1": (100_000, 3),
    "W2": (100_000, 4),
    "W3": (100_000, 2),
    "W4": (20_000, 8),
    "W5": (20_000, 8),
    "W5_lazy": (20_000, 5),
    "W6": (100_000, 8),
    "W7": (20_000, 2),
}
ON_SERVERS = {
    "W1": (5_000, 3),
    "W2": (20_000, 4),
    "W3": (1_000, 4),
    "W4": (1_000, 4),
    "W5": (2_000, 5),
    "W5_lazy": (1_000, 4),
    "W6": (20_000, 5),
    "W7": (500, 4),
}
IN_SQLALCHEMY = {"W1": 2_000, "W2": 5_000, "W3": 1_000, "W4": 2_000, "W5": 2_000, "W5_lazy": 1_000, "W6": 10_000, "W7": 500}


def cases(databases=DATABASES):
    for database in databases:
        sizes = ON_SERVERS if database in SERVERS else ON_SQLITE
        for workload, (size, iterations) in sizes.items():
            if database != "sqlite_wal" or workload == "W1":
                yield Case(workload, database, size, iterations)
