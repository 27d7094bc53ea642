"""The checks that need a compiler: headers alone, clang-tidy, and how long a user's program takes to compile."""

import os
import re
import shutil
import subprocess
import tempfile
import time

from .sources import Finding

JOBS = os.environ.get("JOBS", str(os.cpu_count() or 2))
REMARK = re.compile(r"^(?P<path>/\S+?):(?P<line>\d+):\d+: (?P<kind>error|warning): (?P<text>.*)$")


def _run(tree, *command):
    return subprocess.run([str(part) for part in command], cwd=tree.root, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _remarks(tree, output):
    """The diagnostics in a compiler's or clang-tidy's output that point into the tree, each once."""
    found = {}
    for line in output.splitlines():
        match = REMARK.match(re.sub(r"\x1b\[[0-9;]*m", "", line))
        if match and match["path"].startswith(str(tree.root) + "/"):
            path = os.path.relpath(match["path"], tree.root)
            found.setdefault((path, int(match["line"]), match["text"]))
    return [Finding(True, path, line, text) for path, line, text in found]


def _failed(tree, output, what):
    last = [line for line in output.splitlines() if line.strip()][-1:] or ["no output"]
    return _remarks(tree, output) or [Finding(True, what, 1, f"{what} failed: {last[0]}")]


def headers_alone(tree):
    """Each public header as a translation unit of its own; the objects are those that `make test` uses."""
    configured = _run(tree, "cmake", "--preset", "dev")
    if configured.returncode:
        return _failed(tree, configured.stdout, "cmake --preset dev")
    built = _run(tree, "cmake", "--build", "--preset", "dev", "--parallel", JOBS, "--target", "aludel_headers_alone", "--", "-k", "0")
    return _failed(tree, built.stdout, "tests/headers") if built.returncode else []


def tidy(tree):
    """clang-tidy with the checks of .clang-tidy over src/, and through it over include/."""
    configured = _run(tree, "cmake", "--preset", "dev", "-B", "build/tidy", "-DCMAKE_UNITY_BUILD=OFF")
    if configured.returncode:
        return _failed(tree, configured.stdout, "cmake --preset dev")
    if not tree.under("src"):
        return []
    runner = shutil.which("run-clang-tidy-19")
    checked = _run(tree, runner, "-quiet", "-j", JOBS, "-clang-tidy-binary", "clang-tidy-19", "-p", "build/tidy", f"^{tree.root}/src/")
    findings = _remarks(tree, checked.stdout)
    return findings if findings or not checked.returncode else _failed(tree, checked.stdout, "clang-tidy")


def compile_time(tree):
    """Prints what examples/notes costs a user: one g++ call without cache or optimisation."""
    sources = [source.file for source in tree.under("examples/notes") if source.path.endswith(".cpp")]
    if not sources:
        return []
    with tempfile.TemporaryDirectory() as folder:
        for source in sources:
            started = time.monotonic()
            compiled = _run(tree, "g++", "-std=c++20", "-Iinclude", "-c", source, "-o", os.path.join(folder, "notes.o"))
            seconds = time.monotonic() - started
            if compiled.returncode:
                return _failed(tree, compiled.stdout, os.path.relpath(source, tree.root))
            print(f"lint compile-time  {os.path.relpath(source, tree.root)} compiles in {seconds:.1f} s (g++ -O0, no cache)")
    return []
