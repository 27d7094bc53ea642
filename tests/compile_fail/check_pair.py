#!/usr/bin/env python3
"""Compiles a wrong program and its right twin: check_pair.py <pair.cpp> -- <compiler> <flags>...

The right one must compile; the wrong one must not, and its first error line must match the file's `// expect:` line.
"""

import re
import subprocess
import sys


def compile_only(command, pair, *defines):
    return subprocess.run([*command, "-fsyntax-only", "-fdiagnostics-color=never", *defines, pair], capture_output=True, text=True)


def fail(reason, output=""):
    print(reason)
    print("\n".join(output.splitlines()[:40]))
    return 1


def main():
    pair, separator, *command = sys.argv[1:]
    assert separator == "--", __doc__
    with open(pair, encoding="utf-8") as file:
        text = file.read()
    expected = re.search(r"^//\s*expect:\s*(\S.*?)\s*$", text, re.MULTILINE)
    if not expected:
        return fail(f"{pair} has no line `// expect: <regex>`")
    if not (re.search(r"^#\s*ifdef WRONG\b", text, re.MULTILINE) and re.search(r"^#\s*else\b", text, re.MULTILINE)):
        return fail(f"{pair} has no `#ifdef WRONG ... #else ...`")

    right = compile_only(command, pair)
    if right.returncode:
        return fail("the right twin does not compile:", right.stderr)
    wrong = compile_only(command, pair, "-DWRONG")
    if not wrong.returncode:
        return fail("the wrong program compiles")
    first = next((line for line in wrong.stderr.splitlines() if re.search(r"\berror:", line)), "")
    print(first)
    if not re.search(expected[1], first):
        return fail(f"the first error is not aludel's sentence /{expected[1]}/:", wrong.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
