"""Comments that stand for work not done: TODO, code commented out, warnings silenced without a reason."""

import re

from .sources import Finding

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# A comment of its own line that ends like a statement and has an operator or a call in it.
DEAD_CODE = re.compile(r"^//(?!/)\s*(?:[\w:<>*&,.\[\]\"' ]+[=(].*;|(?:if|for|while|return|else|auto|const)\b.*[;{]|\}|#include .*)\s*$")
NOLINT = re.compile(r"NOLINT(NEXTLINE|BEGIN)?(\([^)]*\))?(?P<reason>.*)")
PRAGMA = re.compile(r"#\s*pragma\s+(GCC|clang)\s+diagnostic\s+ignored|_Pragma\(.*ignored")


def _comments(source):
    for line, text, begins in source.comments:
        if UNFINISHED.search(text):
            yield Finding(False, source.path, line, "unfinished work: " + text.strip())
        elif begins and DEAD_CODE.match(text):
            yield Finding(False, source.path, line, "commented-out code: " + text.strip())
        silenced = NOLINT.search(text)
        if silenced and "NOLINTEND" not in text and not re.search(r"\w{3}", silenced["reason"]):
            yield Finding(False, source.path, line, "a suppressed warning without a reason")


def _pragmas(source):
    """A silenced warning is explained by a comment on its line or by one right above its group of directives."""
    on_line = {line for line, _, _ in source.comments}
    own_line = {line for line, _, begins in source.comments if begins}
    explained = False
    for number, line in enumerate(source.lines, 1):
        if number in own_line:
            explained = True
        elif PRAGMA.search(line):
            if not explained and number not in on_line:
                yield Finding(False, source.path, number, "a suppressed warning without a reason")
        elif not line.lstrip().startswith("#"):
            explained = False


def check(tree):
    findings = []
    for source in tree.files:
        findings += _comments(source)
        findings += _pragmas(source)
    return findings
