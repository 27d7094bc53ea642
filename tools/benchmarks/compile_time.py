"""What the libraries cost at compile time: processor time of g++ -O2, without a cache."""

import concurrent.futures
import itertools
import os
import subprocess
import tempfile
from pathlib import Path
from statistics import median

from .programs import ROOT, BenchmarkError

# The warning option is what the CMake target gives to its users.
COMPILE = ("g++", "-std=c++20", "-O2", "-Wno-missing-field-initializers", f"-I{ROOT}/include", f"-I{ROOT}/bench", "-I/usr/include/soci", "-c", "-o", "/dev/null")
ROUNDS = 3
FEW, MANY = 10, 200
MOST_FOR_MANY = 1.5

PROGRAMS = {"aludel": ROOT / "bench/libraries/aludel_queries.cpp", "soci": ROOT / "bench/libraries/soci.cpp"}
HEADERS = {"aludel": "aludel/aludel.hpp", "soci": "soci/soci.h"}

SELECTIONS = (
    "session.query<User>()",
    "session.query(col<&User::id>).join<Address>(rel<&User::addresses>)",
    "session.query(col<&User::name>)",
    "session.query(col<&User::id>, col<&User::name>)",
    "session.query<User, Address>().join<Address>(rel<&User::addresses>)",
)
CRITERIA = (
    "col<&User::id> > {0}",
    'col<&User::name> == "user{0}"',
    'col<&User::name>.like("%{0}%"), col<&User::id> < {0}',
    'col<&User::id> == {0} || col<&User::fullname> != "{0}"',
    "col<&User::id>.in_({{1, 2, {0}}})",
)
ORDERS = ("col<&User::id>", "col<&User::name>", "col<&User::fullname>, col<&User::id>", "desc(col<&User::name>)")
ENDS = (".all().size()", ".limit({0}).all().size()")


def seconds(source):
    with tempfile.TemporaryFile("w+") as errors:
        compiler = subprocess.Popen([*COMPILE, str(source)], stderr=errors)
        _, status, usage = os.wait4(compiler.pid, 0)
        compiler.returncode = os.waitstatus_to_exitcode(status)
        if compiler.returncode:
            errors.seek(0)
            raise BenchmarkError(errors.read())
    return usage.ru_utime + usage.ru_stime


def queries_source(count):
    """So many functions, each with another query."""
    every = itertools.product(ENDS, ORDERS, CRITERIA, SELECTIONS)
    lines = ['#include "libraries/models.hpp"', "namespace bench {", "using namespace model;", "using namespace aludel;"]
    for number, (end, order, criteria, selection) in zip(range(1, count + 1), every):
        query = f"{selection}.filter({criteria.format(number)}).order_by({order}){end.format(number)}"
        lines.append(f"std::size_t query_{number}(Session& session) {{ return {query}; }}")
    return "\n".join([*lines, "}", ""])


def in_rounds(sources):
    """The medians of the times of the sources by name; in a round all are compiled side by side."""
    with concurrent.futures.ThreadPoolExecutor(len(sources)) as pool:
        rounds = [list(pool.map(seconds, sources.values())) for _ in range(ROUNDS)]
    return {name: median(times) for name, times in zip(sources, zip(*rounds))}


def beside_soci(workload, sources):
    times = in_rounds(sources)
    for library, each in times.items():
        yield {"workload": workload, "library": library, "seconds": round(each, 3), "ratio_to_soci": round(each / times["soci"], 3)}


def rows():
    """What build/bench.json says of the compiler's time."""
    with tempfile.TemporaryDirectory() as folder:

        def written(name, text):
            source = Path(folder, name)
            source.write_text(text, encoding="utf-8")
            return source

        yield from beside_soci("compile_program", PROGRAMS)
        yield from beside_soci("compile_header", {name: written(f"{name}.cpp", f"#include <{header}>\n") for name, header in HEADERS.items()})
        times = in_rounds({count: written(f"queries_{count}.cpp", queries_source(count)) for count in (FEW, MANY)})
        yield {
            "workload": "compile_queries",
            "library": "aludel",
            "seconds": round(times[MANY], 3),
            "seconds_of_ten": round(times[FEW], 3),
            "ratio": round(times[MANY] / times[FEW], 3),
        }
