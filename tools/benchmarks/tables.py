"""The tables of a result, for the terminal and for docs/performance.md."""

from .plan import DATABASES, MUST_REACH, MUST_REACH_ON_SERVERS, SERVERS, WORKLOADS

TITLES = {
    "sqlite": "SQLite in memory",
    "sqlite_wal": "SQLite in a file with WAL",
    "postgresql": "PostgreSQL",
    "mariadb": "MariaDB",
}


class Table:
    def __init__(self, title, *heads):
        self.title, self.heads, self.rows = title, heads, []

    def add(self, *cells):
        self.rows.append([cell if isinstance(cell, str) else f"{cell:,}" if isinstance(cell, int) else f"{cell:.2f}" for cell in cells])

    def text(self):
        widths = [max(len(row[i]) for row in [self.heads, *self.rows]) for i in range(len(self.heads))]

        def line(row):
            return "  " + row[0].ljust(widths[0]) + "".join("  " + cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))

        return "\n".join([self.title, line(self.heads), *map(line, self.rows)])

    def markdown(self):
        def line(row):
            return "| " + " | ".join(row) + " |"

        rule = "| --- |" + " ---: |" * (len(self.heads) - 1)
        return "\n".join([f"**{self.title}**", "", line(self.heads), rule, *map(line, self.rows)])


def _found(result, **wanted):
    return [row for row in result if all(row.get(key) == value for key, value in wanted.items())]


def times(result, database):
    """The ratios on one database; None where nothing was measured."""
    libraries = [library for library in ("aludel", "soci", "sqlalchemy") if _found(result, database=database, library=library)]
    on_server = database in SERVERS
    trips = ["round trips", "raw's"] if on_server else []
    table = Table(TITLES[database] + ": time over the raw client's", "", "raw ns", *libraries, "must reach", *trips)
    for workload, what in WORKLOADS.items():
        by_library = {row["library"]: row for row in _found(result, database=database, workload=workload)}
        if not by_library:
            continue
        limit = MUST_REACH_ON_SERVERS if on_server else MUST_REACH[workload]
        counted = [by_library[library]["round_trips"] for library in ("aludel", "raw")] if on_server else []
        ratios = [by_library[library]["ratio"] for library in libraries]
        table.add(f"{workload} {what}", by_library["raw"]["raw_ns"], *ratios, limit, *counted)
    return table if table.rows else None


def memory(result):
    table = Table("Bytes on the heap for an object", "", "raw", "aludel", "soci", "aludel / raw")
    for workload, what in {"W2": "an entity", "W5": "a user with two addresses"}.items():
        by_library = {row["library"]: row for row in _found(result, workload=f"memory_{workload}")}
        if by_library:
            table.add(what, *(by_library[library]["bytes"] for library in ("raw", "aludel", "soci")), by_library["aludel"]["ratio"])
    return table if table.rows else None


def stream(result):
    table = Table("A stream of entities: peak of the resident memory in MiB", "rows", "after a tenth", "at the end")
    for row in _found(result, workload="memory_stream"):
        table.add(f"{row['rows']:,}", row["peak_kib_of_a_tenth"] / 1024, row["peak_kib"] / 1024)
    return table if table.rows else None


def scaling(result):
    rows = [row for row in result if row["workload"].startswith("scaling_")]
    if not rows:
        return None
    sizes = list(rows[0]["ns"])
    table = Table("Nanoseconds an operation among so many objects", "", *(f"{int(size):,}" for size in sizes), "last / first")
    for row in rows:
        table.add(row["workload"].removeprefix("scaling_").replace("_", " "), *(round(row["ns"][size]) for size in sizes), row["growth"])
    return table


def compiling(result):
    table = Table("Compiling with g++ -O2: seconds of processor time", "", "aludel", "soci", "aludel / soci", "must reach")
    for workload, limit in {"compile_program": 1.1, "compile_header": 1.0}.items():
        by_library = {row["library"]: row for row in _found(result, workload=workload)}
        if by_library:
            seconds = [by_library[library]["seconds"] for library in ("aludel", "soci")]
            table.add(workload.removeprefix("compile_"), *seconds, by_library["aludel"]["ratio_to_soci"], limit)
    return table if table.rows else None


def queries(result):
    table = Table("200 queries in a file against 10: seconds of processor time", "", "10", "200", "200 / 10", "must reach")
    for row in _found(result, workload="compile_queries"):
        table.add("aludel", row["seconds_of_ten"], row["seconds"], row["ratio"], 1.5)
    return table if table.rows else None


def all_tables(result):
    tables = [times(result, database) for database in DATABASES]
    tables += [memory(result), stream(result), scaling(result), compiling(result), queries(result)]
    return [table for table in tables if table is not None]
