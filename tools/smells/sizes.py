"""Sizes of files, and names of files that say nothing."""

import re
from pathlib import PurePosixPath

from .sources import Finding, graded

EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager)(_|$)")
PUBLIC_MACROS = 4


def check(tree):
    findings = []
    macros = []
    for source in tree.files:
        count = len(source.lines)
        if source.is_public:
            findings += graded(count, 500, 900, source.path, 1, "public header")
            macros += [(source.path, m.start()) for m in re.finditer(r"^\s*#\s*define\s+\w+", source.code, re.MULTILINE)]
        else:
            findings += graded(count, 600, 1000, source.path, 1, "file")
        if EMPTY_NAMES.search(PurePosixPath(source.path).stem):
            findings.append(Finding(False, source.path, 1, "a file is named after its idea, not 'utils', 'helpers', 'common', 'misc', 'manager'"))
    if len(macros) > PUBLIC_MACROS:
        path, offset = macros[-1]
        line = tree.by_path[path].text.count("\n", 0, offset) + 1
        findings.append(Finding(False, path, line, f"{len(macros)} macros in public headers, at most {PUBLIC_MACROS} are meant"))
    return findings
