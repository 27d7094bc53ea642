"""A database's name stands only in its dialect, its driver and their tests."""

import re

from .sources import Finding

DATABASE = re.compile(r"(?i)sqlite|postgres|mysql|mariadb|psycopg|libpq")
HOME = re.compile(r"^(include/aludel|src)/(dialects|drivers)/")
UMBRELLA = "include/aludel/aludel.hpp"


def check(tree):
    findings = []
    for source in tree.under("include", "src"):
        if HOME.match(source.path):
            continue
        for number, line in enumerate(source.without_comments.splitlines(), 1):
            found = DATABASE.search(line)
            if found and not (source.path == UMBRELLA and "#include" in line):
                findings.append(Finding(True, source.path, number, f"'{found[0]}' outside the dialect and the driver: ask for a capability"))
    return findings
