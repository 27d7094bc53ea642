"""The C++ files of the project, and their text with comments or literals blanked out."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

FOLDERS = ("include", "src", "tests", "examples", "bench")

# Comments, string and character literals; a raw string ends at its own delimiter.
LEXEME = re.compile(
    r"(?P<line>//[^\n]*)"
    r"|(?P<block>/\*.*?\*/)"
    r'|(?P<raw>R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)")'
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')",
    re.DOTALL,
)


@dataclass(frozen=True)
class Finding:
    fails: bool
    path: str
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {'fail' if self.fails else 'look'}: {self.message}"


def graded(value, look, fail, path, line, what):
    """A finding when value exceeds one of two limits, nothing otherwise."""
    if value <= look:
        return []
    limit = fail if value > fail else look
    return [Finding(value > fail, path, line, f"{what}: {value} lines, the limit is {limit}")]


def _blank(text):
    return re.sub(r"[^\n]", " ", text)


class Source:
    def __init__(self, root, file):
        self.file = file
        self.path = str(file.relative_to(root))
        self.text = file.read_text(encoding="utf-8")

    @property
    def is_public(self):
        return self.path.startswith("include/")

    @cached_property
    def lines(self):
        return self.text.splitlines()

    @cached_property
    def without_comments(self):
        """The text with comments as spaces; literals stay."""
        return LEXEME.sub(lambda m: _blank(m[0]) if m["line"] or m["block"] else m[0], self.text)

    @cached_property
    def code(self):
        """The text with comments and the insides of literals as spaces: braces and words in it are code."""
        return LEXEME.sub(lambda m: _blank(m[0]) if m["line"] or m["block"] else '"' + _blank(m[0][1:-1]) + '"', self.text)

    @cached_property
    def comments(self):
        """(line number, comment text, does it begin its line?) of every // comment."""
        found = []
        for match in LEXEME.finditer(self.text):
            if match["line"]:
                start = self.text.rfind("\n", 0, match.start()) + 1
                found.append((self.text.count("\n", 0, match.start()) + 1, match[0], not self.text[start : match.start()].strip()))
        return found

    @cached_property
    def includes(self):
        """(line number, target) of every #include."""
        pattern = re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]', re.MULTILINE)
        return [(self.text.count("\n", 0, m.start()) + 1, m[1]) for m in pattern.finditer(self.without_comments)]


class Tree:
    def __init__(self, root):
        self.root = root
        files = (f for folder in FOLDERS for f in Path(root, folder).rglob("*") if f.suffix in (".hpp", ".cpp") and f.is_file())
        self.files = [Source(root, f) for f in sorted(files)]
        self.by_path = {source.path: source for source in self.files}

    def under(self, *folders):
        return [s for s in self.files if s.path.startswith(tuple(folder + "/" for folder in folders))]
