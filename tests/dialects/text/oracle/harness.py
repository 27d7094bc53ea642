"""What SQLAlchemy 1.4 makes of an expression, for the cases of ../*_test.cpp.

Each <aspect>.py beside this file names its cases as ../<aspect>_test.cpp does. Run with the Python that has SQLAlchemy 1.4.46:
    /usr/bin/python3 tests/dialects/text/oracle/generate.py
writes ../expected/<aspect>.txt anew. PostgreSQL's parameters are numbered, as aludel sends them. A line is left out where SQLAlchemy
fails in its own code, and where it prints with another dialect than the default one.
"""
import re
import warnings

warnings.simplefilter("ignore")

from sqlalchemy import *  # noqa
from sqlalchemy import LABEL_STYLE_NONE, LABEL_STYLE_TABLENAME_PLUS_COL  # noqa
from sqlalchemy.dialects.mysql.base import MySQLDialect
from sqlalchemy.dialects.postgresql import ARRAY, INT4RANGE, JSONB
from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2 as PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

m = MetaData()
t = Table(
    "t", m,
    Column("id", Integer, primary_key=True), Column("x", Integer), Column("y", Integer), Column("name", String), Column("flag", Boolean),
)
t2 = Table("t2", m, Column("id", Integer, primary_key=True), Column("t_id", ForeignKey("t.id")), Column("name", String))
t3 = Table("t3", m, Column("id", Integer, primary_key=True))
q = Table(
    "Order", m,
    Column("select", Integer), Column("MixedCase", Integer), Column("lower", Integer), Column("with space", Integer),
    Column("1a", Integer), Column('has"quote', Integer), Column("user", Integer), Column("has`tick", Integer), Column("中文", Integer),
)
d = Table(
    "d", m,
    Column("id", Integer, primary_key=True), Column("data", JSON), Column("doc", JSONB), Column("tags", ARRAY(Integer)),
    Column("words", ARRAY(String)), Column("span", INT4RANGE),
)
aux = Table("t", MetaData(), Column("id", Integer), schema="aux")
long = Table(
    "a_really_really_long_table_name_exceeding_the_max", m,
    Column("and_a_really_really_long_column_name_too", Integer),
)
data, doc, tags, words, span = d.c.data, d.c.doc, d.c.tags, d.c.words, d.c.span
x, y, name, flag, id_ = t.c.x, t.c.y, t.c.name, t.c.flag, t.c.id

DIALECTS = {
    "sqlite": SQLiteDialect(paramstyle="qmark"),
    "postgresql": PGDialect(),
    "mysql": MySQLDialect(paramstyle="qmark"),
}
cases = {}
skipped = {}


def case_named(key, expression, skip=()):
    """`skip`: lines where aludel says something else on purpose."""
    assert key not in cases, key
    cases[key] = expression
    skipped[key] = skip


def fold(text):
    return " ".join(text.split())


def numbered(text):
    count = 0

    def number(match):
        nonlocal count
        if match.group() == "%%":
            return "%"
        count += 1
        return "$%d" % count

    return re.sub(r"%%|%\([^()]*\)s", number, text)


def attempt(make):
    try:
        text = make()
        return None if text is None or "%(" in text or "%s" in text else fold(text)
    except Exception as error:
        if type(error).__name__ in ("TypeError", "AttributeError", "KeyError"):
            return None
        if type(error).__name__ in ("NotImplementedError", "UnsupportedCompilationError", "CompileError"):
            return "! CompileError"
        return "! " + type(error).__name__


def parameters(compiled):
    values = compiled.construct_params()
    if any(isinstance(value, (list, tuple, dict)) for value in values.values()):
        return None  # in SQL they are texts
    return "[" + ", ".join(repr(values[key]) for key in compiled.positiontup) + "]"


def write(aspect, folder):
    lines = []
    for key, expression in cases.items():
        lines.append("== " + key)
        first = len(lines)
        lines.append(("default", attempt(lambda: str(expression.compile()))))
        lines.append(("literal", attempt(lambda: str(expression.compile(compile_kwargs={"literal_binds": True})))))
        expanded = {"render_postcompile": True}
        for dialect_name, dialect in DIALECTS.items():
            def compiled():
                text = str(expression.compile(dialect=dialect, compile_kwargs=expanded))
                # the engine asks for generated keys, not the statement
                return re.sub(r" RETURNING \S+\.id$", "", numbered(text)) if dialect_name == "postgresql" else text

            lines.append((dialect_name, attempt(compiled)))
        lines.append(
            (
                "parameters",
                attempt(lambda: parameters(expression.compile(dialect=DIALECTS["sqlite"], compile_kwargs=expanded))),
            )
        )
        lines[first:] = [what + ": " + text for what, text in lines[first:] if text is not None and what not in skipped[key]]
    (folder / (aspect + ".txt")).write_text("\n".join(lines) + "\n", encoding="utf-8")
