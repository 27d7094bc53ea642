"""clang-format: every source lies as .clang-format says."""

import re
import subprocess

from .sources import Finding

REMARK = re.compile(r"^(?P<path>\S+?):(?P<line>\d+):\d+: error: code should be clang-formatted")


def check(tree):
    result = subprocess.run([tree.root / "tools" / "format", "--check"], capture_output=True, text=True)
    found = {}
    for line in result.stderr.splitlines():
        if match := REMARK.match(line):
            found.setdefault(match["path"], int(match["line"]))
    findings = [Finding(True, path, line, "not laid out as .clang-format says; run make format") for path, line in found.items()]
    if result.returncode and not findings:
        findings.append(Finding(True, "tools/format", 1, (result.stderr.strip() or "failed").splitlines()[-1]))
    return findings
