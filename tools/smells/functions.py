"""Lengths of functions, found by their braces.

A function that is a table or a state machine says so in the comment before it, with the words "Table:" or
"State machine:" and what it holds; it is then not measured. Nor is what reads from top to bottom as a document does: the
main function of an example, and a chapter of the guide.
"""

import re
from dataclasses import dataclass

from .sources import Finding, graded

SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b|\bextern\s*\"")
EXEMPT = re.compile(r"//+\s*(Table|State machine):\s*\S")
HEADER_BODY_LINES = 5
DOCUMENTS = {"examples": "main", "tests/guide": "TEST"}


@dataclass
class Block:
    kind: str  # scope, function or other
    head: str
    start: int  # line of the brace
    is_template: bool


def _kind(head, parens, stack, after_function):
    if any(block.kind != "scope" for block in stack) or parens:
        return "other"
    outside = re.sub(r"\([^()]*\)", "()", head)
    if SCOPE.search(outside) and not re.search(r"\)\s*(const|noexcept|override|final|->.*|\s)*$", outside):
        return "scope"
    continues = after_function and (not head.strip() or head.lstrip().startswith(","))
    return "function" if "(" in head or continues or head.rstrip().endswith("]") else "other"


def _name(head):
    signature = re.sub(r"\b(decltype|noexcept|requires|alignas|explicit)\s*\([^()]*\)", "", head)
    name = re.search(r"(operator\s*[^\w\s]+|[~\w:]+)\s*\(", signature)
    return name[1] if name else "lambda"


def functions(source):
    """(name, line of the opening brace, lines of the body, is it or its class a template or constexpr?) of each function."""
    found = []
    stack, head, parens, line, after_function = [], [], 0, 1, False
    carried = ""
    for char in re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m[0]), source.code, flags=re.MULTILINE):
        if char == "\n":
            line += 1
        if char == "{":
            text = "".join(head)
            kind = _kind(text, parens, stack, after_function)
            if after_function and kind == "function" and not text.strip().strip(","):
                text = carried
            generic = bool(re.search(r"\b(template|constexpr|consteval|auto)\b", text)) or any(b.is_template for b in stack)
            stack.append(Block(kind, text, line, generic))
            head, after_function = [], False
        elif char == "}":
            if not stack:
                return found
            block = stack.pop()
            after_function = block.kind == "function"
            if after_function:
                found.append((_name(block.head), block.start, line - block.start - 1, block.is_template))
                carried = block.head
            head = []
        elif char == ";" and not parens:
            head, after_function = [], False
        else:
            parens += (char == "(") - (char == ")")
            head.append(char)
    return found


def _is_exempt(source, line):
    above = line - 2
    while above >= 0 and line - above < 40 and source.lines[above].strip() not in ("", "}"):
        if EXEMPT.search(source.lines[above]):
            return True
        above -= 1
    return False


def _is_document(source, name):
    return any(str(source.path).startswith(folder + "/") and name.startswith(start) for folder, start in DOCUMENTS.items())


def check(tree):
    findings = []
    for source in tree.files:
        for name, line, length, is_template in functions(source):
            if _is_exempt(source, line) or _is_document(source, name):
                continue
            findings += graded(length, 40, 80, source.path, line, f"function {name}")
            if source.is_public and not is_template and HEADER_BODY_LINES < length:
                findings.append(Finding(False, source.path, line, f"{name} has {length} lines and is no template: its body belongs in a .cpp"))
    return findings
