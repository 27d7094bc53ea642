"""How much of aludel's own code a program that includes aludel/aludel.hpp compiles."""

from .includes import resolve
from .sources import graded

UMBRELLA = "include/aludel/aludel.hpp"


def check(tree):
    if UMBRELLA not in tree.by_path:
        return []
    reached, waiting = set(), [UMBRELLA]
    while waiting:
        path = waiting.pop()
        if path in reached:
            continue
        reached.add(path)
        source = tree.by_path[path]
        waiting += [r for _, target in source.includes if (r := resolve(tree, source, target))]
    lines = sum(1 for path in reached for line in tree.by_path[path].without_comments.splitlines() if line.strip())
    print(f"lint umbrella      aludel/aludel.hpp pulls in {lines} own lines of code from {len(reached)} headers")
    return graded(lines, 7000, 10000, UMBRELLA, 1, "own code that the umbrella pulls in")
